"""The short pages a cycle is written on, what must stand on each, and what would make the test teach more."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import IntEnum
from types import MappingProxyType

from models.rules.pdsa.cycle import FEW_AT_FIRST, Answers, PdsaCycle, Step

A_YEAR = timedelta(days=366)
MOST_LETTERS = 500  # of each text
LONGEST_PLACE = 100
LARGEST_SIZE = 1_000_000


class Page(IntEnum):
    """One window; they come in this order."""

    CHANGE = 0
    PEOPLE = 1
    DAYS = 2
    DO = 3
    STUDY = 4
    ACT = 5


FIELDS: Mapping[Page, tuple[str, ...]] = MappingProxyType(
    {
        Page.CHANGE: ("change", "question_1", "prediction_1", "question_2", "prediction_2"),
        Page.PEOPLE: ("measure_id", "owner_id", "place"),
        Page.DAYS: ("first_day", "last_day", "size", "unit"),
        Page.DO: ("happened", "surprises"),
        Page.STUDY: ("result_1", "result_2", "learned"),
        Page.ACT: ("decision", "next_step"),
    }
)
LABELS: Mapping[str, str] = MappingProxyType(  # field of Answers -> what people read beside it
    {
        "change": "What will you change?",
        "question_1": "What do you want to find out?",
        "prediction_1": "What do you predict?",
        "question_2": "What else do you want to find out?",
        "prediction_2": "What do you predict there?",
        "measure_id": "Which measure should move?",
        "owner_id": "Who sees to it?",
        "place": "Where?",
        "first_day": "First day",
        "last_day": "Last day",
        "size": "How many?",
        "unit": "Of what?",
        "happened": "What happened?",
        "surprises": "Any surprises?",
        "result_1": "What did you find?",
        "result_2": "What did you find there?",
        "learned": "What did you learn?",
        "decision": "What will you do with this change?",
        "next_step": "What comes next?",
    }
)
UNITS = ("patients", "staff", "days")
PLAN = (Page.CHANGE, Page.PEOPLE, Page.DAYS)
_BEGINS = {Step.PLAN: Page.CHANGE, Step.DO: Page.DO, Step.STUDY: Page.STUDY, Step.ACT: Page.ACT}


def page_for(cycle: PdsaCycle) -> Page:
    """Where to go on with a cycle; one that is decided is looked at from what happened on."""
    return _BEGINS.get(cycle.step, Page.DO)


def is_last(page: Page) -> bool:
    """Whether sending a page ends something: the plan, or the cycle."""
    return page in {Page.DAYS, Page.ACT}


def problems(page: Page, answers: Answers, today: date) -> Mapping[str, str]:
    """What is wrong on a page, by its field, each with how to mend it."""
    return dict(_CHECKS[page](answers, today))


def hints(cycle: PdsaCycle) -> tuple[str, ...]:
    """What would make this test teach more; never a reason to refuse it."""
    return tuple(_hints(cycle.answers, is_first=cycle.follows_id is None, step=cycle.step))


def _hints(answers: Answers, *, is_first: bool, step: Step) -> Iterator[str]:
    predictions = f"{answers.prediction_1} {answers.prediction_2}"
    if not predictions.strip():
        yield "A prediction: what you find means more beside what you expected."
    elif not any(sign.isdigit() for sign in predictions):
        yield "A number in the prediction: then you can tell whether it came true."
    if answers.measure_id is None:
        yield "A measure: which of yours should this move?"
    if is_first and answers.size and answers.size > FEW_AT_FIRST:
        yield f"A smaller first test: one of your {answers.size} {answers.unit} may teach as much, sooner."
    if answers.last_day is None:
        yield "A last day: I ask then how it went."
    goes_on = step is Step.DECIDED and answers.decision is not None and answers.decision.goes_on
    if goes_on and not answers.next_step:
        yield "A next step: what will you test next?"


def _change(answers: Answers, _today: date) -> Iterator[tuple[str, str]]:
    if not answers.change.strip():
        yield "change", "Please say in a few words what you will change."


def _people(_answers: Answers, _today: date) -> Iterator[tuple[str, str]]:
    return iter(())


def _days(answers: Answers, today: date) -> Iterator[tuple[str, str]]:
    first, last = answers.first_day, answers.last_day
    for field, day in (("first_day", first), ("last_day", last)):
        if day and abs(day - today) > A_YEAR:
            yield (
                field,
                f"{day.day} {day:%B %Y} is more than a year away. Please choose a day nearer to today.",
            )
            return
    if first and last and last < first:
        yield "last_day", f"This is before the first day, {first.day} {first:%B}. Please choose a later one."


def _do(answers: Answers, _today: date) -> Iterator[tuple[str, str]]:
    if not answers.happened.strip():
        yield "happened", "Please say in a few words what happened, also if nothing did."


def _study(answers: Answers, _today: date) -> Iterator[tuple[str, str]]:
    if not answers.learned.strip():
        yield "learned", "Please say in a few words what you learned."


def _act(answers: Answers, _today: date) -> Iterator[tuple[str, str]]:
    if answers.decision is None:
        yield "decision", "Please choose one of the four."


_CHECKS = {
    Page.CHANGE: _change,
    Page.PEOPLE: _people,
    Page.DAYS: _days,
    Page.DO: _do,
    Page.STUDY: _study,
    Page.ACT: _act,
}
