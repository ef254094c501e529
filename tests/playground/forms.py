"""Blocks and modals for the tests."""

from typing import Any

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def section(text: str, accessory: JSON | None = None) -> JSON:
    made = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return made if accessory is None else {**made, "accessory": accessory}


def button(text: str, action_id: str, value: str | None = None) -> JSON:
    made = {"type": "button", "text": plain(text), "action_id": action_id}
    return made if value is None else {**made, "value": value}


def actions(*elements: JSON, block_id: str = "actions") -> JSON:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def entry(label: str, element: JSON, block_id: str | None = None, **more: Any) -> JSON:
    return {"type": "input", "block_id": block_id or label, "label": plain(label), "element": element, **more}


def text_input(**more: Any) -> JSON:
    return {"type": "plain_text_input", "action_id": "it", **more}


def number_input(**more: Any) -> JSON:
    return {"type": "number_input", "action_id": "it", "is_decimal_allowed": False, **more}


def option(text: str, value: str | None = None) -> JSON:
    return {"text": plain(text), "value": value or text.lower()}


def modal(title: str, *blocks: JSON, **more: Any) -> JSON:
    shown = list(blocks) or [section(title)]
    return {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": shown, **more}


def home(*blocks: JSON) -> JSON:
    return {"type": "home", "blocks": list(blocks)}
