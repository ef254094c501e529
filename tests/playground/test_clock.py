"""The clock: stands or runs, moves either way, fires timers in order, and gives a live app time to answer."""

import threading
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from playground.client import Person, Playground
from playground.clock import Clock
from playground.server import Served, running
from tests.playground.conftest import MANIFEST, T0, Connect


@given(st.lists(st.floats(0, 100), max_size=20), st.floats(0, 100))
def test_timers_fire_in_order_and_only_those_that_are_due(delays: list[float], step: float) -> None:
    clock, fired = Clock(T0, running=False), list[float]()
    for delay in delays:
        clock.call_later(delay, lambda: fired.append(clock.epoch()))
    start = clock.epoch()
    clock.advance(step)
    assert fired == sorted(start + delay for delay in delays if start + delay <= start + step)
    assert clock.now() == T0 + timedelta(seconds=step) or abs(clock.epoch() - start - step) < 1e-3


def test_a_frozen_clock_stands_still_and_a_running_one_goes_on(slack: Playground) -> None:
    assert slack.now == T0.timestamp()
    slack.set_clock(running=True)
    slack.wait_for(lambda: slack.now > T0.timestamp())
    slack.set_clock(running=False)
    assert slack.now == slack.now


def test_a_running_clock_fires_on_time(ana: Person, slack: Playground, channel: str, served: Served) -> None:
    """Without anybody moving it: an unanswered event comes again in real time."""
    ana.say("#team", "hello")
    slack.wait_for(lambda: slack.journal("event", attempt=1))
    slack.advance(59.9)
    assert not slack.journal("event", attempt=2)
    slack.set_clock(running=True)
    slack.wait_for(lambda: slack.journal("event", attempt=2))


def test_messages_stay_in_order_when_the_clock_is_set_back(
    ana: Person, slack: Playground, channel: str
) -> None:
    first = ana.say("#team", "first")
    slack.set_clock(to=T0.timestamp() - 3600)
    assert ana.say("#team", "second") > first
    assert [one.text for one in ana.messages("#team")] == ["first", "second"]


def test_a_leap_of_an_hour_gives_a_live_app_time_to_acknowledge(
    ana: Person, slack: Playground, channel: str, connect: Connect
) -> None:
    """What the leap sets off is delivered once, not timed out by the same leap."""
    seen = connect()
    for number in range(3):
        ana.say("#team", str(number))
    slack.advance(3600)
    slack.advance(3600)
    assert sorted(event["text"] for event in seen.events("message")) == ["0", "1", "2"]


def test_a_bot_in_the_same_process_can_share_the_clock() -> None:
    clock = Clock(T0, running=False)
    with running(MANIFEST, clock=clock) as served:
        served.client.advance(90)
        assert clock.now() == T0 + timedelta(seconds=90)


def test_stopping_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with running(MANIFEST) as served:
        ana = served.client.add_person("Ana")
        served.client.add_channel("team", [ana.id])
        ana.say("#team", "an event with retries to come")
    assert threading.active_count() == before
