"""A collaborative with two years behind it: what is copied to see what grows."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from bench.workspace import SLACK_TEAM
from bot.demo.collaborative import demo_plan, months_before
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Role
from models.rules.setup.history import Giver
from models.rules.setup.plan import Calendar, CollaborativePlan, PersonPlan, RolePlan, TeamPlan
from models.services.charts import history
from models.services.setup import apply as collaborative

TEAMS, COACHED, MONTHS_BEHIND, MONTHS = 12, 6, 24, 36
DUE_DAY, LOCK_DAYS = 10, 30
ORIGINAL = "lc"


def plan(today: date, key: str = ORIGINAL) -> CollaborativePlan:
    """Twelve teams and their staff; the demo's measures and two more, since two years."""
    ours = "" if key == ORIGINAL else f"-{key}"  # in what Slack calls people and channels
    teams = tuple(TeamPlan(f"team-{at}", f"Team {at}", f"C0TEAM{at}{ours}") for at in range(TEAMS))
    staff = [PersonPlan(f"coach-{at}", f"Coach {at}", f"U0COACH{at}{ours}") for at in range(TEAMS // COACHED)]
    host = PersonPlan("host", "Host", f"U0HOST{ours}")
    mine = [
        PersonPlan(each.key, f"Reporter {each.name}", f"U0REP{at}{ours}") for at, each in enumerate(teams)
    ]
    held = {RolePlan(staff[at // COACHED].key, Role.COACH, team.key) for at, team in enumerate(teams)}
    held |= {RolePlan(team.key, Role.REPORTER, team.key) for team in teams}
    first = months_before(today.replace(day=1), MONTHS_BEHIND)
    demo = demo_plan(today)
    more = (replace(demo.measures[0], key=key, name=key, required=False) for key in ("M4", "M5"))
    return replace(
        demo,
        measures=(*demo.measures, *more),
        key=key,
        channel=f"C0LC{ours}",
        people=(host, *staff, *mine),
        teams=teams,
        roles=frozenset({*held, RolePlan("host", Role.HOST)}),
        milestones=(),
        calendar=Calendar(first, MONTHS, DUE_DAY, LOCK_DAYS),
    )


def load(db: Connection, wanted: CollaborativePlan, now: datetime) -> int:
    """Load it with all its months but the last two; its id."""
    kept = collaborative.apply(db, SLACK_TEAM, wanted, now, shown=None)
    months = [months_before(now.date().replace(day=1), back) for back in range(2, MONTHS_BEHIND + 1)]
    values = {
        (team.key, measure.key, month): _value(at, place, measure.unit.has_denominator)
        for at, team in enumerate(wanted.teams)
        for measure in wanted.measures
        for place, month in enumerate(months)
    }
    history.write(db, kept, values, Giver(now.date(), now))
    return kept


def _value(team: int, month: int, has_denominator: bool) -> Value:  # noqa: FBT001 - as the unit says
    counted = Decimal(40 + (team * 7 + month * 3) % 20)
    return Value(counted, Decimal(100)) if has_denominator else Value(counted)
