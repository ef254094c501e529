"""The elements: what each may hold, and which of them may stand in a section, in actions, in an input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.blocks import composition as parts
from playground.blocks.agreement import (
    decimals_in_order,
    display_needs_prompt,
    initial_is_an_option,
    lengths_in_order,
    lines_in_order,
    starts_with_no_more_than_it_takes,
    starts_within_bounds,
    starts_within_lengths,
)
from playground.blocks.kinds import (
    CHANNEL_ID,
    DATE,
    DECIMAL,
    TEN_DIGITS,
    TIME,
    USER_ID,
    Choice,
    Flag,
    String,
    Whole,
    link,
)
from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.shapes import Items, Schema, one_of, plain, typed

if TYPE_CHECKING:
    from playground.blocks.kinds import Keys
    from playground.blocks.shapes import Rule

_ACTION: Keys = {"action_id": String(1, 255)}
_PLACEHOLDER: Keys = {"placeholder": plain(150)}
_FOCUS: Keys = {"focus_on_load": Flag()}
_CONFIRM: Keys = {"confirm": parts.CONFIRM}
_LABEL: Keys = {"accessibility_label": String(1, 75)}
_STYLE: Keys = {"style": Choice(("primary", "danger"))}
_TYPED_INTO: Keys = {
    **_ACTION,
    **_PLACEHOLDER,
    **_FOCUS,
    "dispatch_action_config": parts.DISPATCH_ACTION_CONFIG,
}
_PICKED: Keys = {**_ACTION, **_FOCUS, **_CONFIRM}
_MENU: Keys = {**_PICKED, **_PLACEHOLDER}
_MULTI: Keys = {**_MENU, "max_selected_items": Whole(1)}
_STATIC: Keys = {
    "options": Items(parts.OPTION, 1, 100),
    "option_groups": Items(parts.OPTION_GROUP, 1, 100),
}
_STATIC_KEYS = ("options", "option_groups")
_QUERY: Keys = {"min_query_length": Whole(0)}
_CONVERSATIONS: Keys = {"default_to_current_conversation": Flag(), "filter": parts.CONVERSATION_FILTER}
_FEW_ENOUGH = (starts_with_no_more_than_it_takes,)


def _static(name: str, may: Keys, *rules: Rule) -> Schema:
    return typed(
        name,
        {},
        {**_STATIC, **may},
        any_of=_STATIC_KEYS,
        not_both=(_STATIC_KEYS,),
        rules=(initial_is_an_option, *rules),
    )


def _multi(name: str, may: Keys) -> Schema:
    return typed(name, {}, {**_MULTI, **may}, rules=_FEW_ENOUGH)


IMAGE_SOURCE: Keys = {"image_url": link(3000), "slack_file": parts.SLACK_FILE}
IMAGE_SOURCE_KEYS = ("image_url", "slack_file")
ALT_TEXT = String(1, 2000)

_FEEDBACK_BUTTON = Schema("feedback button", {"text": plain(75), "value": String(1, 2000)}, _LABEL)

_BUTTONS = (
    typed(
        "button",
        {"text": plain(75)},
        {
            **_ACTION,
            **_STYLE,
            **_CONFIRM,
            **_LABEL,
            "value": String(1, 2000),
            "url": link(3000),
            "agent_prompt": String(1, 4000),
            "agent_prompt_display": String(),
        },
        rules=(display_needs_prompt,),
    ),
    typed(
        "workflow_button", {"text": plain(75), "workflow": parts.WORKFLOW}, {**_ACTION, **_STYLE, **_LABEL}
    ),
    typed(
        "feedback_buttons",
        {"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON},
        _ACTION,
    ),
    typed(
        "icon_button",
        {"icon": Choice(("trash",)), "text": plain(75)},
        {
            **_ACTION,
            **_CONFIRM,
            **_LABEL,
            "value": String(1, 2000),
            "visible_to_user_ids": Items(USER_ID, 1, 10),
        },
    ),
    typed("overflow", {"options": Items(parts.OVERFLOW_OPTION, 1, 5)}, {**_ACTION, **_CONFIRM}),
)

_CHOICES = (
    typed(
        "radio_buttons",
        {"options": Items(parts.CHECKABLE_OPTION, 1, 10)},
        {**_PICKED, "initial_option": parts.CHECKABLE_OPTION},
        rules=(initial_is_an_option,),
    ),
    typed(
        "checkboxes",
        {"options": Items(parts.CHECKABLE_OPTION, 1, 10)},
        {**_PICKED, "initial_options": Items(parts.CHECKABLE_OPTION, 1, 10)},
        rules=(initial_is_an_option,),
    ),
    typed("datepicker", {}, {**_MENU, "initial_date": DATE}),
    typed("timepicker", {}, {**_MENU, "initial_time": TIME, "timezone": String()}),
    typed("datetimepicker", {}, {**_PICKED, "initial_date_time": TEN_DIGITS}),
)

_SELECTS = (
    _static("static_select", {**_MENU, "initial_option": parts.OPTION}),
    typed("external_select", {}, {**_MENU, **_QUERY, "initial_option": parts.OPTION}),
    typed("users_select", {}, {**_MENU, "initial_user": USER_ID}),
    typed(
        "conversations_select",
        {},
        {**_MENU, **_CONVERSATIONS, "initial_conversation": CHANNEL_ID, "response_url_enabled": Flag()},
    ),
    typed("channels_select", {}, {**_MENU, "initial_channel": CHANNEL_ID, "response_url_enabled": Flag()}),
)

_MULTIS = (
    _static("multi_static_select", {**_MULTI, "initial_options": Items(parts.OPTION, 1, 100)}, *_FEW_ENOUGH),
    _multi("multi_external_select", {**_QUERY, "initial_options": Items(parts.OPTION, 1, 100)}),
    _multi("multi_users_select", {"initial_users": Items(USER_ID)}),
    _multi("multi_conversations_select", {**_CONVERSATIONS, "initial_conversations": Items(CHANNEL_ID)}),
    _multi("multi_channels_select", {"initial_channels": Items(CHANNEL_ID)}),
)

_INPUTS = (
    typed(
        "plain_text_input",
        {},
        {
            **_TYPED_INTO,
            "initial_value": String(0, 3000),
            "multiline": Flag(),
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
        },
        rules=(lengths_in_order, starts_within_lengths),
    ),
    typed(
        "number_input",
        {"is_decimal_allowed": Flag()},
        {**_TYPED_INTO, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
        rules=(decimals_in_order, starts_within_bounds),
    ),
    typed("email_text_input", {}, {**_TYPED_INTO, "initial_value": String()}),
    typed("url_text_input", {}, {**_TYPED_INTO, "initial_value": String()}),
    typed(
        "rich_text_input",
        {},
        {
            **_TYPED_INTO,
            "initial_value": one_of({"rich_text": RICH_TEXT}),
            "min_lines": Whole(1, 100),
            "max_lines": Whole(1, 100),
        },
        rules=(lines_in_order,),
    ),
    typed("file_input", {}, {**_ACTION, "filetypes": Items(String()), "max_files": Whole(1, 10)}),
)

_IMAGE = typed(
    "image", {"alt_text": ALT_TEXT}, IMAGE_SOURCE, any_of=IMAGE_SOURCE_KEYS, not_both=(IMAGE_SOURCE_KEYS,)
)

ELEMENTS = {schema.name: schema for schema in (*_BUTTONS, *_CHOICES, *_SELECTS, *_MULTIS, *_INPUTS, _IMAGE)}

_SINGLE = tuple(schema.name for schema in (*_CHOICES, *_SELECTS))
_PICKERS = (*_SINGLE, *(schema.name for schema in _MULTIS))
_NO_DATETIME = tuple(name for name in _PICKERS if name != "datetimepicker")

BUTTON = one_of(ELEMENTS, "button")
IMAGE = one_of(ELEMENTS, "image")
IN_A_SECTION = one_of(ELEMENTS, "button", "workflow_button", "overflow", "image", *_NO_DATETIME)
# Menus of many choices stand beside a section or in an input only (python-slack-sdk#1631).
IN_ACTIONS = one_of(ELEMENTS, "button", "workflow_button", "overflow", *_SINGLE)
IN_AN_INPUT = one_of(ELEMENTS, *_PICKERS, *(schema.name for schema in _INPUTS))
IN_CONTEXT_ACTIONS = one_of(ELEMENTS, "feedback_buttons", "icon_button")
