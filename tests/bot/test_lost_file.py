"""A database file that is taken away, replaced or overwritten while the bot works: nobody is told "kept"."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot import scheduler
from bot.backup import back_up
from bot.clock import SystemClock
from bot.health import Health
from bot.scheduler import Scheduler
from handlers.context import Deps
from models import commit, database_file, engines, migrations
from models.database import Database
from models.errors import DomainError
from tests.bot.place import Place, card_of, fill_in
from tests.bot.test_doctor import findings
from tests.bot.watching import watch
from tests.faults.cutting import cut_all
from tests.faults.settings import Setting
from tests.office import Office, open_office

SOON = 20.0  # real seconds that a busy machine may need
PAGE = 4096


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def deleted(file: Path) -> None:
    for each in file.parent.glob("momentum.db*"):
        if not each.name.endswith("-lock"):
            each.unlink()


def replaced(file: Path) -> None:
    other = file.with_name("other.db")
    migrations.upgrade(f"sqlite:///{other}")
    other.replace(file)


def written_over(file: Path) -> None:
    """As `cp` does: it is the same file, with all of another database in it."""
    other = file.with_name("other.db")
    migrations.upgrade(f"sqlite:///{other}")
    file.write_bytes(other.read_bytes())


def with_a_copy_of_its_own(file: Path) -> None:
    back_up(f"sqlite:///{file}", file.with_name("copy.db"), SystemClock().now())
    file.write_bytes(file.with_name("copy.db").read_bytes())


def without_its_journal(file: Path) -> None:
    file.with_name("momentum.db-wal").unlink()


def with_another_header(file: Path) -> None:
    overwritten(file, 0, 100)


def with_a_page_overwritten(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'talks'").fetchone()
    overwritten(file, (page - 1) * PAGE, PAGE)


def overwritten(file: Path, start: int, length: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(b"Dear Hana, " * (length // 11))


# A connection opened afterwards makes a journal of its own.
EITHER = f"{database_file.GONE}|{database_file.REPLACED}"
HARMS = [
    (moved, database_file.GONE, "is gone, moved or deleted, while process"),
    (deleted, database_file.GONE, "is gone, moved or deleted, while process"),
    (replaced, database_file.REPLACED, "in the place of its own, while process"),
    (written_over, database_file.REPLACED, ""),
    (with_a_copy_of_its_own, database_file.REPLACED, ""),
    (without_its_journal, EITHER, ""),
    (with_another_header, "file is not a database", "momentum.db is damaged: file is not a database"),
    (with_a_page_overwritten, "its file is damaged (", "momentum.db is damaged: "),
]


@pytest.mark.parametrize(("harm", "trouble", "ailment"), HARMS, ids=[harm.__name__ for harm, *_ in HARMS])
def test_what_would_be_lost_is_refused_in_words_and_shows_at_once(
    place: Place, harm: Callable[[Path], None], trouble: str, ailment: str
) -> None:
    """What was typed stays; `/readyz` says what is wrong, `doctor` how to mend it; no message goes out."""
    slack, file = place.slack, place.folder / "momentum.db"
    with place.up(place.environment(HEALTH_PORT="0")) as bot:
        ana, asked = slack.person("Ana Lima"), watch(bot)
        fill_in(slack, ana)
        ana.submit()
        slack.wait_for(lambda: "Step 2 of 2" in ana.modal.all_text)
        harm(file)
        ana.submit()
        slack.wait_for(lambda: "Nothing was saved: the database has to be mended" in ana.modal.all_text)
        ana.close()
        assert "Step 2 of 2" in ana.modal.all_text
        code, told = asked.asks("/readyz")
        assert (code, told["database"]) == (503, False)
        assert any(each in str(told["trouble"]) for each in trouble.split("|"))
        assert asked.value("momentum_database_up") == 0
        was_there = file.exists()
        if ailment:
            _, sick = findings(place.command("doctor"))
            assert ailment in sick[0]
        assert file.exists() == was_there, "an empty one would hide what was lost"
        assert slack.journal("api", method="chat.postMessage") == []


def test_a_file_that_is_back_in_its_place_is_written_to_again(place: Place) -> None:
    """It is the same file, and nothing was lost meanwhile: no restart is needed."""
    slack, file = place.slack, place.folder / "momentum.db"
    with place.up(place.environment(HEALTH_PORT="0")) as bot:
        ana, asked = slack.person("Ana Lima"), watch(bot)
        fill_in(slack, ana)
        ana.submit()
        slack.wait_for(lambda: "Step 2 of 2" in ana.modal.all_text)
        moved(file)
        assert asked.asks("/readyz")[0] == 503
        file.with_name("elsewhere.db").rename(file)
        slack.wait_for(lambda: asked.asks("/readyz")[0] == 200, timeout=SOON)
        ana.submit()
        slack.wait_for(lambda: "Kept." in ana.modal.all_text)
        card_of(slack, slack.person("Chidi Okafor"))


def test_a_file_taken_away_during_the_commit_is_told_as_unsure(sqlite_url: str) -> None:
    """Nobody can say whether it comes back with what was written; from then on all is refused."""
    database, file = Database(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///"))
    database.write(lambda _: None)
    with pytest.raises(DomainError, match=commit.UNSURE):
        database.write(lambda _: moved(file))
    with pytest.raises(DomainError, match=commit.NOT_WELL):
        database.write(lambda _: None)
    database.dispose()


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with open_office(database) as opened:
        yield opened


@contextmanager
def no_writes(office: Office, url: str) -> Iterator[None]:
    """A disk that is mounted read-only, a Postgres that lets us read alone: for the length of the block."""
    if "sqlite" in url:
        with closing(Setting.read_only(office.db)):
            yield
        return
    setting = f"ALTER DATABASE {engines.named(url).database} SET default_transaction_read_only ="
    for is_on in (True, False):
        engine = create_engine(engines.named(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as admin:
            admin.execute(text(f"{setting} {is_on}"))
        engine.dispose()
        cut_all(url)
        if is_on:
            yield


def test_a_database_that_takes_no_write_shows_before_a_person_writes(
    office: Office, database_url: str
) -> None:
    """Though it can be read: red half a minute after the last good write, green with the next."""
    now = [0.0]
    deps = Deps(office.db, office.clock)
    ticking = Scheduler(deps, office.pump(), steady=lambda: now[0])
    ticking._good = {"database": 0.0}
    health = Health(deps, ticking, lambda: (True, 0.0), steady=lambda: now[0])
    with no_writes(office, database_url):
        now[0] = 31.0
        ticking._run("database", scheduler.database)
        assert health.look().obstacles() == ["database: no good turn for 31 s"]
    now[0] = 33.0
    ticking._run("database", scheduler.database)
    assert health.look().obstacles() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_disk_that_is_nearly_full_shows_while_there_is_still_room(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.db.trouble() == ""
    monkeypatch.setattr(database_file, "LEAST_ROOM", 2**60)
    assert office.db.trouble().startswith("its disk is full, ")
    office.say("is kept all the same")
    assert office.states() == {"is kept all the same": "pending"}
