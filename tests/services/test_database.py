"""The one door to the database keeps what it says it kept, for many at once."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from models import commit
from models.database import Database
from models.errors import DomainError
from models.tables.collaborative import workspaces

KILL_THE_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def keep(name: str) -> Callable[[Connection], int]:
    def unit(db: Connection) -> int:
        kept: int = db.execute(
            insert(workspaces).values(slack_team=name).returning(workspaces.c.id)
        ).scalar_one()
        return kept

    return unit


def fail(name: str) -> Callable[[Connection], int]:
    def unit(db: Connection) -> int:
        keep(name)(db)
        raise DomainError(f"{name} changed their mind.")

    return unit


def names(db: Connection) -> set[str]:
    return set(db.execute(select(workspaces.c.slack_team)).scalars())


def id_of(name: str) -> Callable[[Connection], int | None]:
    return lambda db: db.execute(select(workspaces.c.id).filter_by(slack_team=name)).scalar()


def test_sixty_four_who_write_at_once_each_see_their_own_result(
    database: Database, database_url: str
) -> None:
    """Every writer gets its own answer or its own refusal, and what was answered is on disk."""
    start = threading.Barrier(64)

    def person(number: int) -> int | str:
        start.wait()
        unit = fail if number % 8 == 0 else keep
        try:
            return database.write(unit(f"T{number}"))
        except DomainError as refusal:
            return str(refusal)

    with ThreadPoolExecutor(64) as crowd:
        answers = list(crowd.map(person, range(64)))
    database.dispose()
    reopened = Database(database_url)
    for number, answer in enumerate(answers):
        expected = f"T{number} changed their mind." if number % 8 == 0 else reopened.read(id_of(f"T{number}"))
        assert answer == expected
    assert len(reopened.read(names)) == 56
    reopened.dispose()


def test_a_reader_is_not_blocked_by_a_writer_and_sees_only_what_is_committed(database: Database) -> None:
    """A writer half way neither delays readers nor shows them anything."""
    seen = []

    def unit(db: Connection) -> None:
        keep("T1")(db)
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(database.read, names).result(timeout=1))

    database.write(unit)
    assert seen == [set()]
    assert database.read(names) == {"T1"}


def test_a_unit_inside_a_unit_is_refused(database: Database) -> None:
    """On SQLite it would wait for itself; nobody should find that out in production."""
    with pytest.raises(RuntimeError, match="the connection it was given"):
        database.write(lambda _db: database.write(keep("T1")))
    with pytest.raises(RuntimeError, match="the connection it was given"):
        database.write(lambda _db: database.read(names))
    assert database.write(keep("T2")) == database.read(id_of("T2"))


def test_a_reading_unit_cannot_write(database: Database) -> None:
    """Reading is free of side effects by the database's own word."""
    with pytest.raises((DBAPIError, DomainError)):
        database.read(keep("T1"))
    assert database.read(names) == set()


def test_a_failing_statement_undoes_its_own_unit_only(database: Database) -> None:
    """A refusal of the database itself is undone like any other, and the next write goes on."""
    database.write(keep("T1"))

    def twice(db: Connection) -> None:
        keep("T2")(db)
        keep("T1")(db)

    with pytest.raises(DBAPIError):
        database.write(twice)
    database.write(keep("T3"))
    assert database.read(names) == {"T1", "T3"}


def test_the_pump_is_woken_after_a_commit_and_not_after_a_refusal(database: Database) -> None:
    """The hint comes when the rows can be read."""
    woken: list[set[str]] = []
    database.on_commit(lambda: woken.append(database.read(names)))
    database.write(keep("T1"))
    with pytest.raises(DomainError):
        database.write(fail("T2"))
    assert woken == [{"T1"}]


def test_all_who_wait_are_refused_in_words_when_another_program_holds_the_file(sqlite_url: str) -> None:
    """Slack waits 3 s: by then everyone knows that nothing was saved, and later writes go on."""
    database = Database(sqlite_url)
    holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(8) as crowd:
        waiting = [crowd.submit(database.write, keep(f"T{number}")) for number in range(8)]
        done = wait(waiting, timeout=2.9).done
    assert [str(one.exception()) for one in done] == [commit.NOT_SAVED] * 8
    holder.execute("ROLLBACK")
    holder.close()
    database.write(keep("T9"))
    assert database.read(names) == {"T9"}
    database.dispose()


def test_a_restarted_postgres_is_not_noticed(postgres_url: str) -> None:
    """Connections that died in the pool are replaced and the unit is run again."""
    database = Database(postgres_url)
    database.write(keep("T1"))
    database.read(names)
    other = Database(postgres_url)
    other.write(lambda db: db.execute(text(KILL_THE_OTHERS)).all())
    database.write(keep("T2"))
    assert database.read(lambda db: db.execute(select(func.count(workspaces.c.id))).scalar()) == 2
    other.dispose()
    database.dispose()


def test_a_postgres_that_is_gone_is_told_in_words() -> None:
    """Nobody sees a driver's message."""
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DomainError, match="Nothing was saved"):
        database.write(keep("T1"))
    with pytest.raises(DomainError, match="could not look that up"):
        database.read(names)
    database.dispose()
