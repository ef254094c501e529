"""Values of earlier months from a file: do they fit the collaborative, and what would they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.rules.charts.frozen import MedianMove
from models.rules.collaborative.measure import Unit, UnitKind, Value, value_words
from models.rules.privacy.door import echoed
from models.rules.quoting import suggestion
from models.rules.setup.plan import CollaborativePlan


@dataclass(frozen=True)
class HistoryRow:
    """One value as a line of the file gives it; team and measure by key or name, as written."""

    line: int
    team: str
    measure: str
    first_day: date  # of the month
    value: Value


@dataclass(frozen=True, order=True)
class HistoryProblem:
    """One bad row: which line, which column, why."""

    line: int
    column: str
    reason: str

    def words(self) -> str:
        where = ", ".join(part for part in (f"Line {self.line}" if self.line else "", self.column) if part)
        return f"{where}: {self.reason}" if where else self.reason


MonthCell = tuple[str, str, date]  # team key, measure key, first day of the month


@dataclass(frozen=True)
class Giver:
    """Who hands values in, and when."""

    today: date  # where the collaborative is
    at: datetime
    member_id: int | None = None  # None: who runs the bot, with a file


@dataclass(frozen=True)
class Stored:
    """A value the collaborative has already."""

    value: Value | None  # None: the team could not report it
    is_reported: bool  # it came by a report, not by a file


@dataclass(frozen=True)
class HistoryChange:
    cell: MonthCell
    old: Value | None
    new: Value

    def words(self, unit: Unit) -> tuple[str, str]:
        """Say both: "70.0% (42/60)" and "71.7% (43/60)"."""
        return value_words(self.old, unit) if self.old else "none", value_words(self.new, unit)


@dataclass(frozen=True)
class HistoryDifference:
    """What loading rows would do: `conflicts` stand in a report and stay as reported."""

    added: tuple[HistoryChange, ...] = ()
    changed: tuple[HistoryChange, ...] = ()
    conflicts: tuple[HistoryChange, ...] = ()
    same: int = 0

    @property
    def written(self) -> Mapping[MonthCell, Value]:
        """What is not there yet, by its cell."""
        return {change.cell: change.new for change in (*self.added, *self.changed)}


@dataclass(frozen=True)
class Sorted:
    """Rows told apart: the good ones by cell, the others with line and reason."""

    good: Mapping[MonthCell, Value]
    problems: tuple[HistoryProblem, ...]
    replaced: tuple[HistoryChange, ...]  # of the good ones, where an earlier table said otherwise
    plan: CollaborativePlan
    moves: tuple[MedianMove, ...] = ()  # frozen medians that the good ones move

    @property
    def moved(self) -> str:
        """What tells these moves of medians from others; "" for none."""
        return ",".join(move.key for move in self.moves)

    def is_to_be_seen(self, agreed: "Agreed") -> bool:
        """Whether a row is bad, or something goes or moves that is not what a person agreed to."""
        olds = [(agreed.replaced.get(change.cell), change.old) for change in self.replaced]
        differs = any(old is not None and not _is_same(seen, old) for seen, old in olds)
        return bool(self.problems) or differs or self.moved not in {"", agreed.moved}


@dataclass(frozen=True)
class Agreed:
    """What a person saw and agreed to: the values to replace, and the medians to move."""

    replaced: Mapping[MonthCell, Value] = field(default_factory=dict)
    moved: str = ""


def check(
    rows: Iterable[HistoryRow], plan: CollaborativePlan, today: date
) -> tuple[dict[MonthCell, Value], tuple[HistoryProblem, ...]]:
    """Match rows with the collaborative: the good ones by team and measure key; problems in line order."""
    teams = {word.casefold(): team.key for team in plan.teams for word in (team.name, team.key)}
    measures = {word.casefold(): m for m in plan.measures for word in (m.name, m.key)}
    values: dict[MonthCell, Value] = {}
    lines: dict[MonthCell, int] = {}
    problems: list[HistoryProblem] = []
    for row in rows:
        team, measure = teams.get(row.team.casefold()), measures.get(row.measure.casefold())
        own = [*_unknown(row, plan), *_month(row, today)]
        if team and measure:
            cell = (team, measure.key, row.first_day)
            own += _number_problems(row, measure.unit)
            own += _repeated(row, lines.setdefault(cell, row.line))
            values.update({} if own else {cell: row.value})
        problems += own
    return values, tuple(sorted(set(problems)))


def compare(stored: Mapping[MonthCell, Stored], values: Mapping[MonthCell, Value]) -> HistoryDifference:
    """Tell new values from changed ones, from those already there, and from those a report holds."""
    added: list[HistoryChange] = []
    changed: list[HistoryChange] = []
    conflicts: list[HistoryChange] = []
    same = 0
    for cell, value in values.items():
        known = stored.get(cell)
        if known is None:
            added.append(HistoryChange(cell, None, value))
        elif _is_same(known.value, value):
            same += 1
        else:
            (conflicts if known.is_reported else changed).append(HistoryChange(cell, known.value, value))
    return HistoryDifference(tuple(added), tuple(changed), tuple(conflicts), same)


def change_words(change: HistoryChange, plan: CollaborativePlan) -> str:
    """Say one difference: "Cedar, Blood pressure control, May 2026: 70.0% (42/60) -> 71.7% (43/60)"."""
    team_key, measure_key, first_day = change.cell
    team = next(team.name for team in plan.teams if team.key == team_key)
    measure = next(measure for measure in plan.measures if measure.key == measure_key)
    old, new = change.words(measure.unit)
    return f"{team}, {measure.name}, {first_day:%B %Y}: {old} -> {new}"


def _is_same(known: Value | None, value: Value) -> bool:
    pair = (value.numerator, value.denominator)
    return known is not None and (known.numerator, known.denominator) == pair


def _unknown(row: HistoryRow, plan: CollaborativePlan) -> Iterable[HistoryProblem]:
    for column, word, known in (("team", row.team, plan.teams), ("measure", row.measure, plan.measures)):
        names = [name for one in known for name in (one.name, one.key)]
        if word.casefold() not in map(str.casefold, names):
            reason = f"{echoed(word)} is no {column} of this collaborative.{suggestion(word, names)}"
            yield HistoryProblem(row.line, column, reason)


def _month(row: HistoryRow, today: date) -> Sequence[HistoryProblem]:
    if row.first_day <= today:
        return ()
    return [HistoryProblem(row.line, "month", f"{row.first_day:%B %Y} has not begun yet.")]


def _repeated(row: HistoryRow, first: int) -> Sequence[HistoryProblem]:
    if row.line == first:
        return ()
    return [
        HistoryProblem(row.line, "month", f"Line {first} has the same team, measure and month: keep one.")
    ]


def _number_problems(row: HistoryRow, unit: Unit) -> list[HistoryProblem]:
    top, bottom = row.value.numerator, row.value.denominator
    reasons: dict[str, str] = {}
    if unit.kind is not UnitKind.VALUE and top % 1:
        reasons["numerator"] = f"{top} is not a whole number."
    if not unit.has_denominator:
        if bottom is not None:
            reasons["denominator"] = f"A {unit.kind} has none: leave it empty."
    elif bottom is None:
        reasons["denominator"] = "It is empty: out of how many?"
    elif bottom == 0:
        reasons["denominator"] = "It is 0: leave the month out when there was nothing to count."
    elif unit.kind is UnitKind.PERCENT and top > bottom:
        reasons["numerator"] = f"{top} is more than its denominator, {bottom}."
    return [HistoryProblem(row.line, column, reason) for column, reason in reasons.items()]
