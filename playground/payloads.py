"""The payloads of commands and interactions, in the shapes Slack documents (Handling user interaction)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.rendering import message_json
from playground.views import as_json

if TYPE_CHECKING:
    from playground.locations import Location
    from playground.state import State
    from playground.views import View
    from playground.workspace import Channel, Person

NAMES = {"private": "privategroup", "im": "directmessage"}


def channel_name(channel: Channel) -> str:
    """The name payloads give a conversation: direct messages and private channels all have the same."""
    return NAMES.get(channel.kind, channel.name)


def command(state: State, person: Person, channel: Channel, name: str, text: str) -> dict[str, Any]:
    """A slash command, as form fields."""
    return {
        "token": "playground",
        "team_id": state.app.team_id,
        "team_domain": "playground",
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": state.app.app_id,
        "is_enterprise_install": "false",
        "response_url": state.response_urls.new(person.id, channel.id),
        "trigger_id": state.triggers.new(person.id),
    }


def _common(state: State, person: Person, kind: str) -> dict[str, Any]:
    organization = state.app.enterprise_id
    return {
        "type": kind,
        "team": {"id": state.app.team_id, "domain": state.app.team_name.lower().replace(" ", "-")},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "api_app_id": state.app.app_id,
        "token": "playground",
        "enterprise": {"id": organization, "name": organization.lower()} if organization else None,
        "is_enterprise_install": False,
    }


def _of_window(state: State, person: Person, kind: str) -> dict[str, Any]:
    """A window that is sent or closed names the workspace of who did it; its view says where the app is."""
    payload = _common(state, person, kind)
    if person.team_id == state.app.team_id:
        return payload
    return payload | {"team": {"id": person.team_id, "domain": person.team_id.lower()}, "enterprise": None}


def _channel(channel: Channel) -> dict[str, Any]:
    return {"id": channel.id, "name": channel_name(channel)}


def block_actions(state: State, person: Person, location: Location, action: dict[str, Any]) -> dict[str, Any]:
    """A press or a choice in a message, a modal or the home tab."""
    stamped = {**action, "action_ts": state.workspace.new_ts()}
    payload = _common(state, person, "block_actions") | {"actions": [stamped]}
    if location.view is not None:
        inside = location.view.id if location.view.raw["type"] == "modal" else None
        return payload | {
            "container": {"type": "view", "view_id": location.view.id},
            "trigger_id": state.triggers.new(person.id, inside),
            "view": as_json(location.view, state.app.ids),
        }
    return payload | {"trigger_id": state.triggers.new(person.id)} | _message_part(state, person, location)


def _message_part(state: State, person: Person, location: Location) -> dict[str, Any]:
    channel, message = location.placed()
    ephemeral = message.viewer is not None
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    part = {
        "container": {**container, "is_ephemeral": ephemeral},
        "channel": _channel(channel),
        "state": {"values": location.values},
        "response_url": state.response_urls.new(person.id, channel.id, message),
    }
    return part if ephemeral else part | {"message": message_json(state, message)}


def suggestion(
    state: State, person: Person, location: Location, found: tuple[dict[str, Any], dict[str, Any]], value: str
) -> dict[str, Any]:
    """What a person typed into a menu whose options the app gives."""
    block, element = found
    payload = _common(state, person, "block_suggestion") | {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": value,
    }
    if location.view is not None:
        container = {"type": "view", "view_id": location.view.id}
        return payload | {"container": container, "view": as_json(location.view, state.app.ids)}
    channel, message = location.placed()
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    return payload | {
        "container": container,
        "channel": _channel(channel),
        "message": message_json(state, message),
    }


def submission(state: State, person: Person, view: View) -> dict[str, Any]:
    """A submitted modal."""
    return _of_window(state, person, "view_submission") | {
        "trigger_id": state.triggers.new(person.id, view.id),
        "view": as_json(view, state.app.ids),
        "response_urls": _response_urls(state, person, view),
    }


def _response_urls(state: State, person: Person, view: View) -> list[dict[str, Any]]:
    found = []
    for block in view.blocks:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            chosen = view.values[block["block_id"]][element["action_id"]]
            channel = chosen.get("selected_conversation") or chosen.get("selected_channel")
            if channel in state.workspace.channels:
                url = state.response_urls.new(person.id, channel)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**ids, "channel_id": channel, "response_url": url})
    return found


def closed(state: State, person: Person, view: View, *, cleared: bool) -> dict[str, Any]:
    """A modal a person closed without submitting."""
    written = {"view": as_json(view, state.app.ids), "is_cleared": cleared}
    return _of_window(state, person, "view_closed") | written


def shortcut(state: State, person: Person, callback_id: str) -> dict[str, Any]:
    """A global shortcut: no channel, no response_url."""
    found = {"callback_id": callback_id, "trigger_id": state.triggers.new(person.id)}
    return _common(state, person, "shortcut") | found | {"action_ts": state.workspace.new_ts()}


def message_shortcut(state: State, person: Person, callback_id: str, location: Location) -> dict[str, Any]:
    """A shortcut from a message's menu."""
    channel, message = location.placed()
    return _common(state, person, "message_action") | {
        "callback_id": callback_id,
        "trigger_id": state.triggers.new(person.id),
        "action_ts": state.workspace.new_ts(),
        "message_ts": message.ts,
        "channel": _channel(channel),
        "message": message_json(state, message),
        "response_url": state.response_urls.new(person.id, channel.id, message),
    }
