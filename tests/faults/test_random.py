"""Faults, deaths and restarts as the dice decide: nothing is lost, doubled or invented, order kept."""

import pytest

from tests.faults.storm import Storm
from tests.office import Office

SEEDS, STEPS = 10, 500  # on each database: 10,000 steps in all. `make faults` plays 10,000 in one


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_happens_each_message_is_seen_once_in_order_and_in_time(
    office: Office, database_url: str, seed: int
) -> None:
    """What was refused is not seen; what was kept is, once, unless the host was told why not (row 13).

    To see it again: `python -m tests.faults.storm 500 SEED`.
    """
    tally = Storm(office, database_url, seed).play(STEPS)
    assert not tally.wrong(), f"{seed}: {tally}"
    assert tally.messages > STEPS / 10
    assert tally.faults.total() > STEPS / 10


def test_the_observer_sees_all_that_may_go_wrong(office: Office, database_url: str) -> None:
    """The control: what the tests above count does count."""
    storm = Storm(office, database_url, 1)
    here, there = storm.places.channels[:2]
    storm.said.kept = {1, 2, 3, 4}
    storm.said.refused = {4}
    storm.said.cards = {f"card in {there}": [3]}
    storm.said.at = dict.fromkeys(range(1, 5), office.clock.epoch() - 1000)
    office.say("1", here, about="1")
    office.say("1", here, about="again")
    office.say("4", here, about="4")
    office.say("3", there, about="3", post="card")
    found = storm.play(0)
    names = {"lost", "doubled", "invented", "late in a hundred"}
    assert set(found.wrong()) == names
    assert (found.lost, found.doubled, found.invented, found.late) == (1, 1, 1, 3)
