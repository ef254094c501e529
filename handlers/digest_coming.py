"""What comes next, in each digest: the next due day with what is asked for it, and the timetable."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.digest_section import DigestSection, Section
from handlers.views.digest import Line, Part
from handlers.views.names import ASKED_OPEN
from handlers.views.team_month import team_month
from handlers.views.text import button, counted, day, escape_to_fit
from models.rules.digest import Reader
from models.rules.people import Team
from models.rules.period import ReportingPeriod
from models.rules.plan import MilestonePlan
from models.services import milestones, periods
from models.services.feedback_queue import taking_part

SOON = timedelta(days=35)


def coming(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The next due day, and what the timetable holds for the reader's teams or for all."""
    today, scope = who.collaborative.day_of(now), who.collaborative.id
    teams = taking_part(db, who.collaborative, now.date()) if who.sees_all_teams else who.teams
    soon = [each for each in periods.of_collaborative(db, scope) if today <= each.due_on <= today + SOON]
    ahead = [each for each in milestones.plan(db, scope) if today <= each.due_on <= today + SOON]
    dated = [(each.due_on, _due_line(each, teams, today)) for each in soon[:1]]
    dated += [(each.due_on, _milestone_line(each, teams, today)) for each in ahead if _concerns(each, teams)]
    if not dated:
        return None
    summary = _due_summary(soon[0], today) if soon else f"{counted(len(dated), 'milestone')} ahead."
    lines = tuple(line for _, line in sorted(dated, key=lambda one: one[0]))
    return DigestSection(Part("Coming up", summary, lines, is_news=False))


SECTIONS: Mapping[str, Section] = {"coming": coming}


def _due_line(period: ReportingPeriod, teams: Sequence[Team], today: date) -> Line:
    """The due day, beside what a team is asked for; before the month begins nobody is asked yet."""
    asked = [team_month(team.id, period.id) for team in teams[:1] if period.first_day <= today]
    buttons = tuple(button("What is asked", ASKED_OPEN, place) for place in asked)
    return Line(f"{_when(period.due_on, today)}: {period.name} reports are due", buttons)


def _milestone_line(milestone: MilestonePlan, teams: Sequence[Team], today: date) -> Line:
    """What the timetable says, and whose it is: the channel's name leads to the team."""
    owner = next((team for team in teams if team.key == milestone.team), None)
    whose = ""
    if owner:
        channel = f" (<#{owner.channel}>)" if owner.channel else ""
        whose = f", {escape_to_fit(owner.name, 150)}{channel}"
    return Line(f"{_when(milestone.due_on, today)}: {escape_to_fit(milestone.what, 500)}{whose}")


def _due_summary(period: ReportingPeriod, today: date) -> str:
    on = "today" if period.due_on == today else day(period.due_on)
    return f"{period.name} reports are due {on}."


def _when(on: date, today: date) -> str:
    return "Today" if on == today else day(on)


def _concerns(milestone: MilestonePlan, teams: Sequence[Team]) -> bool:
    """What one person sees to is theirs; the rest is for who looks after the team."""
    if milestone.person:
        return False
    return milestone.team is None or milestone.team in {team.key for team in teams}
