"""The database goes away between the call and its confirmation: the message is still seen once."""

import sqlite3
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import create_engine, make_url, text

from models import engines
from tests.office import Office, patient_client


class InterruptedClient(WebClient):
    """Does something to the database while Slack takes a message."""

    database_url: str
    is_done = False

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        answer = super().chat_postMessage(**arguments)
        if not self.is_done:
            self.is_done = True
            self.interrupt()
        return answer

    def interrupt(self) -> None:
        raise NotImplementedError


class Restarted(InterruptedClient):
    """Postgres cuts all connections, as it does when it starts anew."""

    def interrupt(self) -> None:
        url = engines.named(self.database_url)
        admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        with admin.connect() as connection:
            connection.execute(text(cut), {"name": url.database})
        admin.dispose()


class Locked(InterruptedClient):
    """Another process writes to the file for longer than anybody waits."""

    lock: sqlite3.Connection

    def interrupt(self) -> None:
        path = str(make_url(self.database_url).database)
        self.lock = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.lock.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_postgres_restarting_while_slack_answers_doubles_nothing(office: Office, database_url: str) -> None:
    client = patient_client(office, Restarted)
    client.database_url = database_url
    office.say("once")
    office.say("next")
    office.deliver(office.pump(client), seconds=200)
    assert office.taken() == ["once", "next"]
    assert set(office.states().values()) == {"sent"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_confirmation_that_cannot_be_written_is_found_out_later(office: Office, database_url: str) -> None:
    """The row stays in hand until its lease ends; then the message is looked for, and found."""
    client = patient_client(office, Locked)
    client.database_url = database_url
    office.say("once")
    pump = office.pump(client)
    pump.turn()
    assert (office.taken(), office.states()) == (["once"], {"once": "sending"})
    client.lock.close()
    office.deliver(pump, seconds=200)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})
