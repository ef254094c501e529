"""Looks for signals in new reports as the clock ticks, and words each for those who are to hear of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from handlers.chart_page import chart_picture
from handlers.context import ClockJob, Deps
from handlers.files.chart_of import chart_of
from handlers.files.chart_words import full_level, title
from handlers.messages import Compose, Outgoing
from handlers.views import signal as views
from handlers.views.chart import ChartImage
from handlers.views.signal import SignalWords
from models.rules.people import Collaborative
from models.rules.signals import FoundSignal
from models.services import people, signals

log = structlog.get_logger(__name__)

Words = Callable[[SignalWords, ChartImage], tuple[str, list[dict[str, Any]]]]
WORDS_FOR: Mapping[str, Words] = {
    signals.ALL: views.to_all,
    signals.COACH_FIRST: views.to_coach_first,
    signals.TEAM: views.to_team,
    signals.COACH: views.to_coach,
}


def look(deps: Deps) -> None:
    """Look at each report nobody looked at yet; one that cannot be read keeps no other from it."""
    for report_id in deps.db.read(signals.unseen):
        try:
            deps.db.write(partial(signals.look, report_id=report_id, now=deps.clock.now()))
        except Exception:
            log.exception("a report could not be looked at for signals", report=report_id)


def compose(db: Session, args: Mapping[str, Any], now: datetime) -> Outgoing | None:
    """Word a signal for one audience; None when the chart does not show it any more."""
    collaborative, found = signals.found(db, args["signal_id"])
    if not found.still_holds:
        return None
    picture = chart_picture(found.chart, "chart")
    image = ChartImage(picture.block_id, title(chart_of(found.chart)), picture.alt_text)
    said = _said(db, collaborative, found, now)
    return Outgoing(*WORDS_FOR[args["audience"]](said, image), (picture,))


CLOCK: Mapping[str, ClockJob] = {"signals": look}
COMPOSERS: Mapping[str, Compose] = {signals.KIND: compose}


def _said(db: Session, collaborative: Collaborative, found: FoundSignal, now: datetime) -> SignalWords:
    analysed, series = found.chart.analysed(), found.chart.series
    if found.now is None or analysed is None:
        raise ValueError("Only a signal that holds can be told.")
    coaches = people.coaches(db, series.team.id, now.date())
    return SignalWords(
        chart=found.chart,
        collaborative_id=collaborative.id,
        finding=found.now.finding,
        phase=analysed.current,
        level=full_level(analysed.current.centre or 0, series.measure.unit),
        channel=collaborative.channel,
        coaches=tuple(coach.name for coach in coaches),
    )
