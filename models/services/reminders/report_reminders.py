"""Reminders of reports, and the thanks for those on time: what is wanted when, and whether it still is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, select

from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.rules.reminders.expectation import TeamSaid
from models.rules.reminders.reminder_contents import AnsweredReminder, ReportReminder
from models.rules.reminders.reminders import LATE, Audience, Case, Reminder, ReminderWords, reminders
from models.rules.report.report import FORM, filled_in_for
from models.services import digest, drafts, due, ladders, roll_call
from models.services.collaborative import measures, periods
from models.services.delivery import posts
from models.services.reminders import cases, expectations
from models.tables.people import members, teams
from models.tables.report import reports

AFTER_DIGEST = timedelta(minutes=15)  # a digest that did not go by then may not go at all
THANKS_LATEST = timedelta(days=21)  # after the due day; holidays can put the thanks off, but not for ever


@dataclass(frozen=True, kw_only=True)
class _DueReminder(DueMessage):
    case: Case
    reminder: Reminder


def due_reminders(
    db: Connection, snapshot: Snapshot, place: tuple[int, int] | None = None
) -> Iterable[_DueReminder]:
    """All reminders of reports that are not in; of one (team, period) where `place` names it."""
    for case in cases.waited_for(db, snapshot):
        if place in (None, (case.team_id, case.period_id)):
            for each in _reminders(db, snapshot, case):
                yield _due(snapshot, case, each)


def still_asked(db: Connection, args: Mapping[str, Any], now: datetime) -> ReportReminder | None:
    """What a reminder is to say; None when it is not, or no longer, to be said at this moment."""
    here = partial(due_reminders, place=(args["team_id"], args["period_id"]))
    still = due.still(db, here, args, now)
    return _contents(db, *still) if still else None


def answered(db: Connection, args: Mapping[str, Any], now: datetime) -> AnsweredReminder | None:
    """What a reminder that was sent is to say now; None when there is none, or no answer holds any more."""
    scope, team_id, period_id = args["collaborative_id"], args["team_id"], args["period_id"]
    if posts.find(db, scope, args["post"], args["to"]) is None:
        return None
    known = {"team": team_id, "period": period_id}
    sent_by = db.execute(_SENT_BY, known).scalar() or ""
    word = expectations.all_said(db, scope).get((team_id, period_id), TeamSaid())
    period, snapshot = periods.in_collaborative(db, scope, period_id), ladders.snapshot(db, scope, now)
    if not (sent_by or word.is_heard(snapshot.today)):
        return None
    needed = expectations.still_needed(db, snapshot.collaborative, team_id, period, now)
    name = db.execute(_NAME, known).scalar_one()
    return AnsweredReminder(team_id, name, period, sent_by, word, needed, snapshot.today)


def due_thanks(db: Connection, snapshot: Snapshot) -> Iterable[DueMessage]:
    """The thanks in the shared channel, on the working day after each due day somebody kept."""
    work = snapshot.ladder.working_time(snapshot.collaborative.time_zone)
    for period in periods.of_collaborative(db, snapshot.collaborative.id):
        if period.due_on < snapshot.today <= period.due_on + THANKS_LATEST and on_time(db, period.id):
            window = work.window(work.on_or_after(period.due_on + timedelta(days=1)), LATE)
            args = {"collaborative_id": snapshot.collaborative.id, "period_id": period.id}
            yield DueMessage("thanks", f"{period.id}", args, snapshot.collaborative.channel, window)


def still_thanked(
    db: Connection, args: Mapping[str, Any], now: datetime
) -> tuple[ReminderWords, tuple[str, ...], ReportingPeriod] | None:
    """The words, the teams on time and the month; None when there is nothing to thank for at this moment."""
    still = due.still(db, due_thanks, args, now)
    if still is None:
        return None
    period = periods.in_collaborative(db, args["collaborative_id"], args["period_id"])
    return still.snapshot.ladder.words, on_time(db, period.id), period


def on_time(db: Connection, period_id: int) -> tuple[str, ...]:
    """The teams whose report came by the due day, in the order they came."""
    return tuple(db.execute(_ON_TIME, {"period": period_id}).scalars())


def _reminders(db: Connection, snapshot: Snapshot, case: Case) -> Iterable[Reminder]:
    """The steps of a case; a coach's waits for her digest of that day, and is left out where that went."""
    for each in reminders(case, snapshot.ladder):
        is_now = abs(each.rung.day - snapshot.today) <= timedelta(days=1)
        if is_now and each.rung.audience is Audience.COACHES:
            yield from _beside_digest(db, each)
        else:
            yield each


def _beside_digest(db: Connection, step: Reminder) -> Iterable[Reminder]:
    """The digest names the teams that are late: the same morning once is enough."""
    digest_sent = digest.of_day(db, step.person.member_id, step.rung.day)
    if digest_sent is None or digest_sent[0] + AFTER_DIGEST >= step.window.closes:
        yield step
    elif not digest_sent[1]:
        opens = max(step.window.opens, digest_sent[0] + AFTER_DIGEST)
        yield replace(step, window=replace(step.window, opens=opens))


def _due(snapshot: Snapshot, case: Case, each: Reminder) -> _DueReminder:
    """Its own post each: an edit of the one before would wake nobody."""
    about = f"{case.period_id}:{case.team_id}:{each.rung.name}:{each.person.member_id}"
    to, post = each.person.slack_user, f"reminder:{about}"
    args: dict[str, int | str] = {
        "collaborative_id": snapshot.collaborative.id,
        "team_id": case.team_id,
        "period_id": case.period_id,
        "member_id": each.person.member_id,
        "rung": each.rung.name,
    }
    return _DueReminder("reminder", about, args, to, each.window, post, case=case, reminder=each)


def _contents(db: Connection, snapshot: Snapshot, message: _DueReminder) -> ReportReminder:
    scope, case = snapshot.collaborative.id, message.case
    period = periods.in_collaborative(db, scope, case.period_id)
    measures_asked = measures.asked(db, scope, case.team_id, period.first_day)
    known = {"team": case.team_id, "period": case.period_id}
    needed = [measure.name for measure in measures_asked if measure.required]
    now_needed = expectations.still_needed(db, snapshot.collaborative, case.team_id, period, snapshot.now)
    return ReportReminder(
        snapshot,
        message.reminder,
        case,
        db.execute(_NAME, known).scalar_one(),
        period,
        roll_call.find(db, period.id),
        tuple(name for name in needed if name in now_needed),
        tuple(name for name in needed if name not in now_needed),
        drafts.is_begun(db, scope, FORM, filled_in_for(case.team_id, case.period_id)),
    )


_ON_TIME = (
    select(teams.c.name)
    .join(reports, reports.c.team_id == teams.c.id)
    .where(reports.c.period_id == bindparam("period"), reports.c.is_late.is_(False))
    .order_by(reports.c.submitted_at, reports.c.id)
)
_NAME = select(teams.c.name).where(teams.c.id == bindparam("team"))
_SENT_BY = (
    select(members.c.name)
    .join(reports, reports.c.member_id == members.c.id)
    .where(reports.c.team_id == bindparam("team"), reports.c.period_id == bindparam("period"))
)
