"""Opens a modal for who pressed a button: on its own, or on top of the one the button stands in."""

from slack_bolt import Args

from handlers.slack.blocks import View


def show(args: Args, view: View) -> None:
    """Show a modal, above any that is open."""
    opens = args.client.views_push if _is_in_modal(args) else args.client.views_open
    opens(trigger_id=args.body["trigger_id"], view=view)


def _is_in_modal(args: Args) -> bool:
    return (args.body.get("view") or {}).get("type") == "modal"
