"""Shows a modal at once and fills it when its pictures are drawn and uploaded."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import Args
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.context import Deps
from handlers.delivery.outgoing import Picture
from handlers.delivery.payload import LOST
from handlers.delivery.uploads import delete, is_ready, upload
from handlers.drawing import NotDrawn
from handlers.errors import words_for
from handlers.slack.blocks import View, context
from handlers.slack.calls import NotTaken
from handlers.slack.modals import instead
from handlers.slack.notice import notice
from models.database import Connection

PAUSE_S = 0.25
TRIES = 12  # three seconds in all, for what Slack is about to know
NOT_YET = frozenset({"not_found"})  # our acknowledgement opens the modal; it may still be on its way
LOOKS_AFTER_S = (1, 0.5, 0.5, 1, 2, 3, 3, 3)  # Slack needs a second or two until it can show a picture
REFUSED = frozenset({"invalid_blocks", "invalid_arguments"})  # by Slack, for a picture it will not show

Target = Mapping[str, str]  # {"view_id": ...}, or {"external_id": ...} of a modal about to open

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PicturedView:
    """A modal with places for pictures, and the pictures, each by the `block_id` of its place."""

    view: View
    pictures: tuple[Picture, ...] = ()


def fill(deps: Deps, args: Args, target: Target, make: Callable[[Connection], PicturedView]) -> None:
    """Put into an open modal what `make` reads; whatever goes wrong is said in the same modal.

    The pictures of the window it came from, which this takes the place of, are not needed any more.
    """
    files: dict[str, str] = {}
    try:
        showing = deps.db.read(make)
        files |= {each.block_id: _file(deps, args.client, each) for each in showing.pictures}
        _show(args.client, target, showing.view, _ready(deps, args.client, files))
    except SlackApiError:  # closed meanwhile, or out of reach: the one error handler knows which
        _delete(args.client, files.values())
        raise
    except Exception as error:  # noqa: BLE001 - the modal that waits is where the person looks
        _update(args.client, target, notice(words_for(error, args.body)))
    forget(args)


def in_place(args: Args, view: View) -> None:
    """Show a page in place of the window it was asked for in."""
    instead(args, view)
    forget(args)


def forget(args: Args) -> None:
    """Delete the pictures of a window that is closed, or that another page has taken the place of."""
    blocks = (args.body.get("view") or {}).get("blocks") or ()
    _delete(args.client, [block["slack_file"]["id"] for block in blocks if "slack_file" in block])


def _delete(client: WebClient, files: Iterable[str]) -> None:
    try:
        delete(client, filter(None, files))
    except NotTaken as fault:
        log.warning("a picture nobody sees stays", reason=fault.refusal.reason)


def waiting_id(trigger: str) -> str:
    """Name the modal that the acknowledgement of a press opens, so that what runs beside it can fill it."""
    return f"waiting:{trigger}"[:255]


def _ready(deps: Deps, client: WebClient, files: Mapping[str, str]) -> Mapping[str, str]:
    """The files that Slack is done with, once all are, or when the window waited long enough."""
    waiting, ready = {place: file for place, file in files.items() if file}, dict[str, str]()
    for pause in LOOKS_AFTER_S:
        if not waiting:
            break
        deps.wait(pause)
        ready |= {place: file for place, file in waiting.items() if is_ready(client, file)}
        waiting = {place: file for place, file in waiting.items() if place not in ready}
    return ready


def _show(client: WebClient, target: Target, view: View, files: Mapping[str, str]) -> None:
    try:
        _update(client, target, _with(view, files))
    except SlackApiError as refused:
        if not files or refused.response.get("error") not in REFUSED:
            raise
        _update(client, target, _with(view, {}))


def _update(client: WebClient, target: Target, view: View) -> None:
    for left in reversed(range(TRIES)):
        try:
            client.views_update(view=view, **target)
        except SlackApiError as refused:
            if "external_id" not in target or refused.response.get("error") not in NOT_YET or not left:
                raise
            threading.Event().wait(PAUSE_S)
        else:
            return


def _with(view: View, files: Mapping[str, str]) -> View:
    blocks: list[dict[str, Any]] = []
    for block in view["blocks"]:
        if block["type"] != "image":
            blocks.append(block)
        elif file := files.get(block["block_id"]):
            blocks.append({**block, "slack_file": {"id": file}})
        else:
            blocks.append(context(LOST))
    return {**view, "blocks": blocks}


def _file(deps: Deps, client: WebClient, picture: Picture) -> str:
    """Draw and upload; "" when that cannot be: the words go without."""
    try:
        return upload(client, picture, deps.drawing.draw(picture.draw, picture.spec))
    except (NotDrawn, NotTaken) as fault:
        log.warning("a picture could not be shown", draw=picture.draw, reason=str(fault))
        return ""
