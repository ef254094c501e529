"""Reminders of reports, and the thanks for those on time: what is wanted when, and whether it still is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.asking import Answered, Asking
from models.rules.reminders.expectation import Standing
from models.rules.reminders.reminders import LATE, Audience, Case, Reminder, Words, reminders
from models.rules.reminders.windows import Scene, Wanted
from models.services import digest, ladders
from models.services.collaborative import measures, periods
from models.services.delivery import posts
from models.services.reminders import answers, cases, expectations
from models.services.roll_call import roll_call
from models.tables.people import members, teams
from models.tables.report import drafts, reports

AFTER_DIGEST = timedelta(minutes=15)  # a digest that did not go by then may not go at all
THANKS_LATEST = timedelta(days=21)  # after the due day; holidays can put the thanks off, but not for ever


def wanted(db: Connection, scene: Scene) -> Iterable[Wanted]:
    """All reminders of reports that are not in."""
    for case in cases.waited_for(db, scene):
        for each in _reminders(db, scene, case):
            yield _wanted(scene, case, each)


def still_asked(db: Connection, args: Mapping[str, Any], now: datetime) -> Asking | None:
    """What a reminder is to say; None when it is not, or no longer, to be said at this moment."""
    scene = ladders.scene(db, args["collaborative_id"], now)
    for case in cases.waited_for(db, scene):
        if (case.team_id, case.period_id) == (args["team_id"], args["period_id"]):
            for each in _reminders(db, scene, case):
                if _args(scene, case, each) == args and each.window.holds(now):
                    return _asking(db, scene, case, each)
    return None


def answered(db: Connection, args: Mapping[str, Any], now: datetime) -> Answered | None:
    """What a reminder that was sent is to say now; None when there is none, or no answer holds any more."""
    scope, team_id, period_id = args["collaborative_id"], args["team_id"], args["period_id"]
    if posts.find(db, scope, args["post"], args["to"]) is None:
        return None
    known = {"team": team_id, "period": period_id}
    sent_by = db.execute(_SENT_BY, known).scalar() or ""
    said = expectations.all_said(db, scope).get((team_id, period_id), Standing())
    period, today = periods.in_collaborative(db, scope, period_id), ladders.scene(db, scope, now).today
    if not (sent_by or said.is_heard(today)):
        return None
    needed = expectations.still_needed(db, scope, team_id, period, today)
    return Answered(team_id, db.execute(_NAME, known).scalar_one(), period, sent_by, said, needed, today)


def thanks_wanted(db: Connection, scene: Scene) -> Iterable[Wanted]:
    """The thanks in the shared channel, on the working day after each due day somebody kept."""
    work = scene.ladder.working_time(scene.collaborative.time_zone)
    for period in periods.of_collaborative(db, scene.collaborative.id):
        if period.due_on < scene.today <= period.due_on + THANKS_LATEST and on_time(db, period.id):
            window = work.window(work.on_or_after(period.due_on + timedelta(days=1)), LATE)
            args = {"collaborative_id": scene.collaborative.id, "period_id": period.id}
            yield Wanted(f"thanks:{period.id}", "thanks", args, scene.collaborative.channel, window)


def still_thanked(
    db: Connection, args: Mapping[str, Any], now: datetime
) -> tuple[Words, tuple[str, ...], ReportingPeriod] | None:
    """The words, the teams on time and the month; None when there is nothing to thank for at this moment."""
    scene = ladders.scene(db, args["collaborative_id"], now)
    if not any(each.args == args and each.window.holds(now) for each in thanks_wanted(db, scene)):
        return None
    period = periods.in_collaborative(db, scene.collaborative.id, args["period_id"])
    return scene.ladder.words, on_time(db, period.id), period


def on_time(db: Connection, period_id: int) -> tuple[str, ...]:
    """The teams whose report came by the due day, in the order they came."""
    return tuple(db.execute(_ON_TIME, {"period": period_id}).scalars())


def _reminders(db: Connection, scene: Scene, case: Case) -> Iterable[Reminder]:
    """The steps of a case; a coach's waits for her digest of that day, and is left out where that went."""
    for each in reminders(case, scene.ladder):
        is_now = abs(each.rung.day - scene.today) <= timedelta(days=1)
        if is_now and each.rung.audience is Audience.COACHES:
            yield from _beside_digest(db, each)
        else:
            yield each


def _beside_digest(db: Connection, step: Reminder) -> Iterable[Reminder]:
    """The digest names the teams that are late: the same morning once is enough."""
    told = digest.of_day(db, step.person.member_id, step.rung.day)
    if told is None or told[0] + AFTER_DIGEST >= step.window.closes:
        yield step
    elif not told[1]:
        opens = max(step.window.opens, told[0] + AFTER_DIGEST)
        yield replace(step, window=replace(step.window, opens=opens))


def _wanted(scene: Scene, case: Case, each: Reminder) -> Wanted:
    """Its own post each: an edit of the one before would wake nobody."""
    key = f"{answers.asked_about(case.team_id, case.period_id)}{each.rung.name}:{each.person.member_id}"
    args = _args(scene, case, each)
    return Wanted(key, "reminder", args, each.person.slack_user, each.window, subject=key)


def _args(scene: Scene, case: Case, each: Reminder) -> dict[str, int | str]:
    return {
        "collaborative_id": scene.collaborative.id,
        "team_id": case.team_id,
        "period_id": case.period_id,
        "member_id": each.person.member_id,
        "rung": each.rung.name,
    }


def _asking(db: Connection, scene: Scene, case: Case, each: Reminder) -> Asking:
    scope = scene.collaborative.id
    period = periods.in_collaborative(db, scope, case.period_id)
    asked = measures.asked(db, scope, case.team_id, period.first_day)
    known = {"team": case.team_id, "period": case.period_id}
    needed = [measure.name for measure in asked if measure.required]
    now_needed = expectations.still_needed(db, scope, case.team_id, period, scene.today)
    return Asking(
        scene,
        each,
        case,
        db.execute(_NAME, known).scalar_one(),
        period,
        roll_call(db, period.id),
        tuple(name for name in needed if name in now_needed),
        tuple(name for name in needed if name not in now_needed),
        db.execute(_DRAFT, known).first() is not None,
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
_DRAFT = select(drafts.c.id).where(
    drafts.c.team_id == bindparam("team"), drafts.c.period_id == bindparam("period")
)
