"""A coach's words on a report: given, told to the team, answered by it, and counted in days."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from models.errors import DomainError
from models.rules.coaching.feedback import Feedback, FeedbackWords, TeamAnswer
from models.rules.collaborative.audience import OnlyFor, Readers, TeamPlace
from models.rules.collaborative.people import Acting, Collaborative, Member, Team, Visitor
from models.rules.collaborative.policy import Deed
from models.services import columns
from models.services.coaching.feedback_queue import is_lost
from models.services.collaborative import people, visitors
from models.services.delivery import accounts, audiences, in_person, outbox
from models.tables.base import named
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.feedback import feedbacks
from models.tables.people import members, teams
from models.tables.report import reports

KIND = "feedback"
ANSWERED = "feedback_answer"
NOBODY = "{team} has no channel and nobody I can reach in Slack: please tell them in person."
NOBODY_ALONE = (
    "Others can read {team}'s channel, and I can reach nobody of the team: please tell them in person."
)
NOTHING_SAID = "Please write at least one of the three."


def advising(db: Connection, visitor: Visitor, report_id: int) -> Acting:
    """The visitor as coach or staff of a report's team. Raises DomainError for anybody else."""
    team_id = db.execute(_TEAM_OF_REPORT, {"report": report_id}).scalar()
    return visitors.insist(db, visitor, Deed.GIVE_FEEDBACK, team_id)


def given(db: Connection, report_id: int) -> tuple[Feedback, ...]:
    """What was said of a report so far and reached its team, oldest first."""
    return tuple(map(_feedback, db.execute(_GIVEN, {"report": report_id}).all()))


def of_collaborative(db: Connection, collaborative_id: int) -> tuple[Feedback, ...]:
    """What was said of all reports and reached their teams, oldest first."""
    return tuple(map(_feedback, db.execute(_OF_COLLABORATIVE, {"collaborative": collaborative_id}).all()))


def answered(db: Connection, collaborative_id: int, member_id: int, since: datetime) -> tuple[Feedback, ...]:
    """The feedback of one coach that a team answered since, in the order it was given."""
    known = {"collaborative": collaborative_id, "member": member_id, "since": since}
    return tuple(map(_feedback, db.execute(_ANSWERED, known).all()))


def find(db: Connection, feedback_id: int) -> Feedback:
    """One feedback as it stands now, for composers: the id is our own."""
    return _feedback(db.execute(_ONE, {"feedback": feedback_id}).one())


def goes_to(db: Connection, acting: Acting, now: datetime) -> TeamPlace | None:
    """The team's channel, and whether others can read there; None where it has none."""
    return audiences.of_team(db, acting.collaborative.workspace_id, acting.team, Readers.COACHING, now)


def give(  # noqa: PLR0913 - who says what of which report, when, and where they were told it goes
    db: Connection,
    acting: Acting,
    report_id: int,
    words: FeedbackWords,
    now: datetime,
    *,
    by_message: bool = False,
) -> Feedback:
    """Keep what a coach said of a report, and tell the team: in its channel, where nobody else reads that.

    Else each of its people, or its reporter where it has no channel; `by_message` is what the coach was told.
    `acting` comes from `advising`. Raises DomainError when nothing is said, or nobody is there to read it.
    """
    if words.are_none:
        raise DomainError(NOTHING_SAID)
    to = _addressed(db, acting, report_id, now, by_message=by_message)
    row = {
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "report_id": report_id,
        "member_id": acting.member.id,
        "at": now,
        "liked": words.liked.strip(),
        "wondered": words.wondered.strip(),
        "proposed": words.proposed.strip(),
    }
    kept: int = db.execute(insert(feedbacks).returning(feedbacks.c.id), row).scalar_one()
    for place in to:
        post(db, acting, kept, "0", place, now)
    return find(db, kept)


def _addressed(
    db: Connection, acting: Acting, report_id: int, now: datetime, *, by_message: bool
) -> Sequence[str]:
    """Where feedback goes: a channel, or people. Raises DomainError when nobody could."""
    place = goes_to(db, acting, now)
    if place is None:
        by = reporter(db, acting.collaborative, acting.team, report_id)
        if by is None:
            raise DomainError(NOBODY.format(team=acting.team.name))
        return [by]
    if not (place.openness or by_message):
        return [place.channel]
    ours = audiences.in_person(db, OnlyFor(Readers.COACHING, acting.team.id))
    if not ours:
        raise DomainError(NOBODY_ALONE.format(team=acting.team.name))
    return ours


def answering(db: Connection, visitor: Visitor, feedback_id: int) -> Acting:
    """The visitor as one of the team a feedback was for. Raises DomainError for anybody else."""
    team_id = db.execute(_TEAM_OF_FEEDBACK, {"feedback": feedback_id}).scalar()
    return visitors.insist(db, visitor, Deed.ANSWER_FEEDBACK, team_id)


def answer(db: Connection, acting: Acting, feedback_id: int, answer_given: TeamAnswer, now: datetime) -> bool:
    """Keep what the team made of it, and tell the coach; False when that is what it said already.

    `acting` comes from `answering`.
    """
    row = db.execute(_TO_ANSWER, {"feedback": feedback_id}).one()
    if row.answer == answer_given:
        return False
    answers = row.answers + 1
    new = {"answer": answer_given, "answers": answers, "answered_by_id": acting.member.id, "answered_at": now}
    db.execute(_ANSWER, {"feedback": feedback_id, **new})
    for place in in_person.places(db, acting.collaborative.id, f"{KIND}:{feedback_id}"):
        post(db, acting, feedback_id, str(answers), place, now)
    if row.slack_user:
        about, args, name = (
            f"{feedback_id}:{answers}",
            {"feedback_id": feedback_id},
            f"{ANSWERED}:{feedback_id}",
        )
        outbox.say(db, acting.collaborative, ANSWERED, about, args, now, to=row.slack_user, post=name)
    return True


def post(  # noqa: PLR0913, PLR0917 - the facts of one message
    db: Connection, acting: Acting, feedback_id: int, revision: str, to: str, now: datetime
) -> None:
    """Have a feedback for the team posted, or its post there edited; each revision once in each place."""
    about, args = f"{feedback_id}:{revision}:{to}", {"feedback_id": feedback_id}
    how = outbox.Delivery(
        to=to, post=f"{KIND}:{feedback_id}", only_for=OnlyFor(Readers.COACHING, acting.team.id)
    )
    outbox.say(db, acting.collaborative, KIND, about, args, now, **how)


def reporter(db: Connection, collaborative: Collaborative, team: Team, report_id: int) -> str | None:
    """Whom a team without a channel hears through: who sent the report if still there, else its reporter."""
    sender = db.execute(_SENDER, {"report": report_id}).scalar()
    ours = sorted((each for _, each in people.of_team(db, team.id)), key=lambda each: each.id != sender)
    return next((each.slack_user for each in accounts.reachable(db, collaborative, ours)), None)


def _feedback(row: columns.AnyRow) -> Feedback:
    return Feedback(
        row.id,
        columns.collaborative(row),
        columns.team(row),
        columns.period(row),
        row.report_id,
        Member(row.member_id, row.by, row.by_slack_user),
        row.at,
        FeedbackWords(row.liked, row.wondered, row.proposed),
        TeamAnswer(row.answer) if row.answer else None,
        row.answered_by or "",
        row.answered_at,
    )


_TEAM_OF_REPORT = select(reports.c.team_id).where(reports.c.id == bindparam("report"))
_TEAM_OF_FEEDBACK = select(feedbacks.c.team_id).where(feedbacks.c.id == bindparam("feedback"))
_SENDER = select(reports.c.member_id).where(reports.c.id == bindparam("report"))
_answerers = members.alias("answerers")
_ALL = (
    select(
        *named(
            feedbacks,
            "id",
            "report_id",
            "member_id",
            "at",
            "liked",
            "wondered",
            "proposed",
            "answer",
            "answered_at",
        ),
        members.c.name.label("by"),
        members.c.slack_user.label("by_slack_user"),
        _answerers.c.name.label("answered_by"),
        *columns.TEAM,
        *columns.PERIOD,
        *columns.COLLABORATIVE,
    )
    .join(members, members.c.id == feedbacks.c.member_id)
    .join(_answerers, _answerers.c.id == feedbacks.c.answered_by_id, isouter=True)
    .join(reports, reports.c.id == feedbacks.c.report_id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .join(teams, teams.c.id == feedbacks.c.team_id)
    .join(collaboratives, collaboratives.c.id == feedbacks.c.collaborative_id)
    .order_by(feedbacks.c.at, feedbacks.c.id)
)
_GIVEN = _ALL.where(feedbacks.c.report_id == bindparam("report"), ~is_lost())
_OF_COLLABORATIVE = _ALL.where(feedbacks.c.collaborative_id == bindparam("collaborative"), ~is_lost())
_ONE = _ALL.where(feedbacks.c.id == bindparam("feedback"))
_TO_ANSWER = (
    select(feedbacks.c.answer, feedbacks.c.answers, members.c.slack_user)
    .join(members, members.c.id == feedbacks.c.member_id)
    .where(feedbacks.c.id == bindparam("feedback"))
    .with_for_update(of=feedbacks)
)
_ANSWER = update(feedbacks).where(feedbacks.c.id == bindparam("feedback"))
_ANSWERED = _ALL.where(
    feedbacks.c.collaborative_id == bindparam("collaborative"),
    feedbacks.c.member_id == bindparam("member"),
    feedbacks.c.answered_at >= bindparam("since"),
)
