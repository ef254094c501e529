"""Puts a composed message into Slack's words, with the mark by which it is found again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from handlers.delivery.outgoing import TEXT_LIMIT, Outgoing, Picture
from models.rules.delivery.verdicts import Claimed

EVENT = "momentum_delivery"
MARK = "d:"


def message(row: Claimed, outgoing: Outgoing, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments that chat.postMessage and chat.update have in common.

    `files` are the uploaded pictures by `picture_key`; the block of one that is missing or "" is left out.
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
        elif file := files.get(picture_key(picture)):
            blocks.append({**block, "slack_file": {"id": file}, "alt_text": picture.alt_text})
    return blocks


def _marked(blocks: list[dict[str, Any]], nonce: str) -> list[dict[str, Any]]:
    """The mark comes back with the history even where Slack keeps metadata to itself."""
    if not blocks:
        return []
    own = blocks[0].get("block_id")
    mark = f"{MARK}{nonce}:{own}" if own else f"{MARK}{nonce}"
    return [{**blocks[0], "block_id": mark}, *blocks[1:]]
