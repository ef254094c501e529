"""How people, channels, messages and files read in answers and payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from playground.workspace import TOMBSTONE

if TYPE_CHECKING:
    from playground.state import State
    from playground.workspace import Channel, File, Message, Person


def message_json(state: State, message: Message, *, all_metadata: bool = True) -> dict[str, Any]:
    """A message as Slack writes it; without `all_metadata` only the metadata's event_type."""
    author = state.workspace.people.get(message.user)
    written: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": author.team_id if author else state.app.team_id,  # nobody's is what Slack itself says
    }
    optional = {
        "subtype": message.subtype,
        "hidden": True if message.subtype == TOMBSTONE else None,
        "thread_ts": message.thread_ts,
        "username": message.username,
        "edited": message.edited,
        "blocks": message.blocks or None,
        "attachments": message.attachments or None,
        "files": [file_json(state, state.workspace.files[one]) for one in message.files] or None,
        "reactions": _reactions(message) or None,
    }
    written |= {key: value for key, value in optional.items() if value is not None}
    if message.bot_id is not None:
        written |= {"bot_id": message.bot_id, "app_id": state.app.app_id, "bot_profile": _profile(state)}
    if message.metadata is not None:
        kept = message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
        written["metadata"] = kept
    return written


def thread_json(state: State, channel: Channel, message: Message, *, all_metadata: bool) -> dict[str, Any]:
    """A message as history shows it: with its thread's numbers when it has replies."""
    written = message_json(state, message, all_metadata=all_metadata)
    replies = channel.replies(message.ts)
    if replies:
        people = list(dict.fromkeys(one.user for one in replies))
        written |= {"thread_ts": message.ts, "reply_count": len(replies), "reply_users": people}
        written |= {"reply_users_count": len(people), "latest_reply": replies[-1].ts, "is_locked": False}
    return written


def _reactions(message: Message) -> list[dict[str, Any]]:
    return [{"name": n, "users": list(p), "count": len(p)} for n, p in message.reactions.items()]


def _profile(state: State) -> dict[str, Any]:
    app = state.app
    return {"id": app.bot_id, "app_id": app.app_id, "name": state.manifest.bot_name, "team_id": app.team_id}


def person_json(state: State, person: Person) -> dict[str, Any]:
    """A person as users.info shows them; a bot carries its bot_id.

    Who is deactivated has no time zone, no role and no name but the profile's (backlot#258 measured it).
    """
    profile: dict[str, Any] = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "team": person.team_id,
    }
    if person.email and "users:read.email" in state.app.scopes:
        profile["email"] = person.email
    if person.is_bot:
        profile |= {"bot_id": state.app.bot_id, "api_app_id": state.app.app_id}
    written = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": state.workspace.seconds(),
        **_whence(state, person),
    }
    return written if person.deleted else written | _of_active(state, person)


def _of_active(state: State, person: Person) -> dict[str, Any]:
    return {
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": _offset(state, person.tz),
        "is_admin": False,
        "is_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": person.is_ultra_restricted,
    }


def _whence(state: State, person: Person) -> dict[str, Any]:
    """What is told of a person's organization, and of one from another workspace."""
    organization = {"id": person.id, "enterprise_id": person.enterprise_id, "teams": [person.team_id]}
    written: dict[str, Any] = {"enterprise_user": organization} if person.enterprise_id else {}
    if person.team_id != state.app.team_id:
        written["is_stranger"] = state.workspace.is_stranger(person)
    return written


def _offset(state: State, tz: str) -> int:
    offset = state.clock.now().astimezone(ZoneInfo(tz)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def channel_json(state: State, channel: Channel) -> dict[str, Any]:
    """A conversation as the app sees it in conversations.info."""
    bot = state.app.bot_user_id
    written: dict[str, Any] = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_private": channel.kind != "channel",
        "context_team_id": state.app.team_id,
    }
    if channel.kind == "im":
        return written | {"user": channel.other(bot), "is_open": True, "is_user_deleted": False}
    return written | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_member": bot in channel.members,
        "is_general": channel.name == "general",
        "is_ext_shared": state.workspace.is_shared(channel),
        "is_pending_ext_shared": False,
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def file_json(state: State, file: File) -> dict[str, Any]:
    """A file as files.info shows it; `shares` fills when it is seen in a channel, its type when ready."""
    if file.deleted:  # a message that showed it still names it
        return {"id": file.id, "mode": TOMBSTONE}
    shares: dict[str, dict[str, Any]] = {"public": {}, "private": {}}
    for channel_id, ts in file.shares.items():
        kind = "public" if state.workspace.channels[channel_id].kind == "channel" else "private"
        shares[kind][channel_id] = [{"ts": ts}]
    address = f"{state.app.base_url}/files/{file.id}/{file.name}"
    is_ready = state.workspace.is_ready(file)
    return {
        "id": file.id,
        "created": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "alt_txt": file.alt_text,
        "mimetype": file.mimetype if is_ready else "",
        "filetype": file.name.rpartition(".")[2].lower() if is_ready else "",
        "user": file.user,
        "size": file.length,
        "url_private": address,
        "url_private_download": address,
        "channels": list(shares["public"]),
        "shares": {key: value for key, value in shares.items() if value},
    }
