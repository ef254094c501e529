"""Reads a file somebody handed in, in a child process: it may take so much memory and time, and no more."""

import resource
from collections.abc import Mapping
from typing import cast

import structlog

from handlers.drawing import NotDrawn, made_apart
from handlers.files import history
from handlers.files.history import History
from models.errors import DomainError

MOST_MEMORY = 512 * 1024 * 1024  # bytes of addresses, Python and its libraries among them
LIMIT_S = 40.0  # 60,000 rows of a workbook take a quarter of it
TOO_MUCH = (
    "I could not read that file: it takes far more than a table of numbers should. Please save it as .csv."
)

log = structlog.get_logger(__name__)


def read(
    source: bytes | str,
    fixed: Mapping[str, str],
    most_memory: int = MOST_MEMORY,
    limit_s: float = LIMIT_S,
) -> History:
    """What `handlers.files.history.read` finds. Raises DomainError, in words, above the limits."""
    if isinstance(source, str):
        return history.read(source, fixed)  # pasted: Slack keeps that short
    task = (most_memory, source, dict(fixed))
    try:
        return cast("History", made_apart(f"{__name__}:within", task, limit_s))
    except NotDrawn as fault:
        log.warning("a file could not be read", reason=str(fault))
        raise DomainError(TOO_MUCH) from fault


def within(task: tuple[int, bytes, Mapping[str, str]]) -> History:
    """Run in the child: read within so much memory."""
    most_memory, source, fixed = task
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    return history.read(source, fixed)
