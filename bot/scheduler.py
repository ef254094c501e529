"""Keeps the bot's time: delivery at once and at Slack's pace, the features' clock jobs every 10 s."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import SystemClock
from handlers.context import Clock, ClockJob, Deps
from handlers.delivery.pump import Pump, boot_seconds
from models.rules.delivery.fair_queue import QueueState
from models.services import trial, upkeep
from models.services.delivery import accounts, inbox, pace, places

NO_JOBS: Mapping[str, ClockJob] = MappingProxyType({})
TICK_S = 10.0  # a clock job asks its rows what is due, so it may be late, early or twice
PRUNE = timedelta(hours=1)
IDLE_S = 2.0  # a commit of this process wakes the pump at once; those of others are found within this
WAITING_S = 0.25
TOGETHER_S = 0.1  # commits of one moment are looked at in one turn: each turn slows those who are waiting
CLOCK_SET_S = 2.0
LATE_S = 30.0  # since its last good turn: so late is a loop not well
PATIENCE_S = 8.0  # a stop takes no longer than 10 s with all else there is to close

log = structlog.get_logger(__name__)


def prune(deps: Deps) -> None:
    """Forget what nobody asks for any more."""
    for forget in (inbox.prune, pace.prune, accounts.let_go, places.let_go):
        deps.db.write(partial(forget, now=deps.clock.now()))
    deps.db.write(upkeep.count_anew)


def database(deps: Deps) -> None:
    """Write a row, which looks at the file, too: where that cannot be, this job is late, and shows."""
    deps.db.write(lambda db: trial.write(db, deps.clock.now()))


class Scheduler:
    """Runs the pump on a thread of its own and the clock jobs by APScheduler, which keeps no state.

    The pump waits on an event with a timeout the machine's wall clock has no say in: an interval job of
    APScheduler stalls for as long as that clock is set back. The same loop notices such a jump and has the
    jobs begin anew.
    """

    def __init__(
        self,
        deps: Deps,
        pump: Pump,
        jobs: Mapping[str, ClockJob] = NO_JOBS,
        *,
        steady: Callable[[], float] = boot_seconds,
        wall: Clock | None = None,
    ) -> None:
        self._deps = deps
        self._pump = pump
        self._steady = steady
        self._wall = wall or SystemClock()  # APScheduler's own, whatever clock is handed in
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._good: dict[str, float] = {}
        self._turned: dict[str, float] = {}
        self._drift = self._apart()
        self._thread = threading.Thread(target=self._deliver, name="delivery", daemon=True)
        self._jobs = self._planned(jobs)
        deps.db.on_commit(self._wake.set)

    def start(self) -> None:
        self._good = dict.fromkeys(["delivery", *(job.id for job in self._jobs.get_jobs())], self._steady())
        self._turned = dict(self._good)
        self._jobs.start()
        self._thread.start()

    def stop(self) -> bool:
        """Begin nothing new; whether all that was in hand was finished in time.

        What was not is looked for, and sent if it has to be, by whoever takes the row over.
        """
        self._stopping.set()
        self._wake.set()
        self._jobs.shutdown(wait=False)
        until = self._steady() + PATIENCE_S
        self._thread.join(PATIENCE_S)  # first, so that no row is claimed for senders that are gone
        return self._pump.stop(max(until - self._steady(), 0))

    def since_good(self) -> Mapping[str, float]:
        """Return the seconds since the last good turn of each loop, by name."""
        now = self._steady()
        return {name: now - at for name, at in self._good.items()}

    def late(self) -> tuple[str, ...]:
        """Return the names of the loops that ended no turn well for too long."""
        return self._long_ago(self._good)

    def stuck(self) -> tuple[str, ...]:
        """Return the names of the loops that ended no turn at all for too long: they hang, or are dead."""
        return self._long_ago(self._turned)

    def is_well(self) -> bool:
        """Whether every loop ended a turn well not long ago."""
        return not self.late()

    def _long_ago(self, ended: Mapping[str, float]) -> tuple[str, ...]:
        now = self._steady()
        return tuple(name for name, at in ended.items() if now - at >= self._longest(name))

    def _longest(self, name: str) -> float:
        return LATE_S + (PRUNE.total_seconds() if name == prune.__name__ else 0)

    def _planned(self, jobs: Mapping[str, ClockJob]) -> BackgroundScheduler:
        calm = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        ours = [(database.__name__, database, TICK_S), (prune.__name__, prune, PRUNE.total_seconds())]
        each = [*_ticked(jobs), *ours]
        planned = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(each))},  # one that hangs keeps no other waiting
            job_defaults=calm,
            timezone="UTC",
        )
        for name, job, every in each:
            planned.add_job(self._run, "interval", (name, job), id=name, seconds=every)
        return planned

    def _run(self, name: str, job: ClockJob) -> None:
        try:
            is_more = job(self._deps)
        except Exception:
            log.exception("a clock job failed; it will be asked again", job=name)
        else:
            self._good[name] = self._steady()
            if is_more:
                self._jobs.modify_job(name, next_run_time=self._wall.now())
        self._turned[name] = self._steady()

    def _deliver(self) -> None:
        pause = 0.0
        while not self._stopping.is_set():
            self._wake.wait(pause)
            self._stopping.wait(TOGETHER_S)
            self._wake.clear()
            try:
                pause = IDLE_S if self._pump.begin() is QueueState.IDLE else WAITING_S
                self._good["delivery"] = self._steady()
            except Exception:
                log.exception("delivery could not look for work; it looks again")
                pause = IDLE_S
            self._turned["delivery"] = self._steady()
            self._begin_anew_when_set()

    def _begin_anew_when_set(self) -> None:
        """Have all jobs run now when somebody set the wall clock."""
        apart = self._apart()
        if abs(apart - self._drift) > CLOCK_SET_S:
            log.warning("the clock was set", seconds=round(apart - self._drift, 1))
            for job in self._jobs.get_jobs():
                job.modify(next_run_time=self._wall.now())
        self._drift = apart

    def _apart(self) -> float:
        return self._wall.now().timestamp() - self._steady()


def _ticked(jobs: Mapping[str, ClockJob]) -> Iterator[tuple[str, ClockJob, float]]:
    return ((name, job, TICK_S) for name, job in jobs.items())
