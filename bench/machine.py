"""What a table has to say of the machine its numbers are from: they mean little without it."""

import os
import platform
import statistics
import time
from tempfile import NamedTemporaryFile

from bench.table import ms

SYNCS = 20


def load() -> float:
    """How many programs want a core, in the mean of the last minute."""
    return os.getloadavg()[0]


def words(load_before: float) -> str:
    """Say it in a sentence; what else ran meanwhile cannot be told from what the bench itself did."""
    return (
        f"{os.cpu_count()} cores (load {load_before:.1f} before the first section and {load():.1f} after the "
        f"last, the bench's own in it), Python {platform.python_version()}, "
        f"a disk whose sync takes about {ms(_sync())}."
    )


def _sync() -> float:
    took = []
    with NamedTemporaryFile() as file:
        for _ in range(SYNCS):
            file.write(b"x")
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)
