"""A post that is edited says at the end what was said last, whatever becomes of the edits before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from models.rules.delivery.outcomes import EDIT, POST
from tests.office import Office, patient_client

APART = timedelta(seconds=6)  # the clocks of two machines


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"status": 500, "body": "<html>", "accept": True}])
@pytest.mark.parametrize("said_before", [0, 1], ids=["the post", "an edit"])
def test_a_later_edit_does_not_overtake_one_slack_took_without_an_answer(
    office: Office, said_before: int, fault: dict[str, Any]
) -> None:
    """The later one is said by a machine whose clock is behind, and so due earlier."""
    pump = office.pump()
    for _ in range(said_before):
        office.say("1 of 4 in", post="roll_call:1")
        office.deliver(pump)
    office.slack.advance(2)
    office.slack.fault(EDIT if said_before else POST, **fault, times=1)
    office.say("2 of 4 in", post="roll_call:1")
    pump.turn()
    assert office.seen() == ["2 of 4 in"]

    office.say("3 of 4 in", post="roll_call:1", now=office.clock.now() - APART)
    office.deliver(pump, seconds=200)

    assert office.seen() == ["3 of 4 in"]
    assert set(office.states().values()) == {"sent"}


def test_edits_are_made_in_the_order_they_were_said_also_by_machines_whose_clocks_differ(
    office: Office,
) -> None:
    pump = office.pump()
    office.say("1 of 4 in", post="roll_call:1")
    office.deliver(pump)
    office.say("2 of 4 in", post="roll_call:1", now=office.clock.now() + APART)
    office.say("3 of 4 in", post="roll_call:1")
    office.say("another message")
    office.deliver(pump, seconds=200)
    assert office.seen() == ["3 of 4 in", "another message"]


def test_a_reply_said_before_what_it_answers_keeps_nothing_back_where_clocks_differ(office: Office) -> None:
    """It goes behind the other's turn, which the clock of a machine that is ahead has moved."""
    office.say("charts", below="report:1")
    office.say("hello", now=office.clock.now() + APART)
    office.say("card", post="report:1")
    office.deliver(office.pump(), seconds=60)
    assert office.taken() == ["hello", "card", "charts"]


def test_an_edit_in_the_way_takes_the_later_ones_of_its_post_behind_the_others_with_it(
    office: Office,
) -> None:
    """After an hour of tries it lets other messages pass, but not the words that are newer than its own."""
    pump = office.pump()
    office.say("1 of 4 in", post="roll_call:1")
    office.deliver(pump)
    office.slack.fault(EDIT, status=500, body="<html>", accept=True)
    office.say("2 of 4 in", post="roll_call:1")
    office.deliver(pump, seconds=3000, step=100)
    office.say("3 of 4 in", post="roll_call:1")
    office.say("another message")
    office.deliver(pump, seconds=1200, step=100)
    assert office.seen() == ["2 of 4 in", "another message"]

    office.slack.clear_faults()
    office.deliver(pump, seconds=200)
    assert office.seen() == ["3 of 4 in", "another message"]
    assert set(office.states().values()) == {"sent"}


class FrozenClient(WebClient):
    """Stands still between the last look at the lease and an edit, while `meanwhile` goes on."""

    meanwhile: Callable[[], None]

    def chat_update(self, **arguments: Any) -> Any:
        self.meanwhile()
        return super().chat_update(**arguments)


def test_older_words_of_a_sender_that_stood_still_give_way_to_the_newest(office: Office) -> None:
    """It wakes after others have edited the post twice, and its edit puts the older words over theirs."""
    pump = office.pump()
    office.say("1 of 4 in", post="roll_call:1")
    office.deliver(pump)
    office.slack.advance(2)
    office.say("2 of 4 in", post="roll_call:1")

    def meanwhile() -> None:
        office.deliver(pump, seconds=200)
        office.say("3 of 4 in", post="roll_call:1")
        office.deliver(pump)
        assert office.seen() == ["3 of 4 in"]

    frozen = patient_client(office, FrozenClient)
    frozen.meanwhile = meanwhile
    office.pump(frozen).turn()
    assert office.seen() == ["2 of 4 in"], "for a moment"

    office.deliver(pump)
    assert office.seen() == ["3 of 4 in"]
    assert len(office.calls(EDIT)) == 4, "and said again once"
