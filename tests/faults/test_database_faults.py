"""The database goes away between the call and its confirmation: the message is still seen once."""

import sqlite3
from contextlib import suppress
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import create_engine, make_url, text

from handlers.delivery.pump import Pump
from models import engines
from models.database import Database
from models.errors import DomainError
from tests.faults.cutting import cut_all
from tests.faults.settings import Setting
from tests.office import Office, patient_client


class InterruptedClient(WebClient):
    """Does something to the database while Slack takes a message."""

    database_url: str
    database: Database
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
        cut_all(self.database_url)


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


FAIL_AT_FIRST = """
CREATE SEQUENCE tries;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('tries') <= 3 THEN RAISE EXCEPTION 'at first' USING ERRCODE = '40001'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fail BEFORE UPDATE ON outbox_messages FOR EACH ROW EXECUTE FUNCTION fail();
"""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_transactions_postgres_could_not_serialize_are_tried_again(office: Office) -> None:
    """The first claims fail, or the first confirmation (row 10)."""
    office.db.write(lambda db: db.execute(text(FAIL_AT_FIRST)) and None)
    office.say("once")
    turn_on(office, office.pump(), 120)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_postgres_that_only_reads_refuses_in_words_and_doubles_nothing(
    office: Office, database_url: str
) -> None:
    """A failover has left us with the replica, while Slack takes a message (row 10)."""
    client = patient_client(office, FailedOver)
    client.database_url = database_url
    office.say("once")
    pump = office.pump(client)
    turn_on(office, pump, 5)
    with pytest.raises(DomainError, match="Nothing was saved"):
        office.say("refused")
    client.fail_over(reads_only=False)
    turn_on(office, pump, 200)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


class FailedOver(InterruptedClient):
    """Postgres takes no write any more."""

    def interrupt(self) -> None:
        self.fail_over(reads_only=True)

    def fail_over(self, *, reads_only: bool) -> None:
        named = engines.named(self.database_url)
        admin = create_engine(named.set(database="postgres"), isolation_level="AUTOCOMMIT")
        setting = f"ALTER DATABASE {named.database} SET default_transaction_read_only = {reads_only}"
        with admin.connect() as connection:
            connection.execute(text(setting))
        admin.dispose()
        cut_all(self.database_url)


def turn_on(office: Office, pump: Pump, seconds: int) -> None:
    """Turn as the scheduler does, which goes on when a turn fails."""
    for _ in range(seconds):
        with suppress(DomainError):
            pump.turn()
        office.slack.advance(1)


class ReadOnly(InterruptedClient):
    """The file may not be written any more: a disk the system has mounted read-only."""

    lock: Setting

    def interrupt(self) -> None:
        self.lock = Setting.read_only(self.database)


@pytest.mark.parametrize("how", [Locked, ReadOnly])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_confirmation_that_cannot_be_written_is_found_out_later(
    office: Office, database_url: str, how: type[Locked] | type[ReadOnly]
) -> None:
    """The row stays in hand until its lease ends; then the message is looked for, and found."""
    client = patient_client(office, how)
    client.database_url, client.database = database_url, office.db
    office.say("once")
    pump = office.pump(client)
    pump.turn()
    assert (office.taken(), office.states()) == (["once"], {"once": "sending"})
    client.lock.close()
    office.deliver(pump, seconds=200)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_full_disk_what_was_kept_goes_out_once_and_the_rest_was_refused(office: Office) -> None:
    """SQLite's own "disk is full", at whichever write comes first to need room (row 11)."""
    full = Setting.full(office.db, pages=8)
    pump, kept, refused = office.pump(), [], []
    for number in range(30):
        try:
            office.say(f"{number} {'x' * 3000}")
            kept.append(number)
        except DomainError:
            refused.append(number)
        with suppress(DomainError):
            pump.turn()
        office.slack.advance(1)
    assert kept, "some were written before the disk was full"
    assert len(refused) > 5
    full.close()
    office.say(f"30 {'x' * 3000}")
    office.deliver(pump, seconds=300)
    assert [int(text.split()[0]) for text in office.taken()] == [*kept, 30]
    assert set(office.states().values()) == {"sent"}
