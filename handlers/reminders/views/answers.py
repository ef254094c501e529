"""The small forms below a reminder: when to expect a report, why not this month, what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.slack.action_ids import CANNOT_FORM, HELP_FORM, LATER_FORM
from handlers.slack.blocks import Block, View, context, modal, option, plain
from handlers.slack.notice import notice
from handlers.slack.team_month import read_team_month
from handlers.slack.words import day, listed
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.expectation import LONGEST_REASON, Said

FORMS = {LATER_FORM: Said.LATER, CANNOT_FORM: Said.CANNOT, HELP_FORM: Said.HELP}
_WHOLE = "whole"
_FEW_WORDS: Block = {
    "type": "plain_text_input",
    "action_id": "text",
    "multiline": True,
    "max_length": LONGEST_REASON,
}


@dataclass(frozen=True)
class ReminderAnswer:
    """What a person said in one of the forms; the ids are hints, to be checked anew."""

    team_id: int
    period_id: int
    said: Said
    until: date | None = None
    reason: str = ""
    measure_id: int | None = None


def later_form(place: str, period: ReportingPeriod, offered: Sequence[date]) -> View:
    """Ask for the day; the next working days are one press away, any other until the month closes is too."""
    options = [option(day(each), each.isoformat()) for each in offered]
    choice: Block = {
        "type": "radio_buttons",
        "action_id": "day",
        "options": options,
        "initial_option": options[0],
    }
    picker: Block = {"type": "datepicker", "action_id": "day"}
    blocks = [
        _input("offered", f"When can we expect the {period.first_day:%B} report?", choice),
        _input("other", "Or another day", picker, optional=True),
        context("I do not ask again before that day. Your coach sees the day."),
    ]
    return _form(LATER_FORM, "Expect it on …", place, blocks)


def cannot_form(place: str, period: ReportingPeriod) -> View:
    """Ask why, in a few words for the coach."""
    blocks = [
        _input("reason", f"Why is there no {period.first_day:%B} report?", _FEW_WORDS),
        context("Your coach reads this; other teams see only how many cannot. No patient data, please."),
    ]
    return _form(CANNOT_FORM, "Cannot this month", place, blocks)


def help_form(place: str, measures: Sequence[Measure]) -> View:
    """Ask what it is about, a measure or the whole report, and what would help."""
    whole = option("The whole report", _WHOLE)
    options = [whole, *(option(measure.name, str(measure.id)) for measure in measures[:99])]
    select: Block = {
        "type": "static_select",
        "action_id": "measure",
        "options": options,
        "initial_option": whole,
    }
    blocks = [
        _input("measure", "What is it about?", select),
        _input("reason", "What would help?", _FEW_WORDS, optional=True),
        context(
            "Goes to your coach. For three days I do not ask for what you chose. No patient data, please."
        ),
    ]
    return _form(HELP_FORM, "I need help", place, blocks)


def answer(view: Mapping[str, Any]) -> ReminderAnswer:
    """Read any of the three forms."""
    said = FORMS[view["callback_id"]]
    team_id, period_id = read_team_month(view["private_metadata"])
    values = view["state"]["values"]
    measure = _chosen(values, "measure", "measure")
    until = values.get("other", {}).get("day", {}).get("selected_date") or _chosen(values, "offered", "day")
    return ReminderAnswer(
        team_id,
        period_id,
        said,
        date.fromisoformat(until) if until else None,
        values.get("reason", {}).get("text", {}).get("value") or "",
        int(measure) if measure and measure != _WHOLE else None,
    )


def kept(said: Said, until: date | None, needed: Sequence[str]) -> View:
    """Say what follows; `needed` are the measures that are asked for all the same."""
    if said is Said.CANNOT:
        return notice("Thank you for telling us. Your coach knows, and I do not ask for this month again.")
    again = f"I do not ask again before {day(until)}." if until else ""
    if said is Said.HELP and needed:
        others = f"I still ask for {listed(needed)}."
        return notice(
            f"Your coach knows. I do not ask for it before {day(until)}. {others}" if until else others
        )
    if said is Said.HELP:
        return notice(f"Your coach knows. {again}")
    return notice(f"Thank you. {again}")


def _chosen(values: Mapping[str, Any], block_id: str, action_id: str) -> str | None:
    selected = values.get(block_id, {}).get(action_id, {}).get("selected_option")
    return selected["value"] if selected else None


def _input(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }


def _form(callback_id: str, title: str, place: str, blocks: list[Block]) -> View:
    parts = {"callback_id": callback_id, "private_metadata": place}
    return modal(title, blocks, submit="Send", close="Cancel", **parts)
