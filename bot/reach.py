"""Asks Slack again while it is out of reach, and says in words when it will have none of us."""

from collections.abc import Callable, Iterable
from itertools import chain, repeat
from typing import TypeVar

import structlog

from handlers.slack.calls import NotTaken
from models.rules.delivery.outcomes import Outcome

T = TypeVar("T")

PAUSES = (1, 2, 4, 8, 15)  # seconds between tries; the last again and again
REFUSED = frozenset({Outcome.PERMANENT, Outcome.WORKSPACE, Outcome.GONE})

log = structlog.get_logger(__name__)


class NotWelcomeError(Exception):
    """Slack does not accept a token: trying again will not help."""

    def __init__(self, setting: str, code: str) -> None:
        super().__init__(f"Slack did not accept {setting} ({code}). Run: momentum doctor")
        self.code = code


class OutOfReachError(Exception):
    """Slack did not answer, or answered that something is wrong on its side."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Slack is out of reach ({reason}). Check the network and SLACK_API_URL.")
        self.reason = reason


def of(fault: NotTaken, setting: str) -> NotWelcomeError | OutOfReachError:
    """What a call that was not taken means for the token in `setting`."""
    if fault.refusal.outcome in REFUSED:
        return NotWelcomeError(setting, fault.refusal.reason)
    return OutOfReachError(fault.refusal.reason)


def patiently() -> Iterable[float]:
    """Seconds between tries of who has nothing better to do, without end."""
    return chain(PAUSES, repeat(PAUSES[-1]))


def until_reached(ask: Callable[[], T], pause: Callable[[float], object], pauses: Iterable[float]) -> T:
    """Call `ask` until Slack is there; `pause(seconds)` between tries is true when waiting is to end.

    Raises NotWelcomeError from `ask`; OutOfReachError from its last try.
    """
    for seconds in pauses:
        try:
            return ask()
        except OutOfReachError as away:
            log.warning("slack_is_away", reason=away.reason, next_try_in=seconds)
            if pause(seconds):
                raise
    return ask()
