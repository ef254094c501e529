"""The keys of one object must agree with one another, and values have their notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playground.blocks import validate
from tests.playground.blockkit import (
    CELL,
    IMAGE,
    NUMBER,
    RICH_CELL,
    TASK,
    actions,
    button,
    chart,
    container,
    data_table,
    entry,
    found,
    home,
    message,
    modal,
    option,
    plain,
    section,
    select,
    series,
    surface,
    table,
    without,
)

if TYPE_CHECKING:
    from tests.playground.blockkit import Case

E0 = "/blocks/0/elements/0"
E = "/blocks/0/element"
WEB = {"url": "https://example.com"}
EMPTY_CELL = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
FILES = {"type": "file_input", "max_files": 1}
GROUPS = [{"label": plain(), "options": [option()]}]

CASES: dict[str, Case] = {
    "section without text or fields": (message({"type": "section"}), "missing", "/blocks/0"),
    "image of two sources": (
        message({**IMAGE, "slack_file": {"id": "F0123456789"}}),
        "conflict",
        "/blocks/0",
    ),
    "image of no source": (message(without(IMAGE, "image_url")), "missing", "/blocks/0"),
    "file by id and by url": (
        message({**without(IMAGE, "image_url"), "slack_file": {"id": "F0123456789", **WEB}}),
        "conflict",
        "/blocks/0/slack_file",
    ),
    "options and groups": (message(actions(select(option_groups=GROUPS))), "conflict", E0),
    "neither options nor groups": (message(actions({"type": "static_select"})), "missing", E0),
    "initial_option of another value": (
        message(actions(select(initial_option=option("Cedar", "elm")))),
        "not_an_option",
        f"{E0}/initial_option",
    ),
    "initial_option of another emoji flag": (
        message(
            actions(select(initial_option=option(text="Cedar") | {"text": {**plain("Cedar"), "emoji": True}}))
        ),
        "not_an_option",
        f"{E0}/initial_option",
    ),
    "one of two initial_options": (
        modal(entry(select(initial_options=[option(), option("Elm")]) | {"type": "multi_static_select"})),
        "not_an_option",
        f"{E}/initial_options/1",
    ),
    "address in a select's option": (
        message(actions(select(options=[option(**WEB)]))),
        "unknown_key",
        f"{E0}/options/0/url",
    ),
    "bounds the wrong way as numbers, not as words": (
        modal(entry({**NUMBER, "min_value": "10", "max_value": "9"})),
        "min_above_max",
        f"{E}/min_value",
    ),
    "bound as a number": (modal(entry({**NUMBER, "min_value": 0})), "wrong_type", f"{E}/min_value"),
    "bound as a word": (modal(entry({**NUMBER, "max_value": "ten"})), "bad_format", f"{E}/max_value"),
    "shortest above longest": (
        modal(entry({"type": "plain_text_input", "min_length": 5, "max_length": 4})),
        "min_above_max",
        f"{E}/min_length",
    ),
    "begun with less than the least": (
        modal(entry({**NUMBER, "initial_value": "1", "min_value": "2"})),
        "too_small",
        f"{E}/initial_value",
    ),
    "begun with more than the most": (
        modal(entry({**NUMBER, "initial_value": "10", "max_value": "9"})),
        "too_large",
        f"{E}/initial_value",
    ),
    "begun with a part of a whole number": (
        modal(entry({**NUMBER, "is_decimal_allowed": False, "initial_value": "2.5"})),
        "bad_format",
        f"{E}/initial_value",
    ),
    "begun with more than may be written": (
        modal(entry({"type": "plain_text_input", "initial_value": "Cedar", "max_length": 4})),
        "too_long",
        f"{E}/initial_value",
    ),
    "begun with less than must be written": (
        modal(entry({"type": "plain_text_input", "initial_value": "Elm", "min_length": 4})),
        "too_short",
        f"{E}/initial_value",
    ),
    "begun with more than may be chosen": (
        modal(
            entry({"type": "multi_users_select", "initial_users": ["U01", "U02"], "max_selected_items": 1})
        ),
        "too_many",
        f"{E}/initial_users",
    ),
    "begun with a channel in a person's place": (
        modal(entry({"type": "users_select", "initial_user": "C01"})),
        "bad_format",
        f"{E}/initial_user",
    ),
    "file by a name in its id's place": (
        message({**without(IMAGE, "image_url"), "slack_file": {"id": "chart.png"}}),
        "bad_format",
        "/blocks/0/slack_file/id",
    ),
    "files heard of before their form is sent": (
        modal(entry(FILES, dispatch_action=True)),
        "conflict",
        "/blocks/0/dispatch_action",
    ),
    "taller when empty": (
        modal(entry({"type": "rich_text_input", "min_lines": 5, "max_lines": 4})),
        "min_above_max",
        f"{E}/min_lines",
    ),
    "a day that is none": (
        modal(entry({"type": "datepicker", "initial_date": "2026-02-30"})),
        "bad_format",
        f"{E}/initial_date",
    ),
    "a day in another order": (
        modal(entry({"type": "datepicker", "initial_date": "23-11-2026"})),
        "bad_format",
        f"{E}/initial_date",
    ),
    "an hour that is none": (
        modal(entry({"type": "timepicker", "initial_time": "24:00"})),
        "bad_format",
        f"{E}/initial_time",
    ),
    "a moment in milliseconds": (
        modal(entry({"type": "datetimepicker", "initial_date_time": 1_764_000_000_000})),
        "too_large",
        f"{E}/initial_date_time",
    ),
    "a trigger no input knows": (
        modal(entry({**NUMBER, "dispatch_action_config": {"trigger_actions_on": ["on_blur"]}})),
        "not_a_choice",
        f"{E}/dispatch_action_config/trigger_actions_on/0",
    ),
    "rows of unequal length": (message(table([CELL, CELL], [CELL])), "unequal_rows", "/blocks/0/rows/1"),
    "an empty cell": (message(table([{**CELL, "text": ""}])), "too_short", "/blocks/0/rows/0/0/text"),
    "an empty rich cell": (message(table([EMPTY_CELL])), "too_short", "/blocks/0/rows/0/0"),
    "table of 10,001": (message(table([{**CELL, "text": "x" * 10_001}])), "too_long", "/blocks/0/rows"),
    "data table of 20,001": (
        message(data_table([CELL], [{**CELL, "text": "x" * 20_000}])),
        "too_long",
        "/blocks/0/rows",
    ),
    "rich text as a column's name": (
        message(data_table([RICH_CELL], [CELL])),
        "not_allowed_here",
        "/blocks/0/rows/0/0/type",
    ),
    "row header beyond the columns": (
        message(data_table([CELL], [CELL], row_header_column_index=1)),
        "too_large",
        "/blocks/0/row_header_column_index",
    ),
    "category without a point": (
        message(chart(["Jan", "Feb"], series("Cedar", "Jan"))),
        "categories_disagree",
        "/blocks/0/chart/series/0/data",
    ),
    "two series of one name": (
        message(chart(["Jan"], series("Cedar", "Jan"), series("Cedar", "Jan"))),
        "duplicate_series",
        "/blocks/0/chart/series/1/name",
    ),
    "one category twice": (
        message(chart(["Jan", "Jan"], series("Cedar", "Jan"))),
        "duplicate_category",
        "/blocks/0/chart/axis_config/categories",
    ),
    "pending outside a plan": (
        message({"type": "task_card", **TASK, "status": "pending"}),
        "not_a_choice",
        "/blocks/0/status",
    ),
    "two tasks of one id": (
        message({"type": "plan", "title": "Chart", "tasks": [TASK, TASK]}),
        "duplicate_task_id",
        "/blocks/0/tasks/1/task_id",
    ),
    "container in a container": (
        message(container(container(section()))),
        "unknown_type",
        "/blocks/0/child_blocks/0/type",
    ),
    "collapsed for ever": (
        message(container(section(), default_collapsed=True)),
        "conflict",
        "/blocks/0/default_collapsed",
    ),
    "line under a header that collapses": (
        message(container(section(), is_collapsible=True, has_header_divider=True)),
        "conflict",
        "/blocks/0/has_header_divider",
    ),
    "card with nothing on it": (message({"type": "card", "subtitle": plain()}), "missing", "/blocks/0"),
    "prompt shown but not given": (message(actions(button(agent_prompt_display="Ask"))), "missing", E0),
    "address without a scheme": (message(actions(button(url="example.com"))), "bad_format", f"{E0}/url"),
    "null for a text": (message(section(text=None)), "wrong_type", "/blocks/0/text"),
    "true for a number": (modal(entry({**FILES, "max_files": True})), "wrong_type", f"{E}/max_files"),
    "blocks as a string": ({"text": "a", "blocks": "[]"}, "wrong_type", "/blocks"),
    "key that needs escaping": (message(section(**{"a/b~c": 1})), "unknown_key", "/blocks/0/a~1b~0c"),
    "home with a title": (home(section(), title=plain()), "unknown_key", "/title"),
}


@pytest.mark.parametrize("name", CASES)
def test_keys_of_one_object_agree(name: str) -> None:
    """What a table of limits cannot say: one of two keys, options that match, rows that line up."""
    payload, code, pointer = CASES[name]
    assert found(validate(surface(payload), payload)) == [(code, pointer)]
