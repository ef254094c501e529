"""The window that takes words out of a report, and what a message says in their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.slack.action_ids import WORDS_OUT_FORM
from handlers.slack.blocks import (
    Block,
    TextAndBlocks,
    View,
    context,
    modal,
    option,
    section,
    sections,
)
from handlers.slack.ids import unpacked
from handlers.slack.inputs import Question, shown_blocks, ticked
from handlers.slack.words import escape, safe_name, short_day
from models.rules.report.report import CoachNote
from models.rules.report.taking_out import TAKEN_OUT, ReportWords, TakenOut, WordsField

TITLE = "Take words out"
FOR_GOOD = (
    "This takes the words out of the card, its thread, the drafts, the corrections and the export, for good. "
    "Use it when they held something about a patient."
)
NUMBERS_STAY = "Numbers stay. That words were taken out is read by the team, its coach and the hosts."
NOTHING_THERE = "There are no words in this report."
NOTHING_CHOSEN = "Please tick the words to take out."
IN_A_MOMENT = "The card and its thread are without the words in a moment."
MOST_BOXES = 10  # of a group
_BLOCK = "words_out:"


@dataclass(frozen=True)
class Chosen:
    """What was ticked, of which report."""

    report_id: int
    keys: frozenset[str]


def words_form(words: ReportWords) -> View:
    """List what holds words, each to be ticked, and what was taken out before."""
    top = [section(_about(words))]
    if not words.fields:
        return modal(TITLE, [*top, section(NOTHING_THERE), *_before(words)], close="Close")
    groups = [_boxes(number, each) for number, each in enumerate(_groups(words.fields))]
    return modal(
        TITLE,
        [*top, section(FOR_GOOD), *groups, context(NUMBERS_STAY), *_before(words)],
        callback_id=WORDS_OUT_FORM,
        private_metadata=str(words.report_id),
        submit="Take out",
        close="Close",
    )


def read_form(view: View) -> Chosen:
    """Read the form back: the report's id and what was ticked, hints both."""
    keys = frozenset(key for block_id in shown_blocks(view) for key in ticked(view, block_id))
    return Chosen(unpacked(view["private_metadata"], int), keys)


def nothing_chosen(chosen: Chosen) -> dict[str, str]:
    """Say at the first boxes that one of them has to be ticked."""
    return {} if chosen.keys else {f"{_BLOCK}0": NOTHING_CHOSEN}


def taken_out_view(words: ReportWords) -> View:
    """Say what is out now."""
    return modal(TITLE, [section(_about(words)), *_before(words), context(IN_A_MOMENT)], close="Close")


def note_out_message(note: CoachNote, taken_out: TakenOut) -> TextAndBlocks:
    """Say, in place of the team's words to its coach, that they were taken out."""
    about = escape(f"{note.team.name} wrote its coach a note with its {note.period.name} report")
    words = _taken_out(taken_out)
    return f"{about}. It was {words}.", [section(f"*{about}*"), context(f"It was {words}.")]


def _about(words: ReportWords) -> str:
    return f"*{safe_name(words.acting.team.name)}* · {words.period.name}"


def _groups(fields: Sequence[WordsField]) -> Iterable[Sequence[WordsField]]:
    return (fields[at : at + MOST_BOXES] for at in range(0, len(fields), MOST_BOXES))


def _boxes(number: int, fields: Iterable[WordsField]) -> Block:
    """A group that may be left alone: that one of them is ticked is asked for in our own words."""
    label = "Which words?" if number == 0 else "And of these?"
    question = Question(f"{_BLOCK}{number}", label, optional=True)
    return question.boxes([option(_name_of(each), each.key) for each in fields])


def _name_of(field: WordsField) -> str:
    return field.label if field.measure_id is None else f"Why not: {field.label}"


def _before(words: ReportWords) -> list[Block]:
    lines = (f"*{escape(each.label)}*: {_taken_out(each)}" for each in words.taken_out)
    return sections(list(lines))


def _taken_out(taken_out: TakenOut) -> str:
    return f"{TAKEN_OUT} by {safe_name(taken_out.by)}, {short_day(taken_out.on)}"
