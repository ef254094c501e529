"""The timetable as a person sees it, and the milestones they say are done."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from models.errors import DomainError
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative, Visitor
from models.rules.collaborative.policy import Deed, Kind, refusal
from models.rules.reminders.timeline import Timeline
from models.services import ladders
from models.services.collaborative import periods, visitors
from models.services.delivery import outbox
from models.services.reminders import milestones
from models.tables.collaborative import collaboratives
from models.tables.reminder import milestones as table

KIND = "timeline"
MARKED = "milestone_marked"
NOT_HERE = "I could not find that milestone."


def timelines(db: Connection, visitor: Visitor, now: datetime) -> tuple[Timeline, ...]:
    """One for each collaborative the person has a role in today; none for a stranger."""
    seen = (each for each in visitors.participants(db, visitor) if each.sees(Kind.FRAME))
    return tuple(_timeline(db, who.collaborative, now, who) for who in seen)


def posted(db: Connection, collaborative_id: int, now: datetime) -> Timeline:
    """The timetable as all may see it."""
    collaborative = ladders.snapshot(db, collaborative_id, now).collaborative
    return _timeline(db, collaborative, now)


def post(  # noqa: PLR0913, PLR0917 - who, what, how it is named here and when: each is a fact of its own
    db: Connection, visitor: Visitor, collaborative_id: int, request: str, command: str, now: datetime
) -> None:
    """Have the timetable posted in the shared channel; `request` makes one press one post.

    Raises DomainError for all but who runs the collaborative.
    """
    who = visitors.insist_for_all(db, visitor, Deed.POST_TIMELINE, collaborative_id)
    args = {"collaborative_id": collaborative_id, "command": command}
    outbox.say(db, who.collaborative, KIND, request, args, now)


def mark(db: Connection, visitor: Visitor, milestone_id: int, *, is_done: bool, now: datetime) -> None:
    """Keep that a milestone is done, or not after all; its reminders, sent or to come, follow at once.

    Raises DomainError when there is none, or it is not the visitor's to mark.
    """
    who, owners = _with_milestone(db, visitor, milestone_id)
    if not _may_mark(who, *owners):
        raise refusal(Deed.MARK_MILESTONE)
    today = who.collaborative.day_of(now)
    done = (today, who.member.id) if is_done else (None, None)
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
) -> tuple[Participant, tuple[int | None, int | None]]:
    for who in visitors.participants(db, visitor):
        for each, *owners in milestones.of_collaborative(db, who.collaborative.id):
            if each.id == milestone_id:
                return who, (owners[0], owners[1])
    raise DomainError(NOT_HERE)


def _timeline(
    db: Connection, collaborative: Collaborative, now: datetime, who: Participant | None = None
) -> Timeline:
    """The timetable as somebody sees it; None: as all do."""
    scope = collaborative.id
    entries = tuple(
        replace(each, may_mark=who is not None and _may_mark(who, *owners))
        for each, *owners in milestones.of_collaborative(db, scope)
    )
    begins = db.execute(select(collaboratives.c.first_month).where(collaboratives.c.id == scope)).scalar_one()
    months = tuple(each for each in periods.of_collaborative(db, scope) if each.first_day >= begins)
    is_staff = who is not None and who.may(Deed.POST_TIMELINE)
    return Timeline(collaborative, collaborative.day_of(now), months, entries, is_staff)


def _may_mark(who: Participant, owner_id: int | None, team_id: int | None) -> bool:
    """Whether it is theirs to mark: they see to it, or may for its team, or for all."""
    return owner_id == who.member.id or who.may(Deed.MARK_MILESTONE, team_id)
