"""Databases of both kinds with the made-up workspace in them, to be copied for each run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from bench.workspace import lay_down
from bot.clock import SystemClock
from tests import postgres


@dataclass(frozen=True)
class SqliteTemplate:
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @contextmanager
    def copy(self) -> Iterator[str]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "momentum.db"
            shutil.copy(self.path, path)
            yield f"sqlite:///{path}"


@dataclass(frozen=True)
class PostgresTemplate:
    admin: URL
    itself: URL

    @property
    def url(self) -> str:
        return _text(self.itself)

    @contextmanager
    def copy(self) -> Iterator[str]:
        with postgres.made(self.admin, str(self.itself.database)) as url:
            yield _text(url)


Template = SqliteTemplate | PostgresTemplate


@contextmanager
def templates() -> Iterator[dict[str, Template]]:
    """Lay the workspace down in a SQLite file and in a Postgres database of our own."""
    now = SystemClock().now()
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin, postgres.made(admin) as own:
        sqlite = SqliteTemplate(Path(folder) / "template.db")
        made: dict[str, Template] = {"sqlite": sqlite, "postgres": PostgresTemplate(admin, own)}
        for template in made.values():
            lay_down(template.url, now)
        yield made


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
