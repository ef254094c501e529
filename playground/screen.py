"""All that one person sees: their channels, messages, modals, home tab and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.refusal import nothing_there

if TYPE_CHECKING:
    from playground.state import State
    from playground.views import View
    from playground.workspace import Channel, Message, Person

JSON = dict[str, Any]


def of(state: State, person_id: str | None) -> JSON:
    """The screen of this person, or of the first one who can act here.

    Raises:
        NotPossible: nothing_there when nobody has this id, or nobody is here at all.
    """
    person = state.workspace.people.get(person_id) if person_id else _first(state)
    if person is None:
        raise nothing_there(f"person {person_id or ''}".strip())
    channels = sorted(
        state.workspace.visible(person.id), key=lambda one: (one.kind == "im", one.name, one.id)
    )
    home = state.views.homes.get(person.id)
    return {
        "workspace": {"id": state.app.team_id, "name": state.app.team_name},
        "now": state.clock.epoch(),
        "running": state.clock.running,
        "pace": dict(vars(state.pace)),
        "version": state.version.number,
        "person": brief(person),
        "people": [brief(one) for one in state.workspace.people.values()],
        "channels": [_channel(person, one) for one in channels],
        "commands": [_command(one) for one in state.manifest.commands if person.is_full_member],
        "takes_messages": state.manifest.takes_messages,
        "shortcuts": [dict(vars(one)) for one in state.manifest.shortcuts if person.is_full_member],
        "messages": {one.id: _messages(state, person, one) for one in channels},
        "views": [_view(state, one) for one in state.views.stack(person.id)],
        "home": None if home is None else _view(state, home),
        "notices": [{"id": n.id, "text": n.text} for n in state.notices if n.person == person.id],
    }


def _first(state: State) -> Person | None:
    return next((one for one in state.workspace.people.values() if not (one.is_bot or one.deleted)), None)


def brief(person: Person) -> JSON:
    """One person, in brief."""
    return {
        key: getattr(person, key) for key in ("id", "name", "real_name", "tz", "is_bot", "deleted", "active")
    }


def _command(command: Any) -> JSON:
    return {key: getattr(command, key) for key in ("command", "description", "usage_hint")}


def _channel(person: Person, channel: Channel) -> JSON:
    seen = channel.read.get(person.id, "0")
    new = [m for m in channel.messages.values() if m.ts > seen and m.user != person.id and not m.is_reply]
    written: JSON = {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "is_member": person.id in channel.members,
        "is_archived": channel.archived,
        "unread": len(new) if person.id in channel.members else 0,
        "members": list(channel.members),
    }
    return written | ({"person": channel.other(person.id)} if channel.kind == "im" else {})


def _messages(state: State, person: Person, channel: Channel) -> list[JSON]:
    whispered = [one for one in channel.ephemerals.values() if one.viewer == person.id]
    shown = sorted([*channel.messages.values(), *whispered], key=lambda one: one.ts)
    replies: dict[str, int] = {}
    for one in channel.messages.values():
        if one.is_reply and one.thread_ts is not None:
            replies[one.thread_ts] = replies.get(one.thread_ts, 0) + 1
    return [_message(state, person, one, replies.get(one.ts, 0)) for one in shown]


def _message(state: State, person: Person, message: Message, replies: int) -> JSON:
    author = state.workspace.people.get(message.user)  # nobody's is what Slack itself says
    return {
        "ts": message.ts,
        "user": message.user,
        "username": message.username or (author.real_name if author else "Slackbot"),
        "is_bot": author is None or author.is_bot,
        "text": message.text,
        "blocks": with_images(state, person.id, message.blocks),
        "attachments": with_images(state, person.id, message.attachments),
        "files": [_file(state, one) for one in message.files],
        "reactions": {name: list(people) for name, people in message.reactions.items()},
        "thread_ts": message.thread_ts,
        "reply_count": replies,
        "edited": message.edited is not None,
        "ephemeral": message.viewer is not None,
        "subtype": message.subtype,
    }


def _file(state: State, file_id: str) -> JSON:
    file = state.workspace.files[file_id]
    url = f"{state.app.base_url}/control/files/{file.id}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "size": file.length,
        "alt_text": file.alt_text,
        "url": url,
    }


def _view(state: State, view: View) -> JSON:
    raw = view.raw
    return {
        "id": view.id,
        "hash": view.hash,
        "type": raw["type"],
        "callback_id": raw["callback_id"],
        "title": raw["title"],
        "submit": raw["submit"],
        "close": raw["close"],
        "blocks": with_images(state, view.person, view.blocks),
        "values": view.values,
        "errors": view.errors,
        "busy": view.busy,
        "trouble": view.trouble,
    }


def with_images(state: State, person: str, value: Any) -> Any:
    """The same blocks, with an image_url beside each slack_file this person may see, else why it is not."""
    if isinstance(value, list):
        return [with_images(state, person, one) for one in value]
    if not isinstance(value, dict):
        return value
    written = {key: with_images(state, person, one) for key, one in value.items()}
    named = value.get("slack_file")
    return written | _image(state, person, named) if isinstance(named, dict) else written


def _image(state: State, person: str, named: JSON) -> JSON:
    file = state.workspace.named(named)
    if file is None or not (state.limits.rates.private_files_show or state.workspace.shows(file, person)):
        return {"not_shown": "file_not_found"}
    if file.deleted:
        return {"not_shown": "file_deleted"}
    return {"image_url": f"{state.app.base_url}/control/files/{file.id}"}
