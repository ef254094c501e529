"""A disk on which every write takes its time: people are answered in time, and each message goes out once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.failing_disk import FailingDisk, failing_disk
from tests.office import Office

SLOW_S = 0.005  # of each write, which is more than a slow fsync: one commit is several
PEOPLE, CHANNELS = 32, 8
ANSWERED = 3.0  # seconds: Slack waits no longer


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    with failing_disk() as made:
        yield made


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_slow_disk_all_are_answered_in_time_and_each_message_goes_out_once(
    office: Office, disk: FailingDisk
) -> None:
    """Row 11: thirty-two people at the same moment share their commits."""
    channels = [office.slack.add_channel(f"team-{n}", [office.cast.slack["Ana"]]) for n in range(CHANNELS)]

    def say(number: int) -> float:
        began = time.monotonic()
        office.say(str(number), channels[number % CHANNELS])
        return time.monotonic() - began

    disk.slow_s, disk.written = SLOW_S, 0
    with ThreadPoolExecutor(PEOPLE) as hands:
        took = list(hands.map(say, range(PEOPLE)))
    assert max(took) < ANSWERED
    assert disk.written > 0
    office.deliver(office.pump(), seconds=200)
    assert sorted(office.taken(), key=int) == [str(number) for number in range(PEOPLE)]
    assert set(office.states().values()) == {"sent"}
