"""The small objects that elements and blocks share: options, confirmations, filters, files of Slack."""

from __future__ import annotations

from playground.blocks.kinds import FILE_ID, Choice, Flag, String, link
from playground.blocks.shapes import Items, Schema, plain, text

CONFIRM = Schema(
    "confirm",
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Choice(("primary", "danger"))},
)

# Slack's option page allows values of 150 characters, its typings 75: what fits in 75 is right either way.
_OPTION_VALUE = String(1, 75)
OPTION = Schema("option", {"text": plain(75), "value": _OPTION_VALUE}, {"description": plain(75)})
CHECKABLE_OPTION = Schema(
    "option of radio buttons or checkboxes",
    {"text": text(75), "value": _OPTION_VALUE},
    {"description": text(75)},
)
OVERFLOW_OPTION = Schema(
    "option of an overflow menu",
    {"text": plain(75), "value": _OPTION_VALUE},
    {"description": plain(75), "url": link(3000)},
)
OPTION_GROUP = Schema("option_group", {"label": plain(75), "options": Items(OPTION, 1, 100)}, {})

DISPATCH_ACTION_CONFIG = Schema(
    "dispatch_action_config",
    {"trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), 1, 2)},
    {},
)
_FILTERS = ("include", "exclude_external_shared_channels", "exclude_bot_users")
CONVERSATION_FILTER = Schema(
    "filter",
    {},
    {
        "include": Items(Choice(("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    any_of=_FILTERS,
)
SLACK_FILE = Schema(
    "slack_file", {}, {"id": FILE_ID, "url": link()}, any_of=("id", "url"), not_both=(("id", "url"),)
)
_INPUT_PARAMETER = Schema("customizable_input_parameter", {"name": String(), "value": String()}, {})
_TRIGGER = Schema("trigger", {"url": link()}, {"customizable_input_parameters": Items(_INPUT_PARAMETER)})
WORKFLOW = Schema("workflow", {"trigger": _TRIGGER}, {})
