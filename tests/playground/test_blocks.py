"""The validator refuses by pointer what Slack would refuse, and never falls over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.blocks import validate
from playground.blocks.layout import BLOCKS
from playground.blocks.surfaces import PAYLOADS, SURFACES
from tests.playground.blockkit import (
    CELL,
    DIVIDER,
    IMAGE,
    NUMBER,
    actions,
    button,
    entry,
    found,
    home,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    radio,
    section,
    select,
    surface,
    table,
    without,
)

if TYPE_CHECKING:
    from tests.playground.blockkit import Case

E0 = "/blocks/0/elements/0"
E = "/blocks/0/element"
DEFECTS: dict[str, Case] = {
    "unknown block type": (message({"type": "banner"}), "unknown_type", "/blocks/0/type"),
    "text type text": (message(section(text={"type": "text"})), "unknown_type", "/blocks/0/text/type"),
    "button text mrkdwn": (message(actions(button(text=mrkdwn()))), "not_allowed_here", f"{E0}/text/type"),
    "header mrkdwn": (
        message({"type": "header", "text": mrkdwn()}),
        "not_allowed_here",
        "/blocks/0/text/type",
    ),
    "button style green": (message(actions(button(style="green"))), "not_a_choice", f"{E0}/style"),
    "input without label": (modal(without(entry(NUMBER), "label")), "missing", "/blocks/0"),
    "image without alt_text": (message(without(IMAGE, "alt_text")), "missing", "/blocks/0"),
    "modal without title": (without(modal(section()), "title"), "missing", ""),
    "number without decimals said": (modal(entry({"type": "number_input"})), "missing", E),
    "unknown key in a block": (message(section(colour="red")), "unknown_key", "/blocks/0/colour"),
    "unknown key in an element": (message(actions(button(colour="red"))), "unknown_key", f"{E0}/colour"),
    "section 3001": (message(section(text=mrkdwn("x" * 3001))), "too_long", "/blocks/0/text/text"),
    "header 151": (message({"type": "header", "text": plain("x" * 151)}), "too_long", "/blocks/0/text/text"),
    "context 11": (
        message({"type": "context", "elements": [plain()] * 11}),
        "too_many",
        "/blocks/0/elements",
    ),
    "fields 11": (message(section(fields=[mrkdwn()] * 11)), "too_many", "/blocks/0/fields"),
    "actions 26": (message(actions(*[button()] * 26)), "too_many", "/blocks/0/elements"),
    "select 101": (message(actions(select(options=[option()] * 101))), "too_many", f"{E0}/options"),
    "button text 76": (message(actions(button(text=plain("x" * 76)))), "too_long", f"{E0}/text/text"),
    "title 25": (modal(section(), title=plain("x" * 25)), "too_long", "/title/text"),
    "private_metadata 3001": (modal(section(), private_metadata="x" * 3001), "too_long", "/private_metadata"),
    "view 0 blocks": (modal(), "too_few", "/blocks"),
    "view 101 blocks": (modal(*[DIVIDER] * 101), "too_many", "/blocks"),
    "option text 76": (
        modal(entry(select(options=[option("x" * 76)]))),
        "too_long",
        f"{E}/options/0/text/text",
    ),
    "option value 151": (
        modal(entry(select(options=[option(value="x" * 151)]))),
        "too_long",
        f"{E}/options/0/value",
    ),
    "radio 11 options": (modal(entry(radio(11))), "too_many", f"{E}/options"),
    "table 101 rows": (message(table(*[[CELL]] * 101)), "too_many", "/blocks/0/rows"),
    "51 blocks": (message(*[DIVIDER] * 51), "too_many", "/blocks"),
    "empty text": (message(section(text=mrkdwn(""))), "too_short", "/blocks/0/text/text"),
    "input without submit": (without(modal(entry(NUMBER)), "submit"), "missing", ""),
    "duplicate block_id": (
        message(section(block_id="a"), section(block_id="b"), section(block_id="a")),
        "duplicate_block_id",
        "/blocks/2/block_id",
    ),
    "duplicate action_id": (
        message(actions(button(action_id="a"), button(action_id="a"))),
        "duplicate_action_id",
        "/blocks/0/elements/1/action_id",
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_tried_on_slacks_own_tools_is_refused_by_pointer(name: str) -> None:
    """Slack's typings and models let many of these 31 pass; the validator names each, and nothing else."""
    payload, code, pointer = DEFECTS[name]
    assert found(validate(surface(payload), payload)) == [(code, pointer)]


def test_each_block_stands_on_its_surfaces_only() -> None:
    """The matrix of Slack's page "Blocks": 21 blocks, each refused by name where it may not stand."""
    assert set(SURFACES) == set(BLOCKS)
    for name, allowed in SURFACES.items():
        for frame in (message, modal, home):
            payload = frame({"type": name})
            refused = ("not_allowed_here", "/blocks/0/type") in found(validate(surface(payload), payload))
            assert refused == (surface(payload) not in allowed), (name, surface(payload))


def test_only_the_content_of_a_message_is_judged() -> None:
    """Arguments of chat.postMessage come as they are: the method judges the others, None is not given."""
    arguments = {"channel": "C1", "thread_ts": None, "text": "a", "blocks": None, "attachments": None}
    assert validate("message", arguments) == []


def test_a_problem_reads_like_an_error_of_blocks_validate() -> None:
    """`errors[]` holds pointer, code, message and, where there is a bound, the constraint."""
    (long,) = validate("message", message(section(text=mrkdwn("x" * 3001))))
    assert long.as_json() == {
        "pointer": "/blocks/0/text/text",
        "code": "too_long",
        "message": "Shorten this to 3000 characters; it has 3001.",
        "constraint": {"max_length": 3000},
    }
    (unknown,) = validate("message", message(section(colour="red")))
    assert unknown.as_json() == {
        "pointer": "/blocks/0/colour",
        "code": "unknown_key",
        "message": "Remove this key; section does not know it.",
    }


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
KEYS = sorted({key for known in (*BLOCKS.values(), *PAYLOADS.values()) for key in known.keys})
TYPES = [*BLOCKS, "button", "static_select", "number_input", "plain_text", "mrkdwn", "modal", "line"]
NEARLY_BLOCKS = st.recursive(
    st.sampled_from([*TYPES, "", "12", None, True, 1, -1, float("inf"), 10**400]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*KEYS, "options", "label", "value", "min_value"]), inner, max_size=6
        )
        | st.fixed_dictionaries({"type": st.sampled_from(TYPES), "elements": st.lists(inner, max_size=3)})
    ),
    max_leaves=25,
)
PAYLOAD = (
    ANY_JSON | NEARLY_BLOCKS | st.lists(NEARLY_BLOCKS, max_size=4).map(lambda blocks: {"blocks": blocks})
)


def resolve(value: Any, pointer: str) -> Any:
    """Follow an RFC 6901 pointer; a step that leads nowhere raises."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


@given(payload=PAYLOAD)
def test_any_json_gives_problems_that_point_into_it_and_never_an_exception(payload: Any) -> None:
    """The playground is fed by whatever a program sends; a pointer that leads nowhere would mislead."""
    for name in PAYLOADS:
        for problem in validate(name, payload):
            resolve(payload, problem.pointer)
            assert problem.message.endswith(".")
            json.dumps(problem.as_json())


def test_lists_in_lists_without_end_are_refused_where_the_tables_end() -> None:
    """Depth is not followed, so it cannot exhaust the stack."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    broken = message(section(text=deep, extra=deep))
    assert found(validate("message", broken)) == [
        ("wrong_type", "/blocks/0/text"),
        ("unknown_key", "/blocks/0/extra"),
    ]
