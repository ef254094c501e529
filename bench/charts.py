"""How fast and how small charts are, beside a plain pyplot chart of the same content, in the same run."""

import statistics
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from io import BytesIO

import matplotlib as mpl
from matplotlib import pyplot as plt  # noqa: TID251 - the reference we measure against

from handlers.files.run_chart import ChartSpec, Marker, draw, draw_sheet
from models.rules.measure import Direction, Unit, UnitKind
from models.rules.run_chart import analyse

ROUNDS = 7
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTHS = tuple(f"{name} {year}" for year in (2025, 2026) for name in NAMES)
NOTES = (Marker(8, 1, "Recheck raised readings"), Marker(15, 2, "Huddle at noon"))


def team(number: int) -> ChartSpec:
    """Make up 24 months of one team, different for each number."""
    values = tuple(Fraction(45 + month // 2 + (month * 7919 + number * 31) % 17) for month in range(24))
    unit, name = Unit(UnitKind.PERCENT), f"Team {number}"
    return ChartSpec(
        name, "BP under control", unit, Direction.HIGHER, MONTHS, values, goal=70, freeze=12, markers=NOTES
    )


def rows() -> list[tuple[str, str]]:
    """Measure each pair in turns and return what a table says of it."""
    mpl.use("Agg")
    teams = [team(number) for number in range(12)]
    one, plain_one = in_turns(lambda: draw(teams[0]), lambda: plain(teams[:1]))
    sheet, plain_sheet = in_turns(lambda: draw_sheet(teams, "All teams"), lambda: plain(teams))
    values = [float(value or 0) for value in teams[0].values]
    told, _ = in_turns(lambda: repeat(100, lambda: analyse(values, freeze=12)), lambda: None)
    return [
        (
            "one chart, 24 months",
            f"{ms(one)}, {plain_one / one:.0f} times as fast as pyplot ({ms(plain_one)})",
        ),
        (
            "one chart, size",
            f"{len(draw(teams[0])) / 1024:.0f} KiB (pyplot {len(plain(teams[:1])) / 1024:.0f} KiB)",
        ),
        (
            "sheet of 12 teams",
            f"{ms(sheet)}, {plain_sheet / sheet:.0f} times as fast as pyplot ({ms(plain_sheet)})",
        ),
        (
            "sheet of 12 teams, size",
            f"{len(draw_sheet(teams, 'x')) / 1024:.0f} KiB (pyplot {len(plain(teams)) / 1024:.0f} KiB)",
        ),
        ("run-chart rules, 24 months", f"{told / 100 * 1000:.2f} ms"),
    ]


def in_turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Run both alternately, so that a busy machine slows both; return the median seconds of each."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for times, act in zip(took, (ours, theirs), strict=True):
            start = time.perf_counter()
            act()
            times.append(time.perf_counter() - start)
    return statistics.median(took[0][1:]), statistics.median(took[1][1:])  # the first round warms up


def repeat(times: int, act: Callable[[], object]) -> None:
    """Do something so often that it can be measured."""
    for _ in range(times):
        act()


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


def ms(seconds: float) -> str:
    """Write a time in milliseconds."""
    return f"{seconds * 1000:.0f} ms"


def main() -> None:
    """Print the table."""
    for what, result in rows():
        print(f"{what:28} {result}")


if __name__ == "__main__":
    main()
