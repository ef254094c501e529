"""The bot's own time: delivery wakes up by itself, clock jobs survive a clock set back, a stop is orderly."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from apscheduler.jobstores.memory import MemoryJobStore

from bot import scheduler
from bot.scheduler import Scheduler
from handlers.context import Deps
from models.database import Database
from tests.clock import FrozenClock
from tests.office import Office, open_office

SOON = 20.0  # real seconds that a busy machine may need


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """An office on SQLite: the scheduler does not know which database it is."""
    database = Database(sqlite_url)
    with open_office(database) as opened:
        yield opened
    database.dispose()


def test_what_is_committed_goes_out_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit wakes delivery: it does not wait for its next look."""
    monkeypatch.setattr(scheduler, "IDLE_S", 3600.0)
    ticking = Scheduler(Deps(office.db, office.clock), office.pump())
    ticking.start()
    office.say("now")
    office.slack.wait_for(lambda: office.seen() == ["now"], timeout=SOON)
    assert ticking.is_well()
    assert ticking.stop()


def test_a_stop_finishes_what_is_in_hand(office: Office) -> None:
    """Nothing is left half sent, and nothing new is begun."""
    office.slack.set_clock(running=True)
    office.slack.fault("chat.postMessage", delay=1, times=1)
    ticking = Scheduler(Deps(office.db, office.clock), office.pump())
    ticking.start()
    office.say("in hand")
    office.slack.wait_for(lambda: office.slack.journal("fault", method="chat.postMessage"), timeout=SOON)
    assert ticking.stop()
    assert office.states() == {"in hand": "sent"}
    office.say("after")
    assert office.states()["after"] == "pending"


def test_a_clock_set_back_does_not_stall_the_clock_jobs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interval job of APScheduler would wait for as long as the clock was set back."""
    monkeypatch.setattr(scheduler, "TICK_S", 3600.0)
    wall, asked = FrozenClock(), threading.Event()
    ticking = Scheduler(
        Deps(office.db, office.clock), office.pump(), {"reminders": lambda _: asked.set()}, wall=wall
    )
    ticking.start()
    assert not asked.is_set()
    wall.advance(hours=-1)
    office.say("wakes the loop")
    assert asked.wait(SOON)
    ticking.stop()


def test_a_clock_job_that_fails_is_asked_again_and_shows_in_the_health(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TICK_S", 0.05)
    asked, now = threading.Semaphore(0), [0.0]

    def fails(_deps: Deps) -> None:
        asked.release()
        raise RuntimeError("no such table")

    ticking = Scheduler(
        Deps(office.db, office.clock), office.pump(), {"reminders": fails}, steady=lambda: now[0]
    )
    ticking.start()
    for _ in range(2):
        assert asked.acquire(timeout=SOON)
    assert ticking.is_well()
    now[0] = 31.0
    assert not ticking.is_well()
    assert ticking.since_good()["reminders"] == timedelta(seconds=31).total_seconds()
    ticking.stop()


def test_a_job_with_more_to_do_is_run_again_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is short, and what is left waits for no tick."""
    monkeypatch.setattr(scheduler, "TICK_S", 3600.0)
    wall, left, done = FrozenClock(), [3, 2, 1, 0], threading.Event()

    def works(_deps: Deps) -> bool:
        if left.pop(0):
            return True
        done.set()
        return False

    ticking = Scheduler(Deps(office.db, office.clock), office.pump(), {"reminders": works}, wall=wall)
    ticking.start()
    wall.advance(hours=-1)  # the one thing that has the jobs begin before their time
    office.say("wakes the loop")
    assert done.wait(SOON)
    ticking.stop()


def test_a_job_that_hangs_is_named_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others have their turns beside it."""
    monkeypatch.setattr(scheduler, "TICK_S", 0.05)
    now, free, turned = [0.0], threading.Event(), threading.Semaphore(0)
    jobs = {"reminders": lambda _: free.wait(SOON), "signals": lambda _: turned.release()}
    ticking = Scheduler(Deps(office.db, office.clock), office.pump(), jobs, steady=lambda: now[0])
    ticking.start()
    assert turned.acquire(timeout=SOON)
    now[0] = 31.0
    for _ in range(2):  # the second began when the first had ended, at that time
        assert turned.acquire(timeout=SOON)
    office.say("wakes delivery")
    office.slack.wait_for(lambda: "delivery" not in ticking.stuck(), timeout=SOON)
    assert ticking.stuck() == ("reminders",)
    free.set()
    ticking.stop()


def test_apscheduler_keeps_nothing(office: Office) -> None:
    """Due-ness is a row: a second process, or a restart, finds no job of an earlier one."""
    ticking = Scheduler(Deps(office.db, office.clock), office.pump())
    ticking.start()
    assert [type(store) for store in ticking._jobs._jobstores.values()] == [MemoryJobStore]
    ticking.stop()
