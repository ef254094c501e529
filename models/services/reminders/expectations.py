"""What teams say of reports that are not in: kept as said, told to the coach where it needs one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from models.errors import DomainError
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Acting, Collaborative
from models.rules.collaborative.period import ReportingPeriod, day_words
from models.rules.reminders.expectation import Expectation, Said, TeamSaid, ToldCoach, standing
from models.services import columns, ladders, roll_call
from models.services.collaborative import people, periods
from models.services.collaborative.measures import asked as measures_asked
from models.services.collaborative.measures import needed
from models.services.delivery import accounts, outbox
from models.services.reminders import answers
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures
from models.tables.people import members, teams
from models.tables.reminder import expectations
from models.tables.report import reports

WHY = "Please say in a few words why, so that your coach can help."


@dataclass(frozen=True)
class Open:
    """A month that is waited for, with the measures the team is asked for."""

    period: ReportingPeriod
    measures: tuple[Measure, ...]


def say(  # noqa: PLR0913 - what was said, by whom, of which month and when: each is a fact of its own
    db: Connection,
    acting: Acting,
    period_id: int,
    answer: Said,
    *,
    until: date | None = None,
    reason: str = "",
    measure_id: int | None = None,
    now: datetime,
) -> None:
    """Keep what a team says of a month without a report; its reminders, sent or to come, follow at once.

    That it cannot, or wants help, reaches the coach. Raises DomainError when the report is in, the month is
    closed, or `until` is not a day to come before the month closes.
    """
    open_ = still_open(db, acting, period_id, now)
    period = open_.period
    _refuse(answer, until, reason, acting.collaborative.day_of(now), period)
    if measure_id is not None and measure_id not in {measure.id for measure in open_.measures}:
        raise DomainError("I could not find that measure in this month's report.")
    words = {"said": answer, "until": until, "reason": reason.strip(), "measure_id": measure_id}
    kept = _keep(db, acting, {"period_id": period.id, **words, "at": now})
    if answer is not Said.LATER:
        _tell_coaches(db, acting, kept, now)
    answers.tell(db, acting, period.id, f"said:{kept}", now)
    roll_call.redraw(db, acting.collaborative, period.id, f"said:{kept}", now)
    ladders.wake(db, acting.collaborative.id)


def _keep(db: Connection, acting: Acting, words: Mapping[str, Any]) -> int:
    by = {
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "member_id": acting.member.id,
    }
    kept: int = db.execute(
        insert(expectations).values({**by, **words}).returning(expectations.c.id)
    ).scalar_one()
    return kept


def still_open(db: Connection, acting: Acting, period_id: int, now: datetime) -> Open:
    """The month, and what the team is asked for in it. Raises DomainError when it is closed or reported."""
    period = periods.in_collaborative(db, acting.collaborative.id, period_id)
    periods.refuse_unless_open(db, acting, period, now)
    if db.execute(_REPORT, {"team": acting.team.id, "period": period.id}).first():
        raise DomainError(f"The {period.name} report is in already, thank you.")
    return Open(period, measures_asked(db, acting.collaborative.id, acting.team.id, period.first_day))


def all_said(db: Connection, collaborative_id: int) -> dict[tuple[int, int], TeamSaid]:
    """What stands of all that each (team, period) said; a report that came since makes it past."""
    by_place: defaultdict[tuple[int, int], list[Expectation]] = defaultdict(list)
    for row in db.execute(_LATEST, {"collaborative": collaborative_id}):
        by_place[row.team_id, row.period_id].append(_expectation(row))
    return {place: standing(words) for place, words in by_place.items()}


def still_needed(
    db: Connection, collaborative: Collaborative, team_id: int, period: ReportingPeriod, now: datetime
) -> tuple[str, ...]:
    """The measures a report should not leave out, without those that wait for the coach's help today."""
    word = all_said(db, collaborative.id).get((team_id, period.id), TeamSaid())
    measures = needed(db, collaborative.id, team_id, period.first_day)
    paused = word.paused(collaborative.day_of(now))
    return tuple(measure.name for measure in measures if measure.id not in paused)


def given_up(db: Connection, collaborative_id: int) -> frozenset[tuple[int, int]]:
    """The (team, period) whose last word is that it cannot be reported: nobody is asked for these."""
    words = all_said(db, collaborative_id)
    return frozenset(place for place, stands in words.items() if stands.has_given_up)


def told(db: Connection, expectation_id: int) -> ToldCoach:
    """One word of a team, as its coach reads it."""
    row = db.execute(_TOLD, {"expectation": expectation_id}).one()
    month = f"{row.first_day:%B %Y}"
    return ToldCoach(_expectation(row), row.team_name, month)


def _refuse(answer: Said, until: date | None, reason: str, today: date, period: ReportingPeriod) -> None:
    if answer is Said.CANNOT and not reason.strip():
        raise DomainError(WHY)
    if answer is Said.LATER and not (until and today < until <= period.locks_on):
        raise DomainError(
            f"Please choose a day after today, until {day_words(period.locks_on)}, when the month closes."
        )


def _tell_coaches(db: Connection, acting: Acting, expectation_id: int, now: datetime) -> None:
    """Tell the team's coaches; of a team without one, who runs the collaborative."""
    collaborative = acting.collaborative
    coaches = accounts.reachable(db, collaborative, people.coaches(db, acting.team.id))
    staff = people.staff(db, collaborative.id)
    hearers = coaches or accounts.reachable(db, collaborative, staff)
    for hearer in hearers:
        if hearer.slack_user:
            about, args = f"{expectation_id}:{hearer.id}", {"expectation_id": expectation_id}
            outbox.say(db, collaborative, "team_said", about, args, now, to=hearer.slack_user)


def _expectation(row: columns.AnyRow) -> Expectation:
    who = {"by": row.by, "by_user": row.by_user or "", "at": row.at}
    about = {"measure": row.measure or "", "measure_id": row.measure_id}
    return Expectation(row.team_id, row.period_id, Said(row.said), row.until, row.reason, **who, **about)


_REPORT = select(reports.c.id).where(
    reports.c.team_id == bindparam("team"), reports.c.period_id == bindparam("period")
)
_WORDS = (
    *named(expectations, "team_id", "period_id", "said", "until", "reason", "at"),
    members.c.name.label("by"),
    members.c.slack_user.label("by_user"),
    expectations.c.measure_id,
    measures.c.name.label("measure"),
)
_SAID = (
    select(*_WORDS)
    .join(members, members.c.id == expectations.c.member_id)
    .join(measures, measures.c.id == expectations.c.measure_id, isouter=True)
)
_LATEST = _SAID.where(expectations.c.collaborative_id == bindparam("collaborative")).order_by(
    expectations.c.id
)
_TOLD = (
    _SAID.add_columns(
        teams.c.name.label("team_name"),
        reporting_periods.c.first_day,
    )
    .join(teams, teams.c.id == expectations.c.team_id)
    .join(reporting_periods, reporting_periods.c.id == expectations.c.period_id)
    .where(expectations.c.id == bindparam("expectation"))
)
