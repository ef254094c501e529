"""Small sound pieces of Block Kit from which tests build payloads and then break them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.blocks import Problem

JSON = dict[str, Any]
Case = tuple[JSON, str, str]  # payload, code, pointer

NUMBER: JSON = {"type": "number_input", "is_decimal_allowed": True}
IMAGE: JSON = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}
DIVIDER: JSON = {"type": "divider"}
CELL: JSON = {"type": "raw_text", "text": "a"}
RICH_CELL: JSON = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}],
}
TASK: JSON = {"task_id": "t", "title": "Draw", "status": "complete"}


def plain(text: str = "Go") -> JSON:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Go*") -> JSON:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> JSON:
    return {"type": "button", "text": plain(), **more}


def section(**more: Any) -> JSON:
    return {"type": "section", "text": mrkdwn(), **more}


def option(text: str = "Cedar", value: str = "cedar", **more: Any) -> JSON:
    return {"text": plain(text), "value": value, **more}


def select(**more: Any) -> JSON:
    return {"type": "static_select", "options": [option(), option("Birch", "birch")], **more}


def radio(options: int) -> JSON:
    return {"type": "radio_buttons", "options": [option()] * options}


def entry(element: JSON, **more: Any) -> JSON:
    return {"type": "input", "label": plain("Value"), "element": element, **more}


def actions(*elements: JSON) -> JSON:
    return {"type": "actions", "elements": list(elements)}


def table(*rows: list[JSON]) -> JSON:
    return {"type": "table", "rows": list(rows)}


def data_table(*rows: list[JSON], **more: Any) -> JSON:
    return {"type": "data_table", "caption": "Falls", "rows": list(rows), **more}


def series(name: str, *labels: str) -> JSON:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels]}


def chart(categories: list[str], *lines: JSON) -> JSON:
    inner = {"type": "line", "series": list(lines), "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": "Falls", "chart": inner}


def container(*children: JSON, **more: Any) -> JSON:
    return {"type": "container", "title": plain(), "child_blocks": list(children), **more}


def message(*blocks: JSON) -> JSON:
    return {"text": "Report", "blocks": list(blocks)}


def modal(*blocks: JSON, **more: Any) -> JSON:
    return {
        "type": "modal",
        "title": plain("Report"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "home", "blocks": list(blocks), **more}


def without(value: JSON, *keys: str) -> JSON:
    return {key: inner for key, inner in value.items() if key not in keys}


def surface(payload: JSON) -> Any:
    """Name the surface a payload is for: a view says so, a message does not."""
    return payload.get("type", "message")


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in problems]
