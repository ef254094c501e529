"""The numbers above a chart: those too close to stand alone share a badge, whatever they stand for."""

from typing import Any

import pytest

from handlers.files.charts.canvas import Canvas
from handlers.files.charts.margins import draw_notes
from handlers.files.charts.scale import Frame, Scale, axis_for
from handlers.files.charts.spec import ChartSpec, Marker
from models.rules.collaborative.measure import Direction, Unit, UnitKind

PERCENT = Unit(UnitKind.PERCENT)
C, N, D = "Cycle", "Note", "Definition"


class Listening(Canvas):
    """A canvas that also remembers what was written on it."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.written: list[str] = []

    def text(self, at: Any, words: str, *more: Any) -> float:
        self.written.append(words)
        return super().text(at, words, *more)


def numbers(*marks: tuple[str, int], n: int = 24) -> list[str]:
    """The numbers that stand above a chart with marks of these kinds at these positions, left to right."""
    markers = tuple(Marker(at, number, "x", kind) for number, (kind, at) in enumerate(marks, 1))
    spec = ChartSpec(
        "Cedar",
        "BP control",
        PERCENT,
        Direction.HIGHER,
        tuple(map(str, range(n))),
        tuple(range(n)),
        markers=markers,
    )
    canvas = Listening(1600, 900)
    frame = Frame(100, 100, 1500, 800)
    draw_notes(canvas, spec, Scale(frame, n, axis_for(spec.reading.levels, PERCENT)), 60)
    return canvas.written


@pytest.mark.parametrize(
    ("marks", "seen"),
    [
        ([(C, 3), (N, 12)], ["1", "2"]),
        ([(C, 3), (N, 3)], ["1, 2"]),
        ([(C, 3), (C, 10), (N, 10)], ["1", "2, 3"]),
        ([(C, 3), (C, 3), (C, 3), (N, 3), (N, 3)], ["1-3, 4-5"]),
        ([(C, 3), (C, 20), (N, 3), (N, 20), (N, 20)], ["1, 3", "2, 4-5"]),
        ([(C, 3), (N, 3), (D, 3)], ["1, 2, 3"]),
        ([(D, 9)], ["1"]),
    ],
)
def test_cycles_notes_and_definitions_of_one_month_share_a_badge(
    marks: list[tuple[str, int]], seen: list[str]
) -> None:
    """Each kind keeps its numbers in a row: cycles first, then notes, then changed definitions."""
    assert numbers(*marks) == seen


def test_neighbours_share_a_badge_where_they_would_touch_and_no_number_is_lost() -> None:
    """In sixty months a month is narrower than a number."""
    crowd = [(C, 30), (C, 31), (N, 30), (N, 32), (N, 58)]
    assert numbers(*crowd, n=60) == ["1-2, 3-4", "5"]
