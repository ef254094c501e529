"""The two pictures of all teams, each drawn from one value that can travel to the child that draws."""

from dataclasses import dataclass

from handlers.files.chart_of import Together
from handlers.files.chart_spec import ChartSpec
from handlers.files.run_chart import draw_aggregate, draw_sheet


@dataclass(frozen=True)
class Sheet:
    """Small charts side by side, in the order given, below a heading."""

    specs: tuple[ChartSpec, ...]
    heading: str


def draw_teams(sheet: Sheet) -> bytes:
    """Draw the sheet as PNG."""
    return draw_sheet(sheet.specs, sheet.heading)


def draw_together(both: Together) -> bytes:
    """Draw all teams as one, with their range, as PNG."""
    return draw_aggregate(both.spec, both.ranges)
