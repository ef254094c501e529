"""For host and coordinator, the collaborative at a glance, and who cannot be reached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from handlers.feature import DigestSection
from handlers.slack.action_ids import REPORT_OPEN
from handlers.slack.blocks import Block, button
from handlers.slack.buttons import open_button, participation_button
from handlers.slack.ids import ANY_TEAM, packed
from handlers.slack.parts import Line, Part
from handlers.slack.words import (
    day,
    first_ones,
    headline,
    progress,
    safe_name,
    short_name,
    short_names,
)
from models.database import Connection
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.coaching.digest import MonthStanding, Reader, month_standings
from models.rules.collaborative.policy import Kind
from models.rules.reminders.expectation import Expectation, Said, TeamSaid
from models.services.collaborative import measures
from models.services.current import taking_part
from models.services.delivery import accounts
from models.services.reminders import expectations
from models.services.report.team_records import records

AllSaid = Mapping[tuple[int, int], TeamSaid]  # by team and period


def glance(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """How many teams are in for each open month, and the names of those that are not."""
    if not who.sees_all(Kind.LATENESS):
        return None
    today = who.collaborative.day_of(now)
    everybody = taking_part(db, who.collaborative.id)
    months = month_standings(records(db, who.collaborative, everybody, now), today)
    if not months:
        return None
    expectations_by_place = expectations.all_said(db, who.collaborative.id)
    summary = " ".join(f"{_headline(month)}." for month in months)
    lines = [line for month in months for line in _month(month, expectations_by_place, today)]
    lines[0] = replace(lines[0], buttons=_all_charts(db, who))
    urgent = any(month.needs_a_hand(today) for month in months)
    foot = (participation_button(who.collaborative.id),) if who.sees_all(Kind.PARTICIPATION) else ()
    part = Part("The collaborative at a glance", summary, tuple(lines), is_news=urgent, most=8, foot=foot)
    return DigestSection(part)


def unreachable(db: Connection, who: Reader, _now: datetime) -> DigestSection | None:
    """Who has a role and cannot be reached in Slack, so that somebody else is asked in their place."""
    names = accounts.unreachable(db, who.collaborative) if who.sees_all(Kind.COVERAGE) else ()
    if not names:
        return None
    lines = tuple(Line(f"*{safe_name(name)}* has no account in Slack any more.") for name in names)
    verb = "person" if len(names) == 1 else "people"
    summary = f"{len(names)} {verb} could not be reached."
    lead = "Others are asked in their place. Name somebody else in the collaborative's file."
    return DigestSection(Part("Could not be reached", summary, lines, lead=lead))


def _headline(month: MonthStanding) -> str:
    return headline(month.teams_in, month.teams_in + len(month.missing), month.period)


def _bar(month: MonthStanding) -> str:
    return progress(month.teams_in, month.teams_in + len(month.missing))


def _month(month: MonthStanding, by_place: AllSaid, today: date) -> list[Line]:
    """How many are in; who is not and nobody knows of; who is expected when; who cannot."""
    words = {team: by_place.get((team.id, month.period.id), TeamSaid()).said for team in month.missing}
    unknown = [team.name for team, each in words.items() if not _is_settled(each, today)]
    later = [
        f"{short_name(team.name)} ({day(each.until)})"
        for team, each in words.items()
        if each and each.until and each.said is Said.LATER and each.until >= today
    ]
    is_late = month.period.is_late(today)
    cannot = [team.name for team, each in words.items() if each and each.said is Said.CANNOT]
    return [
        Line(f"*{_headline(month)}*\n{_bar(month)}\n{_due(month, today)}"),
        *([Line(f"Not in yet: {short_names(unknown)}.", _report(month))] if unknown and is_late else []),
        *([Line(f"Expected: {first_ones(later)}.")] if later else []),
        *([Line(f"Cannot report this month: {short_names(cannot)}.")] if cannot else []),
    ]


def _report(month: MonthStanding) -> tuple[Block, ...]:
    """The form of any team's month; the list of teams begins with those not in yet."""
    return (button("Report for a team", REPORT_OPEN, packed(ANY_TEAM, month.period.id)),)


def _all_charts(db: Connection, who: Reader) -> tuple[Block, ...]:
    """The first measure of all teams side by side."""
    known = measures.of_collaborative(db, who.collaborative.id, ALL_TEAMS)
    return tuple(open_button(ChartChoice(who.collaborative.id, ALL_TEAMS, first.id)) for first in known[:1])


def _due(month: MonthStanding, today: date) -> str:
    if not month.missing:
        return "Nothing more is due."
    due_on = month.period.due_on
    if month.period.is_late(today):
        return f"It was due {day(due_on)}."
    return "Due today." if due_on == today else f"Due {day(due_on)}."


def _is_settled(word: Expectation | None, today: date) -> bool:
    """Whether a team said when it reports, or that it cannot."""
    if word is None or word.said is Said.HELP:
        return False
    return word.said is Said.CANNOT or bool(word.until and word.until >= today)
