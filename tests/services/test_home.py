"""The home tab knows where each of a person's teams stands."""

from datetime import UTC, date, datetime

from models.database import Database
from models.rules.home import TeamStanding
from models.services import home
from tests.cast import Cast, remember
from tests.clock import T0, on
from tests.services.sending import send, value


def standing(database: Database, cast: Cast, name: str, now: datetime = T0) -> tuple[TeamStanding, ...]:
    return database.read(lambda db: home.standing(db, cast.visitor(name), now))


def said(found: tuple[TeamStanding, ...]) -> list[tuple[str, str, bool, int, int]]:
    return [
        (one.acting.team.name, one.period.name if one.period else "", one.is_in, one.teams_in, one.expected)
        for one in found
    ]


def test_a_reporter_sees_the_month_asked_for_and_whether_it_is_in(database: Database, cast: Cast) -> None:
    """Before and after the report, with the roll call beside it."""
    send(database, cast, "Dana", team="Dogwood", M1="3/5")
    assert said(standing(database, cast, "Ana")) == [("Cedar", "June 2026", False, 1, 4)]
    send(database, cast, "Bo", M1="42/60")
    assert said(standing(database, cast, "Ana")) == [("Cedar", "June 2026", True, 2, 4)]


def test_each_team_stands_with_its_last_values(database: Database, cast: Cast) -> None:
    """The latest value of each measure with its month; a month without one leaves the one before."""
    remember_both = {date(2026, month, 1): value(f"{month + 35}/60") for month in (4, 5)}
    database.write(lambda db: remember(db, cast, "Cedar", "M2", remember_both))
    send(database, cast, "Bo", M1="42/60", M2="export broken")
    send(database, cast, "Dana", team="Dogwood", M1="3/5")
    (cedar,) = standing(database, cast, "Ana")
    assert [(one.measure.key, one.value, one.month) for one in cedar.latest] == [
        ("M1", value("42/60"), date(2026, 6, 1)),
        ("M2", value("40/60"), date(2026, 5, 1)),
    ]
    assert [len(one.latest) for one in standing(database, cast, "Hana")] == [0, 2, 1, 0]


def test_a_coach_sees_her_teams_and_a_host_all(database: Database, cast: Cast) -> None:
    """Each team has a line of its own; who acts for none sees none."""
    send(database, cast, "Bo", M1="42/60")
    assert said(standing(database, cast, "Cora")) == [
        ("Birch", "June 2026", False, 1, 4),
        ("Cedar", "June 2026", True, 1, 4),
    ]
    assert len(standing(database, cast, "Hana")) == 4
    assert standing(database, cast, "an outsider") == ()


def test_a_month_loaded_from_a_file_is_not_asked_for_again(database: Database, cast: Cast) -> None:
    """In August June is still open; Cedar's values are known, so July is next. May asks nobody."""
    loaded = {date(2026, month, 1): value("40/60") for month in (5, 6)}
    database.write(lambda db: remember(db, cast, "Cedar", "M1", loaded))
    assert said(standing(database, cast, "Chidi"))[0][1] == "June 2026"
    now = on(date(2026, 8, 3))
    assert said(standing(database, cast, "Ana", now))[0][1] == "July 2026"
    assert said(standing(database, cast, "Chidi", now))[0][1] == "June 2026"


def test_a_month_ends_at_the_midnight_of_the_collaborative(database: Database, cast: Cast) -> None:
    """In New York it is still July at three in the morning UTC: July's report is not asked for yet."""
    send(database, cast, "Bo", M1="42/60")
    asked = [
        said(standing(database, cast, "Ana", datetime(2026, 8, 1, hour, tzinfo=UTC)))[0][1] for hour in (3, 4)
    ]
    assert asked == ["June 2026", "July 2026"]


def test_when_all_months_are_closed_there_is_nothing_to_report(database: Database, cast: Cast) -> None:
    """No month is named."""
    assert said(standing(database, cast, "Ana", on(date(2028, 1, 1)))) == [("Cedar", "", False, 0, 0)]
