"""Checks a form as Slack's own client does before it sends a submission, and says what to put right."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from playground.element_state import content

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.element_state import JSON

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_URL = re.compile(r"https?://[^\s/]+\S*")


def problems(blocks: list[JSON], values: dict[str, dict[str, JSON]]) -> dict[str, str]:
    """`{block_id: sentence}` for each input that Slack's client would not submit."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            held = content(values[block["block_id"]][element["action_id"]])
            sentence = _missing(block) if held is None else _wrong(element, held)
            if sentence:
                found[block["block_id"]] = sentence
    return found


def _missing(block: JSON) -> str | None:
    return None if block.get("optional") else REQUIRED


def _wrong(element: JSON, held: Any) -> str | None:
    check = _CHECKS.get(element["type"])
    return check(element, held) if check else None


def _text(element: JSON, held: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(held) < shortest:
        return f"Please write at least {shortest} characters."
    return f"Please write no more than {longest} characters." if len(held) > longest else None


def _number(element: JSON, held: str) -> str | None:
    if not _NUMBER.fullmatch(held):
        return "Please enter a valid number."
    number = Decimal(held)
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    return _out_of_range(element, number)


def _out_of_range(element: JSON, number: Decimal) -> str | None:
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Please enter a number no smaller than {least}."
    if most is not None and number > Decimal(most):
        return f"Please enter a number no greater than {most}."
    return None


def _email(_element: JSON, held: str) -> str | None:
    return None if _EMAIL.fullmatch(held) else "Please enter a valid email address."


def _url(_element: JSON, held: str) -> str | None:
    return None if _URL.fullmatch(held) else "Please enter a valid URL."


def _files(element: JSON, held: list[Any]) -> str | None:
    most = element.get("max_files", 10)
    return f"Please choose no more than {most} files." if len(held) > most else None


_CHECKS: dict[str, Callable[[JSON, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "file_input": _files,
}
