"""Opens a modal for who pressed a button: on its own, on top of the one it stands in, or in its place."""

from slack_bolt import Args

from handlers.slack.blocks import View


def show(args: Args, view: View) -> None:
    """Show a modal, above any that is open."""
    opens = args.client.views_push if is_in_modal(args) else args.client.views_open
    opens(trigger_id=args.body["trigger_id"], view=view)


def instead(args: Args, view: View) -> None:
    """Show a modal in place of the one pressed in."""
    args.client.views_update(view_id=args.body["view"]["id"], view=view)


def redraw(args: Args, view: View) -> None:
    """Show a page in place of the one pressed on; the hash keeps it from landing on a page gone past."""
    shown = args.body["view"]
    args.client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)


def is_in_modal(args: Args) -> bool:
    """Whether what was pressed stands in a modal."""
    return (args.body.get("view") or {}).get("type") == "modal"
