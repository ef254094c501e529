"""Block Kit as Slack would judge it: schemas of what may stand where, and the validator that reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from playground.blocks.outline import outline
from playground.blocks.problems import Problem
from playground.blocks.surfaces import MESSAGE, PAYLOADS
from playground.blocks.whole import ON_ANY_PAYLOAD, view_fits

if TYPE_CHECKING:
    from playground.blocks.surfaces import Surface

__all__ = ["Problem", "validate"]


def validate(surface: Surface, payload: Mapping[str, Any]) -> list[Problem]:
    """List what Slack would refuse in a payload; an empty list means it is sound.

    For "message" the payload holds the arguments of chat.postMessage, of which `text`, `blocks` and
    `attachments` are looked at and None counts as not given; the method judges the others. For "modal" and
    "home" it is the view object, as a whole. Raises nothing, whatever JSON it is given. Source: the reference
    pages of docs.slack.dev; where they disagree, the stricter reading (docs/block-kit-limits.md).
    """
    found: list[Problem] = []
    value: Any = payload
    if isinstance(payload, Mapping):
        value = dict(payload) if surface != "message" else _content(payload)
    PAYLOADS[surface].check(value, "", found)
    if isinstance(value, dict):
        blocks = outline(value)
        for rule in ON_ANY_PAYLOAD:
            found.extend(rule(surface, value, blocks))
        if surface != "message" and not found:
            found.extend(view_fits(value))
    return found


def _content(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {key: arguments[key] for key in MESSAGE.keys if arguments.get(key) is not None}
