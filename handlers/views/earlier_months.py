"""The form for earlier months: lines to paste or a file; and what became of each row."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.views import names
from handlers.views.chart import found, kept
from handlers.views.team_month import team_month
from handlers.views.text import (
    Block,
    View,
    actions,
    alert,
    button,
    context,
    counted,
    escape,
    escape_to_fit,
    listed,
    modal,
    plain,
    section,
    sections,
)
from models.rules.history import Cell, HistoryDifference, HistoryProblem, HistoryRow
from models.rules.measure import Measure, Value
from models.rules.people import Team
from models.rules.viewers import ChartChoice

TITLE = "Add earlier months"
LINES, FILE = "lines", "file"  # blocks
MOST_METADATA = 3000  # characters (Slack: views)
MOST_PROBLEMS = 30
MOST_TYPED = 3000
TYPES = ["csv", "xlsx", "txt", "tsv"]


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
        f"*{escape_to_fit(team.name, 300)} · {escape_to_fit(measure.name, 300)}*\n"
        "Six to twelve months from before the changes make it possible to see a change. "
        "A month the team has reported stays as it was reported."
    )
    lines: Block = {
        "type": "plain_text_input",
        "action_id": LINES,
        "multiline": True,
        "max_length": MOST_TYPED,
        "placeholder": plain(example),
    }
    files: Block = {"type": "file_input", "action_id": FILE, "max_files": 1, "filetypes": TYPES}
    return modal(
        TITLE,
        [
            section(about),
            actions(
                button("Back to the chart", names.CHART_BACK, kept(choice)),
                button("Send me an empty table", names.ASKED_TABLE, team_month(choice.team_id)),
            ),
            _input(LINES, "Paste lines", lines, f"One month a line: {columns}."),
            _input(
                FILE,
                "Or a file",
                files,
                "CSV or Excel (.xlsx), up to 2 MB. It may hold more of your measures.",
            ),
        ],
        callback_id=names.MONTHS_FORM,
        private_metadata=kept(choice),
        submit="Add",
        close="Close",
    )


def read_form(view: Mapping[str, Any]) -> HandedIn:
    """Read the form back."""
    values = view["state"]["values"]
    files = values[FILE][FILE].get("files") or []
    text = str(values[LINES][LINES].get("value") or "")
    return HandedIn(found(view["private_metadata"]), text, str(files[0]["id"]) if files else "")


def sorted_out(
    problems: Sequence[HistoryProblem], good: Mapping[Cell, Value], left_empty: int, choice: ChartChoice
) -> View:
    """Name the bad rows; offer to keep the good ones."""
    bad = len({problem.line for problem in problems if problem.line})
    fits_not = f"{counted(bad, 'row')} {'does' if bad == 1 else 'do'} not fit. " if bad else ""
    head = f"{fits_not}Nothing is added yet."
    lines = [f"• {escape(problem.words())}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"and {len(problems) - MOST_PROBLEMS} more")
    lines += _left_empty(left_empty)
    blocks = [alert(head), *sections(lines)]
    held = _kept_rows(choice, good)
    if good and len(held) <= MOST_METADATA:
        blocks.append(actions(button(_keep_words(len(good)), names.MONTHS_KEEP, primary=True)))
        blocks.append(context("Or go back, mend them, and send all again: nothing is counted twice."))
        return modal(TITLE, blocks, private_metadata=held, close="Back")
    return modal(TITLE, [*blocks, context("Go back, mend them, and send all again.")], close="Back")


def added(became: HistoryDifference, teams_own: str, left_empty: int) -> View:
    """Say what was added, changed, there already, left as reported, or left empty."""
    lines = []
    if became.added:
        lines.append(f"✔ {counted(len(became.added), 'value')} added: {_months(became.added)}.")
    if became.changed:
        lines.append(f"✔ {counted(len(became.changed), 'value')} changed: {_months(became.changed)}.")
    if became.same:
        lines.append(
            f"{counted(became.same, 'value')} {'was' if became.same == 1 else 'were'} there already."
        )
    if became.conflicts:
        lines.append(f"Left as {escape(teams_own)} reported: {_months(became.conflicts)}.")
    lines += _left_empty(left_empty)
    return modal(TITLE, sections([*lines, "The chart shows it now."]), close="Done")


def read_rows(metadata: str, team: Team) -> list[HistoryRow]:
    """Read back the good rows a view carries; they are checked anew before they are kept."""
    held = json.loads(metadata)["rows"]
    return [
        HistoryRow(line, team.key, measure, date.fromisoformat(f"{month}-01"), _value(top, bottom))
        for line, (measure, month, top, bottom) in enumerate(held, 1)
    ]


def choice_of(metadata: str) -> ChartChoice:
    """The chart a view with good rows belongs to."""
    return found(json.loads(metadata)["choice"])


def _value(top: str, bottom: str) -> Value:
    return Value(Decimal(top), Decimal(bottom) if bottom else None)


def _kept_rows(choice: ChartChoice, good: Mapping[Cell, Value]) -> str:
    rows = [
        [
            measure,
            f"{month:%Y-%m}",
            str(value.numerator),
            "" if value.denominator is None else str(value.denominator),
        ]
        for (_, measure, month), value in good.items()
    ]
    return json.dumps({"choice": kept(choice), "rows": rows}, separators=(",", ":"))


def _left_empty(count: int) -> list[str]:
    return [f"{counted(count, 'month')} without a number left empty."] if count else []


def _keep_words(count: int) -> str:
    return "Keep the good row" if count == 1 else f"Keep the {count} good rows"


def _months(changes: Iterable[Any]) -> str:
    months = sorted({change.cell[2] for change in changes})
    names_of = [f"{month:%b %Y}" for month in months]
    return listed(names_of) if len(names_of) <= 12 else f"{names_of[0]} to {names_of[-1]}"  # noqa: PLR2004 - a year


def _input(block_id: str, label: str, element: Block, hint: str) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        "hint": plain(hint),
        "optional": True,
    }
