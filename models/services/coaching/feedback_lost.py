"""Feedback that did not reach its team: its author is told, and may have it sent to the reporter instead."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.coaching.feedback import Feedback
from models.rules.collaborative.people import Visitor
from models.rules.delivery.verdicts import Claimed
from models.services import digest
from models.services.coaching import feedback
from models.services.coaching.feedback_queue import is_lost
from models.services.delivery import notices, outbox, posts
from models.tables.feedback import feedbacks

KIND = "feedback_lost"
NOT_YOURS = "Only who gave a feedback can have it sent elsewhere."


@dataclass(frozen=True)
class Lost:
    """A feedback that failed: for whom it was, why, and who of the team could read it instead."""

    feedback: Feedback
    row_id: int
    channel: str
    reason: str
    reporter: str | None  # a Slack id; None: nobody can be reached


def tell(db: Connection, row: Claimed, now: datetime) -> None:
    """Tell the author of a feedback that it failed; an edit of one the team has read is no loss."""
    if row.args is None or row.subject is None:
        return
    if posts.find(db, row.collaborative_id, row.subject, row.channel):
        return
    if not db.execute(_IS_LOST, {"feedback": row.args["feedback_id"]}).scalar():
        return  # others of the team have it, or will
    given = feedback.find(db, row.args["feedback_id"])
    _write(db, given, {"row": row.id}, f"{row.id}", now)
    digest.renew(db, given.by.id, f"{KIND}:{row.id}", now)


def find(db: Connection, feedback_id: int, row_id: int) -> Lost | None:
    """What was lost, for composers: the ids are our own; None when it has gone out since."""
    failure = notices.failure(db, row_id)
    if failure is None:
        return None
    given = feedback.find(db, feedback_id)
    reporter = feedback.reporter(db, given.collaborative, given.team, given.report_id)
    return Lost(given, row_id, *failure, reporter if reporter != failure[0] else None)


def send_to_reporter(db: Connection, visitor: Visitor, feedback_id: int, row_id: int, now: datetime) -> bool:
    """Send a lost feedback to the team's reporter; False when it is not lost (any more).

    Raises DomainError for all but its author, and when nobody of the team can be reached.
    """
    row = db.execute(_TO_SEND, {"feedback": feedback_id}).first()
    acting = feedback.advising(db, visitor, row.report_id) if row else None
    if acting is None or row is None or acting.member.id != row.member_id:
        raise DomainError(NOT_YOURS)
    if not row.is_lost:
        return False
    lost = find(db, feedback_id, row_id)
    if lost is None or lost.reporter is None:
        raise DomainError(feedback.NOBODY.format(team=acting.team.name))
    feedback.post(db, acting, feedback_id, "again", lost.reporter, now)
    _write(db, lost.feedback, {"row": row_id, "to": lost.reporter}, f"{row_id}:{lost.reporter}", now)
    digest.renew(db, acting.member.id, f"{KIND}:{row_id}:sent", now)
    return True


def _write(db: Connection, to: Feedback, args: dict[str, int | str], about: str, now: datetime) -> None:
    if to.by.slack_user:
        args, post = {"feedback_id": to.id, **args}, f"{KIND}:{args['row']}"
        outbox.say(db, to.collaborative, KIND, about, args, now, to=to.by.slack_user, post=post)


_IS_LOST = select(is_lost()).where(feedbacks.c.id == bindparam("feedback"))
_TO_SEND = (
    select(feedbacks.c.report_id, feedbacks.c.member_id, is_lost().label("is_lost"))
    .where(feedbacks.c.id == bindparam("feedback"))
    .with_for_update(of=feedbacks)
)
