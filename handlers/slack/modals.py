"""Opens a modal for who pressed: on its own, above the one it stands in, or in its place; three at most."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Args

from handlers.slack.blocks import View
from handlers.slack.notice import notice, noticed
from models.errors import DomainError

THREE_OPEN = "Three windows are open, and Slack opens no more. Please close one, then press again."


def show(args: Args, view: View) -> None:
    """Show a modal, above any that is open."""
    opens = args.client.views_push if is_in_modal(args) else args.client.views_open
    opens(trigger_id=args.body["trigger_id"], view=view)


def push(args: Args, view: View) -> None:
    """Acknowledge a form by a window on top of it. Raises DomainError where three are open."""
    if is_full(args.body["view"]):
        raise DomainError(THREE_OPEN)
    args.ack(response_action="push", view=view)


def tell(args: Args, sentence: str) -> None:
    """Say a sentence in a window; where three are open, on top of the one pressed in."""
    if is_in_modal(args) and is_full(args.body["view"]):
        redraw(args, noticed(args.body["view"], sentence))
    else:
        show(args, notice(sentence))


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


def is_full(shown: Mapping[str, Any]) -> bool:
    """Whether a window is the third one, as Slack tells of it: the one below is not the first."""
    return shown.get("previous_view_id") not in {None, shown.get("root_view_id")}
