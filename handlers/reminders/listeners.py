"""Reminders of reports that know how things stand, and that people can answer."""

from datetime import date, datetime, timedelta
from functools import partial

from handlers.feature import Feature
from handlers.form import Form, Press
from handlers.presses import opens
from handlers.reminders.messages import COMPOSERS
from handlers.reminders.views import answers as views
from handlers.reminders.views.answers import ReminderAnswer
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.reminders.expectation import DAYS_OFFERED, HELP_PAUSE, Said
from models.services import ladders
from models.services.collaborative import periods, visitors
from models.services.reminders import expectations, report_reminders


def keep(db: Connection, acting: Acting, press: Press[ReminderAnswer]) -> None:
    """Keep an answer."""
    answer = press.answers
    expectations.say(
        db,
        acting,
        answer.period_id,
        answer.said,
        until=_until(acting, press),
        reason=answer.reason,
        measure_id=answer.measure_id,
        now=press.now,
    )


def follows(db: Connection, acting: Acting, press: Press[ReminderAnswer]) -> View:
    """Say what follows; where only one measure was asked about, the others are asked for all the same."""
    answer = press.answers
    needed: tuple[str, ...] = ()
    if answer.measure_id is not None:
        period = periods.in_collaborative(db, acting.collaborative.id, answer.period_id)
        needed = expectations.still_needed(db, acting.collaborative, acting.team.id, period, press.now)
    return views.kept_view(answer.said, _until(acting, press), needed)


ANSWERS = [
    Form(
        callback_id=callback_id,
        read=views.answer,
        may=lambda db, press: visitors.insist(db, press.who, Deed.REPORT, press.answers.team_id),
        keep=keep,
        say=follows,
    )
    for callback_id in views.FORMS
]


def _until(acting: Acting, press: Press[ReminderAnswer]) -> date | None:
    """The day until which nothing is asked."""
    if press.answers.said is Said.HELP:
        return acting.collaborative.day_of(press.now) + HELP_PAUSE
    return press.answers.until


def answer_form(db: Connection, who: Visitor, place: str, now: datetime, *, answer: Said) -> View:
    """The form for one of the answers."""
    team_id, period_id = unpacked(place, int, int)
    acting = visitors.insist(db, who, Deed.REPORT, team_id)
    month = expectations.still_open(db, acting, period_id, now)
    if answer is Said.CANNOT:
        return views.cannot_form(place, month.period)
    if answer is Said.HELP:
        return views.help_form(place, month.measures)
    work = ladders.find(db, acting.collaborative.id).working_time(acting.collaborative.time_zone)
    today = acting.collaborative.day_of(now)
    days = (today + timedelta(days=ahead) for ahead in range(1, 15))
    offered = [each for each in days if work.is_working(each) and each <= month.period.locks_on]
    if not offered:
        raise DomainError(f"{month.period.name} closes soon, so there is no later day to choose.")
    return views.later_form(place, month.period, offered[:DAYS_OFFERED])


FEATURE = Feature(
    presses={
        action_ids.REMINDER_LATER: opens(partial(answer_form, answer=Said.LATER)),
        action_ids.REMINDER_CANNOT: opens(partial(answer_form, answer=Said.CANNOT)),
        action_ids.REMINDER_HELP: opens(partial(answer_form, answer=Said.HELP)),
    },
    sends={form.callback_id: form.take for form in ANSWERS},
    composers=COMPOSERS,
    on_left=(ladders.wake,),  # whoever stands in is asked at once
    due=(report_reminders.due_reminders, report_reminders.due_thanks),
)
