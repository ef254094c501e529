"""What the host's digest adds: the collaborative at a glance, who coaches whom, how soon teams hear back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from handlers.digest_section import DigestSection, Section
from handlers.views.digest import Line, Part
from handlers.views.roll_call import headline, progress
from handlers.views.text import counted, day, escape_to_fit, listed
from models.rules.digest import MonthStanding, Reader, month_standings
from models.rules.feedback import CoachPace
from models.rules.people import Team
from models.services import accounts
from models.services.feedback_queue import paces, taking_part, uncovered
from models.services.team_records import records

MOST_NAMES = 20
_NAME = 150


def glance(db: Session, who: Reader, now: datetime) -> DigestSection | None:
    """How many teams are in for each open month, and the names of those that are not."""
    if not who.is_host:
        return None
    today = who.collaborative.day_of(now)
    everybody = taking_part(db, who.collaborative, now.date())
    months = month_standings(records(db, who.collaborative, everybody, now), today)
    if not months:
        return None
    overdue = any(month.missing and month.period.is_late(today) for month in months)
    said = [_headline(month) for month in months]
    summary = " ".join(f"{each}." for each in said)
    lines = tuple(Line(f"*{_headline(month)}*\n{_bar(month)}\n{_missing(month, today)}") for month in months)
    return DigestSection(Part("The collaborative at a glance", summary, lines, needs_you=overdue, most=8))


def coverage(db: Session, who: Reader, now: datetime) -> DigestSection | None:
    """Teams without a coach, and for each coach the teams and the usual wait for feedback."""
    if not who.is_host:
        return None
    alone = uncovered(db, who.collaborative, now)
    found = paces(db, who.collaborative, now)
    if not alone and not found:
        return None
    lines = [Line(f"*{_names(alone)}* {'has' if len(alone) == 1 else 'have'} no coach yet.")] if alone else []
    lines += [Line(_pace(each)) for each in found]
    summary = f"{counted(len(alone), 'team')} without a coach." if alone else "Every team has a coach."
    only = "Only hosts see how long teams wait; it says where a hand may be welcome."
    return DigestSection(Part("Coaches", summary, tuple(lines), needs_you=bool(alone), most=12, lead=only))


def unreachable(db: Session, who: Reader, now: datetime) -> DigestSection | None:
    """Who has a role and cannot be reached in Slack, so that somebody else is asked in their place."""
    found = accounts.unreachable(db, who.collaborative, now.date()) if who.is_host else ()
    if not found:
        return None
    lines = tuple(Line(f"*{escape_to_fit(name, _NAME)}* has no account in Slack any more.") for name in found)
    verb = "person" if len(found) == 1 else "people"
    summary = f"{len(found)} {verb} could not be reached."
    lead = "Others are asked in their place. Name somebody else in the collaborative's file."
    return DigestSection(Part("Could not be reached", summary, lines, lead=lead))


SECTIONS: Mapping[str, Section] = {"glance": glance, "coaches": coverage, "unreachable": unreachable}


def _headline(month: MonthStanding) -> str:
    return headline(month.teams_in, month.teams_in + len(month.missing), month.period)


def _bar(month: MonthStanding) -> str:
    return progress(month.teams_in, month.teams_in + len(month.missing))


def _missing(month: MonthStanding, today: date) -> str:
    if not month.missing:
        return "Nothing more is due."
    if not month.period.is_late(today):
        return f"Due {day(month.period.due_on)}."
    return f"Not in yet: {_names(month.missing)}."


def _names(teams: Sequence[Team]) -> str:
    shown = [escape_to_fit(team.name, 100) for team in teams[:MOST_NAMES]]
    more = len(teams) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)


def _pace(pace: CoachPace) -> str:
    """Say how a coach keeps up, kindly: what was given first, then what waits."""
    name = escape_to_fit(pace.coach.name, _NAME)
    teams = listed([escape_to_fit(team, 60) for team in pace.teams[:MOST_NAMES]])
    usual = "the same day"
    if pace.median_days:
        usual = f"after {pace.median_days:g} {'day' if pace.median_days == 1 else 'days'}"
    given = f"feedback on {counted(pace.given, 'report')}, usually {usual}. " if pace.given else ""
    return f"*{name}* ({teams}): {given}{_waiting(pace)}"


def _waiting(pace: CoachPace) -> str:
    if not pace.waiting:
        return "Nothing waits."
    waits = "1 report waits" if pace.waiting == 1 else f"{pace.waiting} reports wait"
    since = "since today" if not pace.oldest_days else f"the longest for {counted(pace.oldest_days, 'day')}"
    return f"{waits}, {since}."
