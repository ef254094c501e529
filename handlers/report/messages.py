"""What is posted of a report, composed from the database at the last moment before it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from handlers.charts.page import chart_picture
from handlers.context import today_at
from handlers.delivery.outgoing import Compose, Outgoing, Picture, RowArgs
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.title import title
from handlers.report.views import card as views
from handlers.roll_call.views import roll_call_message
from handlers.slack.blocks import ChartWords
from models.rules.charts.charts import TeamChart
from models.rules.collaborative.measure import MeasureKind
from models.services.charts import charts
from models.services.report import reporting


def report_card(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The card all teams see, with the run chart of its first outcome measure."""
    card = reporting.card(db, args["report_id"])
    chosen = _main(charts.report_charts(db, card.report_id))
    if chosen is None:
        return Outgoing(*views.card_message(card))
    picture, words = _chart(chosen)
    return Outgoing(*views.card_message(card, words), (picture,))


def report_charts(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """The charts of the other measures, for the card's thread; none when the card's chart is the only one."""
    card = reporting.card(db, args["report_id"])
    all_charts = charts.report_charts(db, card.report_id)
    chosen = _main(all_charts)
    others = [_chart(each) for each in all_charts if each is not chosen]
    if not others:
        return None
    message = views.charts_message(card, [words for _, words in others])
    return Outgoing(*message, tuple(picture for picture, _ in others))


def correction(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The note in the card's thread: who corrected what, and when."""
    return Outgoing(*views.correction_message(reporting.correction(db, args["correction_id"])))


def roll_call(db: Connection, args: RowArgs, now: datetime) -> Outgoing:
    """Who is in this month."""
    call = reporting.roll_call(db, args["period_id"])
    return Outgoing(*roll_call_message(call, today_at(call.collaborative, now)))


def coach_note(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """The words for the coach; none when a correction has taken them back."""
    note = reporting.coach_note(db, args["report_id"])
    return Outgoing(*views.coach_note_message(note)) if note.note.strip() else None


COMPOSERS: Mapping[str, Compose] = {
    "report_card": report_card,
    "report_charts": report_charts,
    "correction": correction,
    "roll_call": roll_call,
    "coach_note": coach_note,
}


def _main(all_charts: Sequence[TeamChart]) -> TeamChart | None:
    """The first outcome measure with a value; any other when the team counted no outcome."""
    outcomes = [each for each in all_charts if each.series.measure.kind is MeasureKind.OUTCOME]
    return next(iter([*outcomes, *all_charts]), None)


def _chart(chart: TeamChart) -> tuple[Picture, ChartWords]:
    measure = chart.series.measure
    picture = chart_picture(chart, f"chart:{measure.id}")
    said = title(chart_of(chart))
    return picture, ChartWords(picture.block_id, measure.name, said, picture.alt_text)
