"""One process on one SQLite file by whichever name, its owner alone reads it; any number on one Postgres."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.place import Place


def test_a_second_process_on_one_sqlite_file_is_refused_and_told_of_the_first(place: Place) -> None:
    """Two on one file would both deliver; the sentence names the process to stop."""
    with place.up() as first:
        refused = place.command("run")
        assert refused.code == 1
        (sentence,) = refused.err.splitlines()
        assert f"process {first.process.pid} on " in sentence
        assert "use Postgres for several" in sentence
        assert place.command("outbox").code == 0, "looking at the records needs no lock"


def by_a_link(file: Path, elsewhere: Path) -> str:
    (elsewhere / "linked.db").symlink_to(file)
    return str(elsewhere / "linked.db")


def by_a_hard_link(file: Path, elsewhere: Path) -> str:
    (elsewhere / "second.db").hardlink_to(file)
    return str(elsewhere / "second.db")


def by_a_way_about(file: Path, elsewhere: Path) -> str:
    return f"{elsewhere.name}/../{file.name}"


@pytest.mark.parametrize("named", [by_a_link, by_a_hard_link, by_a_way_about])
def test_the_same_file_by_another_name_is_refused_too(
    place: Place, named: Callable[[Path, Path], str]
) -> None:
    """The lock is of the file; a second name is refused whoever comes: SQLite would lose what is new."""
    elsewhere = place.folder / "elsewhere"
    elsewhere.mkdir()
    with place.up():
        url = f"sqlite:///{named(place.folder / 'momentum.db', elsewhere)}"
        refused = place.command("run", DATABASE_URL=url)
        assert refused.code == 1
        (sentence,) = refused.err.splitlines()
        assert ("has another name" if "second" in url else "works on this SQLite file already") in sentence


@pytest.fixture
def everybody_may_read() -> Iterator[None]:
    """What a new file may be on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_the_program_writes_is_its_owners_alone(place: Place, everybody_may_read: None) -> None:
    """The database, what stands beside it, its copies, and what a restore puts in its place."""
    home = place.folder / "home"
    home.mkdir()
    url, copy = f"sqlite:///{home / 'lc.db'}", str(home / "copy.db")
    assert place.command("migrate", DATABASE_URL=url).code == 0
    with place.up(place.environment(DATABASE_URL=url)):
        assert place.command("backup", copy, DATABASE_URL=url).code == 0
        there = {"lc.db", "lc.db-wal", "lc.db-shm", "lc.db-lock", "copy.db"}
        assert {each.name for each in home.iterdir()} == there
        assert [each.name for each in home.iterdir() if each.stat().st_mode & 0o077] == []
    assert place.command("restore", copy, DATABASE_URL=url).code == 0
    assert [each.name for each in home.iterdir() if each.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_file_is_free_again_however_the_first_ended(place: Place, number: signal.Signals) -> None:
    """No stale lock keeps the bot down after a crash."""
    with place.up() as first:
        os.kill(first.process.pid, number)
        first.process.wait(timeout=20)
    with place.up():
        pass


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_any_number_of_processes_share_one_postgres(each_place: Place) -> None:
    with each_place.up(), each_place.up(), each_place.up() as third:
        assert third.process.poll() is None
