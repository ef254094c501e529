"""How fast and how small charts are, beside a plain pyplot chart of the same content, in the same run."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO

import matplotlib as mpl
from matplotlib import pyplot as plt  # noqa: TID251 - the reference we measure against

from bench.table import Bound, Row, Section, at_most, ms, show
from handlers.files.charts.all_teams import sheets
from handlers.files.charts.run_chart import draw, draw_sheet
from handlers.files.charts.spec import ChartSpec, Marker
from models.rules.charts.run_chart import analyse
from models.rules.collaborative.measure import Direction, Unit, UnitKind

ROUNDS = 7
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTHS = tuple(f"{name} {year}" for year in (2025, 2026) for name in NAMES)


def team(number: int, turn: int) -> ChartSpec:
    """Make up 24 months of one team, different for each number and turn: values, names and words."""
    values = tuple(
        Fraction(4500 + month * 50 + (month * 7919 + number * 311 + turn * 97) % 1700, 100)
        for month in range(24)
    )
    unit, name, measure = (
        Unit(UnitKind.PERCENT),
        f"Team {number} of {turn}",
        f"BP under control, {turn}",
    )
    notes = (Marker(8, 1, f"Recheck {number}.{turn}"), Marker(15, 2, f"Huddle {number}.{turn} at noon"))
    goal = 70 + turn % 9
    return ChartSpec(
        name, measure, unit, Direction.HIGHER, MONTHS, values, goal=goal, freeze=12, markers=notes
    )


def rows() -> list[Section]:
    """Measure each pair in turns, a new chart each time: no cache of words or answers flatters either."""
    mpl.use("Agg")
    one = in_turns(lambda turn: draw(team(0, turn)), lambda turn: plain([team(0, turn)]))
    many = in_turns(
        lambda turn: draw_sheet(*sheets(twelve(turn), f"All {turn}")), lambda turn: plain(twelve(turn))
    )
    found = (
        *drawn("one chart, 24 months", one, (15, 4), 60),
        *drawn("sheet of 12 teams", many, (40, 5), 100),
        judged(),
    )
    return [Section("Charts; pyplot, a new chart each time", found)]


def twelve(turn: int) -> list[ChartSpec]:
    """Return the teams of a sheet."""
    return [team(number, turn) for number in range(12)]


@dataclass(frozen=True)
class Pair:
    """Seconds and bytes of ours and theirs, the middle of several turns."""

    seconds: tuple[float, float]
    sizes: tuple[float, float]


def drawn(what: str, pair: Pair, times: tuple[float, float], most: float) -> tuple[Row, Row]:
    """Say how many times as fast (goal, floor), and how large in KiB."""
    (ours, theirs), (size, plain_size) = pair.seconds, pair.sizes
    goal, floor = (Bound(f"{least:g} times as fast", theirs / ours >= least) for least in times)
    is_small = Bound(f"<= {most:g} KiB", size <= most * 1024)
    return (
        Row(what, ms(ours), ms(theirs), goal=goal, floor=floor, faster=theirs / ours),
        Row(f"{what}, size", f"{size / 1024:.0f} KiB", f"{plain_size / 1024:.0f} KiB", floor=is_small),
    )


def judged() -> Row:
    """Say how long the rules take for one chart."""
    took = []
    for turn in range(100):
        values = team(0, turn).values
        start = time.perf_counter()
        analyse(values, freeze=12)
        took.append(time.perf_counter() - start)
    found = statistics.median(took)
    return Row("run-chart rules, 24 months", ms(found), floor=at_most(found * 1000, 1, "ms"))


def in_turns(ours: Callable[[int], bytes], theirs: Callable[[int], bytes]) -> Pair:
    """Run both alternately, so that a busy machine slows both; the first turn warms up."""
    took: tuple[list[float], list[float]] = ([], [])
    sizes: tuple[list[int], list[int]] = ([], [])
    for turn in range(ROUNDS + 1):
        for times, lengths, act in zip(took, sizes, (ours, theirs), strict=True):
            start = time.perf_counter()
            lengths.append(len(act(turn)))
            times.append(time.perf_counter() - start)
    middle, large = (tuple(statistics.median(each[1:]) for each in pair) for pair in (took, sizes))
    return Pair((middle[0], middle[1]), (large[0], large[1]))


def plain(specs: Sequence[ChartSpec]) -> bytes:
    """Draw the same content as most scripts do: pyplot, all labels, legend, tight_layout, savefig."""
    columns = 1 if len(specs) == 1 else 3
    figure, axes = plt.subplots(-(-len(specs) // columns), columns, figsize=(16, 9), dpi=100, squeeze=False)
    for spec, ax in zip(specs, axes.flat, strict=True):
        levels = [float(value or 0) for value in spec.values]
        base = statistics.median(levels[: spec.freeze])
        ax.axvspan(-0.5, (spec.freeze or 0) - 0.5, color="#e8edee")
        ax.plot(spec.months, levels, marker="o", label="value")
        ax.axhline(base, color="black", label="median")
        ax.axhline(float(spec.goal or 0), color="purple", linestyle="-.", label="goal")
        for note in spec.markers:
            ax.annotate(note.text, (note.position - 1, max(levels)), rotation=20)
            ax.axvline(note.position - 1, linestyle=":")
        ax.set_title(f"{spec.team}: {spec.measure}")
        ax.set_ylabel("Percent")
        ax.tick_params(axis="x", rotation=60)
        ax.legend()
    figure.tight_layout()
    file = BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return file.getvalue()


if __name__ == "__main__":
    show(rows())
