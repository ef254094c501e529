"""The form shows this month's measures with what the team knows already."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count

import pytest
from sqlalchemy import Connection, create_engine, event, insert, select, update

from models import engines
from models.database import Database
from models.errors import DomainError
from models.rules.report.report import Draft, How, Narrative, ReportForm, Typed
from models.services.collaborative import definitions
from models.services.report.drafts import save_draft
from models.services.report.form import form_for
from models.tables.measure import measures, team_measures
from tests.cast import Cast, lay_down, months_before, remember
from tests.clock import T0, on
from tests.services.sending import as_team, send, value


def form(
    database: Database, cast: Cast, name: str = "Bo", now: datetime = T0, month: str | None = None
) -> ReportForm:
    period = cast.periods[month] if month else None
    return database.read(lambda db: form_for(db, as_team(db, cast, name), now, period))


def test_a_first_form_is_empty_and_asks_for_the_month_that_ended(database: Database, cast: Cast) -> None:
    """In July the June report is asked for: its measures in order, nothing typed."""
    shown = form(database, cast)
    assert shown.period.name == "June 2026"
    assert [period.name for period in shown.choices] == ["June 2026", "July 2026"]
    assert [(one.measure.key, one.measure.required) for one in shown.fields] == [
        ("M1", True),
        ("M2", True),
        ("M3", False),
    ]
    assert shown.fields[0].measure.definition.numerator == "Patients whose last reading is below 140/90"
    assert (shown.draft, shown.edition, shown.saved_at) == (Draft(), 0, None)


def test_earlier_months_stand_beside_the_fields(database: Database, cast: Cast) -> None:
    """Values loaded from a file count as history and are not asked for again."""
    may, april = months_before(2)[::-1]
    history = {april: value("38/60"), may: value("40/60")}
    database.write(lambda db: remember(db, cast, "Cedar", "M1", history))
    shown = form(database, cast)
    assert shown.period.name == "June 2026"
    assert shown.fields[0].previous == value("40/60")
    assert shown.fields[0].previous_month == may
    assert shown.fields[0].history == (value("38/60"), value("40/60"))
    assert shown.fields[1].history == ()


def test_a_definition_changed_since_the_last_report_is_shown_beside_the_old_one(
    database: Database, cast: Cast
) -> None:
    """Requirement R35: definitions are versioned; who never reported has nothing to compare with."""

    def changed(db: Connection) -> None:
        now = {**db.execute(select(measures).where(measures.c.key == "M1")).mappings().one()}
        now["operational"] = "Mean of the last two readings below 140/90."
        definitions.keep_past(db, cast.collaborative.id, {"M1": now}, date(2026, 7, 20))
        db.execute(update(measures).where(measures.c.key == "M1").values(operational=now["operational"]))

    send(database, cast, "Bo", M1="42/60", M2="18/20")
    database.write(changed)
    control, repeat, _ = form(database, cast, now=on(date(2026, 8, 3))).fields
    assert control.was is not None
    assert control.was.definition.operational == "Last reading of the month below 140/90."
    assert (control.was.until, repeat.was) == (date(2026, 7, 20), None)
    chidi = database.read(lambda db: form_for(db, as_team(db, cast, "Chidi", "Birch"), on(date(2026, 8, 3))))
    assert chidi.fields[0].was is None


def test_a_report_is_shown_as_it_stands_to_be_corrected(database: Database, cast: Cast) -> None:
    """Ana opens what Bo sent: numbers, estimates, reasons and words."""
    words = Narrative(tested="Two readings", coach_note="Short of staff")
    send(database, cast, "Bo", words=words, M1="~42/60", M2="export broken", M3="")
    shown = form(database, cast, "Ana")
    ids = cast.measures
    assert shown.draft == Draft(
        (
            Typed(ids["M1"], "42", "60", How.ESTIMATED),
            Typed(ids["M2"], how=How.CANNOT, reason="export broken"),
            Typed(ids["M3"]),
        ),
        words,
    )
    assert shown.edition == 1 + bool(words.coach_note)
    assert (shown.reported_at, shown.saved_at, shown.reported) == (T0, None, {cast.periods["June 2026"]})
    assert shown.fields[0].history == ()


def test_a_draft_is_the_persons_own_and_gone_when_the_report_is_sent(database: Database, cast: Cast) -> None:
    """Bo's half-filled form waits for Bo; Ana does not see it; once the report is in, nobody does."""
    draft = Draft(
        (Typed(cast.measures["M1"], "4x", "", How.ESTIMATED),), Narrative(barriers="Staff on leave")
    )
    for typed in (Draft(), draft):
        database.write(
            lambda db, typed=typed: save_draft(
                db, replace(form_for(db, as_team(db, cast, "Bo"), T0), draft=typed), T0
            )
        )
    assert form(database, cast).draft == draft
    assert (form(database, cast).saved_at, form(database, cast).reported) == (T0, frozenset())
    assert form(database, cast, "Ana").draft == Draft()
    send(database, cast, "Ana", M1="42/60", M2="18/20")
    assert form(database, cast).saved_at is None


@pytest.mark.parametrize("after", range(4))
def test_whenever_the_report_is_sent_meanwhile_what_was_typed_is_there(postgres_url: str, after: int) -> None:
    """Slack may hand one press to two bots: the second finds the numbers in the draft, or in the report."""
    database = Database(postgres_url)
    cast = database.write(lay_down)
    june, typed = cast.periods["June 2026"], (Typed(cast.measures["M1"], "42", "60"),)

    def begin(db: Connection) -> None:
        save_draft(db, replace(form_for(db, as_team(db, cast, "Bo"), T0, june), draft=Draft(typed)), T0)

    database.write(begin)
    engine = create_engine(engines.named(postgres_url))
    with engine.connect() as db:
        acting, statements = as_team(db, cast, "Bo"), count()

        def send_once(*_: object) -> None:
            if next(statements) == after:
                send(database, cast, "Bo", M1="42/60", M2="18/20")

        event.listen(db, "after_cursor_execute", send_once)
        read = form_for(db, acting, T0, june)
    engine.dispose()
    database.dispose()
    assert next(statements) > after, "it was sent while the form was read"
    assert typed[0] in read.kept.get(0, read.draft).typed


def test_a_team_may_differ_in_what_is_required_and_a_retired_measure_is_not_asked(
    database: Database, cast: Cast
) -> None:
    """Required or optional is the team's; a measure retired in June is asked for June no more."""

    def change(db: Connection) -> None:
        scope = {"collaborative_id": cast.collaborative.id, "team_id": cast.teams["Cedar"]}
        db.execute(insert(team_measures).values(**scope, measure_id=cast.measures["M2"], required=False))
        retired = update(measures).where(measures.c.id == cast.measures["M3"])
        db.execute(retired.values(retired_on=date(2026, 6, 1)))

    database.write(change)
    assert [(one.measure.key, one.measure.required) for one in form(database, cast).fields] == [
        ("M1", True),
        ("M2", False),
    ]


def test_a_month_that_is_closed_or_foreign_or_not_begun_is_refused_in_words(
    database: Database, cast: Cast
) -> None:
    """The sentence says when it closed and whom to ask."""
    with pytest.raises(
        DomainError, match=r"June 2026 closed on 9 August 2026\. Please ask your coach, Cora, to help"
    ):
        form(database, cast, now=on(date(2026, 8, 10)), month="June 2026")
    with pytest.raises(DomainError, match="September 2026 has not begun yet"):
        form(database, cast, month="September 2026")
    with pytest.raises(DomainError, match="no month to report on right now"):
        form(database, cast, now=on(date(2028, 1, 1)))
    with pytest.raises(DomainError, match="could not find that month"):
        database.read(lambda db: form_for(db, as_team(db, cast, "Bo"), T0, 999))
