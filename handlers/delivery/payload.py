"""Puts a composed message into Slack's words, with the mark by which it is found again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from handlers.delivery.outgoing import TEXT_LIMIT, Outgoing, Picture
from handlers.slack.blocks import context
from models.rules.delivery.pictures import WITHOUT, is_shown
from models.rules.delivery.verdicts import Claimed

EVENT = "momentum_delivery"
MARK = "d:"
FOLLOWS = "The chart is further down, in the thread."
LOST = "The chart cannot be shown just now; the words say the same."


def message(row: Claimed, outgoing: Outgoing, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments that chat.postMessage and chat.update have in common.

    `files` are those of the pictures by `picture_key`. The block of one that is none, for good, is left out;
    where one follows, its place says so.
    """
    return {
        "text": _shortened(outgoing.text),
        "blocks": _marked(_with_pictures(outgoing, files), row.nonce),
        "metadata": {"event_type": EVENT, "event_payload": {"nonce": row.nonce}},
        "parse": "none",
        "link_names": False,
    }


def is_marked(shown: Mapping[str, Any], nonce: str) -> bool:
    """Whether a message from Slack's history is the one a row became."""
    payload = (shown.get("metadata") or {}).get("event_payload") or {}
    blocks = shown.get("blocks") or [{}]
    return payload.get("nonce") == nonce or str(blocks[0].get("block_id", "")).startswith(MARK + nonce)


def picture_key(picture: Picture) -> str:
    """Name a picture by what it shows, so that it is uploaded once however often its message is tried."""
    return hashlib.sha256(f"{picture.draw}|{picture.spec!r}".encode()).hexdigest()[:32]


def _shortened(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"


def _with_pictures(outgoing: Outgoing, files: Mapping[str, str]) -> list[dict[str, Any]]:
    pictures = {picture.block_id: picture for picture in outgoing.pictures}
    blocks = []
    for block in outgoing.blocks:
        picture = pictures.get(block.get("block_id", ""))
        if picture is None:
            blocks.append(block)
            continue
        file = files.get(picture_key(picture), WITHOUT)
        if is_shown(file):
            blocks.append({**block, "slack_file": {"id": file}, "alt_text": picture.alt_text})
        elif file != WITHOUT and blocks[-1:] != [context(FOLLOWS)]:
            blocks.append(context(FOLLOWS))
    return blocks or [context(LOST) for _ in outgoing.pictures[:1]]


def _marked(blocks: list[dict[str, Any]], nonce: str) -> list[dict[str, Any]]:
    """The mark comes back with the history even where Slack keeps metadata to itself."""
    if not blocks:
        return []
    own = blocks[0].get("block_id")
    mark = f"{MARK}{nonce}:{own}" if own else f"{MARK}{nonce}"
    return [{**blocks[0], "block_id": mark}, *blocks[1:]]
