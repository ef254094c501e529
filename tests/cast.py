"""The people, teams and measures every test knows, laid down as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, insert, update

from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Collaborative, Role, Visitor
from models.rules.collaborative.period import generate, next_month
from models.rules.reminders.reminders import Ladder
from models.services import ladders
from models.services.collaborative import calendar_months
from models.services.delivery import accounts
from models.tables.collaborative import collaboratives, reporting_periods, workspaces
from models.tables.measure import measures
from models.tables.people import members, roles, teams
from models.tables.report import measure_values
from tests.clock import T0

SLACK_TEAM = "T0LC"
TIME_ZONE = "America/New_York"  # of the collaborative and, as Slack says, of its people
CHANNEL = "C0LCALL"
FIRST_MONTH = date(2026, 6, 1)
MONTHS, DUE_DAY, LOCK_DAYS = 15, 10, 30

TEAMS = ("Cedar", "Birch", "Dogwood", "Elm")
PEOPLE = {  # name -> Slack id
    "Ana": "U0ANA",
    "Bo": "U0BO",
    "Chidi": "U0CHIDI",
    "Dana": "U0DANA",
    "Eve": "U0EVE",
    "Cora": "U0CORA",
    "Ben": "U0BEN",
    "Fay": "U0FAY",
    "Hana": "U0HANA",
    "Ravi": "U0RAVI",
    "Dr Old": None,
}
ROLES = (
    ("Ana", Role.REPORTER, "Cedar"),
    ("Bo", Role.BACKUP_REPORTER, "Cedar"),
    ("Dr Old", Role.CLINICAL_LEADER, "Cedar"),
    ("Chidi", Role.REPORTER, "Birch"),
    ("Dana", Role.REPORTER, "Dogwood"),
    ("Eve", Role.REPORTER, "Elm"),
    ("Cora", Role.COACH, "Cedar"),
    ("Cora", Role.COACH, "Birch"),
    ("Ben", Role.COACH, "Dogwood"),
    ("Fay", Role.FACULTY, None),
    ("Hana", Role.HOST, None),
    ("Ravi", Role.COORDINATOR, None),
)
MEASURES: tuple[dict[str, Any], ...] = (
    {
        "key": "M1",
        "name": "BP control",
        "kind": "outcome",
        "unit": "percent",
        "direction": "higher",
        "goal": Decimal(80),
        "required": True,
        "conceptual": "Patients with hypertension whose blood pressure is controlled.",
        "operational": "Last reading of the month below 140/90.",
        "numerator": "Patients whose last reading is below 140/90",
        "denominator": "Patients with hypertension seen this month",
        "sampling": "20 charts, or all when fewer",
    },
    {
        "key": "M2",
        "name": "Repeat BP taken",
        "kind": "process",
        "unit": "percent",
        "direction": "higher",
        "goal": None,
        "required": True,
        "conceptual": "A high first reading is repeated in the same visit.",
        "operational": "A second reading is written down.",
        "numerator": "Visits with a second reading",
        "denominator": "Visits with a high first reading",
        "sampling": "All visits",
    },
    {
        "key": "M3",
        "name": "Visit length complaints",
        "kind": "balancing",
        "unit": "count",
        "direction": "lower",
        "goal": None,
        "required": False,
        "conceptual": "Repeating readings should not make visits feel long.",
        "operational": "Complaints that name waiting or visit length.",
        "numerator": "Complaints",
        "denominator": "",
        "sampling": "All complaints",
    },
)
AIM = {
    "population": "Patients with hypertension",
    "time_frame": "August 2027",
    "goal": "80% below 140/90",
    "measure": "M1",
}
# The labels of the form's numbers.
NUMERATOR, REPEAT = (f"{measure['numerator']} (numerator)" for measure in MEASURES[:2])
DENOMINATOR, HIGH = (f"{measure['denominator']} (denominator)" for measure in MEASURES[:2])
COMPLAINTS = f"{MEASURES[2]['numerator']} (how many)"


@dataclass(frozen=True)
class Cast:
    """The ids of what was laid down, by the names people use."""

    collaborative: Collaborative
    slack: Mapping[str, str]  # name -> Slack id, of those who have one
    teams: Mapping[str, int]  # "Cedar" -> id
    members: Mapping[str, int]  # "Ana" -> id
    measures: Mapping[str, int]  # "M1" -> id
    periods: Mapping[str, int]  # "June 2026" -> id

    def visitor(self, name: str) -> Visitor:
        """The person as Slack names them; anybody else is an outsider."""
        return Visitor(SLACK_TEAM, self.slack.get(name, "U0OUTSIDER"))


def lay_down(
    db: Connection,
    slack_team: str = SLACK_TEAM,
    channel: str = CHANNEL,
    slack: Mapping[str, str] | None = None,
) -> Cast:
    """Lay down the collaborative; `slack` replaces Slack ids by name (a playground has its own)."""
    workspace = _row(db, workspaces, slack_team=slack_team)
    collaborative = _collaborative(db, workspace, channel)
    scope = {"collaborative_id": collaborative.id}
    ladders.keep(db, collaborative.id, Ladder())
    ids = {**PEOPLE, **(slack or {})}
    team_ids = {name: _row(db, teams, **scope, key=name.lower(), name=name) for name in TEAMS}
    member_ids = {
        name: _row(db, members, **scope, key=name.lower(), name=name, slack_user=ids[name]) for name in PEOPLE
    }
    accounts.expect(db, collaborative.id)
    for name, role, team in ROLES:
        who = {"member_id": member_ids[name], "team_id": team_ids.get(team or "")}
        _row(db, roles, **scope, **who, role=role, joined_on=FIRST_MONTH)
    return Cast(
        collaborative,
        {name: user for name, user in ids.items() if user},
        team_ids,
        member_ids,
        _measures(db, scope),
        _periods(db, scope),
    )


def withdraw(db: Connection, cast: Cast, team: str, on: date) -> None:
    """Take a team out from a day on; its history stays."""
    db.execute(update(teams).where(teams.c.id == cast.teams[team]).values(withdrawn_on=on))


def leave(db: Connection, cast: Cast, name: str, on: date) -> None:
    """End all roles of a person on a day."""
    db.execute(update(roles).where(roles.c.member_id == cast.members[name]).values(left_on=on))


def remember(db: Connection, cast: Cast, team: str, measure: str, history: Mapping[date, Value]) -> None:
    """Load earlier months' values by first day, as a file would; earlier months are made as needed."""
    scope = {"collaborative_id": cast.collaborative.id}
    periods = calendar_months.ids_of(db, cast.collaborative.id, tuple(history), T0.date())
    for month, value in history.items():
        _row(
            db,
            measure_values,
            **scope,
            team_id=cast.teams[team],
            measure_id=cast.measures[measure],
            period_id=periods[month],
            numerator=value.numerator,
            denominator=value.denominator,
            is_estimate=value.is_estimate,
            reason="",
        )


def months_before(count: int, last: date = FIRST_MONTH) -> tuple[date, ...]:
    """The first days of the months before `last`, oldest first."""
    start = date(last.year - (count + 12) // 12, last.month, 1)
    found = [start]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return tuple(found[-count - 1 : -1])


def _collaborative(db: Connection, workspace: int, channel: str) -> Collaborative:
    name, zone = "Blood Pressure 2026", TIME_ZONE
    row = _row(
        db,
        collaboratives,
        workspace_id=workspace,
        key="bp",
        name=name,
        topic="Blood pressure control",
        aim=AIM,
        time_zone=zone,
        channel=channel,
        first_month=FIRST_MONTH,
        months=MONTHS,
        due_day=DUE_DAY,
        lock_days=LOCK_DAYS,
    )
    return Collaborative(row, workspace, "bp", name, zone, channel)


def _measures(db: Connection, scope: Mapping[str, int]) -> dict[str, int]:
    plain = {"per": 1, "noun": "", **scope}
    return {
        str(measure["key"]): _row(db, measures, **plain, position=position, **measure)
        for position, measure in enumerate(MEASURES, start=1)
    }


def _periods(db: Connection, scope: Mapping[str, int]) -> dict[str, int]:
    dates = generate(FIRST_MONTH, MONTHS, DUE_DAY, LOCK_DAYS)
    return {
        f"{p.first_day:%B %Y}": _row(
            db, reporting_periods, **scope, first_day=p.first_day, due_on=p.due_on, locks_on=p.locks_on
        )
        for p in dates
    }


def _row(db: Connection, table: Table, **values: object) -> int:
    made = db.execute(insert(table).values(**values).returning(table.c.id))
    row: int = made.scalar_one()
    return row
