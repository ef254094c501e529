"""What is posted of a report, composed from the database at the last moment before it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from handlers.context import today_at
from handlers.files.chart_spec import ChartSpec
from handlers.files.chart_words import alt_text, title
from handlers.messages import Compose, Outgoing, Picture
from handlers.views import report_card as views
from handlers.views.roll_call import roll_call_message
from models.rules.measure import MeasureKind
from models.rules.report import Point, Series
from models.services import report
from models.services.series import team_series

Args = Mapping[str, Any]

_DRAW = "handlers.files.run_chart:draw"


def report_card(db: Session, args: Args, _now: datetime) -> Outgoing:
    """The card all teams see, with the run chart of its first outcome measure."""
    card = report.card(db, args["report_id"])
    chosen = _main(team_series(db, card.report_id))
    if chosen is None:
        return Outgoing(*views.card_message(card))
    picture, words = _chart(chosen)
    return Outgoing(*views.card_message(card, words), (picture,))


def report_charts(db: Session, args: Args, _now: datetime) -> Outgoing | None:
    """The charts of the other measures, for the card's thread; none when the card's chart is the only one."""
    card = report.card(db, args["report_id"])
    all_series = team_series(db, card.report_id)
    chosen = _main(all_series)
    charts = [_chart(each) for each in all_series if each is not chosen]
    if not charts:
        return None
    message = views.charts_message(card, [words for _, words in charts])
    return Outgoing(*message, tuple(picture for picture, _ in charts))


def correction(db: Session, args: Args, _now: datetime) -> Outgoing:
    """The note in the card's thread: who corrected what, and when."""
    return Outgoing(*views.correction_message(report.correction(db, args["correction_id"])))


def roll_call(db: Session, args: Args, now: datetime) -> Outgoing:
    """Who is in this month."""
    call = report.roll_call(db, args["period_id"])
    return Outgoing(*roll_call_message(call, today_at(call.collaborative, now)))


def coach_note(db: Session, args: Args, _now: datetime) -> Outgoing | None:
    """The words for the coach; none when a correction has taken them back."""
    note = report.coach_note(db, args["report_id"])
    return Outgoing(*views.coach_note_message(note)) if note.note.strip() else None


COMPOSERS: Mapping[str, Compose] = {
    "report_card": report_card,
    "report_charts": report_charts,
    "correction": correction,
    "roll_call": roll_call,
    "coach_note": coach_note,
}


def _main(all_series: Sequence[Series]) -> Series | None:
    """The first outcome measure with a value; any other when the team counted no outcome."""
    outcomes = [each for each in all_series if each.measure.kind is MeasureKind.OUTCOME]
    return next(iter([*outcomes, *all_series]), None)


def _chart(series: Series) -> tuple[Picture, views.ChartWords]:
    spec = chart_of(series)
    words = views.ChartWords(f"chart:{series.measure.id}", series.measure.name, title(spec), alt_text(spec))
    filename = f"{series.team.key}-{series.measure.key}.png"
    return Picture(words.block_id, spec, _DRAW, filename, words.alt_text), words


def chart_of(series: Series) -> ChartSpec:
    """Lay a team's values out for its run chart."""
    measure, points = series.measure, series.points
    return ChartSpec(
        team=series.team.name,
        measure=measure.name,
        unit=measure.unit,
        direction=measure.direction,
        months=tuple(f"{point.period.first_day:%b %Y}" for point in points),
        values=tuple(None if each.value is None else each.value.level(measure.unit) for each in points),
        numerators=tuple(None if each.value is None else each.value.numerator for each in points),
        denominators=_denominators(points) if measure.unit.has_denominator else None,
        goal=measure.goal,
    )


def _denominators(points: Sequence[Point]) -> tuple[Any, ...]:
    return tuple(None if each.value is None else each.value.denominator for each in points)
