"""People go first: while somebody waits for an answer, what the clock looks at stops between two statements.

They share one interpreter: a look that goes on would come in between at each statement of the answer.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 0.02  # a pause; an answer takes a few milliseconds, and however many come, a look goes on


class PeopleFirst:
    """Counts who waits for an answer of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = 0
        self._nobody = threading.Event()
        self._nobody.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Somebody waits, until the block ends."""
        with self._lock:
            self._waiting += 1
            self._nobody.clear()
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._nobody.set()

    def give_way(self) -> None:
        """Pause until nobody waits, but not for long. Never while holding what they may wait for."""
        self._nobody.wait(PATIENCE_S)
