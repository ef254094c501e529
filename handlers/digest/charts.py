"""The main chart of each report that came in the last week, in each digest."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy import Connection

from handlers.charts.page import chart_picture
from handlers.delivery.outgoing import Picture
from handlers.digest_section import DigestSection, Section
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.title import title
from handlers.slack.blocks import ChartWords
from handlers.slack.buttons import open_button
from handlers.slack.parts import Line, Part
from handlers.slack.words import counted, escape, escape_to_fit
from models.rules.charts.charts import TeamChart
from models.rules.charts.choice import ChartChoice
from models.rules.coaching.digest import Reader
from models.rules.collaborative.measure import MeasureKind
from models.services.charts import charts
from models.services.report.team_records import reports_since

LATELY = timedelta(days=7)
MOST_PICTURES = 3  # more would make the message long to load and to read; the rest is a button away
_NAME = 150


def changed(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The main chart of each report that came in the last week; the first few as pictures."""
    came = reports_since(db, who.collaborative, who.teams, now - LATELY)
    found = [chart for report in came if (chart := _main(charts.report_charts(db, report)))]
    if not found:
        return None
    drawn = found[:MOST_PICTURES]
    pictures = [chart_picture(chart, f"chart:{chart.series.team.id}") for chart in drawn]
    images = [_image(chart, each) for chart, each in zip(drawn, pictures, strict=True)]
    lines = [_chart_line(who, *pair) for pair in zip_longest(found, images)]
    summary = f"{counted(len(found), 'chart')} changed this week."
    return DigestSection(Part("Charts of what changed", summary, tuple(lines)), tuple(pictures))


SECTIONS: Mapping[str, Section] = {"charts": changed}


def _main(found: Sequence[TeamChart]) -> TeamChart | None:
    """The first outcome measure; any other when the team counted none."""
    outcomes = [each for each in found if each.series.measure.kind is MeasureKind.OUTCOME]
    return next(iter([*outcomes, *found]), None)


def _image(chart: TeamChart, picture: Picture) -> ChartWords:
    return ChartWords(picture.block_id, chart.series.measure.name, _title(chart), picture.alt_text)


def _title(chart: TeamChart) -> str:
    return title(chart_of(chart))


def _chart_line(who: Reader, chart: TeamChart, image: ChartWords | None) -> Line:
    team, measure = chart.series.team, chart.series.measure
    words = (
        f"*{escape_to_fit(team.name, _NAME)}*, {escape_to_fit(measure.name, _NAME)}: {escape(_title(chart))}"
    )
    choice = ChartChoice(who.collaborative.id, team.id, measure.id)
    return Line(words, (open_button(choice),), image)
