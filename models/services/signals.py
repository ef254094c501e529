"""Looks at new reports for signals, and tells of each episode once: good ones to all, others to the team."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from models.rules.charts import TeamChart
from models.rules.people import Collaborative, Role
from models.rules.signals import FoundSignal, Signal, signal_of
from models.services import charts, columns, outbox, people
from models.services.upsert import Upsert
from models.tables.chart import signal_looks, signals
from models.tables.collaborative import collaboratives
from models.tables.people import members, roles, teams
from models.tables.report import reports

A_DAY = timedelta(days=1)
AT_ONCE = 50  # reports of one look; the next look comes in seconds
KIND = "signal"
ALL, TEAM, COACH, COACH_FIRST = "all", "team", "coach", "coach first"  # to whom a message speaks


class Telling(NamedTuple):
    """Whom a message speaks to, where it goes, and when."""

    audience: str
    channel: str  # or a person
    due_at: datetime


def unseen(db: Session) -> tuple[int, ...]:
    """The reports, or corrections, nobody has looked at for signals yet, oldest first."""
    return tuple(db.scalars(_UNSEEN).all())


def look(db: Session, report_id: int, now: datetime) -> None:
    """Look at all charts of the report's team, keep what is found, and have it told, in one transaction.

    Looking again, or twice at once, changes nothing: the report's revision and the episode are unique.
    """
    row = db.execute(_REPORT, {"report": report_id}).one()
    seen = {"report_id": row.id, "collaborative_id": row.collaborative_id, "revision": row.revision}
    collaborative = columns.collaborative(row)
    standing = {each.measure_id: each for each in db.execute(_STANDING, {"team": row.team_id}).all()}
    for chart in charts.team_charts(db, collaborative.id, row.team_id):
        before = standing.get(chart.series.measure.id)
        found = signal_of(chart)
        if before and (found is None or found.side != before.side):
            db.execute(_ENDED, {"signal": before.id, "ended_at": now})
        if found and not (before and found.side == before.side):
            signal_id = _kept(db, collaborative, chart, found, now)
            if signal_id is not None and not row.withdrawn_on:
                _tell(db, collaborative, signal_id, _to_whom(db, row, found, now), now)
    db.execute(_LOOKED.on(db), {**seen, "at": now})


def found(db: Session, signal_id: int) -> tuple[Collaborative, FoundSignal]:
    """A signal with its chart as it stands now."""
    row = db.execute(_FOUND, {"signal": signal_id}).one()
    chart = charts.chart(db, row.team_id, row.measure_id)
    told = FoundSignal(row.id, row.side, row.is_good, chart, signal_of(chart))
    return columns.collaborative(row), told


def _kept(
    db: Session, collaborative: Collaborative, chart: TeamChart, found: Signal, now: datetime
) -> int | None:
    """Keep an episode; None when it is known: it has come back, and was told when it first came."""
    row = {
        "collaborative_id": collaborative.id,
        "team_id": chart.series.team.id,
        "measure_id": chart.series.measure.id,
        "episode": found.episode,
        "side": found.side,
        "is_good": found.is_good,
        "words": found.finding.words,
        "found_at": now,
        "ended_at": None,
    }
    kept: int | None = db.execute(_NEW.telling(db), row).scalar_one_or_none()
    if kept is None:
        known = {"team": row["team_id"], "measure": row["measure_id"], "known": found.episode}
        db.execute(_BACK, known)
    return kept


def _to_whom(db: Session, place: columns.AnyRow, found: Signal, now: datetime) -> Iterable[Telling]:
    """Say who hears of it and when; `place` is the row of the report with its team and collaborative."""
    today = now.date()
    coaches = [each.slack_user for each in people.coaches(db, place.team_id, today) if each.slack_user]
    if found.is_good:
        ahead = bool(place.coach_first and coaches)
        yield from (Telling(COACH_FIRST, coach, now) for coach in coaches if ahead)
        yield Telling(ALL, place.collaborative_channel, now + A_DAY if ahead else now)
        return
    team = [place.team_channel] if place.team_channel else _reporters(db, place.team_id, today)
    yield from (Telling(TEAM, channel, now) for channel in team)
    yield from (Telling(COACH, coach, now) for coach in coaches)


def _reporters(db: Session, team_id: int, today: date) -> list[str]:
    """The team's reporters in Slack; where there is none, its backup reporters."""
    rows = db.execute(_REPORTERS, {"team": team_id, "today": today}).all()
    by_role: dict[str, list[str]] = {}
    for row in rows:
        by_role.setdefault(row.role, []).append(row.slack_user)
    return by_role.get(Role.REPORTER) or by_role.get(Role.BACKUP_REPORTER) or []


def _tell(
    db: Session,
    collaborative: Collaborative,
    signal_id: int,
    to_whom: Iterable[Telling],
    now: datetime,
) -> None:
    for audience, channel, due_at in to_whom:
        outbox.enqueue(
            db,
            outbox.Message(
                collaborative=collaborative,
                key=f"{KIND}:{signal_id}:{audience}:{channel}",
                kind=KIND,
                args={"signal_id": signal_id, "audience": audience},
                channel=channel,
                due_at=due_at,
            ),
            now,
        )


_looked = signal_looks.c
_UNSEEN = (
    select(reports.c.id)
    .join(signal_looks, _looked.report_id == reports.c.id, isouter=True)
    .where(or_(_looked.revision.is_(None), _looked.revision < reports.c.revision))
    .order_by(reports.c.id)
    .limit(AT_ONCE)
)
_REPORT = (
    select(
        reports.c.id,
        reports.c.revision,
        teams.c.withdrawn_on,
        collaboratives.c.coach_first,
        *columns.TEAM,
        *columns.COLLABORATIVE,
    )
    .join(teams, teams.c.id == reports.c.team_id)
    .join(collaboratives, collaboratives.c.id == reports.c.collaborative_id)
    .where(reports.c.id == bindparam("report"))
)
_STANDING = select(signals).where(signals.c.team_id == bindparam("team"), signals.c.ended_at.is_(None))
_ENDED = update(signals).where(signals.c.id == bindparam("signal"))
_NEW = Upsert(signals, keys=("team_id", "measure_id", "episode"))
_BACK = (
    update(signals)
    .where(
        signals.c.team_id == bindparam("team"),
        signals.c.measure_id == bindparam("measure"),
        signals.c.episode == bindparam("known"),
    )
    .values(ended_at=None)
)
_LOOKED = Upsert(signal_looks, keys=("report_id",), replace=("revision", "at"))
_FOUND = (
    select(signals, *columns.COLLABORATIVE[1:])
    .join(collaboratives, collaboratives.c.id == signals.c.collaborative_id)
    .where(signals.c.id == bindparam("signal"))
)
_REPORTERS = (
    select(roles.c.role, members.c.slack_user)
    .join(members, members.c.id == roles.c.member_id)
    .where(
        roles.c.team_id == bindparam("team"),
        roles.c.role.in_((Role.REPORTER, Role.BACKUP_REPORTER)),
        members.c.slack_user.is_not(None),
        and_(
            roles.c.joined_on <= bindparam("today"),
            or_(roles.c.left_on.is_(None), roles.c.left_on > bindparam("today")),
        ),
    )
    .order_by(roles.c.id)
)
