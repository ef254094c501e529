"""Reads what an app wants to say (text, blocks, attachments, metadata) and refuses it in Slack's words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playground.blocks import validate
from playground.blocks.whole import ONE_TABLE
from playground.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground.blocks import Problem
    from playground.blocks.kinds import Kind
    from playground.element_state import JSON
    from playground.state import State
    from playground.workspace import Channel

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN = 12_000
MOST_WORDS = 12_000  # characters in all blocks of a message together, as Slack's staff say
MOST_IN_BLOCKS, A_BLOCK = 13_200, 125  # and as people measured it, where each block counts for itself
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 8_000
_KINDS = {"text": str, "markdown_text": str, "blocks": list, "attachments": list}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")  # png, jpg and gif alone (Slack file object)
# Slack fetches a picture from outside: over https, from a host with a name, none of its own private files.
_FETCHED = re.compile(r"https://(?!(?:[\w-]+\.)*slack\.com\b)(?:[\w-]+\.)+[A-Za-z]{2,}(?:[:/?#]\S*)?")
_VIDEO = "Video validation failed: "


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

    None where that message is not there any more: Slack then shows the reply to the whole channel and says
    nothing, but for the `thread_ts` it leaves out of its answer (slack-go#1571, python-slack-sdk#1545).
    """
    parent = channel.messages.get(ts) if isinstance(ts, str) else None
    return None if parent is None else parent.thread_ts or parent.ts


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
    unmet = list(_unmet(state, view["blocks"], "/view/blocks"))
    if unmet:
        raise Refused("invalid_arguments", *unmet)


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
    said = {"text": arguments.get("text"), "attachments": arguments.get("attachments"), "blocks": blocks}
    problems = validate("message", said)
    if problems:
        lines = [_line(one) for one in problems]
        of_attachments = all(_is_of_attachments(one) for one in problems)
        raise Refused("invalid_attachments" if of_attachments else "invalid_blocks", *lines, errors=lines)
    for name in ("blocks", "attachments"):
        unmet = list(_unmet(state, said[name], f"/{name}"))
        if unmet:
            raise Refused(f"invalid_{name}", *unmet, errors=unmet)
    words = _characters(blocks)
    if words > MOST_WORDS or words + A_BLOCK * len(blocks) > MOST_IN_BLOCKS:
        raise Refused("msg_blocks_too_long")


def _is_of_attachments(problem: Problem) -> bool:
    """Slack draws tables as attachments, so a second one is refused like those (its page on tables)."""
    return problem.code == ONE_TABLE or problem.pointer.startswith("/attachments")


def _characters(part: Any, name: str = "") -> int:
    """All that is seen or read out: the texts of blocks and elements, and what stands for pictures."""
    if isinstance(part, str):
        return len(part) if name in {"text", "alt_text"} else 0
    if isinstance(part, dict):
        return sum(_characters(inner, key) for key, inner in part.items())
    return sum(map(_characters, part)) if isinstance(part, list) else 0


def _line(problem: Problem, root: str = "") -> str:
    words = problem.code if problem.code == ONE_TABLE else problem.message
    return f"[ERROR] {words} [json-pointer:{root}{problem.pointer}]"


def _unmet(state: State, value: Any, pointer: str) -> Iterator[str]:
    """What blocks ask for that is not there: a picture, a file, a scope or a domain of the app."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _unmet(state, one, f"{pointer}/{index}")
    elif isinstance(value, dict):
        ask = _ASKED.get(value.get("type", ""))
        for below, reason in ask(state, value) if ask else ():
            yield f"[ERROR] {reason} [json-pointer:{pointer}{below}]"
        for key, one in value.items():
            yield from _unmet(state, one, f"{pointer}/{key}")


def _of_image(state: State, image: JSON) -> Iterator[tuple[str, str]]:
    if "slack_file" not in image:
        if not _FETCHED.fullmatch(image["image_url"]):
            yield "/image_url", "downloading image failed"
    elif not _uploaded(state, image["slack_file"]):
        yield "/slack_file", "invalid slack file"


def _of_file(_state: State, _block: JSON) -> Iterator[tuple[str, str]]:
    """There are no remote files here that a file block could show."""
    yield "/external_id", "no remote file has this external_id"


def _of_file_input(state: State, _element: JSON) -> Iterator[tuple[str, str]]:
    if "files:read" not in state.app.scopes:
        yield "", "file_input needs the scope files:read"


def _of_video(state: State, video: JSON) -> Iterator[tuple[str, str]]:
    """Slack embeds what the app claims as its own (incidentfox#246, bolt-js#1667)."""
    host = re.match(r"https://([\w.-]+)(?:[:/?#]|$)", video["video_url"])
    if "links.embed:write" not in state.app.scopes:
        yield "", f"{_VIDEO}Bot scopes missing: [links.embed:write]"
    elif not any(host and f".{host[1]}".endswith(f".{one}") for one in state.manifest.unfurl_domains):
        yield "", f"{_VIDEO}Domain is not a valid unfurl domain claimed by your app"


_ASKED: dict[str, Callable[[State, JSON], Iterator[tuple[str, str]]]] = {
    "image": _of_image,
    "file": _of_file,
    "file_input": _of_file_input,
    "video": _of_video,
}


def _uploaded(state: State, named: JSON) -> bool:
    file = state.workspace.named(named)
    if file is None or not state.workspace.is_ready(file):
        return False
    return (file.content or b"").startswith(_IMAGES)


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
