"""The small forms below a reminder: when to expect a report, why not this month, what would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.slack.action_ids import CANNOT_FORM, HELP_FORM, LATER_FORM
from handlers.slack.blocks import Block, View, context, modal, option
from handlers.slack.ids import unpacked
from handlers.slack.inputs import Question, chosen, picked_day, typed
from handlers.slack.notice import notice
from handlers.slack.place_words import who_reads
from handlers.slack.words import day, listed
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.expectation import LONGEST_REASON, Said

FORMS = {LATER_FORM: Said.LATER, CANNOT_FORM: Said.CANNOT, HELP_FORM: Said.HELP}
_WHOLE = "whole"


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
    question = Question("offered", f"When can we expect the {period.first_day:%B} report?")
    blocks = [
        question.choice(options, options[0]["value"]),
        Question("other", "Or another day", optional=True).day(),
        context("I do not ask again before that day. Your coach sees the day."),
    ]
    return _form(LATER_FORM, "Expect it on …", place, blocks)


def cannot_form(place: str, period: ReportingPeriod) -> View:
    """Ask why, in a few words for the coach."""
    question = Question("reason", f"Why is there no {period.first_day:%B} report?")
    blocks = [
        question.text(most=LONGEST_REASON),
        who_reads("your coach. Other teams see only how many cannot."),
        context("No patient data, please."),
    ]
    return _form(CANNOT_FORM, "Cannot this month", place, blocks)


def help_form(place: str, measures: Sequence[Measure]) -> View:
    """Ask what it is about, a measure or the whole report, and what would help."""
    whole = option("The whole report", _WHOLE)
    options = [whole, *(option(measure.name, str(measure.id)) for measure in measures[:99])]
    blocks = [
        Question("measure", "What is it about?").select(options, _WHOLE),
        Question("reason", "What would help?", optional=True).text(most=LONGEST_REASON),
        who_reads("your coach. Other teams do not see it."),
        context("For three days I do not ask for what you chose. No patient data, please."),
    ]
    return _form(HELP_FORM, "I need help", place, blocks)


def answer(view: View) -> ReminderAnswer:
    """Read any of the three forms."""
    kind = FORMS[view["callback_id"]]
    team_id, period_id = unpacked(view["private_metadata"], int, int)
    offered, measure = chosen(view, "offered"), chosen(view, "measure")
    return ReminderAnswer(
        team_id,
        period_id,
        kind,
        picked_day(view, "other") or (unpacked(offered, date.fromisoformat) if offered else None),
        typed(view, "reason"),
        unpacked(measure, int) if measure not in {"", _WHOLE} else None,
    )


def kept_view(answer: Said, until: date | None, needed: Sequence[str]) -> View:
    """Say what follows; `needed` are the measures that are asked for all the same."""
    if answer is Said.CANNOT:
        return notice("Thank you for telling us. Your coach knows, and I do not ask for this month again.")
    again = f"I do not ask again before {day(until)}." if until else ""
    if answer is Said.HELP and needed:
        others = f"I still ask for {listed(needed)}."
        return notice(
            f"Your coach knows. I do not ask for it before {day(until)}. {others}" if until else others
        )
    if answer is Said.HELP:
        return notice(f"Your coach knows. {again}")
    return notice(f"Thank you. {again}")


def _form(callback_id: str, title: str, place: str, blocks: list[Block]) -> View:
    parts = {"callback_id": callback_id, "private_metadata": place}
    return modal(title, blocks, submit="Send", close="Cancel", **parts)
