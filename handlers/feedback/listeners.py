"""Feedback on a report: a coach gives it in three short fields, the team says whether it helped."""

from datetime import datetime, timedelta
from functools import partial

from handlers.delivery.outgoing import Outgoing, RowArgs
from handlers.feature import DigestSection, Feature
from handlers.feedback import coaches
from handlers.feedback.views import feedback as views
from handlers.form import Form, Press
from handlers.presses import does, opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import give_button
from handlers.slack.ids import unpacked
from handlers.slack.notice import notice
from handlers.slack.parts import Line, Part
from handlers.slack.words import counted, safe_name, short_name
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.coaching.feedback import Feedback, TeamAnswer
from models.rules.collaborative.people import Acting, Visitor
from models.services import digest
from models.services.coaching import feedback, feedback_lost
from models.services.coaching.feedback_queue import waiting
from models.services.report.cards import card

LATELY = timedelta(days=7)
SENT = "Sent. It is on its way to {team}. You will hear whether it helped, or if it does not get through."
ELSEWHERE = "It is on its way to the reporter."
NOT_LOST = "That is not needed any more: it got through, or is on its way."
THANKS = "Thank you. Your coach will know."
SAME = "You said so already. Thank you."
MOST_SAID = 5  # answers said aloud; all of them stand below


def to_reporter(db: Connection, who: Visitor, value: str, now: datetime) -> str:
    """Send what did not reach the team's channel to its reporter."""
    feedback_id, row_id = unpacked(value, int, int)
    is_new = feedback_lost.send_to_reporter(db, who, feedback_id, row_id, now)
    return ELSEWHERE if is_new else NOT_LOST


def form(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """The three fields below what the team reported, for its coaches and staff."""
    report_id = unpacked(value, int)
    acting = feedback.advising(db, who, report_id)
    before = feedback.given(db, report_id)
    today, place = acting.collaborative.day_of(now), feedback.goes_to(db, acting, now)
    return views.feedback_form(card(db, report_id), before, today, place)


def give(db: Connection, acting: Acting, press: Press[views.Written]) -> None:
    """Keep what was written and have the team told."""
    report_id, by_message, words = press.answers
    given = feedback.give(db, acting, report_id, words, press.now, by_message=by_message)
    digest.renew(db, acting.member.id, f"feedback:{given.id}", press.now)


GIVE = Form(
    callback_id=action_ids.FEEDBACK_FORM,
    read=views.read_feedback,
    check=lambda answers: views.nothing_said(feedback.NOTHING_SAID) if answers[2].are_none else {},
    may=lambda db, press: feedback.advising(db, press.who, press.answers[0]),
    keep=give,
    say=lambda _db, acting, _press: notice(SENT.format(team=acting.team.name)),
)


def answer(db: Connection, who: Visitor, value: str, now: datetime, *, given: TeamAnswer) -> str:
    """Keep whether it helped."""
    feedback_id = unpacked(value, int)
    acting = feedback.answering(db, who, feedback_id)
    return THANKS if feedback.answer(db, acting, feedback_id, given, now) else SAME


def to_team(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The coach's words, for the team."""
    return Outgoing(*views.feedback_message(feedback.find(db, args["feedback_id"])))


def to_coach(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """What the team made of them, for the coach."""
    return Outgoing(*views.answer_message(feedback.find(db, args["feedback_id"])))


def lost(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """That a feedback did not get through, for who gave it; None when it has since."""
    if "to" in args:
        return Outgoing(*views.sent_elsewhere_message(feedback.find(db, args["feedback_id"]), args["to"]))
    lost_feedback = feedback_lost.find(db, args["feedback_id"], args["row"])
    if lost_feedback is None:
        return None
    failure = (lost_feedback.row_id, lost_feedback.channel, lost_feedback.reason)
    return Outgoing(*views.lost_message(lost_feedback.feedback, failure, lost_feedback.reporter))


def unread(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The reports of the reader's teams nobody has said anything about, oldest first."""
    reports = waiting(db, who.collaborative, who.teams, now)
    if not reports:
        return None
    lines = [Line(views.waiting_words(each), (give_button(each.report_id),)) for each in reports]
    wait = "waits" if len(reports) == 1 else "wait"
    oldest = ", the oldest" if len(reports) > 1 else ""
    summary = (
        f"{counted(len(reports), 'report')} {wait} for your feedback{oldest} {views.since(reports[0].days)}."
    )
    return DigestSection(Part("Waiting for your feedback, oldest first", summary, tuple(lines)))


def answered(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """What teams made of the reader's feedback in the last week."""
    answers = feedback.answered(db, who.collaborative.id, who.member.id, now - LATELY)
    if not answers:
        return None
    outcome = {TeamAnswer.HELPED: "it helped", TeamAnswer.NOT_YET: "not yet"}
    outcomes = [f"{short_name(each.team.name)}: {outcome[each.answer]}." for each in answers if each.answer]
    summary = f"Your feedback: {' '.join(outcomes[:MOST_SAID])}"
    return DigestSection(Part("What became of your feedback", summary, tuple(map(_answer_line, answers))))


def _answer_line(given: Feedback) -> Line:
    where = f"*{safe_name(given.team.name)}*, {given.period.name}"
    if given.answer is TeamAnswer.HELPED:
        return Line(f"{where}: your feedback helped")
    return Line(f"{where}: not yet, they say", (give_button(given.report_id),))


FEATURE = Feature(
    presses={
        action_ids.FEEDBACK_GIVE: opens(form),
        action_ids.FEEDBACK_HELPED: does(partial(answer, given=TeamAnswer.HELPED)),
        action_ids.FEEDBACK_NOT_YET: does(partial(answer, given=TeamAnswer.NOT_YET)),
        action_ids.FEEDBACK_TO_REPORTER: does(to_reporter),
        action_ids.COACH_WAITING: opens(coaches.waiting_for),
    },
    sends={GIVE.callback_id: GIVE.take},
    composers={feedback.KIND: to_team, feedback.ANSWERED: to_coach, feedback_lost.KIND: lost},
    sections={"coaches": coaches.coverage, "feedback": unread, "answers": answered},
    when_failed={feedback.KIND: feedback_lost.tell},
)
