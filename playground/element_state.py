"""What each Block Kit element remembers: its first state, its state after a choice, what it refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playground.blocks import validate
from playground.blocks.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = dict[str, Any]

# element type -> (key of its state, key of its initial value); lists are states of many
SINGLE = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
}
MANY = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
STATEFUL = {**SINGLE, **MANY}
WITH_OPTIONS = {key for key, (state, _) in STATEFUL.items() if state.startswith("selected_option")}
ACTED_ON = {"section", "input", "actions", "context_actions", "card"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}
_SHAPES = {
    "datepicker": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "timepicker": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "datetimepicker": re.compile(r"\d{10}"),
}


def walk(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each block with each of its interactive elements, those inside containers and carousels too."""
    for placed in outline({"blocks": blocks}):
        if placed.value["type"] in ACTED_ON:
            yield from ((placed.value, one) for _, one in placed.elements if one["type"] != "image")


def initial(element: JSON) -> JSON:
    """The state an element has before anybody touches it."""
    state, start = STATEFUL[element["type"]]
    return {"type": element["type"], state: element.get(start, [] if element["type"] in MANY else None)}


def content(state: JSON) -> Any:
    """What a state holds: text, an option, a list, or None when it is empty."""
    held = state.get(STATEFUL[state["type"]][0])
    return None if held in ("", []) else held


def options(element: JSON) -> list[JSON]:
    """The options written into an element, those of its groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def chosen(element: JSON, value: Any, offered: list[JSON]) -> JSON | None:
    """The state after a choice or typing; None when the element does not offer `value`.

    Args:
        element: the element of the block.
        value: text, an option's value, an id, a date, or a list of them.
        offered: the options it shows now; those an app suggested count for external selects.
    """
    kind, (key, _) = element["type"], STATEFUL[element["type"]]
    if not _can_take(kind, value):
        return None
    if kind in MANY and len(value or []) > element.get("max_selected_items", len(value or [])):
        return None
    if kind in WITH_OPTIONS:
        picked = _picked(kind, value, {option["value"]: option for option in offered})
        return None if picked is None else {"type": kind, key: picked[0]}
    if kind in MANY:
        return {"type": kind, key: list(value or [])}
    if value is not None and kind in _SHAPES and not _SHAPES[kind].fullmatch(str(value)):
        return None
    return {"type": kind, key: _held(kind, value)}


def _can_take(kind: str, value: Any) -> bool:
    """Is it of a type this kind of element could hold at all?"""
    if value is None or kind == "file_input":
        return True
    if kind in MANY:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if kind == "rich_text_input" and isinstance(value, dict):
        return value.get("type") == "rich_text" and not validate("message", {"blocks": [value]})
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _picked(kind: str, value: Any, by_value: dict[str, JSON]) -> tuple[Any] | None:
    if kind not in MANY:
        return (by_value[value],) if value in by_value else ((None,) if value is None else None)
    wanted = list(value or [])
    return ([by_value[one] for one in wanted],) if all(one in by_value for one in wanted) else None


def _held(kind: str, value: Any) -> Any:
    if kind == "datetimepicker":
        return None if value is None else int(value)
    if kind == "rich_text_input":
        return _rich(value) if isinstance(value, str) else value
    if kind == "number_input" and value is not None:
        value = str(value).strip()
    return None if value in (None, "") else str(value)


def _rich(text: str) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
