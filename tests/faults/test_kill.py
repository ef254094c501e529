"""Delivery is killed, and what people see is still each message once. The observer is Slack's journal."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from slack_sdk import WebClient

from handlers import registry
from handlers.context import Deps
from handlers.delivery.pump import Pump
from handlers.delivery.sender import Sender
from handlers.registry import CLOCK
from models.rules.delivery.verdicts import LEASE, Claimed, Sent
from models.services.delivery.results import Hooks
from models.services.ladders import IN_HAND
from tests.clock import T0
from tests.drawing import DRAWING
from tests.faults.mortal import STEPS, TICK_STEPS
from tests.office import Office, patient_client

ROOT = Path(__file__).parent.parent.parent
SEED = 1
IN_A_TRANSACTION = ("before the claim is committed", "before the confirmation is committed")
LONGEST = 90  # seconds: a lease and the time until what Slack took is seen


@contextmanager
def process(
    office: Office, url: str, step: str = "any", fate: signal.Signals = signal.SIGKILL
) -> Iterator[subprocess.Popen[bytes]]:
    """Run delivery in a process of its own, killed at the end if it still lives."""
    command = [sys.executable, "-m", "tests.faults.mortal", url, office.slack.url, step, fate.name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as running:  # noqa: S603 - our own
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_step_neither_loses_nor_doubles_a_message(
    office: Office, database_url: str, step: str
) -> None:
    """A kill -9 around the claim, the call and the confirmation; late by a lease and the look at most."""
    start = office.clock.now()
    office.say("once", post="report:1")
    with process(office, database_url, step) as mortal:
        mortal.wait(timeout=60)

    office.deliver(office.pump(), seconds=200)
    office.say("once, edited", post="report:1")
    office.deliver(office.pump())

    assert office.taken() == ["once"]
    assert office.seen() == ["once, edited"]
    sent_at = office.rows()["once"].sent_at
    assert (sent_at - start).total_seconds() <= LONGEST


def test_a_process_killed_while_slack_is_answering_neither_loses_nor_doubles_a_message(
    office: Office, database_url: str
) -> None:
    """Slack has taken the message and not said so yet."""
    office.slack.fault("chat.postMessage", hang=True, accept=True, times=1)
    office.say("once")
    with process(office, database_url):
        office.slack.wait_for(lambda: office.seen() == ["once"], timeout=30)
    office.slack.clear_faults()
    office.deliver(office.pump(), seconds=200)
    assert office.taken() == ["once"]
    assert office.states() == {"once": "sent"}


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_process_killed_while_it_uploads_a_chart_shows_the_message_once(
    office: Office, database_url: str, method: str
) -> None:
    """An upload shows nothing yet: the next sender does it again, and one message has the chart (row 2)."""
    office.slack.fault(method, hang=True, accept=True, times=1)
    office.say("chart", args={"picture": "fine"})
    with process(office, database_url):
        office.slack.wait_for(lambda: office.slack.journal("fault"), timeout=30)
    office.slack.clear_faults()
    office.deliver(office.pump(), seconds=200)
    assert office.taken() == ["chart"]
    assert [len(message["blocks"]) for message in office.messages()] == [2]


@pytest.mark.parametrize("step", TICK_STEPS)
def test_a_process_killed_at_a_tick_of_its_clock_neither_loses_nor_doubles_a_reminder(
    office: Office, database_url: str, step: str
) -> None:
    """The clock asks rows what is due, so whoever asks next finds what the dead one left (row 1)."""
    office.slack.set_clock(to=(T0 + timedelta(days=1)).timestamp())  # three days before June's are due
    with process(office, database_url, step) as mortal:
        mortal.wait(timeout=60)
    office.slack.advance(IN_HAND.total_seconds() + 10)
    deps = Deps(office.db, office.clock, slack_team=office.slack_team)
    for _ in range(2):
        CLOCK["reminders"](deps)
    office.deliver(Pump(deps, patient_client(office, WebClient), registry.COMPOSERS, DRAWING, hooks=Hooks()))
    (asked,) = office.direct("Ana")
    assert "Cedar's June report is due on Friday" in asked


def test_confirming_before_sending_loses_the_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the tests above look at does show a message that was never sent."""

    def confirmed_first(pump: Pump, row: Claimed, _started: float) -> None:
        pump._settle(row, Sent(row.channel, "1.0"))
        raise SystemExit  # the process is gone before it sends

    monkeypatch.setattr(Pump, "_deliver", confirmed_first)
    office.say("lost")
    office.pump().turn()
    monkeypatch.undo()
    office.deliver(office.pump(), seconds=200)
    assert (office.taken(), office.states()) == ([], {"lost": "sent"})


def test_without_the_look_the_same_kill_doubles_the_message(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the tests above look at does show a message that was sent twice."""
    office.say("twice")
    with process(office, database_url, "after the message is sent") as mortal:
        mortal.wait(timeout=60)
    monkeypatch.setattr(Sender, "_looked_for", lambda _sender, _row, place, _now: place)
    office.deliver(office.pump(), seconds=200)
    assert office.taken() == ["twice", "twice"]


@pytest.mark.parametrize("replicas", [2, 4])
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_processes_killed_at_random_share_the_work_and_double_nothing(
    office: Office, database_url: str, replicas: int
) -> None:
    """Replicas on one Postgres, a kill every few messages, five messages in each of four channels."""
    chance = random.Random(SEED)  # noqa: S311 - a test's dice
    channels = [office.slack.add_channel(f"team-{n}", [office.cast.slack["Ana"]]) for n in range(4)]
    texts = [f"{n}" for n in range(20)]
    for text in texts:
        office.say(text, channels[int(text) % 4])
    for _ in range(3):
        with ExitStack() as stack:
            all_of_them = [stack.enter_context(process(office, database_url)) for _ in range(replicas)]
            goal = len(office.taken()) + chance.randint(2, 8)
            _let_time_pass(office, until=min(goal, len(texts)))
            chance.choice(all_of_them).kill()
            _let_time_pass(office, until=min(goal + chance.randint(1, 5), len(texts)))
    office.deliver(office.pump(), seconds=300)

    assert sorted(office.taken(), key=int) == texts, f"seed {SEED}"
    for number, channel in enumerate(channels):
        assert office.seen(channel) == texts[number::4], f"order, seed {SEED}"


def _let_time_pass(office: Office, until: int) -> None:
    """Move the shared clock on, a quarter of a second at a time, until so many messages were taken."""
    for _ in range(2000):
        if len(office.taken()) >= until:
            return
        office.slack.advance(0.05)


@pytest.mark.parametrize("seconds", [5, 70])
@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_stands_still_around_the_claim_sends_once_and_wakes_wisely(
    office: Office, database_url: str, step: str, seconds: int
) -> None:
    """SIGSTOP for 5 s, which the lease outlives, and for 70 s, which it does not.

    After 70 s another has taken the row over (unless the sleeper stands in a
    transaction, which keeps others away).

    The one window left, between the last look at the lease and the call, ends with the second message taken
    away: Slack took two, people see one.
    """
    office.say("once")
    with process(office, database_url, step, signal.SIGSTOP) as mortal:
        office.slack.wait_for(
            lambda: psutil.Process(mortal.pid).status() == psutil.STATUS_STOPPED, timeout=60
        )
        office.slack.advance(seconds)
        if seconds > LEASE.total_seconds() and step not in IN_A_TRANSACTION:
            office.deliver(office.pump(), seconds=200)
        mortal.send_signal(signal.SIGCONT)
        office.slack.wait_for(lambda: _has_settled(office, step, seconds), timeout=30)
    assert office.seen() == ["once"]
    assert office.states() == {"once": "sent"}
    is_in_the_window = seconds > LEASE.total_seconds() and step == "before the message is sent"
    assert office.taken() == ["once"] * (2 if is_in_the_window else 1)


def _has_settled(office: Office, step: str, seconds: int) -> bool:
    """The row is sent, and where the sleeper doubled the message, it has taken its own away."""
    office.slack.advance(0.2)
    in_window = seconds > LEASE.total_seconds() and step == "before the message is sent"
    return office.states() == {"once": "sent"} and (not in_window or bool(office.calls("chat.delete")))
