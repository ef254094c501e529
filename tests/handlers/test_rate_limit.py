"""Who presses without pause is asked to wait; the others never notice."""

from datetime import timedelta

import pytest

from handlers.rate_limit import AT_ONCE, EACH, HURRIED, RateLimit
from models.errors import DomainError
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.handlers.test_access import payload_of

MANY = AT_ONCE // EACH
BO = ("T0LC", "U0BO")


def test_whoever_hammers_is_asked_to_wait_and_goes_on_after_a_pause(stage: Stage) -> None:
    """A second later there is one step more; what was sent before is kept, and nobody else waits."""
    sent = payload_of(stage, "Bo")
    answers = [stage.send(sent).body for _ in range(MANY)]
    assert HURRIED not in answers[0]
    assert HURRIED in answers[-1]
    by_ana = {**sent, "user": {**sent["user"], "id": stage.cast.slack["Ana"]}}
    assert HURRIED not in stage.send(by_ana).body
    stage.slack.advance(EACH.total_seconds())
    assert [HURRIED in stage.send(sent).body for _ in range(2)] == [False, True]


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    """A machine's clock may be wrong, and mended while people are at work."""
    rate_limit = RateLimit()
    for _ in range(MANY):
        rate_limit.take(BO, T0)
    with pytest.raises(DomainError):
        rate_limit.take(BO, T0)
    rate_limit.take(BO, T0 - timedelta(hours=1))
