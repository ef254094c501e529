"""The pace of the demo's story: whoever watches makes it wait, go on and stop."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from rich.console import Console

from bot.demo.pace import GLANCE_S, Pace, paced
from bot.manifest import MANIFEST
from playground.client import Playground
from playground.server import running


@pytest.fixture
def slack() -> Iterator[Playground]:
    with running(MANIFEST) as served:
        yield served.client


def test_a_pause_lasts_until_another_pace_is_chosen_or_the_story_is_stopped(slack: Playground) -> None:
    stopped = Event()
    with (
        paced(slack, Pace.PAUSE, stopped.wait, Console(file=io.StringIO())) as pause,
        ThreadPoolExecutor(1) as beside,
    ):
        waits = beside.submit(pause)
        assert not stopped.wait(3 * GLANCE_S)
        assert not waits.done()
        slack.set_pace(chosen="fast")
        assert waits.result(timeout=5) is False
        assert pause() is False
        slack.set_pace(chosen="pause")
        waits = beside.submit(pause)
        stopped.set()
        assert waits.result(timeout=5) is True
    assert slack.pace is None
