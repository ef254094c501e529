"""Reading between the lines: patterns in a team's reports a coach may want to ask about, each with its facts.

A flag is a question, never a score (toolkit, phase 4, step 5). Its episode names where the pattern begins, so
that one put aside stays aside while it lasts and a new one is shown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TypeVar

from models.rules.collaborative.measure import Direction, Measure, level_words, value_words
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import next_month
from models.rules.report.report import NARRATIVE_LABELS, SHARED_WORDS
from models.rules.report.team_record import Month, SentReport, TeamRecord
from models.rules.report.usual_counts import denominator, jumps_begin, usual

T = TypeVar("T")

FALLS = 3  # months in a row in the worse direction
LEAST_COPIED = 20  # letters: shorter answers are the same by chance
SILENT_MONTHS = 2
_NOTHING = frozenset(
    {"", "none", "no", "nothing", "na", "n a", "nil", "not yet", "nothing new", "nothing yet", "same"}
)


class FlagKind(StrEnum):
    FALLING = "falling"
    COPIED = "copied"
    DENOMINATOR = "denominator"
    LATE = "late"
    SILENT = "silent"
    CANNOT = "cannot"


TITLES = {
    FlagKind.FALLING: "Falling, and no test of change",
    FlagKind.COPIED: "The same words again",
    FlagKind.DENOMINATOR: "A jump in who is counted",
    FlagKind.LATE: "Late twice in a row",
    FlagKind.SILENT: "Silent",
    FlagKind.CANNOT: "Cannot report, twice",
}


@dataclass(frozen=True)
class Flag:
    team: Team
    kind: FlagKind
    episode: str  # "falling:M1:2026-03": the kind, the measure, the month it begins
    facts: str  # in words, as people wrote them: escape before showing
    period_id: int  # the last month it speaks of
    measure_id: int | None = None

    @property
    def title(self) -> str:
        return TITLES[self.kind]


@dataclass(frozen=True)
class Dismissed:
    """A flag put aside: what it said, and who did so, when and why."""

    team: str
    words: str
    by: str
    at: datetime
    reason: str


def flags(record: TeamRecord, today: date) -> tuple[Flag, ...]:
    """All flags of a team, the most pressing kind first."""
    return (
        *silent(record, today),
        *falling(record),
        *cannot_twice(record),
        *late_twice(record),
        *denominator_jumps(record),
        *copied(record),
    )


def falling(record: TeamRecord) -> Iterator[Flag]:
    """A measure that moved the wrong way three months in a row while no report named a test of change."""
    months = _told(record)
    for measure in record.measures:
        run = _run(months, partial(_is_worse, measure))
        reports = [month.report for month in run[1:] if month.report]
        if len(run) <= FALLS or not reports or any(_names_a_test(each) for each in reports):
            continue
        way = "down" if measure.direction is Direction.HIGHER else "up"
        levels = [f"{_level(month, measure)} in {month.name}" for month in run[-FALLS - 1 :]]
        facts = f"{measure.name} went {way} {len(run) - 1} months in a row: {', '.join(levels)}. "
        since = f"{'The report' if len(reports) == 1 else f'The {len(reports)} reports'} since {run[0].name}"
        verb = "names" if len(reports) == 1 else "name"
        yield _flag(record, FlagKind.FALLING, run, f"{facts}{since} {verb} no test of change.", measure)


def copied(record: TeamRecord) -> Iterator[Flag]:
    """Answers that are, letter for letter, those of the report before."""
    reports = [month for month in record.months if month.report]
    begun: dict[date, tuple[list[Month], list[str]]] = {}
    for name in SHARED_WORDS:
        run = _run(reports, partial(_is_copied, name))
        if len(run) > 1:
            begun.setdefault(run[0].period.first_day, (run, []))[1].append(f"“{NARRATIVE_LABELS[name]}”")
    for run, labels in begun.values():
        answers = " and ".join(labels)
        verb = "has" if len(labels) == 1 else "have"
        facts = f"{answers} {verb} had the same words in every report since {run[0].name}."
        yield _flag(record, FlagKind.COPIED, run, facts)


def denominator_jumps(record: TeamRecord) -> Iterator[Flag]:
    """Twice as many counted as usual, or half as many: another sample, another definition, or a slip."""
    months = _told(record)
    for measure in record.measures:
        known = [month for month in months if denominator(month, measure) is not None]
        at = jumps_begin(known, measure)
        if at is None or known[-1] is not months[-1]:
            continue
        first, before = known[at], usual(known[:at], measure)
        now, month = denominator(known[-1], measure), known[-1].name
        facts = (
            f"{measure.name} counts {float(now or 0):,.0f} in {month}; usual before {first.name} was about "
            f"{float(before or 0):,.0f}."
        )
        yield _flag(record, FlagKind.DENOMINATOR, known[at:], facts, measure)


def late_twice(record: TeamRecord) -> Iterator[Flag]:
    """The last two reports, or more, came after the due day."""
    reports = [month for month in record.months if month.report]
    run = _run(reports, lambda before, month: before.is_late and month.is_late)
    if len(run) > 1:
        facts = [f"{month.name} came {_days(month.days_late)} after its due day" for month in run[-3:]]
        yield _flag(record, FlagKind.LATE, run, f"{_listed(facts)}.")


def silent(record: TeamRecord, today: date) -> Iterator[Flag]:
    """No report for two months that were due, nor a word why."""
    quiet: list[Month] = []
    for month in reversed(record.months):
        if month.is_told or month.is_excused:
            break
        if month.period.due_on < today:
            quiet.insert(0, month)
    if len(quiet) < SILENT_MONTHS:
        return
    before = [month for month in record.months if month.is_told]
    last = f"The last was for {before[-1].period.name}." if before else "There was none before."
    yield _flag(
        record, FlagKind.SILENT, quiet, f"No report for {_listed([m.name for m in quiet[-4:]])}. {last}"
    )


def cannot_twice(record: TeamRecord) -> Iterator[Flag]:
    """The same measure could not be reported twice in a row, with the reasons given."""
    reports = [month for month in record.months if month.report]
    for measure in record.measures:
        run = _run(reports, partial(_could_neither, measure))
        if len(run) > 1:
            reasons = [f"{month.name}: “{month.entries[measure.id].reason}”" for month in run[-3:]]
            facts = f"{measure.name} could not be reported {len(run)} times in a row. {'; '.join(reasons)}."
            yield _flag(record, FlagKind.CANNOT, run, facts, measure)


def _flag(
    record: TeamRecord, kind: FlagKind, run: Sequence[Month], facts: str, measure: Measure | None = None
) -> Flag:
    about = f"{measure.key}:" if measure else ""
    episode = f"{kind}:{about}{run[0].period.first_day:%Y-%m}"
    return Flag(record.team, kind, episode, facts, run[-1].period.id, measure.id if measure else None)


def _run(months: Sequence[T], goes_on: Callable[[T, T], bool]) -> list[T]:
    """The last months of which each goes on with what the one before began; the last alone when none does."""
    run = list(months[-1:])
    for before, month in reversed(list(pairwise(months))):
        if not goes_on(before, month):
            break
        run.insert(0, before)
    return run


def _told(record: TeamRecord) -> list[Month]:
    return [month for month in record.months if month.is_told]


def _is_worse(measure: Measure, before: Month, month: Month) -> bool:
    follows = next_month(before.period.first_day) == month.period.first_day
    then, now = before.level(measure), month.level(measure)
    if not follows or then is None or now is None:
        return False
    return now < then if measure.direction is Direction.HIGHER else now > then


def _level(month: Month, measure: Measure) -> str:
    entry = month.entries[measure.id]
    if entry.value and not measure.unit.has_denominator:
        return value_words(entry.value, measure.unit)
    return level_words(month.level(measure) or Fraction(), measure.unit)


def _names_a_test(report: SentReport) -> bool:
    """Whether "What did you test?" was answered with more than "none"."""
    return _plain(report.narrative.tested) not in _NOTHING


def _is_copied(name: str, before: Month, month: Month) -> bool:
    then, now = (
        _plain(getattr(each.report.narrative, name)) if each.report else "" for each in (before, month)
    )
    return then == now and len(now) >= LEAST_COPIED


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _could_neither(measure: Measure, before: Month, month: Month) -> bool:
    return before.cannot(measure) and month.cannot(measure)


def _listed(words: Iterable[str]) -> str:
    *rest, last = list(words)
    return f"{', '.join(rest)} and {last}" if rest else last
