"""What each digest holds of its own: who is in for which month, and charts of what changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import zip_longest

from sqlalchemy import Connection

from handlers.chart_page import chart_picture
from handlers.digest_section import DigestSection, Section
from handlers.files.chart_of import chart_of
from handlers.files.chart_title import title
from handlers.messages import Picture
from handlers.views.chart import open_button
from handlers.views.digest import Line, Part
from handlers.views.names import REPORT_OPEN
from handlers.views.report_card import ChartWords
from handlers.views.team_month import team_month
from handlers.views.text import button, counted, day, escape, escape_to_fit, listed
from models.rules.charts import TeamChart
from models.rules.digest import MonthStanding, Reader, month_standings
from models.rules.expectation import Expectation, Said
from models.rules.measure import MeasureKind
from models.rules.people import Team
from models.rules.viewers import ChartChoice
from models.services import cases, charts, expectations, ladders
from models.services.cases import Places
from models.services.team_records import records, reports_since

LATELY = timedelta(days=7)
MOST_PICTURES = 3  # more would make the message long to load and to read; the rest is a button away
_NAME = 150

Promises = Mapping[tuple[int, int], Expectation]  # by team and period


def standing(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """Who is in, in late or missing, month by month, with what the missing said of it."""
    today = who.collaborative.day_of(now)
    months = month_standings(records(db, who.collaborative, who.teams, now), today)
    if not months:
        return None
    said = expectations.latest(db, who.collaborative.id)
    held = cases.people(db, ladders.scene(db, who.collaborative.id, now))
    lines = [line for month in months for line in _month(month, said, held, today)]
    summary = " ".join(_month_summary(month) for month in months)
    urgent = any(month.needs_a_hand(today) for month in months)
    return DigestSection(Part("Reports", summary, tuple(lines), is_news=urgent, most=10))


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


BEFORE: Mapping[str, Section] = {"standing": standing}
AFTER: Mapping[str, Section] = {"charts": changed}


def _month(month: MonthStanding, said: Promises, held: Places, today: date) -> list[Line]:
    """Who is in, in a line; then each team that is not, with whom to write to and what can be done."""
    here = [_names("In", month.on_time), _names("In late", month.late)]
    known = " ".join(filter(None, here)) or "Nobody is in yet."
    everybody = "" if month.missing else " Everybody is in."
    missing = [
        _missing(month, team, said.get((team.id, month.period.id)), held, today) for team in month.missing
    ]
    return [Line(f"*{month.period.first_day:%B}* {known}{everybody}"), *missing]


def _missing(
    month: MonthStanding, team: Team, promise: Expectation | None, held: Places, today: date
) -> Line:
    name, period = escape_to_fit(team.name, _NAME), month.period
    days = (today - period.due_on).days
    when = f"{counted(days, 'day')} past its due day" if days > 0 else f"due {_on(period.due_on, today)}"
    people = [f"<@{person.slack_user}>" for person in cases.answering(held, team.id)]
    write = f"\nWrite to {listed(people)}" if people else ""
    words = f"*{name}*, {period.first_day:%B}: {when}{_promised(promise, today)}{write}"
    return Line(words, (button("Report for them", REPORT_OPEN, team_month(team.id, period.id)),))


def _promised(promise: Expectation | None, today: date) -> str:
    if promise is None:
        return "."
    if promise.said is Said.LATER and promise.until:
        if promise.until < today:
            return f"; they expected it on {day(promise.until)}, not in yet."
        return f"; they expect it {day(promise.until)}."
    about = f" with {escape_to_fit(promise.measure, _NAME)}" if promise.measure else ""
    asked = f"they asked for help{about}" if promise.said is Said.HELP else "they cannot this month"
    reason = f": {escape_to_fit(promise.reason, 500)}" if promise.reason else "."
    return f"; {asked}{reason}"


def _on(due_on: date, today: date) -> str:
    return "today" if due_on == today else day(due_on)


def _month_summary(month: MonthStanding) -> str:
    expected = month.teams_in + len(month.missing)
    verb = "is" if month.teams_in == 1 else "are"
    return f"{month.teams_in} of {counted(expected, 'team')} {verb} in for {month.period.first_day:%B}."


def _names(how: str, teams: Sequence[Team]) -> str:
    return f"{how}: {listed([escape_to_fit(team.name, 60) for team in teams])}." if teams else ""


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
