"""Every limit of the schemas holds at its bound and not one beyond, and the limits are those Slack states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.blocks import validate
from tests.playground.blockkit import (
    CELL,
    DIVIDER,
    IMAGE,
    NUMBER,
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
    mrkdwn,
    option,
    plain,
    radio,
    section,
    select,
    series,
    surface,
    table,
)
from tests.playground.blockkit_limits import bounds

Build = Callable[[int], dict[str, Any]]

# More of the same makes two of a name or a label without its category: another rule's word, tested by itself.
OF_ANOTHER_RULE = {"duplicate_series", "duplicate_category", "categories_disagree", "duplicate_task_id"}


def test_every_bound_of_the_tables_holds_and_one_beyond_it_is_refused() -> None:
    """Made from the schemas, so that none is forgotten: what stands at a bound passes, the next does not."""
    wrong = []
    for bound in bounds():
        told = found(validate(bound.surface, bound.payload))
        if bound.code is None:
            held = {code for code, _ in told} <= OF_ANOTHER_RULE
        else:
            held = (bound.code, bound.at) in told
        if not held:
            wrong.append((bound.name, told))
    assert wrong == []


def words(size: int) -> str:
    return "é" * size


def names(size: int) -> list[str]:
    return [f"n{number}" for number in range(size)]


def card(**keys: Any) -> dict[str, Any]:
    return {"type": "card", "title": mrkdwn(), **keys}


def confirm(**keys: Any) -> dict[str, Any]:
    sound = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()}
    return message(actions(button(confirm={**sound, **keys})))


def elements(kind: str, size: int, one: dict[str, Any]) -> dict[str, Any]:
    return message({"type": kind, "elements": [one] * size})


def feedback(size: int) -> dict[str, Any]:
    one = {"text": plain(), "value": "v"}
    return elements(
        "context_actions", size, {"type": "feedback_buttons", "positive_button": one, "negative_button": one}
    )


def text_input(**keys: Any) -> dict[str, Any]:
    return modal(entry({"type": "plain_text_input", **keys}))


def typed_options(kind: str, size: int) -> dict[str, Any]:
    return message(actions({"type": kind, "options": [option()] * size}))


def video(**keys: Any) -> dict[str, Any]:
    address = "https://example.com/v"
    return message(
        {
            "type": "video",
            "alt_text": "A test",
            "title": plain(),
            "video_url": address,
            "thumbnail_url": address,
            **keys,
        }
    )


def pie(size: int) -> dict[str, Any]:
    slices = [{"label": "a", "value": 1}] * size
    return message({"type": "data_visualization", "title": "T", "chart": {"type": "pie", "segments": slices}})


def tasks(size: int) -> list[dict[str, Any]]:
    return [{**TASK, "task_id": name} for name in names(size)]


E = "/blocks/0/element"
E0 = "/blocks/0/elements/0"
C = "/blocks/0/chart"

STATED: dict[str, tuple[int, str, Build]] = {
    "block_id": (255, "/blocks/0/block_id", lambda n: message(section(block_id=words(n)))),
    "action_id": (255, f"{E0}/action_id", lambda n: message(actions(button(action_id=words(n))))),
    "section text": (3000, "/blocks/0/text/text", lambda n: message(section(text=mrkdwn(words(n))))),
    "section field": (2000, "/blocks/0/fields/0/text", lambda n: message(section(fields=[mrkdwn(words(n))]))),
    "section fields": (10, "/blocks/0/fields", lambda n: message(section(fields=[mrkdwn()] * n))),
    "header": (150, "/blocks/0/text/text", lambda n: message({"type": "header", "text": plain(words(n))})),
    "context": (10, "/blocks/0/elements", lambda n: elements("context", n, mrkdwn())),
    "actions": (25, "/blocks/0/elements", lambda n: elements("actions", n, button())),
    "context_actions": (5, "/blocks/0/elements", feedback),
    "carousel": (10, "/blocks/0/elements", lambda n: elements("carousel", n, card())),
    "alt_text": (2000, "/blocks/0/alt_text", lambda n: message({**IMAGE, "alt_text": words(n)})),
    "image title": (2000, "/blocks/0/title/text", lambda n: message({**IMAGE, "title": plain(words(n))})),
    "label": (2000, "/blocks/0/label/text", lambda n: modal(entry(NUMBER, label=plain(words(n))))),
    "hint": (2000, "/blocks/0/hint/text", lambda n: modal(entry(NUMBER, hint=plain(words(n))))),
    "placeholder": (150, f"{E}/placeholder/text", lambda n: text_input(placeholder=plain(words(n)))),
    "video description": (200, "/blocks/0/description/text", lambda n: video(description=plain(words(n)))),
    "table rows": (100, "/blocks/0/rows", lambda n: message(table(*[[CELL]] * n))),
    "table cells in a row": (20, "/blocks/0/rows/0", lambda n: message(table([CELL] * n))),
    "table characters": (10_000, "/blocks/0/rows", lambda n: message(table([{**CELL, "text": words(n)}]))),
    "data_table rows": (101, "/blocks/0/rows", lambda n: message(data_table(*[[CELL]] * n))),
    "data_table page": (
        100,
        "/blocks/0/page_size",
        lambda n: message(data_table([CELL], [CELL], page_size=n)),
    ),
    "markdown": (12_000, "/blocks/0/text", lambda n: message({"type": "markdown", "text": words(n)})),
    "card title": (150, "/blocks/0/title/text", lambda n: message(card(title=mrkdwn(words(n))))),
    "card subtitle": (150, "/blocks/0/subtitle/text", lambda n: message(card(subtitle=mrkdwn(words(n))))),
    "card body": (200, "/blocks/0/body/text", lambda n: message(card(body=mrkdwn(words(n))))),
    "card actions": (3, "/blocks/0/actions", lambda n: message(card(actions=[button()] * n))),
    "container": (10, "/blocks/0/child_blocks", lambda n: message(container(*[DIVIDER] * n))),
    "alert": (200, "/blocks/0/text/text", lambda n: modal({"type": "alert", "text": mrkdwn(words(n))})),
    "plan": (50, "/blocks/0/tasks", lambda n: message({"type": "plan", "title": "T", "tasks": tasks(n)})),
    "pie segments": (6, f"{C}/segments", pie),
    "series": (6, f"{C}/series", lambda n: message(chart(["a"], *[series(name, "a") for name in names(n)]))),
    "points": (20, f"{C}/axis_config/categories", lambda n: message(chart(names(n), series("a", *names(n))))),
    "series name": (20, f"{C}/series/0/name", lambda n: message(chart(["a"], series(words(n), "a")))),
    "category": (
        20,
        f"{C}/series/0/data/0/label",
        lambda n: message(chart([words(n)], series("a", words(n)))),
    ),
    "chart title": (
        50,
        "/blocks/0/title",
        lambda n: message({**chart(["a"], series("a", "a")), "title": words(n)}),
    ),
    "button text": (75, f"{E0}/text/text", lambda n: message(actions(button(text=plain(words(n)))))),
    "button value": (2000, f"{E0}/value", lambda n: message(actions(button(value=words(n))))),
    "button label": (
        75,
        f"{E0}/accessibility_label",
        lambda n: message(actions(button(accessibility_label=words(n)))),
    ),
    "option text": (
        75,
        f"{E}/options/0/text/text",
        lambda n: modal(entry(select(options=[option(words(n))]))),
    ),
    "option value": (
        75,
        f"{E}/options/0/value",
        lambda n: modal(entry(select(options=[option("a", words(n))]))),
    ),
    "option description": (
        75,
        f"{E}/options/0/description/text",
        lambda n: modal(entry(select(options=[option(description=plain(words(n)))]))),
    ),
    "select": (100, f"{E}/options", lambda n: modal(entry(select(options=[option()] * n)))),
    "overflow": (5, f"{E0}/options", lambda n: typed_options("overflow", n)),
    "radio_buttons": (10, f"{E}/options", lambda n: modal(entry(radio(n)))),
    "checkboxes": (10, f"{E0}/options", lambda n: typed_options("checkboxes", n)),
    "confirm title": (100, f"{E0}/confirm/title/text", lambda n: confirm(title=plain(words(n)))),
    "confirm text": (300, f"{E0}/confirm/text/text", lambda n: confirm(text=mrkdwn(words(n)))),
    "confirm button": (30, f"{E0}/confirm/confirm/text", lambda n: confirm(confirm=plain(words(n)))),
    "deny button": (30, f"{E0}/confirm/deny/text", lambda n: confirm(deny=plain(words(n)))),
    "max_length": (3000, f"{E}/max_length", lambda n: text_input(max_length=n)),
    "files": (10, f"{E}/max_files", lambda n: modal(entry({"type": "file_input", "max_files": n}))),
    "lines": (100, f"{E}/max_lines", lambda n: modal(entry({"type": "rich_text_input", "max_lines": n}))),
    "blocks of a message": (50, "/blocks", lambda n: message(*[DIVIDER] * n)),
    "blocks of a modal": (100, "/blocks", lambda n: modal(*[DIVIDER] * n)),
    "blocks of Home": (100, "/blocks", lambda n: home(*[DIVIDER] * n)),
    "attachments": (100, "/attachments", lambda n: {"text": "a", "attachments": [{"text": "a"}] * n}),
    "title": (24, "/title/text", lambda n: modal(section(), title=plain(words(n)))),
    "submit": (24, "/submit/text", lambda n: modal(section(), submit=plain(words(n)))),
    "close": (24, "/close/text", lambda n: modal(section(), close=plain(words(n)))),
    "private_metadata": (3000, "/private_metadata", lambda n: modal(section(), private_metadata=words(n))),
    "callback_id": (255, "/callback_id", lambda n: modal(section(), callback_id=words(n))),
    "external_id": (255, "/external_id", lambda n: modal(section(), external_id=words(n))),
}


@pytest.mark.parametrize("name", STATED)
def test_each_limit_slack_states_is_kept(name: str) -> None:
    """Typed in from Slack's pages by hand, apart from the schemas, so that a wrong one is found out."""
    limit, pointer, build = STATED[name]
    assert validate(surface(build(limit)), build(limit)) == []
    told = found(validate(surface(build(limit + 1)), build(limit + 1)))
    assert pointer in [at for code, at in told if code in ("too_long", "too_many", "too_large")]
