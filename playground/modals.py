"""Submits and closes modals: Slack's own checks first, then the app, whose answer moves the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content, forms, payloads
from playground.blocks.kinds import String
from playground.blocks.shapes import Schema
from playground.interaction import TROUBLE
from playground.locations import top
from playground.refusal import NotPossible, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.slack import Slack
    from playground.views import View
    from playground.workspace import Person

Body = dict[str, Any]


async def submit(slack: Slack, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    """Submit the modal on top; nothing is sent while Slack's own client sees something to put right."""
    view = top(slack, person, what["view"])
    if view.busy or view.raw["submit"] is None:
        raise NotPossible("nothing_there", "This modal cannot be submitted now.", 404)
    view.errors, view.trouble = forms.problems(view.blocks, view.values), None
    slack.changed()
    if view.errors:
        return {"acknowledged": False, "closed": False, "errors": view.errors}
    view.busy = True
    slack.changed()
    reply = await slack.delivery.interact("interactive", payloads.submission(slack, person, view))
    view.busy = False
    if reply.ok:
        _obey(slack, view, reply.body)
    else:
        view.trouble = TROUBLE
    slack.changed()
    closed = slack.views.find(view.id) is None
    return {"acknowledged": reply.ok, "closed": closed, "errors": view.errors}


def _obey(slack: Slack, view: View, body: Any) -> None:
    """Do what the app's answer says; one Slack would not take shows as trouble, and why is in the journal."""
    wanted = body or {}
    try:
        _action(wanted)(slack, view, wanted)
    except Refused as refused:
        slack.journal.add("ack", of="view_submission", refused=refused.as_json(), payload=wanted)
        view.trouble = TROUBLE


def _action(wanted: Any) -> Callable[[Slack, View, Body], None]:
    name = wanted.get("response_action", "") if isinstance(wanted, dict) else None
    if not isinstance(name, str) or name not in _ACTIONS:
        raise Refused("invalid_response_action")
    act, beside = _ACTIONS[name]
    if set(wanted) - {"response_action"} != beside:
        said = " and ".join(sorted(beside)) or "nothing"
        raise Refused("invalid_arguments", f"[ERROR] {said} stands beside response_action {name}".rstrip())
    return act


def _close(slack: Slack, view: View, _wanted: Body) -> None:
    slack.views.close(view)


def _errors(_slack: Slack, view: View, wanted: Body) -> None:
    inputs = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    by_input = Schema("this view's errors by input", {}, dict.fromkeys(inputs, String()), tuple(inputs))
    content.check(by_input, wanted["errors"], "/errors")
    view.errors = wanted["errors"]


def _update(slack: Slack, view: View, wanted: Body) -> None:
    slack.views.update(view, _view(slack, wanted), None)


def _push(slack: Slack, view: View, wanted: Body) -> None:
    slack.views.push(view.person, _view(slack, wanted))


def _clear(slack: Slack, view: View, _wanted: Body) -> None:
    slack.views.clear(view.person)


def _view(slack: Slack, wanted: Body) -> Body:
    view: Any = wanted["view"]
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise Refused("invalid_arguments", "[ERROR] a modal is missing [json-pointer:/view]")
    content.check_view(slack, view)
    return view


# What each response_action does, and what stands beside it; an empty acknowledgement has none.
_ACTIONS: dict[str, tuple[Callable[[Slack, View, Body], None], set[str]]] = {
    "": (_close, set()),
    "errors": (_errors, {"errors"}),
    "update": (_update, {"view"}),
    "push": (_push, {"view"}),
    "clear": (_clear, set()),
}


def close(slack: Slack, person: Person, what: dict[str, Any]) -> dict[str, Any]:
    """Close the modal on top by its Cancel button, or with `all` the whole stack by the cross."""
    view = top(slack, person, what["view"])
    cleared = bool(what.get("all")) or view.raw["clear_on_close"]
    told = slack.views.stack(person.id)[0] if what.get("all") else view
    if cleared:
        slack.views.clear(person.id)
    else:
        slack.views.close(view)
    slack.changed()
    if told.raw["notify_on_close"]:
        payload = payloads.closed(slack, person, told, cleared=cleared)
        slack.start(slack.delivery.interact("interactive", payload))
    return {}
