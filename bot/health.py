"""How the bot is: its loops, its database, its way into Slack and what waits, looked at when asked."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.scheduler import Scheduler
from bot.watchdog import SILENT_S
from handlers.context import Deps
from handlers.delivery.pump import boot_seconds
from models.database import DatabaseFault
from models.errors import DomainError
from models.services.delivery.queue import Queue, queue

FRESH_S = 1.0  # the database is asked no more often, however often we are


@dataclass(frozen=True)
class Findings:
    """What was found at one look."""

    loops: Mapping[str, float]  # seconds since the last good turn
    late: tuple[str, ...]  # the loops that are not well
    silence: float  # seconds since Slack gave a sign of life; 0 where Slack calls us
    is_connected: bool
    is_stopping: bool
    waiting: Queue | None  # None: the database did not answer
    database: str = ""  # why what is written now would not be kept

    def trouble(self) -> list[str]:
        """Return all that has been wrong for so long that a person should look, in words."""
        troubles = [f"{name}: no good turn for {self.loops[name]:.0f} s" for name in self.late]
        if self.silence >= SILENT_S:
            troubles.append(f"Slack: no sign of life for {self.silence:.0f} s")
        return troubles

    def obstacles(self) -> list[str]:
        """Return all that keeps the bot from working at this moment, in words."""
        troubles = self.trouble()
        if self.database:
            troubles.append(f"database: {self.database}")
        if self.waiting and self.waiting.workspaces_held:
            reasons = ", ".join(self.waiting.held_because)
            count = self.waiting.workspaces_held
            troubles.append(f"Slack: takes no message in {count} of our workspaces ({reasons})")
        if not self.is_connected:
            troubles.append("Slack: not connected")
        if self.is_stopping:
            troubles.append("stopping")
        return troubles

    def told(self) -> dict[str, Any]:
        """Return the findings as JSON can hold them; no names and no words of people."""
        waiting = self.waiting
        return {
            "loops": {name: round(late, 1) for name, late in self.loops.items()},
            "database": not self.database,
            "connected": self.is_connected,
            "silent_s": round(self.silence, 1),
            "outbox": dict(waiting.counts) if waiting else {},
            "oldest_due_s": round(waiting.oldest_due_s, 1) if waiting else None,
            "workspaces_held": waiting.workspaces_held if waiting else None,
        }


class Health:
    """Looks at most once a second."""

    def __init__(
        self,
        deps: Deps,
        scheduler: Scheduler,
        pulse: Callable[[], tuple[bool, float]],
        steady: Callable[[], float] = boot_seconds,
    ) -> None:
        self._deps = deps
        self._scheduler = scheduler
        self._pulse = pulse  # is Slack connected, and for how many seconds was it silent
        self._steady = steady
        self._lock = threading.Lock()
        self._last: tuple[float, Findings] | None = None
        self._is_stopping = False

    def stopping(self) -> None:
        """Say from now on that the bot is going."""
        self._is_stopping = True
        self._last = None

    def stuck(self) -> list[str]:
        """Return what a restart of the process would mend, in words: nothing that is wrong elsewhere."""
        return [f"{name}: hangs, or has ended" for name in self._scheduler.stuck()]

    def look(self) -> Findings:
        """Return what was found at this moment, or less than a second ago."""
        with self._lock:
            if self._last is None or self._steady() - self._last[0] >= FRESH_S:
                self._last = (self._steady(), self._looked())
            return self._last[1]

    def _looked(self) -> Findings:
        is_connected, silence = self._pulse()
        waiting = self._waiting()
        return Findings(
            loops=self._scheduler.since_good(),
            late=self._scheduler.late(),
            silence=silence,
            is_connected=is_connected,
            is_stopping=self._is_stopping,
            waiting=waiting,
            database=self._deps.db.trouble() or ("" if waiting else "no answer"),
        )

    def _waiting(self) -> Queue | None:
        try:
            return self._deps.db.read(lambda db: queue(db, self._deps.clock.now()))
        except (DomainError, DatabaseFault):
            return None
