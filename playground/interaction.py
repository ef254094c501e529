"""Pressing, choosing, typing and asking for suggestions, on any surface."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from playground import elements, payloads
from playground.refusal import NotPossible
from playground.surfaces import Surface, locate
from playground.workspace import File

if TYPE_CHECKING:
    from playground.slack import Slack
    from playground.workspace import Person

What = dict[str, Any]
Found = tuple[dict[str, Any], dict[str, Any]]
TROUBLE = "We had some trouble connecting. Try again?"
PRESSED = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}
LARGEST_FILE = 10 * 1024 * 1024


async def press(slack: Slack, person: Person, what: What) -> What:
    """Press a button, or choose from an overflow menu by `value`."""
    surface = locate(slack, person, what)
    block, element = surface.element(what["action_id"], what.get("block_id"))
    if element["type"] not in PRESSED:
        raise NotPossible("not_a_button", f"{what['action_id']} is chosen from, not pressed.")
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    return await _act(slack, person, surface, action | _pressed(element, what.get("value")))


def _pressed(element: dict[str, Any], value: Any) -> dict[str, Any]:
    if element["type"] == "overflow":
        option = next((one for one in element["options"] if one.get("value") == value), None)
        if option is None:
            raise NotPossible("nothing_there", f"The menu does not offer {value}.", 404)
        return {"selected_option": option}
    return {key: element[key] for key in ("text", "value", "style", "url") if key in element}


async def select(slack: Slack, person: Person, what: What) -> What:
    """Choose in a select, picker, radio buttons or checkboxes."""
    surface = locate(slack, person, what)
    found = surface.element(what["action_id"], what.get("block_id"))
    if found[1]["type"] == "overflow":
        return await press(slack, person, what)
    return await _enter(slack, person, surface, found, what.get("value"))


async def fill(slack: Slack, person: Person, what: What) -> What:
    """Give an input block what it takes."""
    surface = locate(slack, person, what)
    found = surface.input(what["block_id"])
    value = what.get("value")
    if found[1]["type"] == "file_input":
        value = [_attached(slack, person, one) for one in value or []]
    return await _enter(slack, person, surface, found, value)


async def suggest(slack: Slack, person: Person, what: What) -> What:
    """Ask the app for options to what is typed so far."""
    surface = locate(slack, person, what)
    found = surface.element(what["action_id"], what.get("block_id"))
    typed = str(what.get("value", ""))
    if len(typed) < found[1].get("min_query_length", 3):
        return {"options": [], "option_groups": []}
    payload = payloads.suggestion(slack, person, surface, found, typed)
    body = (await slack.delivery.interact("interactive", payload)).body or {}
    groups = body.get("option_groups") or []
    flat = [*(body.get("options") or []), *(option for group in groups for option in group["options"])]
    slack.suggested[person.id, surface.key, found[1]["action_id"]] = flat
    return {"options": body.get("options") or [], "option_groups": groups}


async def _enter(slack: Slack, person: Person, surface: Surface, found: Found, value: Any) -> What:
    block, element = found
    if element["type"] not in elements.STATEFUL:
        raise NotPossible("nothing_to_choose", f"{element['action_id']} takes no value.")
    state = elements.chosen(element, value, _offered(slack, person, surface, element))
    if state is None or not _known(slack, person, state):
        raise NotPossible("not_offered", f"{element['action_id']} does not offer {value!r}.")
    surface.values.setdefault(block["block_id"], {})[element["action_id"]] = state
    if surface.view is not None:
        surface.view.errors.pop(block["block_id"], None)
    slack.changed()
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"acknowledged": False}
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return await _act(slack, person, surface, {**state, **ids})


def _offered(slack: Slack, person: Person, surface: Surface, element: dict[str, Any]) -> list[dict[str, Any]]:
    suggested = slack.suggested.get((person.id, surface.key, element["action_id"]), [])
    held = elements.initial(element)
    start = held.get("selected_options") or [held.get("selected_option")]
    return [*elements.options(element), *suggested, *(one for one in start if one)]


def _known(slack: Slack, person: Person, state: dict[str, Any]) -> bool:
    """People and conversations can only be chosen when this person sees them."""
    people, visible = slack.workspace.people, {one.id for one in slack.workspace.visible(person.id)}
    held = elements.content(state)
    wanted = [] if held is None else held if isinstance(held, list) else [held]
    kind = state["type"].removeprefix("multi_")
    if kind == "users_select":
        return all(one in people for one in wanted)
    if kind in {"conversations_select", "channels_select"}:
        return all(one in visible or one in people for one in wanted)
    return True


def _attached(slack: Slack, person: Person, given: dict[str, str]) -> dict[str, Any]:
    content = base64.b64decode(given["content_base64"])
    if len(content) > LARGEST_FILE:
        raise NotPossible("file_too_large", "A file for a form holds 10 MB at most.")
    name, now = given["name"], slack.workspace.seconds()
    file = File(
        slack.workspace.new_id("F"), name, len(content), person.id, now, content=content, complete=True
    )
    slack.workspace.files[file.id] = file
    ending = name.rpartition(".")[2].lower()
    address = f"{slack.app.base_url}/files/{file.id}/{name}"
    about = {"id": file.id, "name": name, "title": name, "filetype": ending, "size": file.length}
    urls = {"url_private": address, "url_private_download": address}
    return about | {"user": person.id, "mimetype": file.mimetype} | urls


async def _act(slack: Slack, person: Person, surface: Surface, action: dict[str, Any]) -> What:
    if not slack.manifest.interactivity:
        slack.notify(person.id, "This app is not configured to handle interactive responses.")
        return {"acknowledged": False}
    payload = payloads.block_actions(slack, person, surface, action)
    reply = await slack.delivery.interact("interactive", payload)
    if surface.view is not None:
        surface.view.trouble = None if reply.ok else TROUBLE
    elif not reply.ok:
        slack.notify(person.id, TROUBLE)
    slack.changed()
    return {"acknowledged": reply.ok}
