"""A copy taken while the bot works, put back an hour later: nothing is lost, nothing sent twice."""

import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, update

from bot import lock
from bot.backup import back_up, moment, restore
from handlers.delivery.sender import Sender
from models.database import Database
from models.errors import DomainError
from models.services.delivery import outbox
from models.tables.outbox import outbox_messages
from tests.office import Office

HOUR = 3600.0


def file_of(url: str) -> Path:
    return Path(str(make_url(url).database))


def put_back(office: Office, url: str, copy: Path, taken: datetime | None = None) -> None:
    """Restore as a host would: the bot is stopped, and started again on what is there afterwards."""
    office.db.dispose()
    restore(url, copy, taken, office.clock.now())
    office.db = Database(url)


def remind(office: Office, key: str, due_at: datetime) -> None:
    """What a clock job does on each tick: have a reminder there, whose key and moment are always the same."""
    office.say(key, due=due_at)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_after_a_restore_nothing_due_meanwhile_is_sent_twice(
    office: Office, database_url: str, copy: Path
) -> None:
    """Row 18 of the fault suite.

    In the lost hour one message that waited went out, and one the copy does
    not know of; one never did. Slack's journal has each once, and what is new goes out as ever.
    """
    later = office.slack.now + HOUR / 2
    half_past = datetime.fromtimestamp(later, office.clock.now().tzinfo)
    office.say("sent before")
    office.deliver(office.pump())
    office.say("waits in the copy")
    office.say("due in the gap", due=half_past)
    back_up(database_url, copy, office.clock.now())

    office.deliver(office.pump())
    office.slack.advance(HOUR / 2 + 60)
    remind(office, "unknown to the copy", half_past)
    office.deliver(office.pump())
    office.slack.advance(HOUR / 2)
    before = office.taken()
    assert sorted(before) == ["due in the gap", "sent before", "unknown to the copy", "waits in the copy"]

    put_back(office, database_url, copy)
    assert office.states() == {
        "sent before": "sent",
        "waits in the copy": "pending",
        "due in the gap": "pending",
    }
    remind(office, "unknown to the copy", half_past)
    remind(office, "missed in the gap", half_past)
    office.say("new")
    office.deliver(office.pump(), seconds=300)
    assert set(office.states().values()) == {"sent"}
    assert office.taken() == [*before, "missed in the gap", "new"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_the_look_the_same_restore_sends_everything_twice(
    office: Office, database_url: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    office.say("twice")
    back_up(database_url, copy, office.clock.now())
    office.deliver(office.pump())
    office.slack.advance(HOUR)
    put_back(office, database_url, copy)
    monkeypatch.setattr(Sender, "_looked_for", lambda _sender, _row, place, _now: place)
    office.deliver(office.pump(), seconds=300)
    assert office.taken() == ["twice", "twice"]


def test_a_database_put_back_by_other_means_is_told_so(office: Office, database_url: str) -> None:
    """`momentum restore --taken` after pg_restore, or after a file was copied by hand: no file to name."""
    taken = office.clock.now()
    office.say("once")
    office.deliver(office.pump())
    office.slack.advance(HOUR)
    with pytest.raises(DomainError, match="does not say when it was taken"):
        restore(database_url, None, None, office.clock.now())

    as_it_was = update(outbox_messages).values(outbox.UNTRIED)
    office.db.write(lambda db: db.execute(as_it_was))
    restore(database_url, None, taken, office.clock.now())
    office.deliver(office.pump(), seconds=300)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_copy_is_of_one_moment_though_the_bot_writes_all_the_time(
    office: Office, database_url: str, copy: Path
) -> None:
    """Each write is two messages: no copy has one without the other."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            office.db.write(lambda db, number=number: _two(db, office, number))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(database_url, copy.with_name(f"{number}.db"), office.clock.now())
    finally:
        stop.set()
        writer.join()
    sizes = []
    for number in range(5):
        with sqlite3.connect(copy.with_name(f"{number}.db")) as made:
            sizes.append(made.execute("SELECT count(*) FROM outbox_messages").fetchone()[0])
    assert all(size % 2 == 0 for size in sizes)
    assert sizes == sorted(sizes)


def _two(db: Connection, office: Office, number: int) -> None:
    for half in "ab":
        about, now = f"{number}{half}", office.clock.now()
        outbox.say(db, office.cast.collaborative, "word", about, {"text": "."}, now, to="C1")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_copied_or_put_back_is_refused_in_words(
    office: Office, database_url: str, copy: Path, tmp_path: Path
) -> None:
    """And leaves everything as it was."""
    now = office.clock.now()
    copy.write_text("precious", encoding="utf-8")
    with pytest.raises(DomainError, match="is there already"):
        back_up(database_url, copy, now)
    with pytest.raises(DomainError, match="could not be copied"):
        restore(database_url, copy, now, now)
    with pytest.raises(DomainError, match="unable to open"):
        restore(database_url, tmp_path / "nowhere.db", now, now)
    with pytest.raises(DomainError, match="to come"):
        restore(database_url, None, moment("2030-01-01"), now)
    with pytest.raises(DomainError, match="no moment"):
        moment("yesterday")
    with lock.alone(database_url, "process 7", now), pytest.raises(DomainError, match="process 7, since"):
        restore(database_url, file_of(database_url), now, now)
    assert copy.read_text(encoding="utf-8") == "precious"
    assert office.rows() == {}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_on_postgres_its_own_tools_are_named(office: Office, database_url: str, copy: Path) -> None:
    with pytest.raises(DomainError, match="pg_dump"):
        back_up(database_url, copy, office.clock.now())
    with pytest.raises(DomainError, match="pg_restore"):
        restore(database_url, copy, None, office.clock.now())
