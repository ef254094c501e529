"""The bot itself, while Slack hangs or the disk is full: who asks gets an answer in time."""

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from playground.client import Playground
from playground.server import running
from tests.bot.place import MANIFEST, Place, Running, card_of, fill_in, settle_in, writers

COMMANDS = 200
MOST_THREADS = 120  # 32 that take requests, 32 that open forms, 8 that send, and what keeps time


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Iterator[Place]:
    with running(MANIFEST) as served:
        settle_in(served.client, database_url)
        yield Place(served, database_url, tmp_path)


@pytest.mark.parametrize("way", ["socket", "http"])
def test_acknowledgements_do_not_depend_on_the_web_api(place: Place, way: str) -> None:
    """Every call of ours hangs while two hundred commands arrive.

    Each is acknowledged within Slack's three seconds (row 16), no thread is added for them, and a report is
    possible as soon as Slack is back.
    """
    slack = place.slack
    slack.set_limits(tiers=dict.fromkeys("01234", 10_000))
    people = writers(slack)
    texts = ("/report", "/momentum help", "/momentum report")
    environment = place.environment() if way == "socket" else place.over_http()
    with place.up(environment) as bot, ThreadPoolExecutor(32) as hands:
        slack.fault("*", hang=True)
        typed = [
            hands.submit(people[n % len(people)].command, "#lc-all", texts[n % 3]) for n in range(COMMANDS)
        ]
        assert [each.result() for each in typed] == [True] * COMMANDS
        assert threads(bot) <= MOST_THREADS
        slack.clear_faults()
        slack.wait_for(lambda: not _is_catching_up(slack), timeout=30)
        fill_in(slack, slack.person("Ana Lima"))
        assert bot.process.poll() is None


def _is_catching_up(slack: Playground) -> bool:
    """Whether the bot still calls Slack for the forms that nobody waits for any more."""
    calls = slack.journal("api")
    return bool(calls) and slack.now - calls[-1]["at"] < 1


def threads(bot: Running) -> int:
    """How many threads the process has."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Threads:"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_disk_that_is_full_a_report_is_refused_in_words_and_taken_once_there_is_room(
    place: Place,
) -> None:
    """The system itself refuses to let the files grow: nothing is said to be kept that is not (row 11)."""
    slack = place.slack
    with place.up() as bot:
        ana, chidi = slack.person("Ana Lima"), slack.person("Chidi Okafor")
        fill_in(slack, ana)
        ana.submit()
        slack.wait_for(lambda: "Step 2 of 2" in ana.modal.all_text)
        _, hard = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (0, -1))
        ana.submit()
        slack.wait_for(lambda: "Nothing was saved" in ana.modal.all_text)
        assert slack.journal("api", method="chat.postMessage") == []
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        ana.close()
        ana.submit()
        slack.wait_for(lambda: "Kept." in ana.modal.all_text)
        card_of(slack, chidi)
        assert bot.process.poll() is None
    cards = [one for one in chidi.messages("#lc-all") if "Cedar reported" in one.all_text]
    assert len(cards) == 1
