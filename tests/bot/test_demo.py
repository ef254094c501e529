"""`momentum demo`: up in seconds with a month half reported, a report away from six of eight, and gone."""

import multiprocessing
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.stage import staged
from tests.bot.place import Place, card_of, fill_in, send_in

STOP_S = 2.0
START, STOP = 6, 2  # times as long as its imports take alone, which a busy machine makes slower too


def soon(is_so: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether it is so within some seconds: threads that were let go end a moment later."""
    until, nothing = time.monotonic() + seconds, threading.Event()
    while not is_so() and time.monotonic() < until:
        nothing.wait(0.05)
    return is_so()


def test_a_visitor_finds_five_teams_in_and_reports_as_the_sixth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cards have pictures, the roll call counts, and afterwards the machine is as it was before."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    with staged(0, SystemClock().now()) as served:
        slack = served.client
        ana = slack.person("Ana Lima")
        assert slack.call("GET", "/control/screen")["person"]["id"] == ana.id  # who a bare address shows
        cards = [one for one in ana.messages("#lc-all") if "reported" in one.all_text]
        assert len(cards) == 5
        assert all(card.images[0]["image_url"] for card in cards)
        assert [one for one in ana.messages("#lc-all") if "5 of 8 teams are in" in one.all_text]
        fill_in(slack, ana)
        send_in(slack, ana)
        card_of(slack, ana)
        slack.wait_for(
            lambda: [one for one in ana.messages("#lc-all") if "6 of 8 teams are in" in one.all_text],
            timeout=20,
        )
        stopping = time.monotonic()
    assert time.monotonic() - stopping < STOP_S
    assert soon(lambda: set(threading.enumerate()) <= threads)
    assert set(multiprocessing.active_children()) <= children
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 12, 1, 9, tzinfo=UTC),
        datetime(2027, 1, 1, 2, tzinfo=UTC),  # the last of the year where the clinics are
        datetime(2027, 3, 8, 23, tzinfo=UTC),
        datetime(2027, 10, 31, 6, tzinfo=UTC),
        datetime(2028, 2, 29, 15, tzinfo=UTC),
    ],
)
def test_it_comes_up_on_any_day(now: datetime) -> None:
    """On the first of a month, too, when its own first days were in the month before."""
    with staged(0, now) as served:
        ana = served.client.person("Ana Lima")
        cards = [one for one in ana.messages("#lc-all") if "reported" in one.all_text]
        assert [bool(card.images[0]["image_url"]) for card in cards] == [True] * 5
        assert [one for one in ana.messages("#lc-all") if "5 of 8 teams are in" in one.all_text]


@pytest.mark.parametrize(
    ("number", "desktop", "pages"),
    [(signal.SIGINT, {"DISPLAY": ":9"}, 1), (signal.SIGTERM, {}, 0)],
    ids=["at a desktop", "on a server"],
)
def test_the_command_is_up_in_seconds_and_ctrl_c_ends_it_without_a_mess(
    place: Place, number: signal.Signals, desktop: dict[str, str], pages: int
) -> None:
    """The second start, as caches are warm then; a terminal sends Ctrl-C to the child that draws, too.

    Where there is a desktop, it opens the browser: here one that makes a folder of the address.
    """
    folder = place.folder / "temporary"
    folder.mkdir()
    environment = {"LOG_LEVEL": "nonsense", "TMPDIR": str(folder)}  # a setting of another bot is not ours
    environment |= {"BROWSER": f"{shutil.which('mkdir')} -p %s", **desktop}
    with socket.create_server(("127.0.0.1", 0)) as taken:  # the page's usual port may be somebody else's
        port = str(taken.getsockname()[1])
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "import bot.demo.show"], cwd=place.folder, check=True)
        imports = time.monotonic() - began
        began = time.monotonic()
        with place.running(environment, "demo", "--port", port) as demo:
            where = demo.wait_for("playground is up")
            started = time.monotonic() - began
            assert f":{port}" not in where
            demo.wait_for("Ctrl-C stops it")
            ended = demo.end(number)
    assert (ended.code, ended.err) == (0, "")
    assert "Stopped. Nothing was kept." in ended.out
    assert started < START * imports
    assert ended.seconds < STOP * imports
    assert list(folder.iterdir()) == []
    assert len(list(place.folder.glob("http:/*"))) == pages


def test_the_story_says_what_to_watch_and_ctrl_c_ends_it_on_the_way(place: Place) -> None:
    """How long it takes, whom to look over the shoulder, and that nothing in it is real."""
    with place.running({}, "demo", "--story", "--pace", "pause", "--port", "0") as demo:
        demo.wait_for("minute or two. What to watch:")
        demo.wait_for("Ctrl-C stops it")
        ended = demo.end(signal.SIGINT)
    assert (ended.code, ended.err) == (0, "")
    assert "As Mei Tan: reminders, while her clinic goes quiet" in ended.out
    assert "Stopped. Nothing was kept." in ended.out
