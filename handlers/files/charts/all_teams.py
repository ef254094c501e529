"""All teams on sheets of small charts: a few to a sheet, so that each can be read on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.files.charts.scale import Axis, axis_for, levels_to_hold
from handlers.files.charts.spec import ChartSpec

MOST = 12  # charts of one sheet


@dataclass(frozen=True)
class ChartSheet:
    """Small charts side by side, in the order given, below a heading; the axis is that of all sheets."""

    specs: tuple[ChartSpec, ...]
    heading: str
    axis: Axis


def sheets(specs: Sequence[ChartSpec], heading: str) -> tuple[ChartSheet, ...]:
    """Share charts out over as few sheets as hold them, each about as full as the others."""
    if not specs:
        return ()
    axis = axis_for((level for spec in specs for level in levels_to_hold(spec)), specs[0].unit)
    many = -(-len(specs) // MOST)
    cuts = [len(specs) * i // many for i in range(many + 1)]
    headings = [f"{heading} ({i} of {many})" if many > 1 else heading for i in range(1, many + 1)]
    parts = zip(cuts, cuts[1:], headings, strict=False)
    return tuple(ChartSheet(tuple(specs[first:last]), words, axis) for first, last, words in parts)
