"""Tells each team, once, that the due day of a month it has not reported has moved."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from models.rules.collaborative.audience import OnlyFor, Readers
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.reminder_contents import DueDayMove
from models.rules.reminders.reminders import Audience, Case
from models.services import columns, current, ladders
from models.services.collaborative import periods
from models.services.delivery import outbox, waiting
from models.services.reminders import cases
from models.tables.people import teams

KIND = "due_moved"


def tell(db: Connection, snapshot: Snapshot, before: Mapping[int, date]) -> None:
    """Tell of the first due day that is another than the one `before` by period, or than a team heard last.

    What waits to be told of an earlier move goes no more: people hear once, of all moves since they heard.
    """
    unheard = waiting.args_of(db, snapshot.collaborative.id, KIND)
    known = {**before, **{args["period_id"]: date.fromisoformat(args["was"]) for args in unheard}}
    moved = [
        month
        for month in periods.of_collaborative(db, snapshot.collaborative.id)
        if known.get(month.id, month.due_on) != month.due_on and not month.is_late(snapshot.today)
    ]
    if moved:
        _enqueue(db, snapshot, moved, known)


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
            how = outbox.Delivery(to=channel, due=due, only_for=OnlyFor(Readers.TEAM, team.id))
            outbox.say(db, snapshot.collaborative, KIND, about, args, snapshot.now, **how)


def _hearers(team: Team, case: Case, zone: str) -> Iterable[tuple[str, str]]:
    if team.channel:
        return [(team.channel, zone)]
    return [(person.slack_user, person.time_zone) for person in case.reached(Audience.REPORTERS)]
