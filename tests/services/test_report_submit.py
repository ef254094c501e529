"""A report is sent once, corrected afterwards, and what has to be told is kept with it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.errors import DomainError
from models.rules.report.report import Change, Entry, Narrative, Receipt
from models.services.report import cards
from models.services.report.cards import coach_note
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.report import corrections, note_changes, reports
from tests.cast import Cast
from tests.clock import T0, on
from tests.services.sending import as_team, enqueued, send, value

HELLO = Narrative(tested="Two readings", coach_note="Short of staff")


def changes(database: Database) -> list[tuple[int, list[dict[str, str]]]]:
    statement = select(corrections.c.revision, corrections.c.changes).order_by(corrections.c.id)
    return [tuple(row) for row in database.read(lambda db: db.execute(statement).all())]


def test_a_first_report_is_kept_and_told_in_the_same_transaction(database: Database, cast: Cast) -> None:
    """One card, its charts in the thread, the roll call; the note goes to Cora and to Hana."""
    receipt = send(database, cast, "Bo", words=HELLO, M1="42/60", M2="18/20", M3="export broken")
    one, june = receipt.report_id, cast.periods["June 2026"]
    assert receipt == Receipt(one, 1, is_late=False, changed=True)
    assert enqueued(database) == [
        ("report_card", "C0LCALL", f"report:{one}", None, f"report_card:{one}:1"),
        ("report_charts", "C0LCALL", f"charts:{one}", f"report:{one}", f"report_charts:{one}:1"),
        ("roll_call", "C0LCALL", f"roll_call:{june}", None, f"roll_call:{june}:{one}"),
        ("coach_note", "U0CORA", f"coach_note:{one}:1:U0CORA", None, f"coach_note:{one}:1:U0CORA"),
        ("coach_note", "U0HANA", f"coach_note:{one}:1:U0HANA", None, f"coach_note:{one}:1:U0HANA"),
    ]


def test_a_note_of_a_team_without_a_coach_reaches_the_host(database: Database, cast: Cast) -> None:
    """No word is lost where nobody coaches; who wrote it is not sent it back."""
    send(database, cast, "Eve", team="Elm", words=HELLO, M1="3/5")
    assert [row[1] for row in enqueued(database) if row[0] == "coach_note"] == ["U0HANA"]
    send(database, cast, "Hana", words=HELLO, M1="42/60")
    notes = [row[1] for row in enqueued(database) if row[0] == "coach_note"]
    assert notes == ["U0HANA", "U0CORA"]


def test_a_report_that_says_nothing_is_not_in(database: Database, cast: Cast) -> None:
    """All may be left empty but not everything: one word is enough, an empty page is none."""
    with pytest.raises(DomainError, match="nothing in this report yet"):
        send(database, cast, "Bo", words=Narrative(tested=" "), M1="", M3="")
    assert enqueued(database) == []
    assert send(database, cast, "Bo", words=Narrative(tested="Cuffs"), M1="", M3="").changed


def test_a_double_click_makes_one_report(database: Database, cast: Cast) -> None:
    """The second press finds everything as it is: nothing new is told."""
    first = send(database, cast, "Bo", words=HELLO, M1="42/60", M2="18/20")
    told = enqueued(database)
    again = send(database, cast, "Bo", words=HELLO, M1="42.0/60", M2="18/20")
    assert again == Receipt(first.report_id, 1, is_late=False, changed=False)
    assert enqueued(database) == told
    assert changes(database) == []


def test_a_correction_keeps_old_and_new_and_edits_what_was_posted(database: Database, cast: Cast) -> None:
    """Card and charts are edited in place; the thread learns who changed what."""
    one = send(database, cast, "Bo", M1="42/60", M2="export broken", M3="").report_id
    told = len(enqueued(database))
    now = T0 + timedelta(days=1)
    words = Narrative(improved="Nurses repeat readings")
    receipt = send(database, cast, "Ana", words=words, now=now, M1="43/60", M2="18/20", M3="~2")
    assert receipt == Receipt(one, 2, is_late=False, changed=True)
    correction_id = database.read(lambda db: db.execute(select(corrections.c.id)).scalar_one())
    correction = database.read(lambda db: cards.correction(db, correction_id))
    assert (correction.by, correction.at, correction.revision) == ("Ana", now, 2)
    assert correction.changes == (
        Change("BP control", "70.0% (42/60)", "71.7% (43/60)"),
        Change("Repeat BP taken", "cannot report: export broken", "90.0% (18/20)"),
        Change("Visit length complaints", "left empty", "2, estimate"),
        Change("What got better?", "left empty", "Nurses repeat readings"),
    )
    assert enqueued(database)[told:] == [
        ("report_card", "C0LCALL", f"report:{one}", None, f"report_card:{one}:2"),
        ("report_charts", "C0LCALL", f"charts:{one}", f"report:{one}", f"report_charts:{one}:2"),
        ("correction", "C0LCALL", None, f"report:{one}", f"correction:{one}:2"),
    ]


@pytest.mark.parametrize("is_there", [True, False])
def test_who_may_not_read_the_note_does_not_write_it(
    database: Database, cast: Cast, *, is_there: bool
) -> None:
    """Whatever a made-up request says: the coordinator's words go in, a note of theirs does not."""
    if is_there:
        send(database, cast, "Bo", words=HELLO, M1="42/60")
    send(database, cast, "Ravi", words=Narrative("Three readings", coach_note="All is well"), M1="42/60")
    kept = database.read(lambda db: db.execute(select(reports.c.tested, reports.c.coach_note)).one())
    assert tuple(kept) == ("Three readings", HELLO.coach_note if is_there else "")
    assert "All is well" not in str(database.read(lambda db: db.execute(select(note_changes)).all()))


def test_a_changed_coach_note_reaches_the_coach_and_nobody_else(database: Database, cast: Cast) -> None:
    """Peers see no trace of it: no revision, no correction, no edit. Taking a note back sends nothing.

    What it said before is kept all the same, where no team's screen looks.
    """
    first = send(database, cast, "Bo", words=HELLO, M1="42/60", M2="18/20")
    told = enqueued(database)
    for note in ("Two on leave", "", "Two on leave"):
        receipt = send(
            database, cast, "Bo", words=Narrative("Two readings", coach_note=note), M1="42/60", M2="18/20"
        )
        assert receipt == Receipt(first.report_id, 1, is_late=False, changed=True)
    assert [row[0] for row in enqueued(database)[len(told) :]] == ["coach_note"] * 4
    kept = select(note_changes.c.revision, note_changes.c.old, note_changes.c.new)
    assert [
        tuple(row) for row in database.read(lambda db: db.execute(kept.order_by(note_changes.c.id)).all())
    ] == [
        (2, "Short of staff", "Two on leave"),
        (3, "Two on leave", ""),
        (4, "", "Two on leave"),
    ]
    assert changes(database) == []
    note = database.read(lambda db: coach_note(db, first.report_id))
    assert (note.note, note.team.name) == ("Two on leave", "Cedar")


def test_a_note_changed_together_with_a_number_stays_out_of_the_correction(
    database: Database, cast: Cast
) -> None:
    """The correction names the number only."""
    send(database, cast, "Bo", words=HELLO, M1="42/60", M2="18/20")
    send(database, cast, "Bo", words=Narrative("Two readings", coach_note="secret"), M1="43/60", M2="18/20")
    assert changes(database) == [
        (2, [{"subject": "BP control", "old": "70.0% (42/60)", "new": "71.7% (43/60)"}])
    ]


def test_a_report_after_the_due_day_is_taken_and_marked_late(database: Database, cast: Cast) -> None:
    """Late is a fact of the first report: a correction makes no report late, nor in time."""
    late = on(date(2026, 7, 11))
    assert send(database, cast, "Dana", team="Dogwood", now=late, M1="1/2").is_late
    assert send(database, cast, "Dana", team="Dogwood", now=late, M1="2/2").is_late
    assert not send(database, cast, "Bo", now=on(date(2026, 7, 10)), M1="42/60").is_late
    assert not send(database, cast, "Bo", now=late, M1="43/60").is_late


def test_a_closed_month_takes_no_correction_and_names_whom_to_ask(database: Database, cast: Cast) -> None:
    """The coach of the team; where there is none, the coordinator and the host."""
    send(database, cast, "Bo", M1="42/60")
    late = T0 + timedelta(days=36)
    with pytest.raises(DomainError, match="Please ask your coach, Cora, to help"):
        send(database, cast, "Bo", now=late, M1="43/60")
    with pytest.raises(DomainError, match="Please ask Hana or Ravi to help"):
        send(database, cast, "Eve", team="Elm", now=late, M1="43/60")
    assert changes(database) == []
    assert send(database, cast, "Cora", now=late, M1="43/60").changed
    assert send(database, cast, "Ravi", team="Elm", now=late, M1="3/5").is_late
    correction_id = database.read(lambda db: db.execute(select(corrections.c.id)).scalar_one())
    correction = database.read(lambda db: cards.correction(db, correction_id))
    assert (correction.by, correction.role, correction.closed_on) == ("Cora", "coach", date(2026, 8, 9))


def test_what_is_not_in_the_form_is_not_taken(database: Database, cast: Cast) -> None:
    """A measure or a month from elsewhere, as a forged payload may name, changes nothing."""
    with pytest.raises(DomainError, match="could not find that month"):
        database.read(lambda db: form_for(db, as_team(db, cast, "Bo"), T0, 999))
    with pytest.raises(DomainError, match="could not find one of these measures"):
        database.write(
            lambda db: submit(
                db,
                form_for(db, as_team(db, cast, "Bo"), T0, cast.periods["June 2026"]),
                [Entry(999, value("1"))],
                HELLO,
                T0,
            )
        )
    assert enqueued(database) == []
    assert database.read(lambda db: db.execute(select(func.count(reports.c.id))).scalar()) == 0


def test_many_who_send_at_once_make_one_report_and_corrections(database: Database, cast: Cast) -> None:
    """Whoever comes second corrects, nobody sees an error, and the chain of old and new is unbroken."""
    start = threading.Barrier(8)

    def person(number: int) -> Receipt:
        start.wait()
        return send(database, cast, "Ana" if number % 2 else "Bo", M1=f"{number}/60", M2="18/20")

    with ThreadPoolExecutor(8) as crowd:
        receipts = list(crowd.map(person, range(8)))
    assert sorted(receipt.revision for receipt in receipts) == list(range(1, 9))
    assert len({receipt.report_id for receipt in receipts}) == 1
    chain = [row[1][0] for row in sorted(changes(database))]
    assert [link["old"] for link in chain[1:]] == [link["new"] for link in chain[:-1]]
