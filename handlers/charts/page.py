"""What the chart modal holds: picks the chart a person may see, and lays its pictures and words out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from slack_bolt import Args

from handlers.chart_pictures import DRAW, picture_of
from handlers.charts.filling import PicturedView, Target, fill
from handlers.charts.views import page as views
from handlers.charts.views.page import Page, Rights, ShownChart
from handlers.context import Deps, stranger, visitor
from handlers.delivery.outgoing import Picture
from handlers.files.charts.all_teams import sheets
from handlers.files.charts.sheet_words import sheet_alt_text, sheet_caption
from handlers.files.charts.spec_of import ALL, chart_of, together
from handlers.files.charts.title import title
from handlers.files.charts.words import alt_text, details, headline
from handlers.slack.blocks import ChartImage
from models.database import Connection
from models.errors import DomainError
from models.rules.charts.charts import TeamChart, side_by_side
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.charts.control_chart import Kind, kinds_for
from models.rules.charts.signals import signal_of
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed, may
from models.services.charts import charts
from models.services.collaborative import viewers, visitors

DRAW_SHEET = "handlers.files.charts.run_chart:draw_sheet"


@dataclass(frozen=True)
class Drawn:
    """One of several pictures, with its words."""

    picture: Picture
    title: str
    caption: str

    @property
    def shown(self) -> ShownChart:
        return ShownChart(
            self.title, self.caption, ChartImage(self.picture.block_id, "", self.picture.alt_text)
        )


def typed(db: Connection, who: Visitor, words: str) -> ChartChoice:
    """The chart a person typed. Raises DomainError when there is none, or for a stranger."""
    known = viewers.viewers(db, who)
    if not known:
        raise DomainError(stranger(db, who))
    return viewers.named(known, words)


def show(deps: Deps, args: Args, choice: ChartChoice, target: Target) -> None:
    """Draw the chart of a choice into an open modal."""
    fill(deps, args, target, partial(page, who=visitor(args), choice=choice, now=deps.clock.now()))


def page(db: Connection, who: Visitor, choice: ChartChoice, now: datetime) -> PicturedView:
    """The modal of a choice. Raises DomainError when it is not this person's to look at."""
    known = viewers.viewers(db, who)
    viewer = viewers.seen(known, choice)
    if choice.team_id == ALL_TEAMS:
        drawn = _all_teams(charts.all_teams(db, choice.collaborative_id, choice.measure_id, now))
        shown = Page(choice, known, viewer, [one.shown for one in drawn])
        return PicturedView(views.chart_view(shown), tuple(one.picture for one in drawn))
    chart = charts.chart(db, choice.team_id, choice.measure_id, now)
    rights = rights_of(db, who, choice.team_id)
    signal = None if choice.limits else signal_of(chart)
    drawn = _one(chart, choice.limits)
    shown = Page(
        choice,
        known,
        viewer,
        charts=[one.shown for one in drawn],
        chart=chart,
        rights=rights,
        suggests_phase=rights.steers and bool(signal and signal.is_good),
        kinds=kinds_for(chart.series.measure.unit, chart.levels),
    )
    return PicturedView(views.chart_view(shown), tuple(one.picture for one in drawn))


def _one(chart: TeamChart, limits: Kind | None) -> list[Drawn]:
    """The chart of a team; limits only where there are values enough for them."""
    if not chart.series.points:
        return []
    is_offered = limits in kinds_for(chart.series.measure.unit, chart.levels)
    spec = replace(chart_of(chart), limits=limits if is_offered else None)
    return [Drawn(picture_of(chart, spec, "chart"), headline(spec), details(spec))]


def rights_of(db: Connection, who: Visitor, team_id: int) -> Rights:
    """What a person may do with a team's charts; looking is everybody's."""
    try:
        acting = visitors.insist(db, who, Deed.REPORT, team_id)
    except DomainError:
        return Rights()
    return Rights(adds=True, steers=may(acting, Deed.MOVE_MEDIAN))


def numbers(db: Connection, who: Visitor, choice: ChartChoice, now: datetime) -> Sequence[TeamChart]:
    """The charts whose numbers are asked for; those of all teams only for who sees all at once."""
    viewers.seen(viewers.viewers(db, who), choice)
    if choice.team_id == ALL_TEAMS:
        return charts.all_teams(db, choice.collaborative_id, choice.measure_id, now)
    return [charts.chart(db, choice.team_id, choice.measure_id, now)]


def pictures(db: Connection, who: Visitor, choice: ChartChoice, now: datetime) -> Sequence[Drawn]:
    """The pictures of a choice. Raises DomainError when it is not this person's to look at."""
    team_charts = numbers(db, who, choice, now)
    return _all_teams(team_charts) if choice.team_id == ALL_TEAMS else _one(team_charts[0], choice.limits)


def _all_teams(team_charts: Sequence[TeamChart]) -> list[Drawn]:
    return [*_sheets(team_charts), *_together(team_charts)] if team_charts else []


def _sheets(team_charts: Sequence[TeamChart]) -> Iterator[Drawn]:
    specs = [chart_of(chart) for chart in side_by_side(team_charts)]
    for i, sheet in enumerate(sheets(specs, f"{ALL}: {specs[0].measure}"), 1):
        words = sheet_alt_text(sheet.specs, sheet.heading)
        picture = Picture(f"sheet:{i}", sheet, DRAW_SHEET, f"teams-{i}.png", words)
        yield Drawn(picture, sheet.heading, sheet_caption(sheet.specs))


def _together(team_charts: Sequence[TeamChart]) -> Iterator[Drawn]:
    spec = together(team_charts)
    if spec:
        picture = Picture("together", spec, DRAW, "all-teams.png", alt_text(spec))
        yield Drawn(picture, f"{spec.measure}, all teams together: {title(spec)}", details(spec))
