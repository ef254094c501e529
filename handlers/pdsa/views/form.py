"""The pages of a PDSA cycle as windows, and a page read back as what was written on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.slack.action_ids import PDSA_BACK, PDSA_EXAMPLE, PDSA_FORM, PDSA_SAVE, PDSA_SECOND
from handlers.slack.blocks import Block, View, actions, alert, button, context, modal, option, section
from handlers.slack.ids import packed, unpacked
from handlers.slack.inputs import Question, chosen, picked_day, shown_blocks, typed
from handlers.slack.place_words import who_reads
from handlers.slack.words import escape_to_fit, safe_name
from models.rules.pdsa.cycle import DECISIONS, Answers, Decision
from models.rules.pdsa.pages import (
    FIELDS,
    LABELS,
    LARGEST_SIZE,
    LONGEST_PLACE,
    MOST_LETTERS,
    PLAN,
    UNITS,
    Page,
)

MEANT = {
    Page.CHANGE: "Plan",
    Page.PEOPLE: "Plan",
    Page.DAYS: "Plan",
    Page.DO: "Do",
    Page.STUDY: "Study",
    Page.ACT: "Act",
}
_SUBMIT = {Page.DAYS: "Start the test", Page.ACT: "Save the decision"}
_READERS = "all teams, in the shared channel, once the test has started."
_NO_PATIENT = "Please leave out names and anything that could point to a patient."
_STAYS = "“Close” keeps nothing you typed here. “Save for later” does."
_HINTS = {
    "change": "One small thing you will do differently.",
    "prediction_1": "With a number, if you can: then you can tell whether it came true.",
    "owner_id": "They are asked how it went.",
    "last_day": "The day after, I ask how it went.",
    "size": "One is best at first.",
    "surprises": "What you did not expect, good or bad.",
    "next_step": "One line: what you will test next, or how it becomes usual.",
}
_SECOND = {"question_2", "prediction_2", "result_2"}
_NEEDED = {"change", "happened", "learned", "decision"}
NO_WHOLE_NUMBER = "Please type a whole number, like 1."


@dataclass(frozen=True)
class PdsaPlace:
    """Where a person is in the form. The view carries it, so its ids are hints to be checked anew."""

    team_id: int
    cycle_id: int = 0  # 0: it is not begun yet
    page: Page = Page.CHANGE
    revision: int = 0  # of the cycle as the page showed it
    follows_id: int = 0  # 0: it follows none

    def as_value(self) -> str:
        """The place as a view's private_metadata."""
        return packed(self.team_id, self.cycle_id, int(self.page), packed(self.revision, self.follows_id))

    @staticmethod
    def of_value(metadata: str) -> "PdsaPlace":
        """The place in a view's private_metadata."""
        team_id, cycle_id, page, rest = unpacked(metadata, int, int, lambda one: Page(int(one)), str)
        return PdsaPlace(team_id, cycle_id, page, *unpacked(rest, int, int))


@dataclass(frozen=True)
class Choices:
    """What can be chosen on a page."""

    measures: Sequence[tuple[int, str]] = ()  # id and name
    people: Sequence[tuple[int, str]] = ()


NO_CHOICES = Choices()


@dataclass(frozen=True)
class ReadPage:
    """A page as a person filled it in."""

    place: PdsaPlace
    answers: Mapping[str, Any]  # by the fields of `Answers`, those on screen
    unreadable: Mapping[str, str]  # what could not be read, by its field, with how to mend it


def page_view(place: PdsaPlace, answers: Answers, team: str, choices: Choices, remarks: "Remarks") -> View:
    """Build one page as a modal, filled with what is written."""
    page = place.page
    has_second = remarks.asks_second or bool(answers.question_2 or answers.prediction_2)
    step = f"{MEANT[page]}, step {PLAN.index(page) + 1} of {len(PLAN)}" if page in PLAN else MEANT[page]
    blocks = [section(f"*{safe_name(team)}* · {step}"), *remarks.blocks(page), *_recap(page, answers)]
    for field in FIELDS[page]:
        if has_second or field not in _SECOND:
            blocks += _inputs(field, answers, choices)
    return modal(
        "PDSA",
        [*blocks, *_bottom(page, has_second=has_second)],
        callback_id=PDSA_FORM,
        private_metadata=place.as_value(),
        submit=remarks.submit or _SUBMIT.get(page, "Next"),
        close="Close",
    )


def read_page(view: View) -> ReadPage:
    """Read a page back as Slack sends it with a submission or a press."""
    place = PdsaPlace.of_value(view["private_metadata"])
    answers: dict[str, Any] = {}
    unreadable: dict[str, str] = {}
    for field in set(shown_blocks(view)) & set(FIELDS[place.page]):
        if field == "size":
            size = typed(view, field).strip()
            if size and not (size.isdecimal() and 0 < int(size[:9]) <= LARGEST_SIZE):
                unreadable[field] = NO_WHOLE_NUMBER
                continue
            answers[field] = int(size) if size else None
        elif field in {"first_day", "last_day"}:
            answers[field] = picked_day(view, field)
        elif field in {"measure_id", "owner_id"}:
            answers[field] = unpacked(chosen(view, field), int) if chosen(view, field) else None
        elif field == "decision":
            answers[field] = unpacked(chosen(view, field), Decision) if chosen(view, field) else None
        elif field == "unit":
            answers[field] = chosen(view, field)
        else:
            answers[field] = typed(view, field).strip()
    return ReadPage(place, answers, unreadable)


@dataclass(frozen=True)
class Remarks:
    """What a page says back: what others wrote meanwhile, by field, and news."""

    rewritten: Sequence[tuple[str, str, str]] = ()  # the field's label, by whom, and their words
    news: str = ""
    submit: str = ""
    asks_second: bool = False  # question

    def blocks(self, page: Page) -> list[Block]:
        lines = [alert(self.news, "success")] if self.news else []
        if self.rewritten:
            lines.append(alert("Somebody else wrote here meanwhile. Press the button again to keep yours."))
        for label, by, words in self.rewritten:
            shown = escape_to_fit(words, 1000) or "nothing"
            lines.append(section(f"*{label}* {safe_name(by)} wrote: {shown}"))
        return [*lines, who_reads(_READERS)] if page is Page.CHANGE else lines


def _recap(page: Page, answers: Answers) -> list[Block]:
    """What was planned, where it is looked back on."""
    if page in PLAN:
        return [context(_NO_PATIENT)] if page is Page.CHANGE else []
    lines = [f"*{escape_to_fit(answers.change, 500)}*"]
    for question, prediction, result in answers.questions:
        words = f"{escape_to_fit(question, 500)} " if question else ""
        expected = f"You predicted: {escape_to_fit(prediction, 500)}" if prediction else ""
        is_seen = page is Page.ACT and result
        lines.append(f"{words}{expected}{f' You found: {escape_to_fit(result, 500)}' if is_seen else ''}")
    return [section("\n".join(lines)), context(_NO_PATIENT)]


def _inputs(field: str, answers: Answers, choices: Choices) -> list[Block]:
    """The input of a field; none where there is nothing to choose from."""
    question = Question(field, LABELS[field], _HINTS.get(field, ""), optional=field not in _NEEDED)
    value = getattr(answers, field)
    if field in {"measure_id", "owner_id"}:
        named = choices.measures if field == "measure_id" else choices.people
        options = [option(name, str(each)) for each, name in named]
        return [question.select(options, str(value))] if options else []
    if field in {"first_day", "last_day"}:
        return [question.day(value)]
    if field == "size":
        return [question.number("" if value is None else str(value))]
    if field == "unit":
        return [question.select([option(each, each) for each in UNITS], value or UNITS[0])]
    if field == "decision":
        return [question.choice([option(words, each) for each, words in DECISIONS.items()], value or "")]
    most, is_long = (LONGEST_PLACE, False) if field == "place" else (MOST_LETTERS, True)
    return [question.text(value, most=most, is_long=is_long)]


def _bottom(page: Page, *, has_second: bool) -> list[Block]:
    buttons = [button("Save for later", PDSA_SAVE), button("See an example", PDSA_EXAMPLE, str(int(page)))]
    if page not in {Page.CHANGE, Page.DO}:
        buttons.insert(0, button("Back", PDSA_BACK))
    if page is Page.CHANGE and not has_second:
        buttons.insert(0, button("Another question", PDSA_SECOND))
    return [actions(*buttons), context(_STAYS)]


def errors(view: View, wrong: Mapping[str, str]) -> dict[str, str] | None:
    """Lay each problem at its field; None when a field is not on this screen."""
    return dict(wrong) if wrong.keys() <= set(shown_blocks(view)) else None
