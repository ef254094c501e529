"""The timetable as a person sees it, and the milestones they say are done."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from models.errors import DomainError
from models.rules.collaborative.people import REPORTS_FOR_ANY_TEAM, TEAM_ROLES, Collaborative, Role, Visitor
from models.rules.reminders.timeline import Timeline
from models.services import columns, ladders
from models.services.collaborative import people, periods
from models.services.delivery import outbox
from models.services.reminders import milestones
from models.tables.collaborative import collaboratives
from models.tables.reminder import milestones as table

KIND = "timeline"
MARKED = "milestone_marked"
NOT_HERE = "I could not find that milestone."
NOT_YOURS = "Only who sees to it, the coordinator or the host can mark a milestone."
NOT_STAFF = "Only the coordinator or the host can post the timetable in the channel."


@dataclass(frozen=True)
class _Onlooker:
    """A person in one collaborative."""

    collaborative: Collaborative
    member_id: int
    teams: frozenset[int]  # those they are in, or coach
    is_staff: bool

    def may_mark(self, member_id: int | None, team_id: int | None) -> bool:
        return self.is_staff or member_id == self.member_id or team_id in self.teams


def timelines(db: Connection, visitor: Visitor, now: datetime) -> tuple[Timeline, ...]:
    """One for each collaborative the person has a role in today; none for a stranger."""
    return tuple(_timeline(db, who, now) for who in _seen(db, visitor))


def posted(db: Connection, collaborative_id: int, now: datetime) -> Timeline:
    """The timetable as all may see it."""
    collaborative = ladders.snapshot(db, collaborative_id, now).collaborative
    return _timeline(db, _Onlooker(collaborative, 0, frozenset(), is_staff=False), now)


def post(  # noqa: PLR0913, PLR0917 - who, what, how it is named here and when: each is a fact of its own
    db: Connection, visitor: Visitor, collaborative_id: int, request: str, command: str, now: datetime
) -> None:
    """Have the timetable posted in the shared channel; `request` makes one press one post.

    Raises DomainError for all but who runs the collaborative.
    """
    own = [each for each in _seen(db, visitor) if each.collaborative.id == collaborative_id]
    if not own or not own[0].is_staff:
        raise DomainError(NOT_STAFF)
    args = {"collaborative_id": collaborative_id, "command": command}
    outbox.say(db, own[0].collaborative, KIND, request, args, now)


def mark(db: Connection, visitor: Visitor, milestone_id: int, *, is_done: bool, now: datetime) -> None:
    """Keep that a milestone is done, or not after all; its reminders, sent or to come, follow at once.

    Raises DomainError when there is none, or it is not the visitor's to mark.
    """
    who, owners = _with_milestone(db, visitor, milestone_id)
    if not who.may_mark(*owners):
        raise DomainError(NOT_YOURS)
    today = who.collaborative.day_of(now)
    done = (today, who.member_id) if is_done else (None, None)
    values = dict(zip(("done_on", "done_by_id"), done, strict=True))
    was = table.c.done_on.is_(None) if is_done else table.c.done_on.is_not(None)
    changed = update(table).where(table.c.id == milestone_id, was).values(values).returning(table.c.id)
    if db.execute(changed).first() is None:
        return
    because = f"{'done' if is_done else 'open'}:{now.timestamp()}"
    args = {"milestone_id": milestone_id}
    outbox.edit_all(db, who.collaborative, milestones.posts_of(milestone_id), MARKED, args, because, now)
    ladders.wake(db, who.collaborative.id)


def _with_milestone(
    db: Connection, visitor: Visitor, milestone_id: int
) -> tuple[_Onlooker, tuple[int | None, int | None]]:
    for who in _seen(db, visitor):
        for each, *owners in milestones.of_collaborative(db, who.collaborative.id):
            if each.id == milestone_id:
                return who, (owners[0], owners[1])
    raise DomainError(NOT_HERE)


def _timeline(db: Connection, who: _Onlooker, now: datetime) -> Timeline:
    scope = who.collaborative.id
    entries = tuple(
        replace(each, may_mark=who.may_mark(*owners))
        for each, *owners in milestones.of_collaborative(db, scope)
    )
    begins = db.execute(select(collaboratives.c.first_month).where(collaboratives.c.id == scope)).scalar_one()
    months = tuple(each for each in periods.of_collaborative(db, scope) if each.first_day >= begins)
    return Timeline(who.collaborative, who.collaborative.day_of(now), months, entries, who.is_staff)


def _seen(db: Connection, visitor: Visitor) -> tuple[_Onlooker, ...]:
    return tuple(map(_who, people.roles_held(db, visitor)))


def _who(rows: list[columns.AnyRow]) -> _Onlooker:
    own = {row.team_id for row in rows if row.role in TEAM_ROLES | {Role.COACH}}
    is_staff = any(row.role in REPORTS_FOR_ANY_TEAM for row in rows)
    return _Onlooker(columns.collaborative(rows[0]), rows[0].member_id, frozenset(own), is_staff)
