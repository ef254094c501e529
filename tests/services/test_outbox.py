"""Rows of the outbox and the inbox: one for each key, one sender for each row, whatever the clock does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from models.database import Database
from models.rules.delivery.outcomes import POST
from models.rules.delivery.verdicts import LEASE, Claimed, Failed, Gate, Later, Sent
from models.services.delivery import inbox, outbox, pace, posts, results, waiting
from models.services.delivery.claims import claim, look
from models.services.delivery.next_rows import MOST_SEEN
from models.tables.outbox import outbox_messages
from tests.cast import SLACK_TEAM, Cast, lay_down
from tests.clock import T0

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_a_key_is_in_the_outbox_once_for_each_collaborative(database: Database, cast: Cast) -> None:
    other = database.write(lambda db: lay_down(db, slack_team="T0OTHER"))
    assert _say(database, cast, "report_card:1:1")
    assert not _say(database, cast, "report_card:1:1")
    assert _say(database, other, "report_card:1:1")


def test_a_message_is_known_for_ever_by_what_it_says_of_what(database: Database, cast: Cast) -> None:
    """Rows of older versions stand under these keys: under others the same would be said twice."""
    facts = [
        ("roll_call", "6:1"),
        ("delivery_failed", "7:0"),
        ("picture_missing", "7"),
        ("was_held", "7"),
        ("signal", f"{'1234+' * 40}:all"),
        ("signal", f"{'1234+' * 40}:coach"),
    ]

    def unit(db: Connection) -> list[bool]:
        return [outbox.say(db, cast.collaborative, kind, about, {}, T0) for kind, about in facts]

    assert all(database.write(unit))
    keys = database.read(lambda db: db.scalars(select(outbox_messages.c.dedupe_key)).all())
    assert {"roll_call:6:1", "fail:7:0", "picture:7", "held:7"} <= set(keys)


def test_many_senders_at_once_never_share_a_row_nor_a_channel(database: Database, cast: Cast) -> None:
    for number in range(40):
        _say(database, cast, f"row {number}", to=f"C{number % 20}")
    with ThreadPoolExecutor(8) as senders:
        claims = list(senders.map(lambda _: _claim(database, T0, limit=4), range(16)))
    taken = [row for rows in claims for row in rows]
    assert len({row.id for row in taken}) == len(taken) == len({row.channel for row in taken})


def test_a_row_is_taken_over_when_its_lease_is_over_and_not_before(database: Database, cast: Cast) -> None:
    """Whoever takes it over knows that it may have been sent as late as the lease ended."""
    _say(database, cast, "row")
    (first,) = _claim(database, T0)
    assert not _claim(database, T0 + LEASE - SECOND)
    (second,) = _claim(database, T0 + LEASE + SECOND)
    assert (first.unsure_at, second.unsure_at) == (None, T0 + LEASE)

    assert not _settle(database, first, Sent("C1", "1.0"), T0 + LEASE)
    assert _settle(database, second, Sent("C1", "2.0"), T0 + LEASE)
    assert database.read(lambda db: results.sent_as(db, first)) == "2.0"


def test_the_clock_set_back_an_hour_stops_nothing(database: Database, cast: Cast) -> None:
    """Due at once stays due; a lease lasts a minute from now; waits and gates of the future are void."""
    back = T0 - HOUR
    _say(database, cast, "due at once", to="C1")
    _say(database, cast, "leased", to="C2")
    _say(database, cast, "backing off", to="C3")
    taken = {row.channel: row for row in _claim(database, T0, limit=8)}
    gates = (Gate(POST, "C1", T0 + SECOND), Gate(POST, "", T0 + SECOND))
    later = Later(T0 + SECOND, "given back", is_counted=False, gates=gates)
    assert _settle(database, taken["C1"], later, T0)
    assert _settle(database, taken["C3"], Later(T0 + 8 * SECOND, "HTTP 500"), T0)

    assert {row.channel for row in _claim(database, back, limit=8)} == {"C1", "C3"}
    assert _queue_state(database, back + LEASE - SECOND) == "waiting"
    assert "C2" in {row.channel for row in _claim(database, back + LEASE, limit=8)}


def test_a_row_put_behind_others_waits_for_no_clock(database: Database, cast: Cast) -> None:
    """Moved back by its due moment while the clock was an hour fast: it has been due, and is."""
    _say(database, cast, "row")
    (row,) = _claim(database, T0)
    _settle(database, row, Later(T0, "HTTP 500", due_at=T0 + HOUR), T0)
    assert _queue_state(database, T0 + SECOND) == "ready"


def test_a_look_goes_by_slacks_clock(database: Database, cast: Cast) -> None:
    """Ours may be an hour fast: what was tried after a message of known `ts` can only be newer."""
    _say(database, cast, "row")
    (first,) = _claim(database, T0)
    assert first.shown_before is None
    _settle(database, first, Sent("C1", "1783350660.000000"), T0)
    _say(database, cast, "next")
    (then,) = _claim(database, T0 + HOUR)
    assert then.shown_before == "1783350660.000000"


def test_a_lone_lease_of_a_clock_set_back_is_noticed(database: Database, cast: Cast) -> None:
    _say(database, cast, "row")
    _claim(database, T0)
    back = T0 - HOUR
    assert _queue_state(database, back) == "ready"
    assert not _claim(database, back)
    assert _queue_state(database, back + LEASE - SECOND) == "waiting"
    assert _claim(database, back + LEASE)


def test_an_idle_outbox_is_seen_to_be_idle_without_a_write(database: Database, cast: Cast) -> None:
    assert _queue_state(database, T0) == "idle"
    _say(database, cast, "tomorrow", due=T0 + 24 * HOUR)
    assert _queue_state(database, T0) == "idle"
    assert _queue_state(database, T0 + 24 * HOUR) == "ready"
    _claim(database, T0 + 24 * HOUR)
    assert _queue_state(database, T0 + 24 * HOUR) == "waiting"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channels", [1, 30, 3000])
def test_a_look_costs_the_same_however_much_waits(database: Database, cast: Cast, channels: int) -> None:
    """Counted in the steps of SQLite's own machine, which every computer takes alike."""

    def fill(numbers: range) -> None:
        def unit(db: Connection) -> None:
            for number in numbers:
                _word(db, cast, f"row {number}", to=f"C{number % channels}")

        database.write(unit)

    fill(range(300))
    few = _steps(database)
    fill(range(300, 10_000))
    assert _steps(database) <= few * 1.1


def test_a_long_queue_in_one_channel_hides_no_other(database: Database, cast: Cast) -> None:
    """Also one longer than a look goes back: another channel's message, due last, has its turn at once."""
    for number in range(MOST_SEEN + 20):
        _say(database, cast, f"row {number}")
    _say(database, cast, "another", to="C0", due=T0 + SECOND)
    assert {row.channel for row in _claim(database, T0 + SECOND, limit=8)} == {"C0", "C1"}


def test_every_channel_has_its_turn_when_more_wait_than_can_be_seen(database: Database, cast: Cast) -> None:
    for number in range(3 * MOST_SEEN):
        _say(database, cast, f"row {number}", to=f"C{number}", due=T0 - number * SECOND)
    now, taken = T0, []
    while rows := _claim(database, now, limit=8):
        taken += [row.channel for row in rows]
        for row in rows:
            _settle(database, row, Sent(row.channel, "1.0"), now)
        now += 2 * SECOND
    assert sorted(taken) == sorted(f"C{number}" for number in range(3 * MOST_SEEN))


def test_a_process_takes_rows_of_its_own_workspace_alone_however_many_wait_elsewhere(
    database: Database, cast: Cast
) -> None:
    """Five thousand of one workspace: ten of another have their turns at once."""
    theirs = database.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    many = [
        outbox.message(cast.collaborative, "word", f"{number}", {}, T0, to=f"U{number}")
        for number in range(5_000)
    ]
    few = [
        outbox.message(theirs.collaborative, "word", f"{at}", {}, T0 + SECOND, to=f"U{at}")
        for at in range(10)
    ]
    database.write(lambda db: outbox.say_all(db, many))
    database.write(lambda db: outbox.say_all(db, few))
    now = T0 + SECOND
    taken = database.write(lambda db: claim(db, "T0OTHER", now, 20))
    assert {row.workspace_id for row in taken} == {theirs.collaborative.workspace_id}
    assert len(taken) == 10
    ours = _claim(database, now, limit=20)
    assert {row.workspace_id for row in ours} == {cast.collaborative.workspace_id}
    assert database.write(lambda db: claim(db, "T0NOBODY", now, 20)) == ()


def test_what_failed_is_listed_and_goes_again_with_its_replies_when_a_person_says_so(
    database: Database, cast: Cast
) -> None:
    _say(database, cast, "card", post="report:1")
    _say(database, cast, "chart", below="report:1")
    for reason in ("is_archived", "the message it answers failed"):
        (row,) = _claim(database, T0 + HOUR)
        _settle(database, row, Failed(reason), T0)
        database.write(lambda db: pace.prune(db, T0 + 3 * HOUR))

    listed = database.read(waiting.messages)
    kinds = [(one.kind, one.state, one.last_error) for one in listed if one.kind == "word"]
    assert kinds == [
        ("word", "failed", "is_archived"),
        ("word", "failed", "the message it answers failed"),
    ]
    assert not database.write(lambda db: waiting.retry(db, 999))
    assert database.write(lambda db: waiting.retry(db, listed[0].id))
    states = database.read(lambda db: db.scalars(select(outbox_messages.c.state)).all())
    assert "failed" not in states


def test_a_post_is_found_by_what_it_stands_for_where_it_was_addressed(database: Database, cast: Cast) -> None:
    """A direct message is addressed to a person and lives in a channel of Slack's choice."""
    scope = cast.collaborative.id
    first, second = posts.Post("D1", "1.0"), posts.Post("D1", "2.0")
    database.write(lambda db: posts.keep(db, scope, "report:1", "U0ANA", first))
    database.write(lambda db: posts.keep(db, scope, "report:1", "U0ANA", second))
    assert database.read(lambda db: posts.find(db, scope, "report:1", "U0ANA")) == second
    assert database.read(lambda db: posts.find(db, scope, "report:1", "C1")) is None
    database.write(lambda db: posts.forget(db, scope, "report:1", "U0ANA"))
    assert database.read(lambda db: posts.find(db, scope, "report:1", "U0ANA")) is None


def test_an_envelope_has_its_effect_once_also_when_it_comes_twice_at_once(
    database: Database, cast: Cast
) -> None:
    workspace = cast.collaborative.workspace_id
    other = database.write(lambda db: lay_down(db, slack_team="T0OTHER")).collaborative.workspace_id

    def arrives(_: object = None, at: datetime = T0, to: int = workspace) -> bool:
        return database.write(lambda db: inbox.is_first(db, to, "event:1", at))

    with ThreadPoolExecutor(8) as senders:
        assert list(senders.map(arrives, range(8))).count(True) == 1
    assert arrives(to=other), "another workspace's event of the same id"
    database.write(lambda db: inbox.prune(db, T0 + 23 * HOUR))
    assert not arrives()
    database.write(lambda db: inbox.prune(db, T0 + 25 * HOUR))
    assert arrives()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize(("key", "times"), [("event:1", 4), ("trigger:1", 2), ("view:1", 2)])
def test_processes_given_one_envelope_at_once_act_once(
    database: Database, database_url: str, cast: Cast, key: str, times: int
) -> None:
    """Row 7: two processes with pools of their own, on one Postgres."""
    other = Database(database_url)
    workspace = cast.collaborative.workspace_id

    def arrives(process: Database) -> bool:
        return process.write(lambda db: inbox.is_first(db, workspace, key, T0))

    with ThreadPoolExecutor(2 * times) as hands:
        assert list(hands.map(arrives, [database, other] * times)).count(True) == 1
    other.dispose()


def _steps(database: Database) -> int:
    """How many hundred steps SQLite takes for a look."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def counted(db: Connection) -> None:
        connection: Any = db.connection.driver_connection
        connection.set_progress_handler(count, 100)
        look(db, SLACK_TEAM, T0)
        connection.set_progress_handler(None, 0)

    database.read(counted)
    return steps


def _word(db: Connection, cast: Cast, about: str, to: str = "C1", **more: Any) -> bool:
    return outbox.say(db, cast.collaborative, "word", about, {}, T0, to=to, **more)


def _say(database: Database, cast: Cast, about: str, **more: Any) -> bool:
    return database.write(lambda db: _word(db, cast, about, **more))


def _queue_state(database: Database, now: datetime) -> str:
    return database.read(lambda db: look(db, SLACK_TEAM, now)).state


def _claim(database: Database, now: datetime, limit: int = 1) -> tuple[Claimed, ...]:
    return database.write(lambda db: claim(db, SLACK_TEAM, now, limit))


def _settle(database: Database, row: Claimed, verdict: Sent | Later | Failed, now: datetime) -> bool:
    return database.write(lambda db: results.complete(db, row, verdict, now, results.Hooks()))
