"""Earlier months come in below a chart, pasted or as a file, and are checked row by row."""

from dataclasses import dataclass, replace
from datetime import datetime

from slack_bolt import Args
from slack_sdk import WebClient

from handlers.charts import page as chart_page
from handlers.charts import reading
from handlers.charts.filling import PicturedView, fill, in_place, waiting_id
from handlers.charts.views import earlier_months as views
from handlers.charts.views import page as chart_views
from handlers.charts.views.earlier_months import HandedIn
from handlers.context import Deps, refuse, visitor
from handlers.errors import words_for
from handlers.files import table
from handlers.files.history import History
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import choice_and, choice_of
from handlers.slack.downloads import download
from handlers.slack.modals import push
from handlers.slack.notice import notice
from models.database import Connection
from models.errors import DomainError
from models.rules.charts.choice import ChartChoice
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.setup.history import Agreed, Giver
from models.services.charts import charts
from models.services.collaborative import visitors
from models.services.setup import earlier_months

READING = "Reading"
NOTHING = "Paste some lines here, or choose a file below."
ONE_OF_TWO = "Please use one of the two: these lines, or the file."


def form(db: Connection, who: Visitor, value: str, _now: datetime) -> View:
    """The form in the chart's place."""
    choice = choice_of(value)
    acting = visitors.insist(db, who, Deed.REPORT, choice.team_id)
    series = charts.chart(db, choice.team_id, choice.measure_id).series
    return views.months_form(acting.team, series.measure, choice)


def accept_form(_deps: Deps, args: Args) -> None:
    """Acknowledge at once: a file is fetched and read afterwards."""
    handed_in = views.read_form(args.body["view"])
    has_text, has_file = bool(handed_in.text.strip()), bool(handed_in.file_id)
    if has_text is has_file:
        refuse(args, {views.LINES: ONE_OF_TWO if has_text else NOTHING})
    else:
        waiting = chart_views.waiting(READING, external_id=waiting_id(args.body["trigger_id"]))
        push(args, waiting)


def read(deps: Deps, args: Args) -> None:
    """Read what was handed in: keep it when all is good, else say which rows are not."""
    handed_in = views.read_form(args.body["view"])
    who, now = visitor(args), deps.clock.now()
    try:
        giver, known = deps.db.read(lambda db: _asked(db, who, handed_in.choice, now))
        handed = reading.read(_source(args.client, handed_in), known)
        showing, is_added = deps.db.write(lambda db: _sorted(db, giver, handed, Agreed()))
    except DomainError as refusal:
        showing, is_added = PicturedView(notice(words_for(refusal, args.body))), False
    fill(deps, args, {"external_id": waiting_id(args.body["trigger_id"])}, lambda _: showing)
    if is_added:
        _show_below(deps, args, handed_in.choice)


def keep_good(deps: Deps, args: Args) -> None:
    """Keep the good rows the view carries, checked anew; only what it showed is replaced."""
    metadata, who, now = args.body["view"]["private_metadata"], visitor(args), deps.clock.now()
    choice, _ = choice_and(metadata)

    def unit(db: Connection) -> tuple[PicturedView, bool]:
        giver = _giver(db, who, choice, now)
        rows, agreed = views.read_rows(metadata, giver.acting.team)
        return _sorted(db, giver, History(rows, ()), agreed)

    showing, is_added = deps.db.write(unit)
    fill(deps, args, {"view_id": args.body["view"]["id"]}, lambda _: showing)
    if is_added:
        _show_below(deps, args, choice)


@dataclass(frozen=True)
class _MonthsGiver:
    """Who gives months to which chart, and when."""

    acting: Acting
    slack_team: str
    choice: ChartChoice
    now: datetime


def _giver(db: Connection, who: Visitor, choice: ChartChoice, now: datetime) -> _MonthsGiver:
    acting = visitors.insist(db, who, Deed.REPORT, choice.team_id)
    return _MonthsGiver(acting, who.slack_team, choice, now)


def _asked(
    db: Connection, who: Visitor, choice: ChartChoice, now: datetime
) -> tuple[_MonthsGiver, dict[str, str]]:
    """Who gives, and the columns a table need not have."""
    giver = _giver(db, who, choice, now)
    measure = charts.chart(db, choice.team_id, choice.measure_id).series.measure
    return giver, {"team": giver.acting.team.key, "measure": measure.key}


def _source(client: WebClient, handed_in: HandedIn) -> bytes | str:
    return download(client, handed_in.file_id, table.LARGEST) if handed_in.file_id else handed_in.text


def _sorted(
    db: Connection, giver: _MonthsGiver, handed: History, agreed: Agreed
) -> tuple[PicturedView, bool]:
    """Add the rows when all are good; only what was agreed to is replaced or moves a frozen median."""
    rows = earlier_months.sort_out(db, giver.acting, giver.slack_team, handed.rows, giver.now)
    rows = replace(rows, problems=tuple(sorted({*handed.problems, *rows.problems})))
    if rows.is_to_be_seen(agreed):
        return PicturedView(views.sorted_out(rows, handed.left_empty, giver.choice)), False
    today = giver.acting.collaborative.day_of(giver.now)
    by = Giver(today, giver.now, giver.acting.member.id)
    became = earlier_months.add(db, giver.acting, rows.good, by)
    return PicturedView(views.added(became, giver.acting.team.name, handed.left_empty, rows.moves)), True


def _show_below(deps: Deps, args: Args, choice: ChartChoice) -> None:
    chart_page.show(deps, args, choice, {"view_id": args.body["view"]["root_view_id"]})


PRESSES = {action_ids.CHART_ADD: opens(form, in_place), action_ids.MONTHS_KEEP: keep_good}
SENDS = {action_ids.MONTHS_FORM: accept_form}
FOLLOW_UPS = {action_ids.MONTHS_FORM: read}
