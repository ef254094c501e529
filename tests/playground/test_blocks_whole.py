"""The blocks of one payload must agree: ids that differ, things that stand once or in one place only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from playground.blocks import validate
from tests.playground.blockkit import (
    CELL,
    NUMBER,
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
    mrkdwn,
    section,
    series,
    surface,
    table,
)

if TYPE_CHECKING:
    from tests.playground.blockkit import Case

E0 = "/blocks/0/elements/0"
E = "/blocks/0/element"
CHART = chart(["Jan"], series("Cedar", "Jan"))
URL_SELECT = {"type": "channels_select", "response_url_enabled": True}
FILES = {"type": "file_input", "max_files": 1}
FOCUSED = entry({**NUMBER, "focus_on_load": True})

CASES: dict[str, Case] = {
    "button in an input": (modal(entry(button())), "not_allowed_here", f"{E}/type"),
    "text input in actions": (
        message(actions({"type": "plain_text_input"})),
        "not_allowed_here",
        f"{E0}/type",
    ),
    "many choices in actions": (
        message(actions({"type": "multi_users_select"})),
        "not_allowed_here",
        f"{E0}/type",
    ),
    "file_input in a message": (message(entry(FILES)), "not_allowed_here", f"{E}/type"),
    "file_input on Home": (home(entry(FILES)), "not_allowed_here", f"{E}/type"),
    "file_input beside a section": (
        modal(section(accessory=FILES)),
        "not_allowed_here",
        "/blocks/0/accessory/type",
    ),
    "response_url from a message": (
        message(actions(URL_SELECT)),
        "not_allowed_here",
        f"{E0}/response_url_enabled",
    ),
    "response_url from actions of a modal": (
        modal(actions(URL_SELECT)),
        "not_allowed_here",
        f"{E0}/response_url_enabled",
    ),
    "focus twice": (modal(FOCUSED, FOCUSED), "focus_twice", "/blocks/1/element/focus_on_load"),
    "two tables": (
        message(table([CELL]), data_table([CELL], [CELL])),
        "only_one_table_allowed",
        "/blocks/1",
    ),
    "second table in an attachment": (
        {**message(table([CELL])), "attachments": [{"blocks": [table([CELL])]}]},
        "only_one_table_allowed",
        "/attachments/0/blocks/0",
    ),
    "three charts": (message(CHART, CHART, CHART), "too_many", "/blocks/2"),
    "markdown of 12,001 in all": (
        message({"type": "markdown", "text": "x" * 12_000}, {"type": "markdown", "text": "x"}),
        "too_long",
        "/blocks/1/text",
    ),
    "block_id taken inside a container": (
        message(section(block_id="a"), container(section(block_id="a"))),
        "duplicate_block_id",
        "/blocks/1/child_blocks/0/block_id",
    ),
    "action_id taken on a carousel's card": (
        message(
            {
                "type": "carousel",
                "elements": [{"type": "card", "actions": [button(action_id="a"), button(action_id="a")]}],
            }
        ),
        "duplicate_action_id",
        "/blocks/0/elements/0/actions/1/action_id",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks_of_one_payload_agree(name: str) -> None:
    """Ids differ, some things stand once or in one place only, however deep they are nested."""
    payload, code, pointer = CASES[name]
    assert found(validate(surface(payload), payload)) == [(code, pointer)]


def test_a_view_above_250_kb_is_refused_as_a_whole() -> None:
    """Slack answers `view_too_large`, though every text may be within its limit; bytes of UTF-8 count."""
    view = modal(*[section(text=mrkdwn("é" * 1_400)) for _ in range(87)], private_metadata="")
    room = 250_000 - len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
    assert validate("modal", {**view, "private_metadata": "x" * room}) == []
    larger = {**view, "private_metadata": "x" * (room + 1)}
    assert found(validate("modal", larger)) == [("view_too_large", "")]


def test_the_same_action_id_in_two_blocks_is_sound() -> None:
    """An action_id is unique in its block, not in its payload."""
    assert validate("message", message(actions(button(action_id="a")), actions(button(action_id="a")))) == []
