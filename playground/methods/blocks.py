"""Checks blocks, a message or a view without sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.blocks import validate
from playground.methods.registry import method
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call


@method("blocks.validate", tier=3, token="any", takes="blocks:json message:json view:json")  # noqa: S106 - a kind
def blocks_validate(call: Call) -> Answer:
    """Every problem at once: `errors` of `{pointer, code, message, constraint}`."""
    given = [name for name in ("blocks", "message", "view") if name in call.arguments]
    if len(given) != 1:
        raise Refused("invalid_arguments", "[ERROR] exactly one of blocks, message and view")
    problems = _problems(given[0], call.get(given[0]))
    if problems:
        raise Refused("invalid_blocks", errors=problems)
    return {"errors": []}


def _problems(name: str, value: Any) -> list[dict[str, Any]]:
    if name == "view":
        is_home = isinstance(value, dict) and value.get("type") == "home"
        found = validate("home" if is_home else "modal", value)
    else:
        found = validate("message", {"blocks": value} if name == "blocks" else value)
    return [one.as_json() for one in found]
