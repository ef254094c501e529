"""The main chart of each report that came in the last week, in each digest."""

from datetime import datetime, timedelta
from itertools import zip_longest

from handlers.chart_pictures import chart_image, chart_picture
from handlers.feature import DigestSection
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.title import title
from handlers.slack.blocks import ChartImage
from handlers.slack.buttons import open_button
from handlers.slack.parts import Line, Part
from handlers.slack.words import counted, escape, safe_name
from models.database import Connection
from models.rules.charts.charts import TeamChart, main_chart
from models.rules.charts.choice import ChartChoice
from models.rules.coaching.digest import Reader
from models.services.charts import charts
from models.services.report.team_records import reports_since

LATELY = timedelta(days=7)
MOST_PICTURES = 3  # more would make the message long to load and to read; the rest is a button away


def changed(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The main chart of each report that came in the last week; the first few as pictures."""
    came = reports_since(db, who.collaborative, who.teams, now - LATELY)
    team_charts = [chart for report in came if (chart := main_chart(charts.report_charts(db, report)))]
    if not team_charts:
        return None
    drawn = team_charts[:MOST_PICTURES]
    pictures = [chart_picture(chart, f"chart:{chart.series.team.id}") for chart in drawn]
    images = [chart_image(chart, each) for chart, each in zip(drawn, pictures, strict=True)]
    lines = [_chart_line(who, *pair) for pair in zip_longest(team_charts, images)]
    summary = f"{counted(len(team_charts), 'chart')} changed this week."
    return DigestSection(Part("Charts of what changed", summary, tuple(lines)), tuple(pictures))


def _chart_line(who: Reader, chart: TeamChart, image: ChartImage | None) -> Line:
    team, measure = chart.series.team, chart.series.measure
    whose = f"*{safe_name(team.name)}*, {safe_name(measure.name)}"
    words = f"{whose}: {escape(title(chart_of(chart)))}"
    choice = ChartChoice(who.collaborative.id, team.id, measure.id)
    return Line(words, (open_button(choice),), image)
