"""Uploads in three steps; a file is ready a while after the third, and its message's ts comes later."""

from __future__ import annotations

import mimetypes
import re
from typing import TYPE_CHECKING, Any

from playground import content, events, posting
from playground.blocks.kinds import Null, String
from playground.blocks.shapes import Items, Schema
from playground.methods.registry import method
from playground.refusal import Refused
from playground.rendering import file_json
from playground.workspace import Channel, File

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.slack import Slack

WRITE = ("files:write",)
LONGEST_ALT = 1000
_FILE = Schema("file", {"id": String()}, {"title": Null(String(0)), "highlight_type": Null(String(0))})
_FILES = Items(_FILE)
_CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]{8,}")  # no person's, no name (lightdash#14597)


@method(
    "files.getUploadURLExternal",
    tier=4,
    scopes=WRITE,
    needs="filename length:int",
    takes="alt_txt snippet_type",
    missing="snippets are kept as plain files",
)
def get_upload_url(call: Call) -> Answer:
    """An address to send the bytes to."""
    slack, name = call.slack, call.get("filename")
    if call.get("length") <= 0:
        raise Refused("missing_argument")
    if len(call.get("alt_txt", "")) > LONGEST_ALT:
        raise Refused("alt_txt_too_large")
    file = File(
        slack.workspace.new_id("F"),
        name,
        call.get("length"),
        slack.app.bot_user_id,
        slack.workspace.seconds(),
    )
    file.alt_text = call.get("alt_txt", "")
    file.mimetype = mimetypes.guess_type(name)[0] or file.mimetype
    slack.workspace.files[file.id] = file
    return {"upload_url": f"{slack.app.base_url}/upload/{file.id}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    tier=4,
    scopes=WRITE,
    needs="files:json",
    takes="channel_id channels:list thread_ts initial_comment blocks:json highlight_type",
    missing="highlight_type is taken and not drawn",
)
def complete_upload(call: Call) -> Answer:
    """Finish uploads and, when channels are named, share them there a moment later."""
    titles = _titles(call)
    files = [_uploaded(call, one) for one in titles]
    named = [*call.get("channels", []), *([call.get("channel_id")] if call.get("channel_id") else [])]
    channels = [_target(call, one) for one in named]
    threads = [content.thread(one, call.get("thread_ts")) for one in channels]
    said = _said(call)
    for file in files:
        file.ready_at = call.slack.clock.epoch() + call.slack.limits.rates.file_ready
        file.title = titles[file.id]
    written = [file_json(call.slack, one) for one in files]
    for channel, thread in zip(channels, threads, strict=True):
        _share_soon(call.slack, channel, files, {**said, "thread_ts": thread})
    call.slack.changed()
    return {"files": written}


def _titles(call: Call) -> dict[str, str]:
    """The title of each file by its id; slack_sdk writes null where none is given."""
    content.check(_FILES, call.get("files"), "/files")
    return {one["id"]: one.get("title") or "" for one in call.get("files")}


def _said(call: Call) -> dict[str, Any]:
    """What goes with the files, held to the rules of any message."""
    said = {"text": call.get("initial_comment"), "blocks": call.get("blocks")}
    return content.read(call.slack, said) if any(said.values()) else {"text": ""}


def _uploaded(call: Call, file_id: str) -> File:
    file = call.slack.workspace.files.get(file_id)
    if file is None or file.content is None or file.deleted:
        raise Refused("file_not_found")
    if file.ready_at is not None:
        raise Refused("file_update_failed")
    return file


def _target(call: Call, named: str) -> Channel:
    if named == call.get("channel_id") and not _CHANNEL_ID.fullmatch(named):
        line = f"[ERROR] input must match regex pattern: ^{_CHANNEL_ID.pattern}$ [json-pointer:/channel_id]"
        raise Refused("invalid_arguments", line)
    call.arguments["channel_id"] = named
    channel = call.joined("channel_id")
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _share_soon(slack: Slack, channel: Channel, files: list[File], said: dict[str, Any]) -> None:
    slack.clock.call_later(0, lambda: _share(slack, channel, files, said))


def _share(slack: Slack, channel: Channel, files: list[File], said: dict[str, Any]) -> None:
    """Show files in a channel and announce it."""
    ids = [one.id for one in files]
    sent = posting.post_as_app(slack, channel, subtype="file_share", files=ids, **said)
    for file in files:
        file.shares[channel.id] = sent.ts
        events.file_shared(slack, channel, file.id, sent.user)


def _known(call: Call) -> File:
    file = call.slack.workspace.files.get(call.get("file"))
    if file is None:
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


@method(
    "files.info",
    tier=4,
    scopes=("files:read",),
    needs="file",
    takes="count:int cursor limit:int page:int",
    missing="no comments",
)
def info(call: Call) -> Answer:
    """One file, and in `shares` where it is to be seen."""
    return {"file": file_json(call.slack, _known(call)), "comments": []}


@method("files.delete", tier=3, scopes=WRITE, needs="file")
def delete(call: Call) -> Answer:
    """Delete a file of the app's own."""
    file = _known(call)
    if file.user != call.slack.app.bot_user_id:
        raise Refused("cant_delete_file")
    file.deleted, file.content = True, None
    call.slack.changed()
    return {}
