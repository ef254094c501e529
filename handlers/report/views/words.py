"""The page for words: six short questions beside the numbers, built and read back."""

from collections.abc import Sequence

from handlers.slack.blocks import Block, View, context
from handlers.slack.ids import packed
from handlers.slack.inputs import Question, shown_blocks, typed
from handlers.slack.place_words import who_reads
from handlers.slack.words import listed
from models.rules.collaborative.people import NoteReader
from models.rules.collaborative.policy import Kind, sees
from models.rules.report.report import NARRATIVE_LABELS, SHARED_WORDS, Narrative, ReportForm

WORDS_LIMIT = 500  # characters of each answer
_MOST_NAMED = 4  # people in a hint

_HINTS = {
    "tested": "A change you tried this month, however small.",
    "unintended": "A side effect, good or bad.",
    "help_needed": "Other teams may know a way.",
}
_READERS = "all teams, in their shared channel; the note for your coach only those named below it."
_NO_PATIENT = "Please leave out names and anything that could point to a patient."
_ASKED = f"All of this is optional. {_NO_PATIENT}"
_ASKED_ALONE = f"One answer is enough. {_NO_PATIENT}"


def words_blocks(report: ReportForm, readers: Sequence[NoteReader]) -> list[Block]:
    """Ask for a few words, filled with those already there; who reads the note is said by name."""
    hints = {**_HINTS, "coach_note": _read_by(readers)}
    words, period_id = report.draft.narrative, report.period.id
    questions = [
        Question(packed(name, period_id), label, hints.get(name, ""), optional=True).text(
            getattr(words, name), most=WORDS_LIMIT
        )
        for name, label in NARRATIVE_LABELS.items()
        if name in SHARED_WORDS or sees(report.acting, Kind.COACH_NOTE)
    ]
    return [who_reads(_READERS), context(_ASKED if report.fields else _ASKED_ALONE), *questions]


def read_words(view: View) -> Narrative | None:
    """Read the words; None when they were not asked for on this page."""
    answers = {}
    for block_id in shown_blocks(view):
        name = block_id.partition(":")[0]
        if name in NARRATIVE_LABELS:
            answers[name] = typed(view, block_id)
    return Narrative(**answers) if answers else None


def _read_by(readers: Sequence[NoteReader]) -> str:
    if not readers:
        return "Nobody reads this yet: no coach or host of yours is in Slack."
    named = [f"{one.name} ({one.role.value})" for one in readers]
    many = len(named) > _MOST_NAMED
    who = "Your coaches and the hosts" if many else listed(named)
    return f"{who} will read this. Other teams do not see it."
