"""The form for earlier months: lines to paste or a file; and what became of each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.slack import action_ids
from handlers.slack.blocks import (
    View,
    actions,
    alert,
    button,
    context,
    modal,
    section,
    sections,
)
from handlers.slack.buttons import as_value, choice_and, choice_of
from handlers.slack.ids import MONTH_ASKED_FOR, packed, unpacked
from handlers.slack.inputs import Question, handed_in, typed
from handlers.slack.words import counted, escape, listed, safe_name
from models.rules.charts.choice import ChartChoice
from models.rules.charts.frozen import MedianMove
from models.rules.collaborative.measure import Measure, Value
from models.rules.collaborative.people import Team
from models.rules.setup.history import (
    Agreed,
    HistoryChange,
    HistoryDifference,
    HistoryRow,
    Sorted,
)
from models.rules.setup.plan import CollaborativePlan

TITLE = "Add earlier months"
LINES, FILE = "lines", "file"  # blocks
MOST_METADATA = 3000  # characters (Slack: views)
MOST_LINES = 30  # of one kind
MOST_TYPED = 3000
TYPES = ["csv", "xlsx", "txt", "tsv"]
READERS = "Slack keeps it for you and for me alone. I take its months, and show it to nobody."
MEND = "Go back, mend them, and send all again."
OR_MEND = "Or go back, mend them, and send all again: nothing is counted twice."
OR_LEAVE = "Or go back: then all stays as it is. What is replaced stays on record, with who did it and when."
OR_BACK = "Or go back: then all stays as it is."
TOO_MANY = "That is too much to replace at once. Please go back and send it in parts, a year at a time."


@dataclass(frozen=True)
class HandedIn:
    """What the form holds: pasted text, or the id of a file in Slack."""

    choice: ChartChoice
    text: str
    file_id: str


def months_form(team: Team, measure: Measure, choice: ChartChoice) -> View:
    """Ask for earlier months of one measure of one team."""
    columns = "month, numerator, denominator" if measure.unit.has_denominator else "month, number"
    example = (
        "2026-01, 42, 60\n2026-02, 45, 61" if measure.unit.has_denominator else "2026-01, 12\n2026-02, 9"
    )
    about = (
        f"*{safe_name(team.name)} · {safe_name(measure.name)}*\n"
        "Six to twelve months from before the changes make it possible to see a change. "
        "A month the team has reported stays as it was reported."
    )
    team_now = packed(choice.team_id, MONTH_ASKED_FOR)
    lines = Question(LINES, "Paste lines", f"One month a line: {columns}.", optional=True)
    more = "CSV or Excel (.xlsx), up to 4 MB. It may hold more of your measures."
    return modal(
        TITLE,
        [
            section(about),
            actions(
                button("Back to the chart", action_ids.CHART_BACK, as_value(choice)),
                button("Send me an empty table", action_ids.ASKED_TABLE, team_now),
            ),
            lines.text(most=MOST_TYPED, example=example),
            *Question(FILE, "Or a file", more, optional=True).file(*TYPES, readers=READERS),
        ],
        callback_id=action_ids.MONTHS_FORM,
        private_metadata=as_value(choice),
        submit="Add",
        close="Close",
    )


def read_form(view: View) -> HandedIn:
    """Read the form back."""
    return HandedIn(choice_of(view["private_metadata"]), typed(view, LINES), handed_in(view, FILE))


def sorted_out(rows: Sorted, left_empty: int, choice: ChartChoice) -> View:
    """Name the bad rows, and both values where one would be replaced; offer to go on with the good ones."""
    problems = [problem.words() for problem in rows.problems]
    replaced = [_change(change, rows.plan) for change in rows.replaced]
    lines = [*_some(problems), *_left_empty(left_empty)]
    if replaced:
        lines += ["*These values would be replaced:*", *_some(replaced)]
    lines += [escape(move.sentence("moves")) for move in rows.moves]
    blocks = [alert(_head(rows)), *sections(lines)]
    carried = _kept_rows(choice, rows)
    if not rows.good or len(carried) > MOST_METADATA:
        return modal(TITLE, [*blocks, context(MEND if problems else TOO_MANY)], close="Back")
    blocks.append(actions(button(_keep_words(rows), action_ids.MONTHS_KEEP, primary=True)))
    blocks.append(context(OR_MEND if problems else OR_LEAVE if replaced else OR_BACK))
    return modal(TITLE, blocks, private_metadata=carried, close="Back")


def added(
    became: HistoryDifference, teams_own: str, left_empty: int, moves: Sequence[MedianMove] = ()
) -> View:
    """Say what was added, replaced, there already, left as reported, or left empty; and what moved."""
    lines = []
    if became.added:
        lines.append(f"✔ {counted(len(became.added), 'value')} added: {_months(became.added)}.")
    if became.changed:
        lines.append(f"✔ {counted(len(became.changed), 'value')} replaced: {_months(became.changed)}.")
    if became.same:
        lines.append(
            f"{counted(became.same, 'value')} {'was' if became.same == 1 else 'were'} there already."
        )
    if became.conflicts:
        lines.append(f"Left as {escape(teams_own)} reported: {_months(became.conflicts)}.")
    lines += _left_empty(left_empty)
    lines += [escape(move.sentence("moved")) for move in moves]
    return modal(TITLE, sections([*lines, "The chart shows it now."]), close="Done")


def read_rows(metadata: str, team: Team) -> tuple[tuple[HistoryRow, ...], Agreed]:
    """Read back the good rows a view carries, to be checked anew, and what it said they replace and move."""
    _, carried = choice_and(metadata)
    moved, *lines = carried.split("\n")
    rows, agreed = [], {}
    for line, row in enumerate(lines, 1):
        month, value, old, measure = unpacked(row, date.fromisoformat, _value, _value, str)
        if value:
            rows.append(HistoryRow(line, team.key, measure, month, value))
        if old:
            agreed[team.key, measure, month] = old
    return tuple(rows), Agreed(agreed, moved)


def _kept_rows(choice: ChartChoice, sorted_rows: Sorted) -> str:
    """The medians that move, then a row a line: month, value, the value it replaces, the measure's key."""
    olds = {change.cell: change.old for change in sorted_rows.replaced}
    rows = [
        packed(month, _packed_value(value), _packed_value(olds.get((team, measure, month))), measure)
        for (team, measure, month), value in sorted_rows.good.items()
    ]
    return as_value(choice, "\n".join((sorted_rows.moved, *rows)))


def _packed_value(value: Value | None) -> str:
    """A value as "42/60" or "42"; "" for none."""
    numbers = [] if value is None else [value.numerator, value.denominator]
    return "/".join(str(number) for number in numbers if number is not None)


def _value(words: str) -> Value | None:
    top, _, bottom = words.partition("/")
    return Value(_number(top), _number(bottom) if bottom else None) if words else None


def _number(words: str) -> Decimal:
    number = Decimal(words)
    if not number.is_finite():
        raise ValueError(words)
    return number


def _head(rows: Sorted) -> str:
    bad = len({problem.line for problem in rows.problems if problem.line})
    fits_not = f"{counted(bad, 'row')} {'does' if bad == 1 else 'do'} not fit. " if bad else ""
    others = len(rows.replaced)
    differs = f"{counted(others, 'value')} {'differs' if others == 1 else 'differ'} from before. "
    return f"{fits_not}{differs if others else ''}Nothing is added yet."


def _some(lines: Sequence[str]) -> list[str]:
    more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return [*(f"• {escape(line)}" for line in lines[:MOST_LINES]), *more]


def _left_empty(count: int) -> list[str]:
    return [f"{counted(count, 'month')} without a number left empty."] if count else []


def _keep_words(rows: Sorted) -> str:
    count, others = len(rows.good), len(rows.replaced)
    keep = "Keep the good row" if count == 1 else f"Keep the {count} good rows"
    if not others:
        return keep if rows.problems else f"Add {counted(count, 'value')}"
    replace = f"replace {counted(others, 'value')}"
    if rows.problems:
        return f"{keep}, {replace}"
    return replace.capitalize() + (", add the rest" if count > others else "")


def _change(change: HistoryChange, plan: CollaborativePlan) -> str:
    measure = next(each for each in plan.measures if each.key == change.cell[1])
    old, new = change.words(measure.unit)
    return f"{measure.name}, {change.cell[2]:%b %Y}: {old} → {new}"


def _months(changes: Iterable[Any]) -> str:
    months = sorted({change.cell[2] for change in changes})
    measuresof = [f"{month:%b %Y}" for month in months]
    return listed(measuresof) if len(measuresof) <= 12 else f"{measuresof[0]} to {measuresof[-1]}"  # noqa: PLR2004 - a year
