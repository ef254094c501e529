"""Structured logs: never tokens, free text or the body of a request."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any, Literal

import structlog

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https://hooks\.slack\.com/[\w/-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
FRAMES = 12
QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "waitress", "alembic", "sqlalchemy", "matplotlib")


def set_up(level: str, form: Literal["json", "text"]) -> None:
    """Send the program's own events to standard error, one line each, and only warnings of the libraries."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[_only_ours, renderer, without_secrets]
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_words(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write an error as its kind and the way to it: its message may quote what people wrote."""
    info = event.pop("exc_info", None)
    fault = sys.exception() if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(fault, BaseException):
        event["exception"] = told(fault)
    return event


def told(fault: BaseException) -> str:
    """Name an error and what led to it, without their messages."""
    return " <- ".join(_kind(each) for each in _causes(fault)) + f" Traceback: {_way(fault)}"


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _kind(fault: BaseException) -> str:
    """Name the error, with the database's or the system's own code for it."""
    driver = getattr(fault, "orig", fault)
    codes = (getattr(driver, name, None) for name in ("sqlstate", "sqlite_errorname", "errno"))
    return " ".join([type(fault).__name__, *(str(code) for code in codes if code)])


def _way(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)


def without_secrets(_logger: Any, _method: str, line: Any) -> str:
    """Blank out whatever looks like a token or a password in a line as it will be written."""
    return SECRET.sub("[secret]", str(line))


def _only_ours(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, method, event)
