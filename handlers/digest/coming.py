"""What comes next, in each digest: the next due day with what is asked for it, and the timetable."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from handlers.feature import DigestSection
from handlers.slack.action_ids import ASKED_OPEN
from handlers.slack.blocks import button
from handlers.slack.ids import packed
from handlers.slack.parts import Line, Part
from handlers.slack.words import counted, day, escape_to_fit, safe_name
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.policy import Kind
from models.rules.reminders.timeline import Milestone, Progress
from models.services import digest
from models.services.collaborative import periods
from models.services.reminders import milestones

SOON = timedelta(days=35)


def coming(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The next due day, and what the timetable holds for the reader's teams or for all."""
    today, scope = who.collaborative.day_of(now), who.collaborative.id
    teams = digest.teams_of(db, who, Kind.LATENESS)
    soon = [each for each in periods.of_collaborative(db, scope) if today <= each.due_on <= today + SOON]
    dated = [(each.due_on, _due_line(each, teams, today)) for each in soon[:1]]
    dated += [
        (milestone.due_on, _milestone_line(milestone, team, today))
        for milestone, team in _concerning(db, scope, teams)
        if milestone.due_on <= today + SOON and milestone.progress(today) in {Progress.OPEN, Progress.OVERDUE}
    ]
    if not dated:
        return None
    summary = _due_summary(soon[0], today) if soon else f"{counted(len(dated), 'milestone')} ahead."
    lines = tuple(line for _, line in sorted(dated, key=lambda one: one[0]))
    return DigestSection(Part("Coming up", summary, lines, is_news=False))


def _due_line(period: ReportingPeriod, teams: Sequence[Team], today: date) -> Line:
    """The due day, beside what a team is asked for; before the month begins nobody is asked yet."""
    values = [packed(team.id, period.id) for team in teams[:1] if period.first_day <= today]
    buttons = tuple(button("What is asked", ASKED_OPEN, place) for place in values)
    return Line(f"{_when(period.due_on, today)}: {period.name} reports are due", buttons)


def _milestone_line(milestone: Milestone, owner: Team | None, today: date) -> Line:
    """What the timetable says, and whose it is: the channel's name leads to the team."""
    whose = ""
    if owner:
        channel = f" (<#{owner.channel}>)" if owner.channel else ""
        whose = f", {safe_name(owner.name)}{channel}"
    late = f"{Progress.OVERDUE} since " if milestone.progress(today) is Progress.OVERDUE else ""
    return Line(f"{late}{_when(milestone.due_on, today)}: {escape_to_fit(milestone.what, 500)}{whose}")


def _due_summary(period: ReportingPeriod, today: date) -> str:
    on = "today" if period.due_on == today else day(period.due_on)
    return f"{period.name} reports are due {on}."


def _when(on: date, today: date) -> str:
    return "Today" if on == today else day(on)


def _concerning(db: Connection, scope: int, teams: Sequence[Team]) -> Iterator[tuple[Milestone, Team | None]]:
    """The milestones of all, and of these teams; what one person sees to is theirs."""
    by_id = {team.id: team for team in teams}
    for milestone, member_id, team_id in milestones.of_collaborative(db, scope):
        if member_id is None and (team_id is None or team_id in by_id):
            yield milestone, by_id.get(team_id or 0)
