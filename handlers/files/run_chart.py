"""A run chart as a picture (PNG) and in words: what the values of a team say, for people at a phone."""

from collections.abc import Sequence

from handlers.files.chart_spec import ChartSpec, Marker, PhaseStart
from handlers.files.chart_words import Ranges, alt_text, caption, sheet_alt_text, title

__all__ = [
    "ChartSpec",
    "Marker",
    "PhaseStart",
    "Ranges",
    "alt_text",
    "caption",
    "draw",
    "draw_aggregate",
    "draw_sheet",
    "sheet_alt_text",
    "title",
]


def draw(spec: ChartSpec) -> bytes:
    """Draw one chart, 1600 by 900 pixels, as PNG."""
    return draw_aggregate(spec, ())


def draw_aggregate(spec: ChartSpec, ranges: Ranges) -> bytes:
    """Draw the chart of all teams together (sum / sum) as PNG, 1600 by 900 pixels.

    Each month has a bar from the lowest to the highest team, in the units people see; None draws no bar.
    """
    from handlers.files import chart_picture  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return chart_picture.draw(spec, ranges)


def draw_sheet(specs: Sequence[ChartSpec], title: str) -> bytes:
    """Draw one small chart per team, all with the same y axis, as PNG 1600 wide.

    Raises:
        DomainError: where there is no team.
    """
    from handlers.files import chart_sheet  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return chart_sheet.draw_sheet(specs, title)
