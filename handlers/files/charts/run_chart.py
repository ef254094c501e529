"""A run chart as a picture (PNG) and in words: what the values of a team say, for people at a phone."""

from handlers.files.charts.all_teams import ChartSheet, sheets
from handlers.files.charts.sheet_words import sheet_alt_text, sheet_caption
from handlers.files.charts.spec import ChartSpec, Marker, PhaseStart, Together
from handlers.files.charts.title import title
from handlers.files.charts.words import alt_text, caption

__all__ = [
    "ChartSheet",
    "ChartSpec",
    "Marker",
    "PhaseStart",
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
    from handlers.files.charts import picture  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return picture.draw(spec)


def draw_sheet(sheet: ChartSheet) -> bytes:
    """Draw one small chart per team, all with the same axes, as PNG 1600 wide."""
    from handlers.files.charts import sheet as one_sheet  # noqa: PLC0415 - the same

    return one_sheet.draw_sheet(sheet)
