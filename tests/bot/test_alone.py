"""One process on one SQLite file, any number on one Postgres."""

import os
import signal

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
