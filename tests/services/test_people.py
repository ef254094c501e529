"""Who may act for which team."""

import pytest

from models.database import Database
from models.errors import DomainError
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.policy import Deed
from models.services.collaborative import people, visitors
from models.tables.people import roles
from tests.cast import SLACK_TEAM, Cast, leave, withdraw
from tests.services.sending import TODAY


def acts(database: Database, visitor: Visitor) -> list[tuple[str, str]]:
    found = database.read(lambda db: visitors.able(db, visitor, Deed.REPORT))
    return [(one.team.name, one.role.value) for one in found]


@pytest.mark.parametrize(
    ("name", "teams"),
    [
        ("Ana", [("Cedar", "reporter")]),
        ("Bo", [("Cedar", "backup reporter")]),
        ("Cora", [("Birch", "coach"), ("Cedar", "coach")]),
        ("Ravi", [(team, "coordinator") for team in ("Birch", "Cedar", "Dogwood", "Elm")]),
        ("Hana", [(team, "host") for team in ("Birch", "Cedar", "Dogwood", "Elm")]),
        ("Fay", []),
        ("an outsider", []),
    ],
)
def test_each_acts_for_own_teams_coaches_for_theirs_and_staff_for_all(
    database: Database, cast: Cast, name: str, teams: list[tuple[str, str]]
) -> None:
    """Permissions follow roles; faculty teach and do not report."""
    assert acts(database, cast.visitor(name)) == teams


def test_own_teams_come_first_and_count_once(database: Database, cast: Cast) -> None:
    """A coordinator who also reports for Elm acts for Elm as one of its own."""
    row = {
        "collaborative_id": cast.collaborative.id,
        "member_id": cast.members["Ravi"],
        "team_id": cast.teams["Elm"],
        "joined_on": TODAY,
    }
    both = [{**row, "role": Role.TEAM_MEMBER}, {**row, "role": Role.REPORTER}]
    database.write(lambda db: db.execute(roles.insert(), both))
    assert acts(database, cast.visitor("Ravi"))[:2] == [("Elm", "reporter"), ("Birch", "coordinator")]
    elm = database.read(lambda db: visitors.insist(db, cast.visitor("Ravi"), Deed.REPORT, cast.teams["Elm"]))
    assert (elm.role, elm.is_on_behalf) == (Role.REPORTER, False)


def test_who_left_acts_no_longer(database: Database, cast: Cast) -> None:
    """Who stays in the team does."""
    database.write(lambda db: leave(db, cast, "Ana", TODAY))
    assert acts(database, cast.visitor("Ana")) == []
    assert acts(database, cast.visitor("Bo")) == [("Cedar", "backup reporter")]


def test_a_withdrawn_team_is_nobodys_to_report_for(database: Database, cast: Cast) -> None:
    """For its own people and for staff alike."""
    database.write(lambda db: withdraw(db, cast, "Cedar", TODAY))
    assert acts(database, cast.visitor("Ana")) == []
    assert ("Cedar", "host") not in acts(database, cast.visitor("Hana"))


def test_a_team_that_is_not_theirs_is_not_found(database: Database, cast: Cast) -> None:
    """An id from a forged payload opens nothing, and the refusal does not tell whether it exists."""
    for name, team in (("Ana", cast.teams["Birch"]), ("an outsider", cast.teams["Cedar"]), ("Ana", 999)):
        with pytest.raises(DomainError, match="I could not find that team among yours"):
            database.read(lambda db, n=name, t=team: visitors.insist(db, cast.visitor(n), Deed.REPORT, t))


def test_the_same_slack_id_in_another_workspace_is_somebody_else(database: Database, cast: Cast) -> None:
    """Slack's ids are read together with their workspace."""
    assert acts(database, Visitor("T0OTHER", "U0ANA")) == []


def test_the_coordinator_is_asked_to_add_people_and_without_one_the_host(
    database: Database, cast: Cast
) -> None:
    """By name; nobody of another workspace."""

    def asked(slack_team: str = SLACK_TEAM) -> tuple[tuple[str, Role], ...]:
        return database.read(lambda db: people.whom_to_ask(db, slack_team))

    assert asked() == (("Ravi", Role.COORDINATOR),)
    database.write(lambda db: leave(db, cast, "Ravi", TODAY))
    assert asked() == (("Hana", Role.HOST),)
    assert asked("T0OTHER") == ()


def test_a_workspace_is_known_or_refused(database: Database, cast: Cast) -> None:
    """A workspace nobody set up is told so."""
    own = database.read(lambda db: people.workspace_of(db, SLACK_TEAM))
    assert own == cast.collaborative.workspace_id
    with pytest.raises(DomainError, match="not part of a collaborative yet"):
        database.read(lambda db: people.workspace_of(db, "T0OTHER"))
