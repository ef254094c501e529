"""The clock takes collaboratives in turns: oldest first, never two at once, each at a second of its own."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from handlers import people_first
from handlers.context import Deps
from handlers.delivery.due import due_job
from handlers.turns import MOST
from models.database import Connection, Database
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.services import ladders
from models.services.setup import apply as collaborative
from tests.cast import SLACK_TEAM
from tests.clock import T0, FrozenClock
from tests.plans import plan

COUNT = 2 * MOST + 5


@pytest.fixture
def many(database: Database) -> list[int]:
    """As many collaboratives as three turns take."""
    one = plan()

    def unit(db: Connection) -> list[int]:
        plans = (replace(one, key=f"lc-{number}", people=(), roles=frozenset()) for number in range(COUNT))
        plans = (replace(each, milestones=()) for each in plans)
        return [collaborative.apply(db, SLACK_TEAM, each, T0, shown=None) for each in plans]

    return database.write(unit)


def looker(seen: list[int], breaks: Iterable[int] = ()) -> Callable[[Connection, Snapshot], list[DueMessage]]:
    """A source that wants nothing said, and keeps whom it was asked about."""

    def source(_db: Connection, snapshot: Snapshot) -> list[DueMessage]:
        if snapshot.collaborative.id in breaks:
            raise ValueError("not to be read")
        seen.append(snapshot.collaborative.id)
        return []

    return source


def test_all_are_looked_at_in_turns_and_one_that_cannot_be_read_keeps_no_other(
    database: Database, many: list[int]
) -> None:
    seen: list[int] = []
    sources = [looker(seen, breaks=[many[3]])]
    turns = [due_job(sources)(Deps(database, FrozenClock())) for _ in range(4)]
    assert turns == [True, True, False, False]
    assert sorted(seen) == sorted({*many} - {many[3]})


def test_while_somebody_waits_for_an_answer_a_look_pauses_between_its_statements(
    database: Database, many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_first, "PATIENCE_S", 30)
    deps, steps = Deps(database, FrozenClock()), list[str]()
    begun, answered = threading.Event(), threading.Event()

    def source(db: Connection, _snapshot: Snapshot) -> list[DueMessage]:
        if not begun.is_set():
            begun.set()
            assert answered.wait(10)
            steps.append("one looks on")
            db.execute(text("SELECT 1"))
            steps.append("it was read")
        return []

    with ThreadPoolExecutor(1) as hands:
        turn = hands.submit(due_job([source]), deps)
        assert begun.wait(10)
        with deps.people_first.answering():
            answered.set()
            assert wait([turn], timeout=0.2).not_done
            steps.append("somebody was answered")
        assert turn.result(10)
    assert steps == ["one looks on", "somebody was answered", "it was read"]


def test_two_processes_share_the_work(database: Database, many: list[int]) -> None:
    """What one has in hand the other leaves alone; were the one to die, it is taken up in a minute."""
    take = partial(ladders.take, most=MOST)
    first = database.write(partial(take, now=T0))
    second = database.write(partial(take, now=T0))
    assert {turn.collaborative_id for turn in first} & {turn.collaborative_id for turn in second} == set()
    later = database.write(partial(ladders.take, now=T0 + ladders.IN_HAND, most=COUNT))
    assert {turn.collaborative_id for turn in later} == {*many}


def test_who_waits_longest_comes_first(database: Database, many: list[int]) -> None:
    _at_rest(database, T0)
    woken = many[-1]
    database.write(lambda db: ladders.wake(db, woken))
    (first,) = database.write(partial(ladders.take, now=T0 + timedelta(minutes=30), most=1))
    assert first.collaborative_id == woken


def test_the_looks_of_an_hour_are_spread_over_it(database: Database, many: list[int]) -> None:
    """Each collaborative has its second: ten minutes hold a third of them at most, and none is left out."""
    _at_rest(database, T0)
    minutes = []
    for minute in range(1, 61):
        moment = T0 + timedelta(minutes=minute)
        minutes.append(_at_rest(database, moment))
    assert sum(minutes) == len(many)
    tens = [sum(minutes[at : at + 10]) for at in range(0, 60, 10)]
    assert max(tens) <= len(many) / 3


def test_one_that_was_woken_while_it_was_looked_at_is_looked_at_again(
    database: Database, many: list[int]
) -> None:
    """What changed meanwhile may not have been seen."""
    turns = database.write(partial(ladders.take, now=T0, most=COUNT))
    database.write(lambda db: ladders.wake(db, many[0]))
    database.write(lambda db: ladders.rest(db, [(turn, T0 + timedelta(days=1)) for turn in turns], T0))
    again = database.write(partial(ladders.take, now=T0, most=COUNT))
    assert [turn.collaborative_id for turn in again] == [many[0]]


def _at_rest(database: Database, moment: datetime) -> int:
    """Look at all that are due, with nothing to say; how many they were."""
    seen: list[int] = []
    while due_job([looker(seen)])(Deps(database, FrozenClock(moment))):
        pass
    return len(seen)
