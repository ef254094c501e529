"""Tells each team, once, that the due day of a month it has not reported has moved."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.reminder_contents import DueDayMove
from models.rules.reminders.reminders import Audience, Case
from models.services import columns, current, ladders
from models.services.collaborative import periods
from models.services.delivery import outbox
from models.services.reminders import cases
from models.services.upsert import Upsert
from models.tables.people import teams
from models.tables.reminder import told_due_days

_KEEP = Upsert(told_due_days, keys=("period_id",), replace=("due_on",))


def tell(db: Connection, snapshot: Snapshot) -> tuple[()]:
    """Compare the due days with those the teams know, and tell of the first that moved."""
    known = {
        row.period_id: row.due_on
        for row in db.execute(
            select(told_due_days).where(told_due_days.c.collaborative_id == snapshot.collaborative.id)
        )
    }
    months = periods.of_collaborative(db, snapshot.collaborative.id)
    changed = [month for month in months if known.get(month.id) != month.due_on]
    moved = [month for month in changed if month.id in known and not month.is_late(snapshot.today)]
    if moved:
        _enqueue(db, snapshot, moved, known)
    rows = [
        {"collaborative_id": snapshot.collaborative.id, "period_id": month.id, "due_on": month.due_on}
        for month in changed
    ]
    for row in rows:
        db.execute(_KEEP.on(db), row)
    return ()


def still_moved(db: Connection, args: Mapping[str, Any], now: datetime) -> DueDayMove | None:
    """What a team is to hear; None when the day moved again, came, or the report is in."""
    snapshot = ladders.snapshot(db, args["collaborative_id"], now)
    period = periods.in_collaborative(db, snapshot.collaborative.id, args["period_id"])
    gone = (args["team_id"], period.id) in cases.reported_by(db, snapshot.collaborative.id)
    if gone or period.due_on.isoformat() != args["to"] or period.is_late(snapshot.today):
        return None
    there = {team.id: team.name for team in current.taking_part(db, snapshot.collaborative.id)}
    if args["team_id"] not in there:
        return None
    return DueDayMove(there[args["team_id"]], period, date.fromisoformat(args["was"]), bool(args["more"]))


def _enqueue(
    db: Connection, snapshot: Snapshot, moved: list[ReportingPeriod], known: Mapping[int, date]
) -> None:
    """Tell each team of the first moved month it has not reported, in its channel or to its reporters."""
    first: dict[int, Case] = {}
    order = {month.id: month for month in moved}
    for case in cases.waited_for(db, snapshot):
        if case.period_id in order:
            first.setdefault(case.team_id, case)
    rows = db.execute(select(*columns.TEAM, teams.c.time_zone).where(teams.c.id.in_(first)))
    for row in rows.all():
        case, team = first[row.team_id], columns.team(row)
        args = {
            "collaborative_id": snapshot.collaborative.id,
            "team_id": team.id,
            "period_id": case.period_id,
            "was": known[case.period_id].isoformat(),
            "to": case.due_on.isoformat(),
            "more": len([month for month in moved if month.id != case.period_id]),
        }
        for channel, zone in _hearers(team, case, row.time_zone or snapshot.collaborative.time_zone):
            about = f"{case.period_id}:{team.id}:{args['was']}:{args['to']}:{snapshot.today}:{channel}"
            due = snapshot.ladder.working_time(zone).next_open(snapshot.now)
            outbox.say(
                db, snapshot.collaborative, "due_moved", about, args, snapshot.now, to=channel, due=due
            )


def _hearers(team: Team, case: Case, zone: str) -> Iterable[tuple[str, str]]:
    if team.channel:
        return [(team.channel, zone)]
    return [(person.slack_user, person.time_zone) for person in case.reached(Audience.REPORTERS)]
