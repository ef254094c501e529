"""Structured logs: never tokens, free text or the body of a request."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any, Literal

import structlog

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https://hooks\.slack\.com/[\w/-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
FRAMES = 12
OURS = ("bot", "handlers", "models")

log = structlog.get_logger(__name__)


def set_up(level: str, form: Literal["json", "text"]) -> None:
    """Send the program's own events to standard error, one line each, and only warnings of the libraries."""
    least = logging.getLevelNamesMapping()[level]
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
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[without_librarys_words, *shared],
            processors=[_only_ours, renderer, without_secrets],
        )
    )
    logging.basicConfig(level=max(least, logging.WARNING), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(least)
    logging.getLogger("slack_bolt").setLevel(logging.WARNING)  # Bolt copies this level to loggers of its own
    logging.raiseExceptions = False  # a line that cannot be written would be printed, with all it was to say
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _kind, fault, _trace: _uncaught(fault)
    sys.unraisablehook = lambda left: _uncaught(left.exc_value)
    threading.excepthook = lambda left: _uncaught(left.exc_value)


def _uncaught(fault: BaseException | None) -> None:
    """Write what nobody caught as any other error: Python would print its message."""
    log.critical("nobody caught an error", exc_info=fault)


def without_librarys_words(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Write which library spoke and where in it, not what it said: that may quote a payload or an answer."""
    record: logging.LogRecord = event["_record"]
    if record.name.partition(".")[0] not in OURS:
        place = f"{record.filename}:{record.lineno} {record.funcName}"
        event.update(event="a library spoke", library=record.name, at=place)
    return event


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
