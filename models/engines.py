"""Engines for both databases: durable settings, limits on waiting, and who may write."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError

from models.errors import DomainError

BUSY_MS = 2000  # another process may hold SQLite's lock this long before a write is refused,
MIGRATING_MS = 60_000  # and this long while it changes the schema, which another has come to do, too
STATEMENT_MS = 2500  # Slack waits 3 s for an answer
POOL_WAIT_S = 2.5
POSTGRES = ("postgresql", "postgresql+psycopg")
NONE_OF_OURS = "This is no address of an SQLite file or of a Postgres."


def named(url: str) -> URL:
    """The URL with its driver: plain postgresql:// means psycopg 3 here, whatever SQLAlchemy thinks.

    Raises DomainError when it is none we can use; a password there may be is in no error.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DomainError(NONE_OF_OURS) from None
    if not _is_ours(parsed):
        raise DomainError(NONE_OF_OURS)
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _is_ours(url: URL) -> bool:
    """Whether it is a file and no more, or a Postgres whose password did not spill over into its name."""
    if not f"{url.username}{url.password}{url.host}{url.database}".isprintable():
        return False
    if url.drivername == "sqlite":
        return not (url.username or url.host or url.port or url.query)
    return url.drivername in POSTGRES and "@" not in f"{url.host}{url.database}"


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file with one writer."""
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path | None:
    """The file an SQLite database is in, by its own name where a link leads to it; None on Postgres."""
    if not is_sqlite(url) or not url.database or url.database == ":memory:":
        return None
    return Path(url.database).resolve()


def url_of(path: Path) -> str:
    """The URL of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def reader(url: URL) -> Engine:
    """An engine that cannot write. On SQLite a transaction sees one moment, on Postgres a statement does."""
    if is_sqlite(url):
        return _sqlite(url, "BEGIN", *_PRAGMAS, "PRAGMA query_only = ON")
    # Outside a transaction: two round trips less, and no rollback, which has psycopg forget what it prepared.
    settings = {"default_transaction_read_only": "on", "statement_timeout": str(STATEMENT_MS)}
    return _postgres(url, 10, settings, "AUTOCOMMIT")


def onlooker(url: URL) -> Engine:
    """An engine that leaves no trace: the database may be another program's."""
    return _sqlite(url, "BEGIN", mode="ro") if is_sqlite(url) else reader(url)


def writer(url: URL) -> Engine:
    """An engine whose transactions take the right to write at once, so none fails half way."""
    if is_sqlite(url):
        return _sqlite(url, "BEGIN IMMEDIATE", *_PRAGMAS)
    settings = {"statement_timeout": str(STATEMENT_MS), "idle_in_transaction_session_timeout": "10000"}
    return _postgres(url, 10, settings)


def migrator(url: URL) -> Engine:
    """An engine for changing the schema: no limit on a statement's time, and on SQLite no foreign keys.

    There a table is changed by making it anew, and the old one goes while rows refer to it: check them after.
    """
    if is_sqlite(url):
        return _sqlite(url, "BEGIN IMMEDIATE", *_MIGRATING, mode="rwc")
    return _postgres(url, 1, {})


def _sqlite(url: URL, begin: str, *pragmas: str, mode: str = "rw") -> Engine:
    engine = create_engine(url, pool_size=10, max_overflow=50, hide_parameters=True)

    # By a URI, which says whether a file may be made: where one was deleted, an empty one would hide it.
    @event.listens_for(engine, "do_connect")
    def _open(dialect: Any, _record: Any, where: list[str], options: dict[str, Any]) -> Any:
        return dialect.connect(f"{Path(where[0]).as_uri()}?mode={mode}", **{**options, "uri": True})

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin late and deferred: locks could not wait
        for pragma in pragmas:
            connection.execute(pragma)

    # One transaction per connection taken out. (A listener for the engine's own "begin" would make every
    # statement of the hot paths look for listeners.)
    @event.listens_for(engine, "checkout")
    def _begin(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(begin)

    return engine


_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA journal_mode = WAL",  # readers go on while one writes
    "PRAGMA synchronous = FULL",  # what was answered as saved survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, whatever SQLite was built to do
)
_MIGRATING = (f"PRAGMA busy_timeout = {MIGRATING_MS}", *_PRAGMAS[1:], "PRAGMA foreign_keys = OFF")


def _postgres(
    url: URL, size: int, settings: Mapping[str, str], isolation: IsolationLevel | None = None
) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        url,
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        hide_parameters=True,  # what people wrote is in no error, and so in no log
        connect_args={"options": options, "connect_timeout": 2},
    )


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a database that cannot be reached, or a file that is none, into a DomainError."""
    try:
        yield
    except DatabaseError as fault:
        is_of_the_url = type(fault) is ProgrammingError and not fault.statement  # an unknown option
        if type(fault) not in {OperationalError, DatabaseError} and not is_of_the_url:  # a mistake of ours
            raise
        raise DomainError(f"The database cannot be reached: {reason(fault)}. Check DATABASE_URL.") from fault


def reason(fault: BaseException) -> str:
    """The database's own word for what went wrong, without the statement: that may quote people."""
    return str(getattr(fault, "orig", None) or fault).splitlines()[0]
