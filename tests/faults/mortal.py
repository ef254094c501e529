"""A bot's delivery or clock in a process of its own, killed at a named step or whenever its parent likes.

    python -m tests.faults.mortal DATABASE_URL PLAYGROUND_URL STEP SIGNAL

It asks the playground's clock for the time, and works until it dies. STEP is one of `STEPS`, or "any",
or one of `TICK_STEPS`: then the clock's job comes first.
"""

import signal
import sys
import threading
from datetime import UTC, datetime
from typing import Any, TypeVar

from slack_sdk import WebClient
from sqlalchemy import Connection, event

from handlers.context import Deps
from handlers.delivery.pump import TIMEOUT_S, Pump
from handlers.drawing import Drawing
from handlers.registry import CLOCK
from models.commit import UnitOfWork
from models.database import Database
from models.services.delivery.results import Hooks
from playground.client import Playground
from tests.office import COMPOSERS

T = TypeVar("T")

STEPS = (
    "before the claim is committed",
    "after the claim is committed",
    "before the message is sent",
    "after the message is sent",
    "before the confirmation is committed",
    "after the confirmation is committed",
)
TICK_STEPS = (
    "before the turn is committed",
    "after the turn is committed",
    "in the middle of the tick",
    "before the tick is committed",
    "after the tick is committed",
)
TURN = {1: "claim", 2: "confirmation"}  # the writes of a first turn, in order
TICK = {1: "turn", 2: "tick"}


class SharedClock:
    """The playground's clock, asked over HTTP: one time for all processes."""

    def __init__(self, slack: Playground) -> None:
        self._slack = slack

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._slack.now, UTC)

    def seconds(self) -> float:
        return self._slack.now


def die_at(step: str) -> None:
    """Die as a machine that loses its power (or stand still), if this is the step to do so at."""
    if sys.argv[3] == step:
        signal.pthread_kill(threading.get_ident(), signal.Signals[sys.argv[4]])  # this thread goes no further


class MortalDatabase(Database):
    """Dies around the commits of a first turn or tick."""

    names = TURN
    writes = 0

    def write(self, unit: UnitOfWork[T]) -> T:
        self.writes += 1
        name = self.names.get(self.writes, "")

        def mortal(db: Connection) -> T:
            event.listen(db, "after_cursor_execute", _die_at_a_message)
            result = unit(db)
            die_at(f"before the {name} is committed")
            return result

        result = super().write(mortal)
        die_at(f"after the {name} is committed")
        return result


def _die_at_a_message(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if statement.startswith("INSERT INTO outbox_messages"):
        die_at("in the middle of the tick")


class MortalClient(WebClient):
    """Dies around the call that shows a message."""

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        die_at("before the message is sent")
        answer = super().chat_postMessage(**arguments)
        die_at("after the message is sent")
        return answer


def main() -> None:
    """Turn until killed."""
    slack = Playground(sys.argv[2])
    app, clock = slack.app, SharedClock(slack)
    client = MortalClient(app["bot_token"], app["api_url"], timeout=TIMEOUT_S, retry_handlers=[])
    database = MortalDatabase(sys.argv[1])
    deps = Deps(database, clock, slack_team=lambda: str(app["team_id"]))
    pump = Pump(deps, client, COMPOSERS, Drawing(), hooks=Hooks(), steady=clock.seconds, jitter=lambda: 0.0)
    pause = threading.Event()
    if sys.argv[3] in TICK_STEPS:
        database.names = TICK
        CLOCK["reminders"](deps)
    while True:
        pump.turn()
        pause.wait(0.02)


if __name__ == "__main__":
    main()
