"""The made-up workspace under load: the demo's collaborative many times over, with all its earlier months."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from bot.demo.collaborative import demo_plan
from bot.demo.history import demo_history
from handlers.report.views.pages import FormPlace
from handlers.report.wizard import FormStep, start
from handlers.slack.blocks import View
from models import migrations
from models.database import Database
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.entries import as_typed
from models.rules.report.report import Draft, Entry, Narrative
from models.rules.setup.history import Giver
from models.rules.setup.plan import CollaborativePlan, PersonPlan, RolePlan, TeamPlan
from models.rules.time.working_time import instant
from models.services.charts import history
from models.services.collaborative import visitors
from models.services.setup import apply as collaborative
from models.tables.people import roles
from playground.views import carried_over, prepared

SLACK_TEAM = "T0BENCH"
COLLABORATIVES, TEAMS = 5, 100  # one report each: every one is a first report
COACHED = 5  # teams of one coach
PATTERN = "cedar"  # the demo's team whose months all teams here have
WORDS = Narrative(
    tested="We took a second reading in the same visit when the first one was high.",
    improved="It takes two minutes, and nobody minded.",
)


@dataclass(frozen=True)
class Reporter:
    """Who reports for a team, with the two pages of the form filled in as Slack would send them."""

    slack_user: str
    measures: dict[str, Any]
    words: dict[str, Any]


def lay_down(url: str, now: datetime) -> None:
    """Migrate an empty database and load all collaboratives into it, as `momentum load` would."""
    migrations.upgrade(url)
    database = Database(url)
    for number in range(COLLABORATIVES):
        database.write(partial(_load, number=number, now=now))
    database.dispose()


def reporters(url: str, now: datetime) -> list[Reporter]:
    """One reporter for each team in the database."""
    database = Database(url)
    found = [
        reporter
        for number in range(COLLABORATIVES)
        for reporter in database.read(partial(_reporters, number=number, now=now))
    ]
    database.dispose()
    return found


def reporter_of(db: Connection, slack_user: str, now: datetime) -> Reporter:
    """A reporter by their Slack id, with the form of their team filled in."""
    who = Visitor(SLACK_TEAM, slack_user)
    team = visitors.able(db, who, Deed.REPORT)[0].team.id
    step = _typed(start(db, who, FormPlace(team, 0), now))
    pages = [_as_slack_keeps_it(step.view()), _as_slack_keeps_it(step.to_page(1).view())]
    return _reporter(slack_user, step.place, pages)


def coaches(url: str) -> list[int]:
    """The ids of all coaches as members."""
    wanted = select(roles.c.member_id).where(roles.c.role == Role.COACH).distinct()
    database = Database(url)
    found = database.read(lambda db: list(db.execute(wanted).scalars()))
    database.dispose()
    return found


def _load(db: Connection, number: int, now: datetime) -> None:
    plan, today = _plan(number, now), now.date()
    first_day = plan.calendar.first_month
    kept = collaborative.apply(db, SLACK_TEAM, plan, instant(first_day, 9, plan.time_zone), shown=None)
    pattern = {cell[1:]: value for cell, value in demo_history(today).items() if cell[0] == PATTERN}
    values = {(team.key, *cell): value for team in plan.teams for cell, value in pattern.items()}
    history.write(db, kept, values, Giver(first_day, now))


def _plan(number: int, now: datetime) -> CollaborativePlan:
    teams = tuple(TeamPlan(f"team-{team}", f"Team {team}") for team in range(TEAMS))
    staff = [
        PersonPlan(f"coach-{at}", f"Coach {at}", f"U{number}COACH{at}") for at in range(TEAMS // COACHED)
    ]
    held = {RolePlan(staff[at // COACHED].key, Role.COACH, team.key) for at, team in enumerate(teams)}
    mine = [PersonPlan(team.key, f"Reporter of {team.name}", _user(number, team.key)) for team in teams]
    held |= {RolePlan(team.key, Role.REPORTER, team.key) for team in teams}
    return replace(
        demo_plan(now.date()),
        key=f"lc-{number}",
        channel=f"C{number}LC",
        people=(*staff, *mine),
        teams=teams,
        roles=frozenset(held),
    )


def _user(number: int, team: str) -> str:
    return f"U{number}{team.upper().replace('-', '')}"


def _reporters(db: Connection, number: int, now: datetime) -> list[Reporter]:
    """Build the form once for each collaborative: its pages differ by team in what they carry alone."""
    users = [_user(number, f"team-{team}") for team in range(TEAMS)]
    teams = [visitors.able(db, Visitor(SLACK_TEAM, user), Deed.REPORT)[0].team.id for user in users]
    step = _typed(start(db, Visitor(SLACK_TEAM, users[0]), FormPlace(teams[0], 0), now))
    pages = [_as_slack_keeps_it(step.view()), _as_slack_keeps_it(step.to_page(1).view())]
    return [
        _reporter(user, replace(step.place, team_id=team), pages)
        for user, team in zip(users, teams, strict=True)
    ]


def _reporter(user: str, place: FormPlace, pages: Iterable[dict[str, Any]]) -> Reporter:
    kept = (replace(place, page=number).as_value() for number, _ in enumerate(pages))
    return Reporter(
        user, *({**page, "private_metadata": each} for page, each in zip(pages, kept, strict=True))
    )


def _typed(step: FormStep) -> FormStep:
    """Fill the form with last month's numbers, which no question is asked about, and a few words."""
    numbers = (as_typed(Entry(field.measure.id, field.previous)) for field in step.form.fields)
    return replace(step, form=replace(step.form, draft=Draft(tuple(numbers), WORDS)))


def _as_slack_keeps_it(view: View) -> dict[str, Any]:
    kept = prepared(view)
    return {**kept, "state": {"values": carried_over(kept["blocks"], {})}}
