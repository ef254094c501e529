"""Pictures drawn in the child: one that succeeds, and the ways one can fail."""

import os
import signal
import sys
import time
import warnings

PNG = b"\x89PNG\r\n\x1a\n"


def fine(spec: object) -> bytes:
    return PNG + str(spec).encode()


def is_matplotlib_here(_spec: object) -> bytes:
    import matplotlib.figure as _  # noqa: PLC0415, F401 - what a real drawing does, in the child only

    return PNG + (b"yes" if "matplotlib" in sys.modules else b"no")


def broken(_spec: object) -> bytes:
    raise ValueError("no such month")


def warning(spec: object) -> bytes:
    warnings.warn(str(spec), stacklevel=1)
    return PNG


def deadly(_spec: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def endless(_spec: object) -> bytes:
    time.sleep(3600)
    return b""
