"""Signals as rows: told once whoever looks, however often, and from however many processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.charts import MarkKind, Wish
from models.services import people
from models.services import signals as service
from models.services.charting import set_mark
from models.tables.chart import signal_looks, signals
from models.tables.outbox import outbox_messages
from models.tables.report import reports
from tests.cast import Cast, months_before, remember, withdraw
from tests.clock import T0
from tests.scenarios.charting import AFTER, BASELINE, percents


def reported(db: Session, cast: Cast) -> int:
    """Cedar's thirteen months with a signal, and a report nobody has looked at."""
    remember(db, cast, "Cedar", "M1", percents((*BASELINE, *AFTER, 61, 63)))
    cora = people.acting_for(db, cast.visitor("Cora"), cast.teams["Cedar"], T0.date())
    wish = Wish(MarkKind.BASELINE, months_before(13)[5], "Before the changes")
    set_mark(db, cora, cast.measures["M1"], wish, T0)
    row = {
        "collaborative_id": cast.collaborative.id,
        "team_id": cast.teams["Cedar"],
        "period_id": cast.periods["June 2026"],
        "revision": 1,
        "is_late": False,
        "on_behalf": False,
        "member_id": cast.members["Bo"],
        "submitted_at": T0,
        **dict.fromkeys(("tested", "improved", "barriers", "unintended", "help_needed", "coach_note"), ""),
    }
    made: int = db.execute(insert(reports).values(row).returning(reports.c.id)).scalar_one()
    return made


def counts(database: Database) -> tuple[int, int, int]:
    """Rows of signals, of looks, and of the outbox."""
    tables = (signals, signal_looks, outbox_messages)
    found = [database.read(lambda db, t=t: db.scalar(select(func.count()).select_from(t))) for t in tables]
    return tuple(map(int, found))


def test_two_who_look_at_once_tell_once(database: Database, cast: Cast) -> None:
    """Two processes on one database: one signal, one look, one message."""
    report = database.write(partial(reported, cast=cast))
    other = Database(str(database._readers.url.render_as_string(hide_password=False)))
    with ThreadPoolExecutor(4) as pool:
        look = partial(service.look, report_id=report, now=T0)
        done = [pool.submit(where.write, look) for where in (database, other) for _ in range(3)]
        for one in done:
            one.result()
    other.dispose()
    assert counts(database) == (1, 1, 1)
    assert database.read(service.unseen) == ()


def test_a_correction_is_looked_at_again(database: Database, cast: Cast) -> None:
    """A report is seen at its revision; the next one is news."""
    report = database.write(partial(reported, cast=cast))
    assert database.read(service.unseen) == (report,)
    database.write(partial(service.look, report_id=report, now=T0))
    assert database.read(service.unseen) == ()
    database.write(lambda db: db.execute(reports.update().values(revision=2)))
    assert database.read(service.unseen) == (report,)
    database.write(partial(service.look, report_id=report, now=T0 + timedelta(days=1)))
    assert counts(database) == (1, 1, 1)


def test_a_team_that_left_is_not_written_about(database: Database, cast: Cast) -> None:
    """The signal is kept, and nobody is told."""
    report = database.write(partial(reported, cast=cast))
    database.write(lambda db: withdraw(db, cast, "Cedar", T0.date()))
    database.write(partial(service.look, report_id=report, now=T0))
    assert counts(database) == (1, 1, 0)
