"""The workspace when nothing is due any more: for measuring what is quiet, or what alone makes it busy."""

from pathlib import Path

from sqlalchemy import update

from bench.workspace import lay_down
from bot.clock import SystemClock
from handlers import registry
from handlers.context import Deps
from models.database import Database
from models.rules.delivery.verdicts import State
from models.tables.outbox import is_unsettled, outbox_messages

MOST_TICKS = 200


def at_rest(path: Path) -> str:
    """Lay the workspace down in a SQLite file, with all done that was due; return its URL."""
    url = f"sqlite:///{path}"
    lay_down(url, SystemClock().now())
    database = Database(url)
    catch_up(Deps(database, SystemClock()))
    drop = update(outbox_messages).where(is_unsettled()).values(state=State.DROPPED)
    database.write(lambda db: db.execute(drop) and None)
    database.dispose()
    return url


def catch_up(deps: Deps) -> None:
    """Let the clock do what is due, so that all it does afterwards is look."""
    writes: list[None] = []
    deps.db.on_commit(lambda: writes.append(None))
    for _ in range(MOST_TICKS):
        writes.clear()
        tick(deps)
        if not writes:
            return
    raise AssertionError(f"something is still due after {MOST_TICKS} ticks")


def tick(deps: Deps) -> None:
    """Run every clock job once."""
    for job in registry.CLOCK.values():
        job(deps)
