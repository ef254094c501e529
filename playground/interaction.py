"""Pressing, choosing, typing and asking for suggestions, wherever it stands."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from playground import content, control_schema, element_state, payloads
from playground.blocks.composition import OPTION, OPTION_GROUP
from playground.blocks.kinds import String
from playground.blocks.shapes import Items, Schema
from playground.locations import Location, locate
from playground.refusal import NotPossible, Refused
from playground.workspace import File

if TYPE_CHECKING:
    from playground.reply import Reply
    from playground.slack import Slack
    from playground.workspace import Person

JSON = dict[str, Any]
BlockAndElement = tuple[JSON, JSON]
TROUBLE = "We had some trouble connecting. Try again?"
PRESSED = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}
ASKED_FOR = {"external_select", "multi_external_select"}
OFFER = Schema(
    "offer of a menu",
    {},
    {"options": Items(OPTION, 0, 100), "option_groups": Items(OPTION_GROUP, 0, 100)},
    any_of=("options", "option_groups"),
    not_both=(("options", "option_groups"),),
)
_FILE = Schema("file", {"name": String(), "content_base64": String(0)}, {})
FILES = Schema("files", {"value": Items(_FILE, 0)}, {})
LARGEST_FILE = 10 * 1024 * 1024


async def press(slack: Slack, person: Person, what: JSON) -> JSON:
    """Press a button, or choose from an overflow menu by `value`."""
    location = locate(slack, person, what)
    block, element = location.element(what["action_id"], what.get("block_id"))
    if element["type"] not in PRESSED:
        raise NotPossible("not_a_button", f"{what['action_id']} is chosen from, not pressed.")
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    return await _act(slack, person, location, action | _pressed(element, what.get("value")))


def _pressed(element: JSON, value: Any) -> JSON:
    if element["type"] == "overflow":
        option = next((one for one in element["options"] if one.get("value") == value), None)
        if option is None:
            raise NotPossible("nothing_there", f"The menu does not offer {value}.", 404)
        return {"selected_option": option}
    return {key: element[key] for key in ("text", "value", "style", "url") if key in element}


async def select(slack: Slack, person: Person, what: JSON) -> JSON:
    """Choose in a select, picker, radio buttons or checkboxes."""
    location = locate(slack, person, what)
    found = location.element(what["action_id"], what.get("block_id"))
    if found[1]["type"] == "overflow":
        return await press(slack, person, what)
    return await _enter(slack, person, location, found, what.get("value"))


async def fill(slack: Slack, person: Person, what: JSON) -> JSON:
    """Give an input block what it takes."""
    location = locate(slack, person, what)
    found = location.input(what["block_id"])
    value = what.get("value")
    if found[1]["type"] == "file_input":
        control_schema.check(FILES, {"value": value or []})
        value = [_attached(slack, person, one) for one in value or []]
    return await _enter(slack, person, location, found, value)


async def suggest(slack: Slack, person: Person, what: JSON) -> JSON:
    """Ask the app for options to what is typed so far."""
    location = locate(slack, person, what)
    found = location.element(what["action_id"], what.get("block_id"))
    if found[1]["type"] not in ASKED_FOR:
        raise NotPossible("not_a_menu", f"{what['action_id']} does not ask the app for options.")
    typed = what.get("value", "")
    if len(typed) < found[1].get("min_query_length", 3):
        return {"options": [], "option_groups": []}
    payload = payloads.suggestion(slack, person, location, found, typed)
    reply = await slack.delivery.interact("interactive", payload)
    offered = _offer(slack, reply)
    _show(slack, person, location, trouble=offered is None)
    offered = offered or {}
    slack.suggested[person.id, location.key, found[1]["action_id"]] = element_state.options(offered)
    return {name: offered.get(name, []) for name in ("options", "option_groups")}


def _offer(slack: Slack, reply: Reply) -> JSON | None:
    """The app's options; None when it gave none in time, or none Slack would show."""
    try:
        content.check(OFFER, reply.body or {}, "")
    except Refused as refused:
        slack.journal.add("ack", of="block_suggestion", refused=refused.as_json(), payload=reply.body)
        return None
    return reply.body if reply.ok else None


def _show(slack: Slack, person: Person, location: Location, *, trouble: bool) -> None:
    """Say on the form, or to the person, that the app did not answer well; or that all is well again."""
    if location.view is not None:
        location.view.trouble = TROUBLE if trouble else None
    elif trouble:
        slack.notify(person.id, TROUBLE)
    slack.changed()


async def _enter(
    slack: Slack, person: Person, location: Location, found: BlockAndElement, value: Any
) -> JSON:
    block, element = found
    if element["type"] not in element_state.STATEFUL:
        raise NotPossible("nothing_to_choose", f"{element['action_id']} takes no value.")
    state = element_state.chosen(element, value, _offered(slack, person, location, element))
    if state is None or not _known(slack, person, state):
        raise NotPossible("not_offered", f"{element['action_id']} does not offer {value!r}.")
    location.values.setdefault(block["block_id"], {})[element["action_id"]] = state
    if location.view is not None:
        location.view.errors.pop(block["block_id"], None)
    slack.changed()
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"acknowledged": False}
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return await _act(slack, person, location, {**state, **ids})


def _offered(slack: Slack, person: Person, location: Location, element: JSON) -> list[JSON]:
    suggested = slack.suggested.get((person.id, location.key, element["action_id"]), [])
    held = element_state.initial(element)
    start = held.get("selected_options") or [held.get("selected_option")]
    return [*element_state.options(element), *suggested, *(one for one in start if one)]


def _known(slack: Slack, person: Person, state: JSON) -> bool:
    """People and conversations can only be chosen when this person sees them."""
    people, visible = slack.workspace.people, {one.id for one in slack.workspace.visible(person.id)}
    held = element_state.content(state)
    wanted = [] if held is None else held if isinstance(held, list) else [held]
    kind = state["type"].removeprefix("multi_")
    if kind == "users_select":
        return all(one in people for one in wanted)
    if kind in {"conversations_select", "channels_select"}:
        return all(one in visible or one in people for one in wanted)
    return True


def _attached(slack: Slack, person: Person, given: dict[str, str]) -> JSON:
    held = base64.b64decode(given["content_base64"])
    if len(held) > LARGEST_FILE:
        raise NotPossible("file_too_large", "A file for a form holds 10 MB at most.")
    name, now = given["name"], slack.workspace.seconds()
    file = File(slack.workspace.new_id("F"), name, len(held), person.id, now, content=held, ready_at=now)
    slack.workspace.files[file.id] = file
    ending = name.rpartition(".")[2].lower()
    address = f"{slack.app.base_url}/files/{file.id}/{name}"
    about = {"id": file.id, "name": name, "title": name, "filetype": ending, "size": file.length}
    urls = {"url_private": address, "url_private_download": address}
    return about | {"user": person.id, "mimetype": file.mimetype} | urls


async def _act(slack: Slack, person: Person, location: Location, action: JSON) -> JSON:
    if not slack.manifest.interactivity:
        slack.notify(person.id, "This app is not configured to handle interactive responses.")
        return {"acknowledged": False}
    payload = payloads.block_actions(slack, person, location, action)
    reply = await slack.delivery.interact("interactive", payload)
    _show(slack, person, location, trouble=not reply.ok)
    return {"acknowledged": reply.ok}
