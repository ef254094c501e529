"""A run chart as a picture: what the child that draws is asked for."""

from handlers.files.charts.all_teams import ChartSheet
from handlers.files.charts.spec import ChartSpec


def draw(spec: ChartSpec) -> bytes:
    """Draw one chart, of a team or of all together, 1600 by 900 pixels, as PNG."""
    from handlers.files.charts import picture  # noqa: PLC0415 - matplotlib is loaded with the first chart

    return picture.draw(spec)


def draw_sheet(sheet: ChartSheet) -> bytes:
    """Draw one small chart per team, all with the same axes, as PNG 1600 wide."""
    from handlers.files.charts import sheet as one_sheet  # noqa: PLC0415 - the same

    return one_sheet.draw_sheet(sheet)
