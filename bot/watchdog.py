"""Notices that a connection has gone silent, on a clock nobody sets, and has it made anew."""

import threading
from collections.abc import Callable

import structlog

SILENT_S = 30.0  # without a frame or a pong; Slack answers each ping, and one goes out every few seconds
LOOK_S = 5.0

log = structlog.get_logger(__name__)


class Watchdog:
    """Calls `mend` whenever `sign` has stayed the same for SILENT_S seconds of `steady`."""

    def __init__(
        self, sign: Callable[[], object], mend: Callable[[], object], steady: Callable[[], float]
    ) -> None:
        self._sign = sign
        self._mend = mend
        self._steady = steady
        self._last: object = None
        self._since = self._heard = steady()  # the first begins anew with each attempt to mend
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def silence(self) -> float:
        """Return for how many seconds no sign of life came, on a look at this moment."""
        if self._sign() != self._last:
            return 0.0
        return self._steady() - self._heard

    def look(self) -> None:
        """Compare the sign of life with the last one."""
        sign, now = self._sign(), self._steady()
        if sign != self._last:
            self._last, self._since, self._heard = sign, now, now
        elif now - self._since >= SILENT_S:
            self._since = now
            log.warning("the connection is silent; it is made anew", seconds=SILENT_S)
            self._try_to_mend()

    def _try_to_mend(self) -> None:
        try:
            self._mend()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next look finds the silence again
            log.warning("the connection could not be made anew", reason=type(fault).__name__)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_S):
            self.look()
