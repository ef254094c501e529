"""Modals and the home tab: open, push, update, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content
from playground.methods.registry import method
from playground.refusal import Refused
from playground.views import as_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.triggers import Trigger
    from playground.views import View

TRIGGERED = "trigger_id interactivity_pointer"


def _trigger(call: Call) -> Trigger:
    given = call.get("trigger_id") or call.get("interactivity_pointer")
    if given is None:
        raise Refused("invalid_arguments", "[ERROR] missing required field: trigger_id")
    return call.slack.triggers.look(given)


def _checked(call: Call, kinds: tuple[str, ...] = ("modal",)) -> dict[str, Any]:
    view: dict[str, Any] = call.get("view")
    if not isinstance(view, dict) or view.get("type") not in kinds:
        raise Refused(
            "invalid_arguments", f"[ERROR] must be one of: {', '.join(kinds)} [json-pointer:/view/type]"
        )
    content.check_view(call.slack, view)
    return view


def _written(call: Call, view: View) -> Answer:
    call.slack.changed()
    return {"view": as_json(view, call.slack.app.ids)}


@method("views.open", tier=4, needs="view:json", takes=TRIGGERED)
def open_(call: Call) -> Answer:
    """Open a modal for the person whose trigger this is, on top of what they have open."""
    trigger, raw = _trigger(call), _checked(call)
    view = call.slack.views.push(trigger.person, raw)
    trigger.used = True
    return _written(call, view)


@method("views.push", tier=4, needs="view:json", takes=TRIGGERED)
def push(call: Call) -> Answer:
    """Open a modal on top of the one the interaction came from."""
    trigger, raw = _trigger(call), _checked(call)
    if trigger.view_id not in {one.id for one in call.slack.views.stack(trigger.person)}:
        raise Refused("invalid_trigger_id")
    view = call.slack.views.push(trigger.person, raw)
    trigger.used = True
    return _written(call, view)


@method("views.update", tier=4, needs="view:json", takes="view_id external_id hash")
def update(call: Call) -> Answer:
    """Replace an open view; what was typed stays where block_id and action_id are the same."""
    views, view_id, external = call.slack.views, call.get("view_id"), call.get("external_id")
    if (view_id is None) == (external is None):
        raise Refused("invalid_arguments", "[ERROR] exactly one of view_id and external_id")
    found = views.find(view_id) if view_id is not None else views.find_external(external)
    if found is None:
        raise Refused("not_found")
    views.update(found, _checked(call, (found.raw["type"],)), call.get("hash"))
    return _written(call, found)


@method("views.publish", tier=4, needs="user_id view:json", takes="hash")
def publish(call: Call) -> Answer:
    """Set a person's home tab, whether they look at it or not."""
    if not call.slack.manifest.home_tab:
        raise Refused("not_enabled")
    person, raw = call.get("user_id"), _checked(call, ("home",))
    if person not in call.slack.workspace.people:
        raise Refused("invalid_arguments", "[ERROR] invalid `user_id` [json-pointer:/user_id]")
    return _written(call, call.slack.views.publish(person, raw, call.get("hash")))
