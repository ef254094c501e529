"""The milestones of the timetable: kept as the file has them, reminded of until they are done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from models.rules.collaborative.audience import OnlyFor, Readers
from models.rules.collaborative.people import Collaborative
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.rules.reminders.reminders import LATE, Reachable
from models.rules.reminders.timeline import Milestone
from models.rules.setup.plan import MilestonePlan
from models.services import columns, due, ladders
from models.services.delivery import posts
from models.services.reminders import cases
from models.services.reminders.cases import Places
from models.tables.people import members, teams
from models.tables.reminder import milestones

DAYS_BEFORE = (7, 1)


@dataclass(frozen=True)
class _Hearer:
    """Who is reminded: a channel, or a person by Slack id."""

    channel: str
    time_zone: str
    only_for: OnlyFor | None = None  # of a team's channel: the team, and who looks after it


def keep(
    db: Connection,
    scope: int,
    plans: Iterable[MilestonePlan],
    owners: Mapping[str, Mapping[str, int]],
    on: date,
) -> None:
    """Make the stored milestones what the file says; `owners` are the ids of "members" and "teams" by key."""
    rows = {each.key: _row(each, owners) for each in plans}
    stored = {row.key: row for row in db.execute(select(milestones).filter_by(collaborative_id=scope))}
    for key, row in stored.items():
        changed = rows.get(key) or {"dropped_on": row.dropped_on or on}
        db.execute(update(milestones).where(milestones.c.id == row.id).values(changed))
    new = [{"collaborative_id": scope, "key": key, **row} for key, row in rows.items() if key not in stored]
    if new:
        db.execute(insert(milestones), new)


def plan(db: Connection, scope: int) -> tuple[MilestonePlan, ...]:
    """The milestones as their file would give them."""
    return tuple(
        MilestonePlan(row.key, row.due_on, row.what, row.member_key, row.team_key)
        for row in db.execute(_ALL, {"collaborative": scope})
    )


def due_reminders(db: Connection, snapshot: Snapshot) -> Iterable[DueMessage]:
    """The reminders of each milestone to come and not done, to who sees to it."""
    places = cases.people(db, snapshot)
    for row in db.execute(_ALL, {"collaborative": snapshot.collaborative.id}).all():
        if row.due_on >= snapshot.today and not row.done_on:
            for hearer in _hearers(row, places, snapshot.collaborative):
                yield from _reminders(row, hearer, snapshot)


def still_ahead(db: Connection, args: Mapping[str, Any], now: datetime) -> tuple[Milestone, date] | None:
    """What a reminder is to say, and the day it is; None when it is not to be said at this moment."""
    still = due.still(db, due_reminders, args, now)
    return _found(db, args, still.snapshot.today) if still else None


def marked(db: Connection, args: Mapping[str, Any], now: datetime) -> tuple[Milestone, date] | None:
    """What a reminder that was sent is to say since somebody marked it; None when either is gone."""
    if posts.find(db, args["collaborative_id"], args["post"], args["to"]) is None:
        return None
    return _found(db, args, ladders.snapshot(db, args["collaborative_id"], now).today)


def of_collaborative(db: Connection, scope: int) -> tuple[tuple[Milestone, int | None, int | None], ...]:
    """The milestones by date, each with the ids of the member and the team that see to it."""
    rows = db.execute(_ALL, {"collaborative": scope})
    return tuple((_milestone(row), row.member_id, row.team_id) for row in rows)


def _found(db: Connection, args: Mapping[str, Any], today: date) -> tuple[Milestone, date] | None:
    """As whoever is reminded reads it: they may mark it."""
    milestones_known = of_collaborative(db, args["collaborative_id"])
    named = (each for each, *_ in milestones_known if each.id == args["milestone_id"])
    return next(((replace(each, may_mark=True), today) for each in named), None)


def _milestone(row: columns.AnyRow) -> Milestone:
    owner = row.member_name or row.team_name or ""
    return Milestone(row.id, row.key, row.due_on, row.what, owner, row.done_on, row.doer or "")


def posts_of(milestone_id: int) -> str:
    """How the name of every post that is a reminder of a milestone begins."""
    return f"milestone:{milestone_id}:"


def _row(each: MilestonePlan, owners: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    return {
        "due_on": each.due_on,
        "what": each.what,
        "member_id": owners["members"].get(each.person or ""),
        "team_id": owners["teams"].get(each.team or ""),
        "dropped_on": None,
    }


def _hearers(row: Any, places: Places, collaborative: Collaborative) -> Iterable[_Hearer]:
    """The owner; the team's channel, or where it has none who answers for it; else all.

    Where nobody of them is in Slack, or all have left, who runs the collaborative.
    """
    if row.member_id is None and row.team_id is None:
        return [_Hearer(collaborative.channel, collaborative.time_zone)]
    if row.team_channel:
        only_for = OnlyFor(Readers.TEAM, row.team_id)
        return [_Hearer(row.team_channel, row.team_zone or collaborative.time_zone, only_for)]
    owners = _owners(row.member_id, places) if row.member_id else cases.answering(places, row.team_id)
    return [_Hearer(person.slack_user, person.time_zone) for person in owners or cases.staff(places)]


def _owners(member_id: int, places: Places) -> Sequence[Reachable]:
    reached = {person for people in places.values() for person in people if person.member_id == member_id}
    return sorted(reached, key=str)[:1]


def _reminders(row: Any, hearer: _Hearer, snapshot: Snapshot) -> Iterable[DueMessage]:
    """One a day at most: where a holiday moves two together, the nearer one counts."""
    work = snapshot.ladder.working_time(hearer.time_zone)
    by_day = {work.on_or_before(row.due_on - timedelta(days=days)): days for days in DAYS_BEFORE}
    for day, days in by_day.items():
        about, to = f"{row.id}:-{days}:{hearer.channel}", hearer.channel
        args = {
            "collaborative_id": snapshot.collaborative.id,
            "milestone_id": row.id,
            "days": days,
            "to": to,
        }
        window, post = work.window(day, LATE), f"milestone:{about}"
        yield DueMessage("milestone", about, args, to, window, post=post, only_for=hearer.only_for)


_DOER = members.alias("doer")
_ALL = (
    select(
        milestones,
        members.c.key.label("member_key"),
        members.c.name.label("member_name"),
        teams.c.key.label("team_key"),
        teams.c.name.label("team_name"),
        teams.c.channel.label("team_channel"),
        teams.c.time_zone.label("team_zone"),
        _DOER.c.name.label("doer"),
    )
    .join(members, members.c.id == milestones.c.member_id, isouter=True)
    .join(teams, teams.c.id == milestones.c.team_id, isouter=True)
    .join(_DOER, _DOER.c.id == milestones.c.done_by_id, isouter=True)
    .where(milestones.c.collaborative_id == bindparam("collaborative"), milestones.c.dropped_on.is_(None))
    .order_by(milestones.c.due_on, milestones.c.id)
)
