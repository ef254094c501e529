"""What is posted of a report, composed from the database at the last moment before it is sent."""

from collections.abc import Mapping
from datetime import datetime

from handlers.chart_pictures import chart_image, chart_picture
from handlers.delivery.outgoing import Compose, Outgoing, Picture, RowArgs
from handlers.report.views import card as views
from handlers.report.views.taking_out import note_out_message
from handlers.slack.blocks import ChartImage
from models.database import Connection
from models.rules.charts.charts import TeamChart, main_chart
from models.services.charts import charts
from models.services.report import cards, taking_out


def report_card(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The card all teams see, with the run chart of its first outcome measure."""
    card = cards.card(db, args["report_id"])
    chosen = main_chart(charts.report_charts(db, card.report_id))
    if chosen is None:
        return Outgoing(*views.card_message(card))
    picture, image = _chart(chosen)
    return Outgoing(*views.card_message(card, image), (picture,))


def report_charts(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """The charts of the other measures, for the card's thread; none when the card's chart is the only one."""
    card = cards.card(db, args["report_id"])
    all_charts = charts.report_charts(db, card.report_id)
    main = main_chart(all_charts)
    others = {each.series.measure.name: _chart(each) for each in all_charts if each is not main}
    if not others:
        return None
    message = views.charts_message(card, {measure: image for measure, (_, image) in others.items()})
    return Outgoing(*message, tuple(picture for picture, _ in others.values()))


def correction(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The note in the card's thread: who corrected what, and when."""
    return Outgoing(*views.correction_message(cards.correction(db, args["correction_id"])))


def coach_note(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """The words for the coach; none when a correction has taken them back."""
    note = cards.coach_note(db, args["report_id"])
    return Outgoing(*views.coach_note_message(note)) if note.note.strip() else None


def note_taken_out(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """That the words for the coach were taken out, in place of them."""
    edit = taking_out.note_taken_out(db, args)
    return Outgoing(*note_out_message(*edit)) if edit else None


COMPOSERS: Mapping[str, Compose] = {
    "report_card": report_card,
    "report_charts": report_charts,
    "correction": correction,
    "coach_note": coach_note,
    "note_taken_out": note_taken_out,
}


def _chart(chart: TeamChart) -> tuple[Picture, ChartImage]:
    picture = chart_picture(chart, f"chart:{chart.series.measure.id}")
    return picture, chart_image(chart, picture)
