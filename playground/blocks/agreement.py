"""Rules inside one object: its keys must agree with one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from playground.blocks.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Problems = Iterator[Problem]
    Object = Mapping[str, Any]


def initial_is_an_option(element: Object, at: str) -> Problems:
    """What is chosen at first equals one of the options offered, every key the same (select menu page)."""
    offered = list(element.get("options", ()))
    for group in element.get("option_groups", ()):
        offered.extend(group["options"])
    if "initial_option" in element and element["initial_option"] not in offered:
        yield _not_offered(f"{at}/initial_option")
    for index, option in enumerate(element.get("initial_options", ())):
        if option not in offered:
            yield _not_offered(f"{at}/initial_options/{index}")


def _not_offered(at: str) -> Problem:
    return Problem(at, "not_an_option", "Repeat one of the options here, with every key the same.")


def decimals_in_order(element: Object, at: str) -> Problems:
    """A number_input's bounds are numbers written as strings; the lower one comes first."""
    if "min_value" in element and "max_value" in element:
        low, high = Decimal(element["min_value"]), Decimal(element["max_value"])
        if low > high:
            yield _out_of_order("min_value", "max_value", at)


def lengths_in_order(element: Object, at: str) -> Problems:
    """A plain_text_input cannot ask for more characters than it takes."""
    if element.get("min_length", 0) > element.get("max_length", 3000):
        yield _out_of_order("min_length", "max_length", at)


def starts_within_bounds(element: Object, at: str) -> Problems:
    """What a number_input begins with is a number it would take."""
    if "initial_value" not in element:
        return
    begun, at = Decimal(element["initial_value"]), f"{at}/initial_value"
    least, most = element.get("min_value", begun), element.get("max_value", begun)
    if begun < Decimal(least):
        yield Problem(at, "too_small", f"Use {least} or more.", {"minimum": least})
    if begun > Decimal(most):
        yield Problem(at, "too_large", f"Use {most} or less.", {"maximum": most})
    if not element["is_decimal_allowed"] and begun != begun.to_integral_value():
        yield Problem(at, "bad_format", "Begin with a whole number here.", {"format": "12"})


def starts_within_lengths(element: Object, at: str) -> Problems:
    """What a plain_text_input begins with is as long as it asks for; an empty one begins with nothing."""
    size, at = len(element.get("initial_value", "")), f"{at}/initial_value"
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if size > most:
        yield Problem(at, "too_long", f"Shorten this to {most} characters.", {"max_length": most})
    if 0 < size < least:
        yield Problem(at, "too_short", f"Begin with at least {least} characters.", {"min_length": least})


def starts_with_no_more_than_it_takes(element: Object, at: str) -> Problems:
    """A menu of many choices begins with as many as may be chosen."""
    most = element.get("max_selected_items")
    for key, begun in element.items():
        if most is not None and key.startswith("initial_") and len(begun) > most:
            yield Problem(f"{at}/{key}", "too_many", f"Begin with {most} at most.", {"max_items": most})


def files_are_not_dispatched(block: Object, at: str) -> Problems:
    """A file_input is sent with its form: nobody hears of a file before."""
    if block.get("dispatch_action") and block["element"]["type"] == "file_input":
        yield Problem(f"{at}/dispatch_action", "conflict", "Leave dispatch_action out of a file_input.")


def lines_in_order(element: Object, at: str) -> Problems:
    """A rich_text_input is at least as tall when full as when empty."""
    if element.get("min_lines", 1) > element.get("max_lines", 100):
        yield _out_of_order("min_lines", "max_lines", at)


def _out_of_order(low: str, high: str, at: str) -> Problem:
    return Problem(f"{at}/{low}", "min_above_max", f"Make {low} no greater than {high}.")


def display_needs_prompt(button: Object, at: str) -> Problems:
    """A button shows a short form of its agent prompt only if it has one."""
    if "agent_prompt_display" in button and "agent_prompt" not in button:
        yield Problem(at, "missing", "Add agent_prompt; its display needs it.", {"required": "agent_prompt"})


def collapsed_needs_collapsible(container: Object, at: str) -> Problems:
    """Only a container that collapses starts collapsed; only one that does not has a line under its head."""
    collapsible = container.get("is_collapsible", False)
    if container.get("default_collapsed", False) and not collapsible:
        sentence = "Set is_collapsible too, or leave default_collapsed out."
        yield Problem(f"{at}/default_collapsed", "conflict", sentence)
    if container.get("has_header_divider", False) and collapsible:
        sentence = "Leave has_header_divider out of a collapsible container."
        yield Problem(f"{at}/has_header_divider", "conflict", sentence)


def task_ids_differ(plan: Object, at: str) -> Problems:
    """Each task of a plan has its own task_id."""
    seen = set()
    for index, task in enumerate(plan["tasks"]):
        if task["task_id"] in seen:
            sentence = "Give each task of this plan its own task_id."
            yield Problem(f"{at}/tasks/{index}/task_id", "duplicate_task_id", sentence)
        seen.add(task["task_id"])
