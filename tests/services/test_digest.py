"""The weekly digest is due at the reader's own time, once, whoever asks and however late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk import WebClient
from sqlalchemy import select, update

from handlers import registry
from handlers.context import Deps
from handlers.delivery.due import due_job
from handlers.delivery.pump import Pump
from models.database import Connection, Database
from models.rules.coaching.digest import DigestTime, Reader, latest, read_time
from models.rules.collaborative.people import Collaborative, Member
from models.rules.time.working_time import instant
from models.services import digest, due, ladders
from models.tables.collaborative import reporting_periods
from models.tables.outbox import outbox_messages
from models.tables.people import members
from tests.cast import Cast, leave, withdraw
from tests.clock import FrozenClock
from tests.drawing import DRAWING
from tests.handlers.stage import staged

MONDAY = datetime(2026, 7, 13, 12, 0, tzinfo=UTC)  # 8:00 in New York
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca")


def reader(zone: str, time: DigestTime) -> Reader:
    collaborative = Collaborative(1, 1, "bp", "BP", zone, "C1")
    return Reader(
        Member(1, "Cora", "U1"),
        collaborative,
        (),
        staff=frozenset(),
        time=time,
        zone=zone,
        since=date(2026, 1, 1),
    )


def keys(database: Database) -> list[str]:
    return list(database.read(lambda db: db.scalars(select(outbox_messages.c.dedupe_key)).all()))


def asked_at(database: Database, moment: datetime) -> None:
    due_job([digest.due_weekly])(Deps(database, FrozenClock(moment)))


@given(
    st.sampled_from(ZONES),
    st.builds(DigestTime, st.integers(0, 6), st.integers(0, 23)),
    st.integers(0, 800 * 24 * 60),
)
def test_every_week_has_one_digest_and_it_is_not_in_the_future(
    zone: str, time: DigestTime, minutes: int
) -> None:
    """Whatever the zone's clocks do: the last one is at most a week (and a changed hour) ago, one a week."""
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = latest(reader(zone, time), now)
    assert timedelta(0) <= now - found.at <= timedelta(days=7, hours=1)
    assert latest(reader(zone, time), found.at) == found
    before = latest(reader(zone, time), found.at - timedelta(seconds=1))
    assert before.on == found.on - timedelta(days=7)
    assert before.week != found.week


@pytest.mark.parametrize(
    ("time", "now", "due"),
    [
        (DigestTime(6, 2), datetime(2026, 3, 8, 20, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        (DigestTime(6, 1), datetime(2026, 11, 1, 20, tzinfo=UTC), datetime(2026, 11, 1, 5, tzinfo=UTC)),
        (DigestTime(0, 8), datetime(2026, 3, 9, 20, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)),
        (DigestTime(0, 8), datetime(2026, 11, 2, 20, tzinfo=UTC), datetime(2026, 11, 2, 13, tzinfo=UTC)),
    ],
    ids=["an hour that is skipped", "an hour that comes twice", "after spring", "after autumn"],
)
def test_a_digest_keeps_the_clock_on_the_wall(time: DigestTime, now: datetime, due: datetime) -> None:
    """An hour skipped becomes the first after it, one that comes twice is the first of them."""
    assert latest(reader("America/New_York", time), now).at == due


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("Monday 8:00", DigestTime()),
        ("tue 14", DigestTime(1, 14)),
        ("SUNDAY  23:00", DigestTime(6, 23)),
        ("Monday 24:00", None),
        ("Monday 7:30", None),
        ("8:00", None),
        ("Funday 8:00", None),
        ("Mo 8:00", None),
    ],
)
def test_a_time_is_a_weekday_and_a_full_hour(words: str, time: DigestTime | None) -> None:
    assert read_time(words) == time


def test_who_looks_after_teams_has_one_each_week_and_nobody_else(database: Database, cast: Cast) -> None:
    """The key is the ISO week: asking again, later or in another process adds nothing."""
    readers = [cast.members[name] for name in ("Cora", "Ben", "Hana", "Ravi")]
    asked_at(database, MONDAY - timedelta(seconds=1))
    assert keys(database) == []
    for later in (timedelta(), timedelta(), timedelta(days=6)):
        asked_at(database, MONDAY + later)
    assert sorted(keys(database)) == sorted(f"digest:{each}:2026-W29" for each in readers)


def test_two_processes_at_once_keep_one(database: Database, cast: Cast) -> None:
    """Both see that it is due; the unique key lets one of them keep it."""
    (turn,) = database.write(lambda db: ladders.take(db, MONDAY, 20))
    found = database.read(lambda db: due.look(db, turn, MONDAY, [digest.due_weekly]))
    assert len(found.unsaid) == 4
    with ThreadPoolExecutor(2) as processes:
        list(processes.map(database.write, [partial(due.keep, looks=[found], now=MONDAY)] * 2))
    assert len(keys(database)) == 4


def test_a_reader_has_a_time_and_a_zone_of_their_own(database: Database, cast: Cast) -> None:
    """Cora reads on Tuesday at 7 in Denver."""
    own = {"digest": "Tuesday 7:00", "time_zone": "America/Denver"}
    mine = members.c.id == cast.members["Cora"]
    database.write(lambda db: db.execute(update(members).where(mine).values(own)))
    tuesday = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)
    asked_at(database, tuesday - timedelta(seconds=1))
    assert f"digest:{cast.members['Cora']}:2026-W29" not in keys(database)
    asked_at(database, tuesday)
    assert f"digest:{cast.members['Cora']}:2026-W29" in keys(database)


def test_who_has_left_and_whose_teams_have_withdrawn_hears_nothing(database: Database, cast: Cast) -> None:
    """Also when that happens after the digest was kept: then it is no longer true."""
    asked_at(database, MONDAY)
    database.write(lambda db: leave(db, cast, "Cora", MONDAY.date()))
    database.write(lambda db: withdraw(db, cast, "Dogwood", MONDAY.date()))
    for name in ("Cora", "Ben"):
        gone = partial(digest.reader, member_id=cast.members[name])
        assert database.read(gone) is None
    asked_at(database, MONDAY + timedelta(days=7))
    assert sorted(key for key in keys(database) if key.endswith("W30")) == sorted(
        f"digest:{cast.members[name]}:2026-W30" for name in ("Hana", "Ravi")
    )


def test_a_collaborative_that_is_over_sends_no_digest(database: Database, cast: Cast) -> None:
    """The last month closes on 10 October 2027."""
    asked_at(database, datetime(2027, 10, 18, 15, tzinfo=UTC))
    assert keys(database) == []


def test_a_collaborative_is_over_at_its_own_midnight(database: Database, cast: Cast) -> None:
    """In New York the last day goes on for four hours after UTC's."""
    last_day = max(database.read(lambda db: db.scalars(select(reporting_periods.c.locks_on)).all()))
    midnight = instant(last_day, 24, cast.collaborative.time_zone)
    for moment, count in ((midnight - timedelta(seconds=1), 4), (midnight, 0)):
        assert len(database.read(partial(_readers, scope=cast.collaborative.id, now=moment))) == count


def _readers(db: Connection, scope: int, now: datetime) -> set[str]:
    return {each.to for each in digest.due_weekly(db, ladders.snapshot(db, scope, now))}


@pytest.mark.parametrize(("late", "state"), [(timedelta(hours=35), "sent"), (timedelta(hours=37), "dropped")])
def test_a_digest_36_hours_late_is_dropped_on_the_record(
    database: Database, late: timedelta, state: str
) -> None:
    """A laptop that slept: by then it tells nothing new, and the next one is near."""
    with staged(database) as stage:
        asked_at(database, MONDAY - timedelta(hours=1))
        stage.slack.set_clock(to=(MONDAY + late).timestamp())
        asked_at(database, stage.clock.now())
        stage.deliver()
        known = (outbox_messages.c.state == state, outbox_messages.c.kind == "digest")
        assert stage.count(outbox_messages, *known) == 4
        assert len(stage.person("Cora").messages("Momentum")) == (state == "sent")


class SleepyClient(WebClient):
    """Its machine falls asleep once, just before it calls a method."""

    at: str
    fall_asleep: Callable[[], object]

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        if api_method == self.at:
            self.at = "wide awake"
            self.fall_asleep()
        return super().api_call(api_method, **arguments)


@pytest.mark.parametrize("at", ["users.info", "chat.postMessage"])
@pytest.mark.parametrize(("days", "state"), [(2, "sent"), (6, "sent"), (8, "dropped")])
def test_a_machine_that_slept_while_it_sent_a_digest_sends_it_within_its_week(
    database: Database, at: str, days: int, state: str
) -> None:
    """Woken later its record says why it did not go; the call the sleep cut off is looked for first."""
    with staged(database) as stage:
        stage.slack.set_clock(to=MONDAY.timestamp())
        cora = stage.person("Cora").id
        hers = due_job([lambda db, at: (each for each in digest.due_weekly(db, at) if each.to == cora)])
        hers(Deps(database, stage.clock))
        client = stage.slack_client
        sleepy = SleepyClient(client.token, client.base_url, timeout=client.timeout, retry_handlers=[])
        sleepy.at, wakes = at, MONDAY + timedelta(days=days)
        sleepy.fall_asleep = partial(stage.slack.set_clock, to=wakes.timestamp())
        if at == "chat.postMessage":
            stage.slack.fault(at, drop="before", times=1)
        pump = Pump(
            stage.deps,
            sleepy,
            registry.COMPOSERS,
            DRAWING,
            hooks=registry.HOOKS,
            steady=lambda: stage.clock.now().timestamp(),
        )
        for _ in range(80):
            pump.turn()
            stage.slack.advance(1)
        pump.stop(5)
        row = database.read(lambda db: db.execute(select(outbox_messages)).one())
        assert row.state == state
        assert len(stage.person("Cora").messages("Momentum")) == (state == "sent")
        if state == "dropped":
            assert row.last_error == "expired: it was good until 2026-07-20 12:00 UTC"
