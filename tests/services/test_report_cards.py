"""What others read: the card without the coach's note, the roll call, the series behind the charts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, update

from models.database import Database
from models.errors import DomainError
from models.rules.reminders.expectation import Said
from models.rules.report.report import Narrative, RollCall, Series
from models.services import roll_call
from models.services.charts import series
from models.services.reminders import expectations
from models.services.report import cards
from models.services.report.cards import coach_note, correction
from models.tables.collaborative import collaboratives
from tests.cast import Cast, leave, months_before, remember, withdraw
from tests.clock import T0, on
from tests.services.sending import TODAY, as_team, send, value

WORDS = Narrative("Two readings", "Fewer high values", "Staff on leave", "Longer visits", "A nurse", "secret")


def june(database: Database, cast: Cast) -> RollCall:
    return database.read(lambda db: roll_call.find(db, cast.periods["June 2026"]))


def shape(one: Series) -> list[tuple[str, str]]:
    return [
        (point.period.name, f"{point.value.numerator}/{point.value.denominator}" if point.value else "")
        for point in one.points
    ]


def test_the_card_says_what_every_team_may_know(database: Database, cast: Cast) -> None:
    """Numbers with the month before, reasons, words, who and when; never the note for the coach."""
    (may,) = months_before(1)
    database.write(lambda db: remember(db, cast, "Cedar", "M1", {may: value("40/60")}))
    sent = send(database, cast, "Bo", words=WORDS, M1="42/60", M2="export broken", M3="")
    card = database.read(lambda db: cards.card(db, sent.report_id))
    assert [(line.measure.key, line.value, line.reason) for line in card.lines] == [
        ("M1", value("42/60"), ""),
        ("M2", None, "export broken"),
        ("M3", None, ""),
    ]
    assert (card.lines[0].previous, card.lines[0].previous_period) == (value("40/60"), "May 2026")
    assert (card.lines[1].previous, card.lines[1].previous_period) == (None, "")
    assert (card.team.name, card.period.name, card.reported_by) == ("Cedar", "June 2026", "Bo")
    assert (card.on_behalf, card.revision, card.submitted_at) == (False, 1, T0)
    assert card.narrative.barriers == "Staff on leave"
    assert "secret" not in repr(card)


def test_a_report_sent_by_staff_says_so_and_history_keeps_who_left(database: Database, cast: Cast) -> None:
    """Ravi reported for Elm; his name stays on it after he left."""
    sent = send(database, cast, "Ravi", team="Elm", M1="3/5")
    database.write(lambda db: leave(db, cast, "Ravi", TODAY))
    card = database.read(lambda db: cards.card(db, sent.report_id))
    assert (card.reported_by, card.on_behalf, card.reported_as) == ("Ravi", True, "coordinator")


@pytest.mark.who_may("roll_call")
def test_the_roll_call_names_who_is_in_and_only_counts_the_others(database: Database, cast: Cast) -> None:
    """In the order they came; a correction moves nobody."""
    assert (june(database, cast).teams_in, june(database, cast).expected) == ((), 4)
    send(database, cast, "Dana", team="Dogwood", M1="3/5")
    send(database, cast, "Bo", now=T0 + timedelta(hours=1), M1="42/60")
    send(database, cast, "Dana", team="Dogwood", now=T0 + timedelta(hours=2), M1="4/5")
    assert (june(database, cast).teams_in, june(database, cast).expected) == (("Dogwood", "Cedar"), 4)


def test_the_missing_are_named_where_the_host_chose_so(database: Database, cast: Cast) -> None:
    """Requirement R136: names or counts; who said that they cannot report is counted all the same."""
    send(database, cast, "Dana", team="Dogwood", M1="3/5")
    assert june(database, cast).missing == ()
    database.write(lambda db: db.execute(update(collaboratives).values(names_missing=True)))
    assert june(database, cast).missing == ("Birch", "Cedar", "Elm")

    def say(db: Connection) -> None:
        acting, period = as_team(db, cast, "Eve", "Elm"), cast.periods["June 2026"]
        expectations.say(db, acting, period, Said.CANNOT, reason="moving house", now=T0)

    database.write(say)
    assert (june(database, cast).missing, june(database, cast).cannot) == (("Birch", "Cedar"), 1)


def test_a_withdrawn_team_is_waited_for_no_longer(database: Database, cast: Cast) -> None:
    """Its report stays where it made one; months closed before it left keep their count."""
    send(database, cast, "Dana", team="Dogwood", M1="3/5")
    database.write(lambda db: withdraw(db, cast, "Dogwood", TODAY))
    database.write(lambda db: withdraw(db, cast, "Elm", TODAY))
    assert (june(database, cast).teams_in, june(database, cast).expected) == (("Dogwood",), 3)
    database.write(lambda db: withdraw(db, cast, "Elm", date(2026, 9, 1)))
    assert june(database, cast).expected == 4


def test_a_series_runs_from_the_first_value_with_every_gap(database: Database, cast: Cast) -> None:
    """The chart's axis is honest: a month without a value is there, empty."""
    march, april, may = months_before(3)
    history = {march: value("38/60"), may: value("40/60")}
    database.write(lambda db: remember(db, cast, "Cedar", "M1", history))
    database.write(lambda db: remember(db, cast, "Cedar", "M2", {april: value("5/9")}))
    sent = send(database, cast, "Bo", M1="42/60", M2="export broken", M3="2")
    m1, m3 = database.read(lambda db: series.team_series(db, sent.report_id))
    assert (m1.measure.key, m3.measure.key, m1.team.name) == ("M1", "M3", "Cedar")
    assert shape(m1) == [
        ("March 2026", "38/60"),
        ("April 2026", ""),
        ("May 2026", "40/60"),
        ("June 2026", "42/60"),
    ]
    assert shape(m3) == [("June 2026", "2/None")]


def test_a_reports_series_end_with_its_own_month(database: Database, cast: Cast) -> None:
    """A chart posted for June stays June's when July is in."""
    sent = send(database, cast, "Bo", M1="42/60")
    send(database, cast, "Bo", month="July 2026", now=on(date(2026, 8, 3)), M1="50/60")
    (own,) = database.read(lambda db: series.team_series(db, sent.report_id))
    assert shape(own) == [("June 2026", "42/60")]
    team, measure = cast.teams["Cedar"], cast.measures["M1"]
    whole = database.read(lambda db: series.series(db, team, measure))
    assert shape(whole) == [("June 2026", "42/60"), ("July 2026", "50/60")]
    until = database.read(lambda db: series.series(db, team, measure, date(2026, 6, 30)))
    assert until.points == own.points
    none = database.read(lambda db: series.series(db, team, cast.measures["M2"]))
    assert none.points == ()


def test_what_is_not_there_is_refused_in_words(database: Database, cast: Cast) -> None:
    """A row that went leaves a sentence behind, no crash."""
    for look in (
        cards.card,
        correction,
        coach_note,
        roll_call.find,
        series.team_series,
    ):
        with pytest.raises(DomainError, match="I could not find"):
            database.read(lambda db, look=look: look(db, 999))
    with pytest.raises(DomainError, match="I could not find"):
        database.read(lambda db: series.series(db, cast.teams["Cedar"], 999))
