"""Signals as rows: told once whoever looks, however often, and from however many processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import Connection, func, select

from handlers.context import Deps
from handlers.signals.listeners import LOOKS
from models.database import Database
from models.rules.charts.charts import MarkKind, Wish
from models.rules.collaborative.measure import Value
from models.rules.collaborative.policy import Deed
from models.rules.setup.history import Giver
from models.services.charts import charts, history, signal_looks
from models.services.charts import signals as signals_of
from models.services.charts.marks import set_mark, take_back
from models.services.collaborative import visitors
from models.tables.chart import signal_looks as looks
from models.tables.chart import signals
from models.tables.outbox import outbox_messages
from tests.cast import Cast, months_before, remember, withdraw
from tests.clock import T0, FrozenClock
from tests.scenarios.charting import AFTER, BASELINE, percents


def marked(db: Connection, cast: Cast) -> int:
    """Cedar's thirteen months with a signal on a frozen baseline, which nobody has looked at; its id."""
    remember(db, cast, "Cedar", "M1", percents((*BASELINE, *AFTER, 61, 63)))
    cora = visitors.insist(db, cast.visitor("Cora"), Deed.REPORT, cast.teams["Cedar"])
    wish = Wish(MarkKind.BASELINE, months_before(13)[5], "Before the changes")
    set_mark(db, cora, cast.measures["M1"], wish, T0)
    return cast.teams["Cedar"]


def look(database: Database) -> None:
    """Have a clock look, as any process's does."""
    LOOKS.turn(Deps(database, FrozenClock()))


def counts(database: Database) -> tuple[int, int, int]:
    """Rows of signals, of looks, and of the outbox."""
    tables = (signals, looks, outbox_messages)
    found = [database.read(lambda db, t=t: db.scalar(select(func.count()).select_from(t))) for t in tables]
    return tuple(map(int, found))


def test_two_who_look_at_once_tell_once(database: Database, cast: Cast) -> None:
    """Two processes on one database: one signal, nothing left to look at, one message."""
    database.write(partial(marked, cast=cast))
    other = Database(str(database._readers.url.render_as_string(hide_password=False)))
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(look, where) for where in (database, other) for _ in range(3)]
        for one in done:
            one.result()
    other.dispose()
    assert counts(database) == (1, 0, 1)


def test_a_look_taken_over_in_the_midst_of_it_tells_nothing_twice(database: Database, cast: Cast) -> None:
    """Whoever keeps first tells; the other looks again, and finds it told."""
    database.write(partial(marked, cast=cast))
    late = T0 + signal_looks.IN_HAND
    turns = [database.write(partial(signal_looks.take, now=now, most=9)) for now in (T0, late)]
    found = [database.read(partial(signals_of.look, look=turn, now=late)) for (turn,) in turns]
    for each in found:
        database.write(partial(signals_of.keep, looks=[each], now=late))
    assert counts(database) == (1, 0, 1)


def test_what_changes_a_chart_has_it_looked_at(database: Database, cast: Cast) -> None:
    """W11: freezing, taking back and earlier months ask for a look; without one, nothing is looked at."""
    database.write(partial(marked, cast=cast))
    assert database.read(lambda db: signal_looks.is_any(db, T0))
    look(database)
    assert not database.read(lambda db: signal_looks.is_any(db, T0))
    cell = ("cedar", "M1", months_before(14)[0])
    value = {cell: Value(Decimal(50), Decimal(100))}
    database.write(lambda db: history.write(db, cast.collaborative.id, value, Giver(T0.date(), T0)))
    assert database.read(lambda db: signal_looks.is_any(db, T0))
    look(database)
    database.write(partial(_unmark, cast=cast))
    assert database.read(lambda db: signal_looks.is_any(db, T0))
    look(database)
    assert len({row.frame for row in database.read(lambda db: db.execute(select(signals)).all())}) == 1


def test_years_of_history_flood_no_channel(database: Database, cast: Cast) -> None:
    """Three teams, three measures, two past years with a step: signals kept as told, and no post."""
    step = [*(40 + at % 3 for at in range(12)), *(60 + at % 3 for at in range(12))]
    months = percents(step, months_before(1)[0])
    cells = {
        (team, key, month): value if key != "M3" else Value(value.numerator)
        for team in ("cedar", "birch", "elm")
        for key in ("M1", "M2", "M3")
        for month, value in months.items()
    }
    database.write(lambda db: history.write(db, cast.collaborative.id, cells, Giver(T0.date(), T0)))
    look(database)
    found, left, posts = counts(database)
    assert (found > 6, left, posts) == (True, 0, 0)


def test_a_signal_that_earlier_months_carry_to_an_open_month_is_told(database: Database, cast: Cast) -> None:
    """The latest month was reported; the months before it make it a signal."""
    cells = {
        ("cedar", "M1", month): value for month, value in percents([*range(40, 60)], date(2026, 7, 1)).items()
    }
    database.write(lambda db: history.write(db, cast.collaborative.id, cells, Giver(T0.date(), T0)))
    look(database)
    assert counts(database) == (1, 0, 1)


def _unmark(db: Connection, cast: Cast) -> None:
    cora = visitors.insist(db, cast.visitor("Cora"), Deed.REPORT, cast.teams["Cedar"])
    (mark,) = charts.chart(db, cast.teams["Cedar"], cast.measures["M1"]).history
    take_back(db, cora, mark.id, "A try", T0)


def test_a_team_that_left_is_not_written_about(database: Database, cast: Cast) -> None:
    """The signal is kept, and nobody is told."""
    database.write(partial(marked, cast=cast))
    database.write(lambda db: withdraw(db, cast, "Cedar", T0.date()))
    look(database)
    assert counts(database) == (1, 0, 0)
