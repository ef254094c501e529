"""Faults, deaths and restarts in an order the dice decide: nothing is lost, nothing doubled, order kept."""

import random
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.office import Office, patient_client

FAULTS: list[dict[str, Any]] = [
    {"method": "chat.postMessage", "status": 429, "retry_after": 4},
    {"method": "chat.postMessage", "drop": "after"},
    {"method": "chat.postMessage", "drop": "before"},
    {"method": "chat.postMessage", "status": 500, "body": "<html>", "accept": True},
    {"method": "chat.postMessage", "error": "internal_error"},
    {"method": "conversations.history", "status": 503, "body": ""},
    {"method": "conversations.history", "status": 429, "retry_after": 9},
    {"method": "*", "error": "token_revoked"},
]
CHANNELS, MESSAGES, SETTLED = 3, 24, 900


class Died(BaseException):
    """The sender is gone, at once and without a word: nothing below it runs."""


class FatefulClient(WebClient):
    """Dies before or after a call, as its dice decide."""

    dice: random.Random

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        fate = self.dice.random()
        if fate < 0.1:
            raise Died
        answer = super().chat_postMessage(**arguments)
        if fate > 0.9:
            raise Died
        return answer


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_each_message_is_seen_once_and_in_order(office: Office, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    channels = [office.slack.add_channel(f"team-{n}", [office.cast.slack["Ana"]]) for n in range(CHANNELS)]
    client = patient_client(office, FatefulClient)
    client.dice = dice
    pump = office.pump(client, senders=1)
    for number in range(MESSAGES):
        office.say(str(number), channels[number % CHANNELS])
        if dice.random() < 0.4:
            office.slack.fault(**dice.choice(FAULTS), times=dice.randint(1, 3))
        if dice.random() < 0.2:
            pump = office.pump(client, senders=1)
        pump.turn()
        office.slack.advance(dice.choice([0.3, 1, 5, 40]))
    office.slack.clear_faults()
    office.deliver(office.pump(), seconds=SETTLED, step=2)

    assert set(office.states().values()) == {"sent"}, f"seed {seed}"
    for n, channel in enumerate(channels):
        assert office.seen(channel) == [str(m) for m in range(n, MESSAGES, CHANNELS)], f"seed {seed}"
    assert len(office.taken()) == MESSAGES, f"seed {seed}"
