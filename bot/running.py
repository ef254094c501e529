"""Runs the bot until it is told to stop: patient at the start, gone within ten seconds at the end."""

import gc
import os
import platform
import select
import signal
import threading
from collections.abc import Callable

from bot import lock, reach
from bot.app import Momentum, build
from bot.clock import SystemClock
from bot.config import Settings
from models import engines
from models.database_file import sign

LONGEST_STOP_S = 8.5  # those who run processes give them ten, then kill


class Stopping:
    """Ctrl-C or a polite kill: told once, from the main thread, for the whole program to wait on.

    By a pipe that Python's own handler writes to: one of ours interrupts the main thread anywhere, an Event
    in its hands included, and comes late when the signal reached another thread.
    """

    def __init__(self) -> None:
        self._told, tell = os.pipe()
        os.set_blocking(tell, False)
        signal.set_wakeup_fd(tell)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        threading.Thread(target=self._leave_in_time, name="stopping", daemon=True).start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait to be told, or so long; whether we were."""
        return bool(select.select([self._told], [], [], seconds)[0])

    def _leave_in_time(self) -> None:
        """End the process, whatever still hangs: what was kept is on disk, what was sent is looked for."""
        self.wait()
        threading.Event().wait(LONGEST_STOP_S)
        os._exit(0)


def until_told_to_stop(settings: Settings, announce: Callable[[str], object]) -> None:
    """Run the bot, alone on its database where that is a file; `announce` is told how Slack reaches it.

    Raises:
        DomainError: another process works on the file, or it cannot be written.
        NotWelcomeError: Slack does not accept a token.
    """
    who = f"process {os.getpid()} on {platform.node()}"
    with lock.alone(settings.database_url, who, SystemClock().now()):
        if file := engines.file_of(engines.named(settings.database_url)):
            sign(file)
        stopping = Stopping()
        try:
            momentum = started(settings, stopping)
        except reach.OutOfReachError:  # nothing ends the wait for Slack but being told to stop
            return
        announce(momentum.way_in.address)
        stopping.wait()
        momentum.stop()


def started(settings: Settings, stopping: Stopping) -> Momentum:
    """Build and start the bot, waiting as long as Slack is away.

    Raises:
        NotWelcomeError: Slack does not accept a token.
        OutOfReachError: told to stop while Slack was away.
    """
    momentum = build(settings, SystemClock())
    gc.freeze()  # what is loaded stays: to look whether it does would stop everybody for 50 ms
    momentum.open()
    reach.until_reached(momentum.start, stopping.wait, reach.patiently())
    return momentum
