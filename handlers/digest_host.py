"""What the host's digest adds: the collaborative at a glance, who coaches whom, how soon teams hear back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from handlers.digest_section import DigestSection, Section
from handlers.views.digest import Line, Part
from handlers.views.roll_call import headline, progress
from handlers.views.text import counted, day, escape_to_fit, listed
from models.rules.digest import MonthStanding, Reader, month_standings
from models.rules.expectation import Expectation, Said
from models.rules.feedback import CoachPace
from models.rules.people import Team
from models.services import accounts, expectations
from models.services.feedback_queue import paces, taking_part, uncovered
from models.services.team_records import records

MOST_NAMES = 20
LONG_WAIT = 7  # days a report waits for feedback before the host should know
_NAME = 150

Promises = Mapping[tuple[int, int], Expectation]  # by team and period


def glance(db: Session, who: Reader, now: datetime) -> DigestSection | None:
    """How many teams are in for each open month, and the names of those that are not."""
    if not who.is_host:
        return None
    today = who.collaborative.day_of(now)
    everybody = taking_part(db, who.collaborative, now.date())
    months = month_standings(records(db, who.collaborative, everybody, now), today)
    if not months:
        return None
    said = expectations.latest(db, who.collaborative.id)
    summary = " ".join(f"{_headline(month)}." for month in months)
    lines = tuple(line for month in months for line in _month(month, said, today))
    urgent = any(month.needs_a_hand(today) for month in months)
    return DigestSection(Part("The collaborative at a glance", summary, lines, is_news=urgent, most=8))


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
    urgent = bool(alone) or any(each.oldest_days > LONG_WAIT for each in found)
    return DigestSection(Part("Coaches", summary, tuple(lines), is_news=urgent, most=12, lead=only))


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


def _month(month: MonthStanding, said: Promises, today: date) -> list[Line]:
    """How many are in; who is not and nobody knows of; who is expected when; who cannot."""
    words = {team: said.get((team.id, month.period.id)) for team in month.missing}
    unknown = [team for team, each in words.items() if not _is_settled(each, today)]
    later = [
        f"{escape_to_fit(team.name, 60)} ({day(each.until)})"
        for team, each in words.items()
        if each and each.until and each.said is Said.LATER and each.until >= today
    ]
    cannot = [team for team, each in words.items() if each and each.said is Said.CANNOT]
    return [
        Line(f"*{_headline(month)}*\n{_bar(month)}\n{_due(month, today)}"),
        *([Line(f"Not in yet: {_names(unknown)}.")] if unknown and month.period.is_late(today) else []),
        *([Line(f"Expected: {_some(later)}.")] if later else []),
        *([Line(f"Cannot report this month: {_names(cannot)}.")] if cannot else []),
    ]


def _due(month: MonthStanding, today: date) -> str:
    if not month.missing:
        return "Nothing more is due."
    due_on = month.period.due_on
    if month.period.is_late(today):
        return f"It was due {day(due_on)}."
    return "Due today." if due_on == today else f"Due {day(due_on)}."


def _is_settled(said: Expectation | None, today: date) -> bool:
    """Whether a team said when it reports, or that it cannot."""
    if said is None or said.said is Said.HELP:
        return False
    return said.said is Said.CANNOT or bool(said.until and said.until >= today)


def _names(teams: Sequence[Team]) -> str:
    return _some([escape_to_fit(team.name, 60) for team in teams])


def _some(words: Sequence[str]) -> str:
    more = len(words) - MOST_NAMES
    return listed([*words[:MOST_NAMES], *([f"{more} more"] if more > 0 else [])])


def _pace(pace: CoachPace) -> str:
    """Say how a coach keeps up, kindly: what was given first, then what waits."""
    name = f"<@{pace.coach.slack_user}>" if pace.coach.slack_user else escape_to_fit(pace.coach.name, _NAME)
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
