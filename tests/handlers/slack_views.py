"""What Slack would make of a view: whether it takes it, what it sends back, what people see."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playground.blocks import validate

OURS = re.compile(r"<(!date\^\d+\^[^^<>|]+\|[^<>|]+|#C\w+)>")


def sent_back(view: Mapping[str, Any]) -> dict[str, Any]:
    """The view as it comes with a submission when nobody changed anything."""
    values = {}
    for block in view["blocks"]:
        element = block.get("element") or block.get("accessory")
        if element:
            values[block["block_id"]] = {element["action_id"]: _state(element)}
    return {**view, "id": "V1", "hash": "h", "state": {"values": values}}


def _state(element: Mapping[str, Any]) -> dict[str, Any]:
    if element["type"] == "static_select":
        return {"type": element["type"], "selected_option": element.get("initial_option")}
    return {"type": element["type"], "value": element.get("initial_value")}


def assert_view(surface: Any, view: Mapping[str, Any]) -> None:
    """Slack takes the view."""
    assert validate(surface, view) == []


def assert_message(text: str, blocks: list[dict[str, Any]]) -> None:
    """Slack takes the message once delivery has put the files into its pictures."""
    filled = [
        {**block, "slack_file": {"id": "F0123456789"}} if block["type"] == "image" else block
        for block in blocks
    ]
    assert validate("message", {"text": text, "blocks": filled}) == []
    assert len(text) < 3800


def marked_up(parts: Any) -> Iterator[str]:
    """Every text in which Slack reads markup."""
    if isinstance(parts, Mapping):
        if parts.get("type") == "mrkdwn":
            assert parts.get("verbatim") is True, "Slack would make links of bare addresses"
            yield parts["text"]
        for part in parts.values():
            yield from marked_up(part)
    elif isinstance(parts, list):
        for part in parts:
            yield from marked_up(part)


def assert_no_markup_of_people(*texts: str) -> None:
    """No mention, link or date is left but those we make ourselves."""
    for text in texts:
        assert "<" not in OURS.sub("", text)


def seen(parts: Any) -> str:
    """All words of blocks, as one text."""
    if isinstance(parts, Mapping):
        own = parts["text"] if isinstance(parts.get("text"), str) else ""
        return " ".join([own, *(seen(part) for part in parts.values())])
    if isinstance(parts, list):
        return " ".join(map(seen, parts))
    return ""
