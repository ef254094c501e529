"""Faults, deaths and restarts as the dice decide: nothing is lost, doubled or invented, order kept."""

import pytest

from tests.faults.storm import Storm
from tests.office import Office

STEPS = 300  # `make faults` plays 10,000


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_each_message_is_seen_once_and_in_order(
    office: Office, database_url: str, seed: int
) -> None:
    """What was refused is not seen; what was kept is, once, unless the host was told why not."""
    tally = Storm(office, database_url, seed).play(STEPS)
    assert (tally.lost, tally.doubled, tally.invented, tally.out_of_order) == (0, 0, 0, 0), f"{seed}: {tally}"
    assert tally.messages > STEPS / 5
    assert tally.faults.total() > STEPS / 10


def test_the_observer_sees_a_message_that_is_doubled_and_one_that_is_lost(
    office: Office, database_url: str
) -> None:
    """The control: what the tests above count does count."""
    storm = Storm(office, database_url, 1)
    storm.kept = {1: storm.channels[0], 2: storm.channels[0]}
    for key in ("1", "again"):
        office.say("1", storm.channels[0], key=key)
    tally = storm.play(0)
    assert (tally.lost, tally.doubled) == (1, 1)
