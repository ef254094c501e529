"""Looks for signals in changed charts as the clock ticks, and words each for those who are to hear of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers.chart_pictures import chart_picture
from handlers.delivery.outgoing import Outgoing, Picture, RowArgs
from handlers.feature import Feature
from handlers.files.charts.levels import full_level
from handlers.files.charts.spec_of import chart_of
from handlers.files.charts.title import title
from handlers.signals import views
from handlers.signals.views import SignalWords, TeamSignals
from handlers.slack.blocks import ChartImage, TextAndBlocks
from handlers.turns import Turns
from models.database import Connection
from models.rules.charts.signals import FoundSignal, gives_back
from models.services.charts import signal_looks, signals
from models.services.collaborative import people

SignalMessage = Callable[[TeamSignals], TextAndBlocks]
WORDS_FOR: Mapping[str, SignalMessage] = {
    signals.ALL: views.to_all,
    signals.COACH_FIRST: views.to_coach_first,
    signals.TEAM: views.to_team,
    signals.COACH: views.to_coach,
}


LOOKS = Turns(signal_looks.is_any, signal_looks.take, signals.look, signals.keep)


def compose(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """Word what one look found for one audience; None when no chart shows it any more."""
    collaborative, signals_found = signals.found(db, args["signal_ids"])
    standing = [each for each in signals_found if each.still_holds]
    if not standing:
        return None
    pictures = tuple(chart_picture(each.chart, f"chart{at}") for at, each in enumerate(standing))
    words = [_said(each, picture, collaborative.id) for each, picture in zip(standing, pictures, strict=True)]
    coaches = people.coaches(db, standing[0].chart.series.team.id)
    telling = TeamSignals(words, collaborative.channel, tuple(coach.name for coach in coaches))
    return Outgoing(*WORDS_FOR[args["audience"]](telling), pictures)


def _said(signal: FoundSignal, picture: Picture, collaborative_id: int) -> SignalWords:
    analysed, series = signal.chart.analysed(), signal.chart.series
    if signal.now is None or analysed is None:
        raise ValueError("Only a signal that holds can be told.")
    latest = signal.chart.levels[-1] if gives_back(signal.chart, signal.now) else None
    return SignalWords(
        chart=signal.chart,
        image=ChartImage(picture.block_id, title(chart_of(signal.chart)), picture.alt_text),
        collaborative_id=collaborative_id,
        finding=signal.now.finding,
        phase=analysed.current,
        level=full_level(analysed.current.centre or 0, series.measure.unit),
        fell_back_to="" if latest is None else full_level(latest, series.measure.unit),
    )


FEATURE = Feature(clock={"signals": LOOKS.turn}, composers={signals.KIND: compose})
