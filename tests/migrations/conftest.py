"""What each release left, on each kind of database in turn: brought up to date once, for all who look."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, create_engine

from models import engines, migrations
from tests import postgres
from tests.migrations import release
from tests.migrations.release import DATA, Json, Release
from tests.migrations.work import Work, at_work

T = TypeVar("T")
LEFT = sorted(DATA.glob("*.json.xz"))


def _on_each() -> Iterator[object]:
    for kind in ("sqlite", "postgres"):
        for file in LEFT:
            name = f"{file.name.partition('.')[0]} on {kind}"
            yield pytest.param((file, kind), id=name, marks=pytest.mark.xdist_group(name))


@dataclass(frozen=True)
class Came:
    """What came along from a release, and the bot at work on it."""

    release: Release
    tables: dict[str, list[Json]]  # as they were right after the migrations
    said: list[str]  # what the release itself said next
    work: Work


@pytest.fixture(scope="module", params=_on_each())
def came(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Came]:
    file, kind = request.param
    left = Release.read(file)
    with _empty(request, kind, tmp_path_factory.mktemp("came")) as url:
        migrations.upgrade(url, left.revision)
        on(url, lambda db: release.lay_down(db, left))
        migrations.upgrade(url)
        tables = on(url, release.tables_of)
        said = file.with_name(f"{file.name.partition('.')[0]}.said.txt").read_text().splitlines()
        with at_work(left, url) as work:
            yield Came(left, tables, said, work)


@contextmanager
def _empty(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'came.db'}"
        return
    with postgres.made(request.getfixturevalue("postgres_server")) as url:
        yield url.render_as_string(hide_password=False)


def on(url: str, unit: Callable[[Connection], T]) -> T:
    """Run a unit on a database of whichever schema."""
    engine = create_engine(engines.named(url))
    try:
        with engine.begin() as db:
            return unit(db)
    finally:
        engine.dispose()
