"""Reads what an app wants to say (text, blocks, attachments, metadata) and refuses it in Slack's words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playground.blocks import validate
from playground.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.blocks import Problem
    from playground.blocks.kinds import Kind
    from playground.element_state import JSON
    from playground.state import State
    from playground.workspace import Channel

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 8_000
_KINDS = {"text": str, "markdown_text": str, "blocks": list, "attachments": list}


def read(state: State, arguments: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Message from the arguments of chat.postMessage and its kin.

    Raises:
        Refused: no_text, invalid_blocks and the like, with Slack's messages.
    """
    _check_kinds(arguments)
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    attachments, markdown = arguments.get("attachments") or [], arguments.get("markdown_text")
    if markdown is not None:
        text, blocks = _markdown(markdown, text, blocks)
    if not (text or blocks or attachments):
        raise Refused("no_text")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    _check_blocks(state, arguments, blocks)
    return {
        "text": text[:LONGEST_TEXT],
        "blocks": blocks,
        "attachments": attachments,
        "metadata": _metadata(arguments.get("metadata")),
    }


def thread(channel: Channel, ts: Any) -> str | None:
    """The ts of the thread that a reply to the message `ts` of this channel belongs to.

    Raises:
        Refused: cannot_reply_to_message when there is none.
    """
    if ts is None:
        return None
    parent = channel.messages.get(ts) if isinstance(ts, str) else None
    if parent is None and not channel.replies(ts):
        raise Refused("cannot_reply_to_message")
    return parent.thread_ts or parent.ts if parent is not None else ts


def check(kind: Kind, value: Any, root: str) -> None:
    """Refuse what a schema of Block Kit's or of our own would refuse.

    Raises:
        Refused: invalid_arguments with a message for each problem.
    """
    problems: list[Problem] = []
    kind.check(value, "", problems)
    if problems:
        raise Refused("invalid_arguments", *(_line(one, root) for one in problems))


def check_view(state: State, view: JSON) -> None:
    """Refuse a view that Slack would refuse.

    Raises:
        Refused: view_too_large, or invalid_arguments, with a message for each problem.
    """
    problems = validate("home" if view.get("type") == "home" else "modal", view)
    if problems:
        large = [one.code for one in problems if one.code == "view_too_large"]
        raise Refused(*(large or ["invalid_arguments"]), *(_line(one, "/view") for one in problems))
    missing = list(_missing_files(state, view["blocks"], "/view/blocks"))
    if missing:
        raise Refused("invalid_arguments", *missing)


def _check_kinds(arguments: dict[str, Any]) -> None:
    for name, kind in _KINDS.items():
        if not isinstance(arguments.get(name), kind | None):
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise Refused(error, f"[ERROR] {name} is not of type {kind.__name__}")


def _markdown(markdown: str, text: str, blocks: list[JSON]) -> tuple[str, list[JSON]]:
    if text or blocks:
        raise Refused("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    return markdown, [{"type": "markdown", "text": markdown}]


def _check_blocks(state: State, arguments: dict[str, Any], blocks: list[JSON]) -> None:
    problems = validate(
        "message", {key: arguments.get(key) for key in ("text", "attachments")} | {"blocks": blocks}
    )
    if problems:
        lines = [_line(one) for one in problems]
        raise Refused("invalid_blocks", *lines, errors=lines)
    missing = list(_missing_files(state, blocks, "/blocks"))
    if missing:
        raise Refused("invalid_blocks", *missing, errors=missing)


def _line(problem: Problem, root: str = "") -> str:
    return f"[ERROR] {problem.message} [json-pointer:{root}{problem.pointer}]"


def _missing_files(state: State, value: Any, pointer: str) -> Iterator[str]:
    """An image may only name a file that is uploaded completely."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _missing_files(state, one, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if (
            value.get("type") == "image"
            and "slack_file" in value
            and not _uploaded(state, value["slack_file"])
        ):
            yield f"[ERROR] invalid slack file [json-pointer:{pointer}/slack_file]"
        for key, one in value.items():
            yield from _missing_files(state, one, f"{pointer}/{key}")


def _uploaded(state: State, named: JSON) -> bool:
    by_url = (one for one in state.workspace.files.values() if f"/files/{one.id}/" in named.get("url", ""))
    file = state.workspace.files.get(named.get("id", "")) or next(by_url, None)
    return file is not None and file.complete and not file.deleted


def _metadata(metadata: Any) -> JSON | None:
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    name, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not name or not isinstance(name, str) or not isinstance(payload, dict):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return metadata
