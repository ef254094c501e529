"""A team's chart as a picture in any message: what is drawn, and the words that stand for it."""

from handlers.delivery.outgoing import Picture
from handlers.files.charts.spec import ChartSpec
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.title import title
from handlers.files.charts.words import alt_text
from handlers.slack.blocks import ChartImage
from models.rules.charts.charts import TeamChart

DRAW = "handlers.files.charts.run_chart:draw"


def chart_picture(chart: TeamChart, block_id: str) -> Picture:
    """A team's chart, to be drawn."""
    return picture_of(chart, chart_of(chart), block_id)


def picture_of(chart: TeamChart, spec: ChartSpec, block_id: str) -> Picture:
    """The same drawn another way, such as with control limits."""
    series = chart.series
    return Picture(block_id, spec, DRAW, f"{series.team.key}-{series.measure.key}.png", alt_text(spec))


def chart_image(chart: TeamChart, picture: Picture) -> ChartImage:
    """The place of a chart in a message about its team: the measure, and what the chart shows."""
    heading = f"{chart.series.measure.name}: {title(chart_of(chart))}"
    return ChartImage(picture.block_id, heading, picture.alt_text)
