"""A monthly report as values: the form, what was typed, the card all teams see, the roll call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.rules.collaborative.measure import Measure, PastDefinition, Unit, Value, value_words
from models.rules.collaborative.people import Acting, Collaborative, Team
from models.rules.collaborative.period import ReportingPeriod


class How(StrEnum):
    """How sure a team is of one measure this month."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    CANNOT = "cannot report"


@dataclass(frozen=True)
class Narrative:
    """A few words beside the numbers; all optional. `coach_note` is for the team's coach and the hosts."""

    tested: str = ""
    improved: str = ""
    barriers: str = ""
    unintended: str = ""
    help_needed: str = ""
    coach_note: str = ""


NARRATIVE_LABELS = {  # field of Narrative -> what people read beside it; the order is the form's
    "tested": "What did you test?",
    "improved": "What got better?",
    "barriers": "What is in the way?",
    "unintended": "Anything unexpected?",
    "help_needed": "What help would you like?",
    "coach_note": "A note for your coach",
}
SHARED_WORDS = tuple(name for name in NARRATIVE_LABELS if name != "coach_note")  # what every team may read
LEFT_EMPTY = "left empty"
FORM = "report"  # the kind of its drafts


@dataclass(frozen=True)
class Typed:
    """What a person typed for one measure, not yet read as numbers."""

    measure_id: int
    numerator: str = ""
    denominator: str = ""
    how: How = How.COUNTED
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """What stood on screen for one measure; None for a part that was not asked for there."""

    measure_id: int
    how: How
    numerator: str | None = None
    denominator: str | None = None
    reason: str | None = None

    def over(self, kept: Typed) -> Typed:
        """Lay it over what is kept: a reason hides the numbers, and does not take them away."""
        return Typed(
            self.measure_id,
            kept.numerator if self.numerator is None else self.numerator,
            kept.denominator if self.denominator is None else self.denominator,
            self.how,
            kept.reason if self.reason is None else self.reason,
        )


@dataclass(frozen=True)
class Draft:
    """A form half filled: what was typed, and the words."""

    typed: tuple[Typed, ...] = ()
    narrative: Narrative = Narrative()


@dataclass(frozen=True)
class Entry:
    """One measure of a report: a value, or the reason why there is none; neither when left empty."""

    measure_id: int
    value: Value | None
    reason: str = ""

    def words(self, unit: Unit) -> str:
        """Say it: "70.0% (42/60)", "cannot report: export broken", "left empty"."""
        if self.value is not None:
            return value_words(self.value, unit)
        return f"{How.CANNOT}: {self.reason}" if self.reason else LEFT_EMPTY


def filled_in_for(team_id: int | str, period_id: int) -> str:
    """What a report form is filled in for: "7:10" is team 7's of month 10."""
    return f"{team_id}:{period_id}"


def is_empty(entries: Iterable[Entry], words: Narrative) -> bool:
    """Whether a report says nothing at all: no value, no reason, no word."""
    filled = [*(each.value or each.reason for each in entries), *vars(words).values()]
    return not any(each.strip() if isinstance(each, str) else each for each in filled)


@dataclass(frozen=True)
class Field:
    """One measure of the form with what the team needs to fill it in."""

    measure: Measure  # `required` is already the team's own
    previous: Value | None  # the latest of `history`
    history: tuple[Value, ...]  # the team's earlier values, oldest first
    previous_month: date | None = None  # the first day of the month `previous` is of
    was: PastDefinition | None = None  # how it was defined at the team's last report, if otherwise


@dataclass(frozen=True)
class ReportForm:
    acting: Acting
    period: ReportingPeriod
    choices: tuple[ReportingPeriod, ...]  # the months this person may report or correct
    fields: tuple[Field, ...]
    draft: Draft  # the saved draft of this edition; else the report as it stands, to correct; else empty
    kept: Mapping[int, Draft]  # the person's saved draft, by the edition it was typed for
    edition: int  # of the report that is there: grows with each correction; 0: there is none yet
    saved_at: datetime | None = None  # when the saved draft was; None: there is none
    reported_at: datetime | None = None  # when the report that is there came in
    reported: frozenset[int] = frozenset()  # the periods this team has a report of
    loaded: tuple[Entry, ...] = ()  # what a table says of this month as long as no report does


@dataclass(frozen=True)
class Receipt:
    """What became of a submission."""

    report_id: int
    revision: int  # 1 for the first; unchanged when nothing was different
    is_late: bool
    changed: bool


@dataclass(frozen=True)
class CardLine:
    measure: Measure
    value: Value | None  # None with a reason: cannot be reported; without: left empty
    reason: str
    previous: Value | None  # the team's latest before this month
    previous_period: str  # "May 2026", "" when there is none


@dataclass(frozen=True)
class ReportCard:
    """What every team sees of one report: never the coach's note, nor whether it came late."""

    report_id: int
    collaborative: Collaborative
    team: Team
    period: ReportingPeriod
    lines: tuple[CardLine, ...]
    narrative: Narrative  # coach_note is always ""
    reported_by: str
    on_behalf: bool
    revision: int
    submitted_at: datetime
    reported_as: str = ""  # on behalf: the role of who sent it

    @property
    def told(self) -> tuple[CardLine, ...]:
        """What the report says of its measures: an optional one may be left empty, and is not spoken of."""
        return tuple(line for line in self.lines if line.value or line.reason)


@dataclass(frozen=True)
class Change:
    """One difference of a correction, in words: what, old, new."""

    subject: str
    old: str
    new: str


def narrative_changes(old: Narrative, new: Narrative) -> tuple[Change, ...]:
    """What differs in the words every team reads; the coach's note is never among them."""
    pairs = [(NARRATIVE_LABELS[name], getattr(old, name), getattr(new, name)) for name in SHARED_WORDS]
    return tuple(
        Change(label, before or LEFT_EMPTY, after or LEFT_EMPTY)
        for label, before, after in pairs
        if before != after
    )


@dataclass(frozen=True)
class Correction:
    """A later revision kept beside the first: who, when, old, new."""

    report_id: int
    revision: int
    by: str
    at: datetime
    changes: tuple[Change, ...]
    role: str = ""  # of who is not of the team
    closed_on: date | None = None  # where the month had closed to the team by then


@dataclass(frozen=True)
class CoachNote:
    """The words for the team's coach, which the hosts read too."""

    collaborative: Collaborative
    team: Team
    period: ReportingPeriod
    note: str


@dataclass(frozen=True)
class RollCall:
    """Who is in, by name; the missing are counted, and named only where the host chose so."""

    collaborative: Collaborative
    period: ReportingPeriod
    teams_in: tuple[str, ...]  # in the order they came
    expected: int  # teams that take part this month
    cannot: int = 0  # of those missing, how many said that they cannot report it
    missing: tuple[str, ...] = ()  # the others by name; empty where they are only counted


@dataclass(frozen=True)
class Point:
    period: ReportingPeriod
    value: Value | None


@dataclass(frozen=True)
class Series:
    """One team's values of one measure in time order; months without a value hold None."""

    team: Team
    measure: Measure
    points: tuple[Point, ...] = ()
