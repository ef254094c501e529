"""Marks on a chart: a form, a preview of the chart with it, and only then it is kept; or taken back."""

from dataclasses import dataclass
from datetime import datetime

from slack_bolt import Args

from handlers.chart_pictures import chart_picture
from handlers.charts import page as chart_page
from handlers.charts.filling import PicturedView, fill, in_place, waiting_id
from handlers.charts.views import marks as views
from handlers.charts.views import page as chart_views
from handlers.context import Deps, refuse, visitor
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.words import details, headline
from handlers.form import Form, Press
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import ChartImage, View
from handlers.slack.buttons import choice_of
from handlers.slack.modals import push
from models.database import Connection
from models.errors import DomainError
from models.rules.charts.charts import Mark, MarkKind, TeamChart, Wish
from models.rules.charts.choice import ChartChoice
from models.rules.charts.marking import refuse_unless_fits, with_mark
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed, may, refusal
from models.services.charts import charts, marks
from models.services.charts.marks import NOT_THERE
from models.services.collaborative import visitors

DRAWING = "Drawing"


@dataclass(frozen=True)
class _MarkRequest:
    """Who asks for a mark, on which chart, as it is now."""

    acting: Acting
    chart: TeamChart
    choice: ChartChoice
    wish: Wish
    now: datetime

    def refuse_unless_fits(self) -> None:
        if self.wish.kind.moves_median and not may(self.acting, Deed.MOVE_MEDIAN):
            raise refusal(Deed.MOVE_MEDIAN)
        refuse_unless_fits(self.chart, self.wish)


def form(db: Connection, who: Visitor, value: str, _now: datetime) -> View:
    """The form in the chart's place."""
    choice, kind = views.read_kind(value)
    visitors.insist(db, who, Deed.REPORT, choice.team_id)
    return views.mark_form(charts.chart(db, choice.team_id, choice.measure_id), choice, kind)


def check(deps: Deps, args: Args) -> None:
    """Refuse at the field what makes no sense, else open the preview while it is drawn."""
    choice, wish = views.read_form(args.body["view"])
    who, now = visitor(args), deps.clock.now()
    request = deps.db.read(lambda db: _asked(db, who, choice, wish, now))
    try:
        request.refuse_unless_fits()
    except DomainError as refusal:
        field = views.MONTH if wish.words else views.WHY
        refuse(args, {field: str(refusal)})
    else:
        waiting = chart_views.waiting(DRAWING, external_id=waiting_id(args.body["trigger_id"]))
        push(args, waiting)


def show_preview(deps: Deps, args: Args) -> None:
    """Draw the chart as it would be."""
    choice, wish = views.read_form(args.body["view"])
    who, now = visitor(args), deps.clock.now()
    request = deps.db.read(lambda db: _asked(db, who, choice, wish, now))
    fill(deps, args, {"external_id": waiting_id(args.body["trigger_id"])}, lambda _: _preview(request))


def keep(db: Connection, acting: Acting, press: Press[tuple[ChartChoice, Wish]]) -> None:
    """Keep what the preview showed."""
    choice, wish = press.answers
    marks.set_mark(db, acting, choice.measure_id, wish, press.now)


KEEP = Form(  # the preview closes, and the form below it becomes the chart again
    callback_id=action_ids.MARK_KEEP,
    read=views.read_preview,
    may=lambda db, press: visitors.insist(db, press.who, Deed.REPORT, press.answers[0].team_id),
    keep=keep,
    say=lambda *_: None,
)


def show_kept(deps: Deps, args: Args) -> None:
    """Show the chart with its mark where the form was."""
    choice, _ = views.read_preview(args.body["view"])
    chart_page.show(deps, args, choice, {"view_id": args.body["view"]["root_view_id"]})


def end_form(db: Connection, who: Visitor, value: str, _now: datetime) -> View:
    """Ask what should go, in the chart's place."""
    choice = choice_of(value)
    rights = chart_page.rights_of(db, who, choice.team_id)
    chart = charts.chart(db, choice.team_id, choice.measure_id)
    if endable := chart_views.endable(chart, rights):
        return views.take_back_form(endable, choice)
    raise DomainError(NOT_THERE)


def take_back(db: Connection, acting: Acting, press: Press[tuple[ChartChoice, int, str]]) -> None:
    """End the mark."""
    _, mark_id, why = press.answers
    marks.take_back(db, acting, mark_id, why, press.now)


END = Form(  # the chart without the mark is waited for in the same modal
    callback_id=action_ids.MARK_END,
    read=views.read_take_back,
    may=lambda db, press: visitors.insist(db, press.who, Deed.REPORT, press.answers[0].team_id),
    keep=take_back,
    say=lambda _db, _acting, press: chart_views.waiting(DRAWING, external_id=waiting_id(press.trigger)),
)


def show_taken_back(deps: Deps, args: Args) -> None:
    """Show the chart without the mark."""
    choice, _, _ = views.read_take_back(args.body["view"])
    chart_page.show(deps, args, choice, {"external_id": waiting_id(args.body["trigger_id"])})


def _asked(db: Connection, who: Visitor, choice: ChartChoice, wish: Wish, now: datetime) -> _MarkRequest:
    acting = visitors.insist(db, who, Deed.REPORT, choice.team_id)
    return _MarkRequest(acting, charts.chart(db, choice.team_id, choice.measure_id), choice, wish, now)


def _preview(request: _MarkRequest) -> PicturedView:
    wish = request.wish
    mark = Mark(
        0, wish.kind, wish.month, wish.words, request.acting.member.name, request.now, first=wish.first
    )
    chart = with_mark(request.chart, mark)
    picture = chart_picture(chart, "chart")
    spec = chart_of(chart)
    image = ChartImage(picture.block_id, "", picture.alt_text)
    shown = chart_views.ShownChart(headline(spec), details(spec), image)
    return PicturedView(views.preview(chart_views.chart_blocks(shown), request.choice, wish), (picture,))


PRESSES = {
    **{f"{action_ids.CHART_MARK}:{kind}": opens(form, in_place) for kind in MarkKind},
    action_ids.CHART_TAKE_BACK: opens(end_form, in_place),
}
SENDS = {action_ids.MARK_FORM: check, KEEP.callback_id: KEEP.take, END.callback_id: END.take}
FOLLOW_UPS = {
    action_ids.MARK_FORM: show_preview,
    KEEP.callback_id: show_kept,
    END.callback_id: show_taken_back,
}
