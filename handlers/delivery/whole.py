"""Keeps a message to the room Slack gives it; where that leaves something out, a button shows all of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from slack_bolt import Args

from handlers.context import Act, Deps, visitor
from handlers.delivery.outgoing import Compose, Outgoing
from handlers.slack.action_ids import MESSAGE_WHOLE
from handlers.slack.blocks import MESSAGE_ROOM, Block, View, actions, button, modal, room_of, section
from handlers.slack.modals import show
from handlers.slack.notice import notice
from handlers.slack.words import escape_to_fit
from models.database import Connection
from models.services.delivery import shown

MORE = actions(button("Show all", MESSAGE_WHOLE))
NO_LONGER = "What this message said is no longer so."
_PICTURE_WORDS = 2900


def fitted(outgoing: Outgoing) -> Outgoing:
    """The message as it is where it has room, else as much of it as has, and the button to all of it."""
    if room_of(outgoing.blocks) <= MESSAGE_ROOM:
        return outgoing
    kept = _kept(outgoing.blocks, MESSAGE_ROOM - room_of([MORE]))
    places = {block.get("block_id") for block in kept}
    pictures = tuple(each for each in outgoing.pictures if each.block_id in places)
    return replace(outgoing, blocks=[*kept, MORE], pictures=pictures)


def presses(composers: Mapping[str, Compose]) -> Mapping[str, Act]:
    """What the button does, with the composers of all messages."""
    return {MESSAGE_WHOLE: partial(show_all, composers)}


def show_all(composers: Mapping[str, Compose], deps: Deps, args: Args) -> None:
    """Show who pressed all that their message says, as it is now; Slack names the message they look at."""
    who, now, place = visitor(args), deps.clock.now(), args.body.get("container") or {}

    def unit(db: Connection) -> Outgoing | None:
        kind, row_args = shown.find(db, who, place.get("channel_id", ""), place.get("message_ts", ""))
        return composers[kind](db, row_args, now)

    outgoing = deps.db.read(unit)
    show(args, whole_view(outgoing) if outgoing else notice(NO_LONGER))


def whole_view(outgoing: Outgoing) -> View:
    """All words of a message in a window, its pictures in words too; the buttons stay below the message."""
    blocks = [_said(block) for block in outgoing.blocks if block["type"] != "actions"]
    return modal("The whole message", blocks, close="Close")


def _kept(blocks: list[Block], room: int) -> list[Block]:
    """Buttons have their room first, then as many of the other blocks as fit, from the top."""
    kept = set()
    for at in sorted(range(len(blocks)), key=lambda at: blocks[at]["type"] != "actions"):
        if (takes := room_of([blocks[at]])) <= room:
            kept.add(at)
            room -= takes
    return [block for at, block in enumerate(blocks) if at in kept]


def _said(block: Block) -> Block:
    if block["type"] != "image":
        return {name: part for name, part in block.items() if name != "accessory"}
    title = block.get("title", {}).get("text", "")
    return section(escape_to_fit(f"{title}\n{block['alt_text']}".strip(), _PICTURE_WORDS))
