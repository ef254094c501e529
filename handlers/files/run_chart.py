"""A run chart as a picture (PNG) and in words: what the values of a team say, for people at a phone."""

from handlers.files.all_teams import Sheet, sheets
from handlers.files.chart_spec import ChartSpec, Marker, PhaseStart, Together
from handlers.files.chart_title import title
from handlers.files.chart_words import alt_text, caption
from handlers.files.sheet_words import sheet_alt_text, sheet_caption

__all__ = [
    "ChartSpec",
    "Marker",
    "PhaseStart",
    "Sheet",
    "Together",
    "alt_text",
    "caption",
    "draw",
    "draw_sheet",
    "sheet_alt_text",
    "sheet_caption",
    "sheets",
    "title",
]


def draw(spec: ChartSpec) -> bytes:
    """Draw one chart, of a team or of all together, 1600 by 900 pixels, as PNG."""
    from handlers.files import chart_picture  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return chart_picture.draw(spec)


def draw_sheet(sheet: Sheet) -> bytes:
    """Draw one small chart per team, all with the same axes, as PNG 1600 wide."""
    from handlers.files import chart_sheet  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return chart_sheet.draw_sheet(sheet)
