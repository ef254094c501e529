"""Postgres crashes, stays away or has no connection free: what was said is kept, what people see is whole."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import Connection, text

from models import migrations
from models.database import Database
from models.errors import DomainError
from tests.faults.own_postgres import OwnPostgres, own_postgres
from tests.faults.test_database_faults import turn_on
from tests.office import Office, open_office, patient_client

ANSWERED = 3.0  # seconds: Slack waits no longer


class CrashingClient(WebClient):
    """Has Postgres crash while Slack takes the second message."""

    server: OwnPostgres
    comes_back: bool
    calls = 0

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        answer = super().chat_postMessage(**arguments)
        self.calls += 1
        if self.calls == 2:
            self.server.crash()
            if self.comes_back:
                self.server.start()
        return answer


@pytest.fixture
def crashing(tmp_path: Path) -> Iterator[tuple[Office, OwnPostgres]]:
    """An office on a server of its own."""
    with own_postgres(tmp_path / "postgres") as (server, url):
        migrations.upgrade(url)
        database = Database(url)
        with open_office(database) as office:
            yield office, server
        database.dispose()


@pytest.mark.parametrize("outage", [0, 30], ids=["restarted at once", "away for 30 s"])
def test_a_crash_of_postgres_while_slack_answers_doubles_and_loses_nothing(
    crashing: tuple[Office, OwnPostgres], outage: int
) -> None:
    """`pg_ctl -m immediate`: all connections are cut, the confirmation finds nobody (row 10)."""
    office, server = crashing
    texts = [str(number) for number in range(5)]
    for words in texts:
        office.say(words)
    client = patient_client(office, CrashingClient)
    client.server, client.comes_back = server, not outage
    pump = office.pump(client)
    turn_on(office, pump, 3)
    if outage:
        began = time.monotonic()
        with pytest.raises(DomainError, match="Nothing was saved"):
            office.say("refused")
        assert time.monotonic() - began < ANSWERED
        turn_on(office, pump, outage)
        server.start()
    turn_on(office, pump, 200)
    assert office.taken() == texts
    assert office.states() == dict.fromkeys(texts, "sent")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_with_every_connection_taken_the_answer_comes_in_time_and_delivery_goes_on_later(
    office: Office,
) -> None:
    """Ten who hang: the eleventh hears "not saved" before Slack gives up; nothing is lost."""
    office.say("waits")
    inside, free = threading.Barrier(11), threading.Event()

    def hang(db: Connection) -> None:
        db.execute(text("SELECT 1"))
        inside.wait()
        free.wait(20)

    with ThreadPoolExecutor(10) as hands:
        hanging = [hands.submit(office.db.write, hang) for _ in range(10)]
        inside.wait()
        began = time.monotonic()
        with pytest.raises(DomainError, match="Nothing was saved"):
            office.say("refused")
        assert time.monotonic() - began < ANSWERED
        with pytest.raises(DomainError):
            office.pump().turn()
        free.set()
        for each in hanging:
            each.result()
    office.deliver(office.pump())
    assert office.taken() == ["waits"]
