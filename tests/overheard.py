"""Listens to what the program logs, written as it would be written, and sets logging back afterwards."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import structlog

from bot import logs


@contextmanager
def overheard(form: str = "json") -> Iterator[io.StringIO]:
    """All that is logged meanwhile, at the most talkative level."""
    root, written = logging.getLogger(), io.StringIO()
    known = root.handlers[:], root.level, structlog.get_config()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    with redirect_stderr(written):
        logs.set_up("DEBUG", "text" if form == "text" else "json")
    structlog.configure(cache_logger_on_first_use=False)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks  # what breaks breaks the test
    logging.captureWarnings(capture=False)
    try:
        yield written
    finally:
        root.handlers[:], level, settings = known
        structlog.configure(**settings)
        root.setLevel(level)
        logging.raiseExceptions = True
        for name in (*logs.OURS, "slack_bolt"):
            logging.getLogger(name).setLevel(logging.NOTSET)
