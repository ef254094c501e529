"""What a benchmark found, a row each, and the one table that shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True)
class Bound:
    """A limit of one kind of number, and whether what was found keeps to it."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Row:
    what: str
    ours: str
    reference: str = ""
    ratio: float | None = None  # ours / reference, taken in the same minute
    goal: Bound | None = None
    floor: Bound | None = None
    faster: float | None = None  # or reference / ours, where that reads better


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple[Row, ...]


COLUMNS = ("what", "ours", "reference", "ratio", "goal", "floor")
WIDER_THAN_ANY = 1000  # a console cuts a table at its width, unless that is no limit
Unit = Literal["", "x", "%", "ms", "s", "MiB"]


def at_most(found: float, limit: float, unit: Unit) -> Bound:
    """Say a limit from above."""
    return Bound(f"<= {limit:g}{_gap(unit)}{unit}", found <= limit)


def at_least(found: float, limit: float, unit: Unit) -> Bound:
    """Say a limit from below."""
    return Bound(f">= {limit:g}{_gap(unit)}{unit}", found >= limit)


def ms(seconds: float) -> str:
    """Write a time in milliseconds."""
    found = seconds * 1000
    return f"{found:.2f} ms" if found < 10 else f"{found:,.0f} ms"


def show(sections: Iterable[Section]) -> None:
    """Print everything in one table as wide as its words, on any terminal and into a file."""
    console = Console(width=WIDER_THAN_ANY)
    table = Table(title="Momentum beside a bare Bolt app, in the same run", show_lines=False)
    table.add_column(COLUMNS[0], no_wrap=True)
    for name in COLUMNS[1:]:
        table.add_column(name, justify="right", no_wrap=True)
    for section in sections:
        table.add_section()
        table.add_row(Text(section.title, style="bold"))
        for row in section.rows:
            table.add_row(
                row.what, row.ours, row.reference, _compared(row), _said(row.goal), _said(row.floor)
            )
    console.print(table)


def markdown(sections: Iterable[Section]) -> str:
    """Write the same table as docs/performance.md has it."""
    lines = [COLUMNS, ("---", "---:", "---:", "---:", "---", "---")]
    for section in sections:
        lines.append((f"**{section.title}**", *("",) * 5))
        for row in section.rows:
            bounds = (_written(row.goal), _written(row.floor))
            lines.append((row.what, row.ours, row.reference, _compared(row), *bounds))
    return "\n".join(" ".join(("|", *(f"{cell} |".lstrip() for cell in cells))) for cells in lines)


def _compared(row: Row) -> str:
    if row.faster is not None:
        return f"{row.faster:.0f} times as fast"
    return "" if row.ratio is None else f"{row.ratio:.2f} x"


def _written(bound: Bound | None) -> str:
    return "" if bound is None else f"{bound.words}: {_verdict(bound)}"


def _verdict(bound: Bound) -> str:
    return "met" if bound.is_met else "missed"


def _said(bound: Bound | None) -> Text:
    if bound is None:
        return Text("")
    return Text(f"{bound.words} {_verdict(bound)}", style="green" if bound.is_met else "red")


def _gap(unit: Unit) -> str:
    return "" if unit in {"", "x"} else " "
