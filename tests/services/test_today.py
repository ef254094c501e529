"""Who stands in the file may act and nobody else, in the second after it is loaded, wherever that is."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Connection

from models.database import Database
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.setup.plan import CollaborativePlan
from models.services.collaborative import visitors
from models.services.setup import apply
from tests.plans import plan

A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
HANA, ANA, CHIDI = "U0123HANA", "U0123ANA", "U0123CHIDI"  # the host, a reporter of Cedar, one of Birch
WHOLE = plan()
NUMBERS = count()  # of the workspaces, one for each moment


def three_days(zone: str) -> list[datetime]:
    """Each hour of three days; the clocks change on the second, where they ever do."""
    offsets = [(NEW_YEAR + A_DAY * day).astimezone(ZoneInfo(zone)).utcoffset() for day in range(365)]
    changes = (day for day, (before, after) in enumerate(pairwise(offsets)) if before != after)
    begins = NEW_YEAR + A_DAY * (next(changes, 1) - 1)
    return [begins + timedelta(hours=at) for at in range(72)]


def file_with(team: str, zone: str) -> CollaborativePlan:
    """The file with one team alone: the staff, then the team's people."""
    roles = frozenset(each for each in WHOLE.roles if each.team in {"", team} and each.role is not Role.COACH)
    held = {role.person: role.team for role in sorted(roles)}
    there = [each for each in WHOLE.people if each.key in held]
    return replace(
        WHOLE,
        time_zone=zone,
        teams=tuple(replace(each, exceptions=frozenset()) for each in WHOLE.teams if each.key == team),
        people=tuple(sorted(there, key=lambda each: held[each.key])),
        roles=roles,
        milestones=(),
    )


def acting(db: Connection, workspace: str) -> dict[str, list[str]]:
    """For which teams each of them may act."""
    return {
        user: [each.team.key for each in visitors.able(db, Visitor(workspace, user), Deed.REPORT)]
        for user in (HANA, ANA, CHIDI)
    }


@pytest.fixture(scope="module")
def database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One for all moments: each has a workspace of its own."""
    path = tmp_path_factory.mktemp("today") / "momentum.db"
    shutil.copy(sqlite_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.dispose()


def moments() -> st.SearchStrategy[tuple[str, datetime]]:
    zones = st.sampled_from(sorted(available_timezones()))
    return zones.flatmap(lambda zone: st.tuples(st.just(zone), st.sampled_from(three_days(zone))))


@given(moments())
@example(("Australia/Sydney", datetime(2026, 7, 5, 23, tzinfo=UTC)))  # nine in the morning
def test_who_stands_in_the_file_may_act_at_once_and_nobody_else(
    database: Database, moment: tuple[str, datetime]
) -> None:
    """Loaded in is in, taken out is out: in all zones, at each hour of three days, clocks changing or not."""
    (zone, now), slack_team = moment, f"T{next(NUMBERS)}"
    cedar, birch = file_with("cedar", zone), file_with("birch", zone)

    def unit(db: Connection) -> None:
        apply.apply(db, slack_team, cedar, now, shown=None)
        assert acting(db, slack_team) == {HANA: ["cedar"], ANA: ["cedar"], CHIDI: []}
        apply.apply(db, slack_team, birch, now + A_SECOND, shown=cedar)
        assert acting(db, slack_team) == {HANA: ["birch"], ANA: [], CHIDI: ["birch"]}

    database.write(unit)
