"""Told to stop, the bot answers what it has received, goes within ten seconds, and leaves no mess."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.bot.place import Place, fill_in, send_in, writers

BURST = 60
WORDS = ("/report", "/momentum help", "/momentum report")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("way", ["socket", "http"])
def test_what_was_received_is_answered_before_the_end(
    each_place: Place, way: str, number: signal.Signals
) -> None:
    """Slack sends no command twice: sixty on their way are sixty acknowledged (fault suite, row 9)."""
    slack, place = each_place.slack, each_place
    environment = place.environment() if way == "socket" else place.over_http()
    people = writers(slack)
    with place.up(environment) as bot, ThreadPoolExecutor(BURST) as hands:
        bot.process.send_signal(signal.SIGSTOP)  # so that all of them wait when it is told to go
        typed = [
            hands.submit(people[each % len(people)].command, "#lc-all", WORDS[each % len(WORDS)])
            for each in range(BURST)
        ]
        slack.wait_for(lambda: len(slack.journal("payload")) == BURST)
        bot.process.send_signal(number)
        bot.process.send_signal(signal.SIGCONT)
        ended = bot.end(number)
        answered = [each.result() for each in typed]
    assert answered == [True] * BURST
    assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    assert ended.seconds < 10


def test_a_slack_that_hangs_does_not_hold_up_the_end(place: Place) -> None:
    """What is being sent is left to its row, what people wait for to their next try."""
    slack, ana = place.slack, place.slack.person("Ana Lima")
    with place.up() as bot:
        fill_in(slack, ana)
        slack.fault("*", hang=True)
        send_in(slack, ana)
        slack.wait_for(lambda: slack.journal("fault"))
        ana.command("#lc-all", "/report")
        ended = bot.end()
        slack.clear_faults()
    assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    assert ended.seconds < 10
