"""What was taken out is in none of the bytes of the database's files."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, func, select

from models import engines
from models.database import Database
from models.engines import file_of, named
from models.rules.report.report import Narrative
from models.services.report import taking_out
from models.tables.report import corrections, reports, words_taken_out
from tests.cast import Cast
from tests.clock import T0, on
from tests.services.sending import send

CANARY = "Smith of room four"
MONTHS = (("June 2026", date(2026, 7, 6)), ("July 2026", date(2026, 8, 3)), ("August 2026", date(2026, 9, 3)))
LENGTHS = (1, 400, 5, 9000, 1500, 60, 2500, 30, 700, 4000)  # so that pages are parted and rows moved


def write_much(database: Database, cast: Cast) -> None:
    """Reports of two teams, each corrected over and over; Cedar's words are about a patient."""
    for month, day in MONTHS:
        for turn, length in enumerate(LENGTHS):
            words = Narrative(f"{turn} {CANARY}{'x' * length}", coach_note=f"{turn} {CANARY}{'y' * length}")
            send(database, cast, "Bo", month=month, now=on(day), words=words, M1=f"{turn + 1}/60")
            ours = Narrative(f"{turn} no {'z' * LENGTHS[-turn]}")
            send(database, cast, "Chidi", team="Birch", month=month, now=on(day), words=ours, M1="3/5")


def take_all_out(db: Connection, cast: Cast) -> None:
    for report_id in db.scalars(select(reports.c.id).where(reports.c.team_id == cast.teams["Cedar"])).all():
        words = taking_out.of_report(db, cast.visitor("Bo"), report_id)
        taking_out.take_out(db, words.acting, report_id, {"tested", "coach_note"}, T0)


def holding(url: str) -> list[str]:
    """The files with the words in them: of SQLite all, of Postgres those of its tables."""
    read = _of_sqlite if url.startswith("sqlite") else _of_postgres
    return [name for name, content in read(url).items() if CANARY.encode() in content]


def _of_sqlite(url: str) -> dict[str, bytes]:
    path = file_of(named(url))
    assert path
    beside = [Path(f"{path}{tail}") for tail in ("", "-wal", "-shm", "-journal")]
    return {each.name: each.read_bytes() for each in beside if each.exists()}


def _of_postgres(url: str) -> dict[str, bytes]:
    engine = create_engine(named(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql("CHECKPOINT")
        rows = db.exec_driver_sql(
            "SELECT oid::regclass::text AS name, pg_read_binary_file(pg_relation_filepath(oid)) AS content "
            "FROM pg_class WHERE relkind IN ('r', 't') AND pg_relation_filepath(oid) IS NOT NULL"
        ).all()
    engine.dispose()
    return {row.name: bytes(row.content) for row in rows}


@pytest.fixture
def after(database: Database, cast: Cast, database_url: str) -> Database:
    """All words are taken out, and still in the files."""
    write_much(database, cast)
    assert holding(database_url)
    database.write(lambda db: take_all_out(db, cast))
    assert holding(database_url)
    return database


def test_the_words_are_in_none_of_the_bytes_once_the_files_are_swept(
    after: Database, database_url: str
) -> None:
    assert after.sweep(taking_out.HOLDING_WORDS)
    assert holding(database_url) == []
    rows = after.read(lambda db: db.scalar(select(func.count()).select_from(corrections)))
    assert rows == len(MONTHS) * (len(LENGTHS) - 1) * 2 + len(MONTHS)
    assert after.trouble() == ""


def test_while_somebody_reads_they_are_not_and_it_is_tried_again(after: Database, database_url: str) -> None:
    """What was taken out is known as swept only when it was."""
    reader = engines.reader(named(database_url))
    with reader.connect() as looking:
        looking.execute(select(reports.c.id)).all()
        if database_url.startswith("sqlite"):
            assert not after.sweep(taking_out.HOLDING_WORDS)
    assert len(after.read(taking_out.unswept)) == 2 * len(MONTHS)
    reader.dispose()
    assert after.sweep(taking_out.HOLDING_WORDS)
    ids = after.read(taking_out.unswept)
    after.write(lambda db: taking_out.keep_swept(db, ids, T0))
    assert after.read(taking_out.unswept) == ()
    assert after.read(lambda db: set(db.scalars(select(words_taken_out.c.swept_at)))) == {T0}
