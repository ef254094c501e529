"""Takes rows from the outbox, sends each on a thread of its own, and writes down what became of it."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_sdk import WebClient

from handlers.context import Deps
from handlers.delivery.outgoing import Compose
from handlers.delivery.sender import LeaseLost, Sender
from handlers.delivery.uploads import Uploads
from handlers.drawing import Draws
from handlers.slack.calls import NotTaken, call
from models.database import Connection
from models.errors import DomainError
from models.rules.delivery.fair_queue import QueueState
from models.rules.delivery.pictures import WITHOUT, Files
from models.rules.delivery.verdicts import (
    FENCE_S,
    Claimed,
    Failed,
    Later,
    Sent,
    Verdict,
    as_unsure_as,
    back_off,
)
from models.services.delivery import notices, outbox, results, workspace_hold
from models.services.delivery.claims import claim, look
from models.services.delivery.results import Hooks

SENDERS = 8
TIMEOUT_S = 10  # of one call; the fence leaves room for it

log = structlog.get_logger(__name__)


Completed = Callable[[Claimed, Verdict, datetime], object]


def nobody(_row: Claimed, _verdict: Verdict, _now: datetime) -> None:
    """Nobody counts."""


def boot_seconds() -> float:
    """Seconds on a clock nobody sets, which also runs while the machine sleeps where there is such a one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Pump:
    """Delivers: claim, send, settle, each in a short transaction and none open during a call.

    All state is in rows; any number of pumps, in threads or processes, may work on one database.
    """

    def __init__(  # noqa: PLR0913 - four have defaults that only tests and benchmarks change
        self,
        deps: Deps,
        client: WebClient,
        composers: Mapping[str, Compose],
        drawing: Draws,
        *,
        hooks: Hooks,
        steady: Callable[[], float] = boot_seconds,
        jitter: Callable[[], float] = random.random,
        senders: int = SENDERS,
        settled: Completed = nobody,
    ) -> None:
        if client.retry_handlers or client.timeout > TIMEOUT_S:  # the SDK's own repeats would post twice
            raise ValueError(f"Delivery needs a client with retry_handlers=[] and timeout={TIMEOUT_S}.")
        self._deps = deps
        self._client = client
        self._steady = steady
        self._jitter = jitter
        self._senders = senders
        self._settled = settled
        self._hooks = hooks
        self._threads = ThreadPoolExecutor(senders, thread_name_prefix="sender")
        self._in_hand: set[Future[None]] = set()
        self._stopping = threading.Event()
        self._sender = Sender(deps, client, composers, Uploads(client, drawing, deps.clock.now), jitter)

    def turn(self) -> int:
        """Claim what may go, send it, and return how many rows that were once all are settled."""
        before = set(self._in_hand)
        self.begin()
        begun = self._in_hand - before
        wait(begun)
        return len(begun)

    def begin(self) -> QueueState:
        """Claim what may go and let it be sent, without waiting for Slack; return how things looked."""
        self._in_hand = {future for future in self._in_hand if not future.done()}
        now, slack_team = self._deps.clock.now(), self._deps.slack_team()
        if slack_team is None:
            return QueueState.IDLE
        status = self._deps.db.read(lambda db: look(db, slack_team, now))
        if status.is_check_due:
            self._check_workspace(slack_team, now)
        free = self._senders - len(self._in_hand)
        if status.state is not QueueState.READY or not free or self._stopping.is_set():
            return status.state
        started = self._steady()  # before the claim: a pause in it shortens our own time, never another's
        rows = self._deps.db.write(lambda db: claim(db, slack_team, now, free))
        self._in_hand |= {self._threads.submit(self._deliver, row, started) for row in rows}
        return status.state

    def stop(self, patience_s: float) -> bool:
        """Claim no more and send nothing not yet under way; whether all in hand was settled in time."""
        self._stopping.set()
        done = wait(self._in_hand, patience_s)
        self._threads.shutdown(wait=False, cancel_futures=True)
        return not done.not_done

    def _deliver(self, row: Claimed, started: float) -> None:
        lease = _Lease(self._deps, row, started, self._steady, self._stopping)
        try:
            self._settle(row, self._verdict(row, lease))
        except LeaseLost:
            log.warning("another sender has the row", row=row.id)
        except Exception:
            log.exception("a row could not be settled; it is looked for when its lease ends", row=row.id)

    def _verdict(self, row: Claimed, lease: "_Lease") -> Verdict:
        try:
            return self._sender.verdict(row, lease)
        except LeaseLost:
            raise
        except DomainError as busy:  # the database's, and before anything was sent
            until = self._deps.clock.now() + back_off(row.attempts, self._jitter())
            return as_unsure_as(row, Later(until, str(busy)))
        except Exception as fault:
            log.exception("a row could not be sent", row=row.id, kind=row.kind)
            return Failed(f"internal: {type(fault).__name__}")

    def _settle(self, row: Claimed, verdict: Verdict) -> None:
        now = self._deps.clock.now()
        is_ours = self._deps.db.write(lambda db: results.complete(db, row, verdict, now, self._hooks))
        log.info(
            "delivery",
            row=row.id,
            kind=row.kind,
            outcome=type(verdict).__name__.lower(),
            reason=getattr(verdict, "reason", ""),
            attempts=row.attempts,
        )
        self._settled(row, verdict, now)
        if not is_ours and isinstance(verdict, Sent):
            self._heal(row, verdict, now)

    def _heal(self, row: Claimed, ours: Sent, now: datetime) -> None:
        """Take our message away when another sender finished the row with one of its own.

        Where it is the same message, our older words may stand over newer ones, which are said again.
        """
        other = self._deps.db.read(lambda db: results.sent_as(db, row))
        if other and other != ours.ts:
            self._take_away(row, ours)
        elif row.subject:
            self._deps.db.write(lambda db: outbox.say_again(db, row, now))

    def _take_away(self, row: Claimed, ours: Sent) -> None:
        try:
            call("chat.delete", self._client.chat_delete, channel=ours.channel, ts=ours.ts)
            log.warning("took a second message away", row=row.id)
        except NotTaken as fault:
            log.exception("a second message stays", row=row.id, reason=fault.refusal.reason)

    def _check_workspace(self, slack_team: str, now: datetime) -> None:
        workspace_id = self._deps.db.write(lambda db: workspace_hold.take_check(db, slack_team, now))
        if workspace_id is None:
            return
        try:
            call("auth.test", self._client.auth_test)
        except NotTaken as fault:
            log.warning("a workspace takes no call", workspace=workspace_id, reason=fault.refusal.reason)
        else:
            self._release(workspace_id, now)

    def _release(self, workspace_id: int, now: datetime) -> None:
        self._deps.db.write(lambda db: workspace_hold.release(db, workspace_id, now))
        log.info("a workspace takes our calls again", workspace=workspace_id)


@dataclass
class _Lease:
    """A sender's hold on a row, measured on a clock nobody sets."""

    deps: Deps
    row: Claimed
    started: float
    steady: Callable[[], float]
    stopping: threading.Event

    def may_send(self) -> bool:
        return not self.stopping.is_set() and self.steady() - self.started <= FENCE_S

    def keep(self, files: Files) -> None:
        started, now = self.steady(), self.deps.clock.now()
        if not self.deps.db.write(lambda db: _keep(db, self.row, files, now)):
            raise LeaseLost
        self.started = started


def _keep(db: Connection, row: Claimed, files: Files, now: datetime) -> bool:
    if not results.renew(db, row, files, now):
        return False
    if WITHOUT in files.values():
        notices.tell_missing_picture(db, row, now)
    return True
