"""Looks at changed charts for signals; tells of each episode once: good ones to all, others to the team."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from models.rules.charts.charts import TeamChart
from models.rules.charts.signals import FoundSignal, Signal, is_news, lies_behind, signal_of
from models.rules.collaborative.audience import OnlyFor, Readers
from models.rules.collaborative.people import Collaborative, Role
from models.services import columns
from models.services.charts import charts, signal_looks
from models.services.charts.signal_looks import TeamLook
from models.services.collaborative import people
from models.services.delivery import outbox
from models.tables.chart import signals
from models.tables.collaborative import collaboratives
from models.tables.people import teams

A_DAY = timedelta(days=1)
KIND = "signal"
ALL, TEAM, COACH, COACH_FIRST = "all", "team", "coach", "coach first"  # to whom a message speaks


class Recipient(NamedTuple):
    """Whom a message speaks to, where it goes, and when."""

    audience: str
    channel: str  # or a person
    due_at: datetime
    only_for: OnlyFor | None = None  # in the team's channel


class News(NamedTuple):
    """A signal that was not told yet, and whether it stays so: it is known, but lies behind."""

    row: Mapping[str, Any]  # to be kept
    signal: Signal
    is_quiet: bool


class Looked(NamedTuple):
    """What a look at a team's charts found, and what had been found before it."""

    look: TeamLook
    place: columns.AnyRow  # the team with its collaborative
    before: tuple[int, ...]  # ids
    news: tuple[News, ...]


def look(db: Connection, look: TeamLook, now: datetime) -> Looked:
    """Look at all charts of a team for what is news; nothing is written."""
    place = db.execute(_PLACE, {"team": look.team_id}).one()
    today = columns.collaborative(place).day_of(now)
    told_before = db.execute(_TOLD, {"team": look.team_id}).all()
    news = []
    for chart in charts.team_charts(db, place.collaborative_id, look.team_id):
        signal, before = signal_of(chart), _before(told_before, chart)
        if signal is None or not is_news(signal, before[-1].side if before else None):
            continue
        turn = 1 + sum(row.frame == signal.frame for row in before)
        is_quiet = bool(place.withdrawn_on) or (look.of_earlier and lies_behind(chart, signal, today))
        news.append(News(_row(place, chart, signal, turn=turn, now=now), signal, is_quiet))
    return Looked(look, place, tuple(row.id for row in told_before), tuple(news))


def keep(db: Connection, looks: Sequence[Looked], now: datetime) -> None:
    """Keep what is news, and have it told. Where another look found something meanwhile, look again."""
    for each in looks:
        db.execute(_LOCK, {"team": each.look.team_id})
        if tuple(db.scalars(_FOUND_BEFORE, {"team": each.look.team_id})) == each.before:
            _keep(db, each, now)
            signal_looks.settle(db, each.look)
        else:
            signal_looks.give_back(db, each.look)


def _keep(db: Connection, looked: Looked, now: datetime) -> None:
    by_telling: dict[Recipient, list[int]] = {}
    for each in looked.news:
        signal_id = db.execute(_KEEP, each.row).scalar_one()
        for telling in () if each.is_quiet else _to_whom(db, looked.place, each.signal, now):
            by_telling.setdefault(telling, []).append(signal_id)
    _tell(db, columns.collaborative(looked.place), by_telling, now)


def found(db: Connection, signal_ids: Sequence[int]) -> tuple[Collaborative, tuple[FoundSignal, ...]]:
    """Signals of one team, each with its chart as it stands now."""
    rows = db.execute(_FOUND, {"signals": signal_ids}).all()
    standing = (_found(row, charts.chart(db, row.team_id, row.measure_id)) for row in rows)
    return columns.collaborative(rows[0]), tuple(standing)


def _found(row: columns.AnyRow, chart: TeamChart) -> FoundSignal:
    return FoundSignal(row.id, row.frame, row.side, row.is_good, chart, signal_of(chart))


def _before(rows: Iterable[columns.AnyRow], chart: TeamChart) -> list[columns.AnyRow]:
    """What was told of a chart in its frame; where a baseline is taken back, what was told with it counts."""
    of_chart = [row for row in rows if row.measure_id == chart.series.measure.id]
    return [row for row in of_chart if row.frame == chart.frame] if chart.frame else of_chart


def _row(
    place: columns.AnyRow, chart: TeamChart, signal: Signal, *, turn: int, now: datetime
) -> Mapping[str, Any]:
    return {
        "collaborative_id": place.collaborative_id,
        "team_id": place.team_id,
        "measure_id": chart.series.measure.id,
        "frame": signal.frame,
        "turn": turn,
        "side": signal.side,
        "is_good": signal.is_good,
        "words": signal.finding.words,
        "found_at": now,
    }


def _to_whom(db: Connection, place: columns.AnyRow, signal: Signal, now: datetime) -> Iterable[Recipient]:
    """Say who hears of it and when; `place` is the row of the team with its collaborative."""
    coaches = [each.slack_user for each in people.coaches(db, place.team_id) if each.slack_user]
    if signal.is_good:
        ahead = bool(place.coach_first and coaches)
        yield from (Recipient(COACH_FIRST, coach, now) for coach in coaches if ahead)
        yield Recipient(ALL, place.collaborative_channel, now + A_DAY if ahead else now)
        return
    if place.team_channel:
        yield Recipient(TEAM, place.team_channel, now, OnlyFor(Readers.TEAM, place.team_id))
    else:
        yield from (Recipient(TEAM, reporter, now) for reporter in _reporters(db, place.team_id))
    yield from (Recipient(COACH, coach, now) for coach in coaches)


def _reporters(db: Connection, team_id: int) -> list[str]:
    """The team's reporters in Slack; where there is none, its backup reporters."""
    ours = [(role, each.slack_user) for role, each in people.of_team(db, team_id) if each.slack_user]
    first = [user for role, user in ours if role is Role.REPORTER]
    return first or [user for role, user in ours if role is Role.BACKUP_REPORTER]


def _tell(
    db: Connection, collaborative: Collaborative, by_telling: Mapping[Recipient, Sequence[int]], now: datetime
) -> None:
    """Have what one look found told in one message to each audience."""
    for (audience, channel, due_at, only_for), signal_ids in by_telling.items():
        about = f"{'+'.join(map(str, signal_ids))}:{audience}:{channel}"
        args = {"signal_ids": signal_ids, "audience": audience}
        outbox.say(db, collaborative, KIND, about, args, now, to=channel, due=due_at, only_for=only_for)


_PLACE = (
    select(teams.c.withdrawn_on, collaboratives.c.coach_first, *columns.TEAM, *columns.COLLABORATIVE)
    .join(collaboratives, collaboratives.c.id == teams.c.collaborative_id)
    .where(teams.c.id == bindparam("team"))
)
_LOCK = select(teams.c.id).where(teams.c.id == bindparam("team")).with_for_update()
_TOLD = select(signals).where(signals.c.team_id == bindparam("team")).order_by(signals.c.id)
_FOUND_BEFORE = select(signals.c.id).where(signals.c.team_id == bindparam("team")).order_by(signals.c.id)
_KEEP = insert(signals).returning(signals.c.id)
_FOUND = (
    select(signals, *columns.COLLABORATIVE[1:])
    .join(collaboratives, collaboratives.c.id == signals.c.collaborative_id)
    .where(signals.c.id.in_(bindparam("signals", expanding=True)))
    .order_by(signals.c.id)
)
