"""`momentum load`, as a host meets it: what is shown, what is asked, what is there afterwards."""

import io
import random
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
import typer
from rich.console import Console
from sqlalchemy import func, select

from bot.load import load
from models.database import Database
from models.errors import DomainError
from models.rules.collaborative.measure import Value
from models.rules.setup.history import Giver, MonthCell
from models.services.charts import history
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.report import measure_values
from tests.plans import ROOT, changed, guide_text

NOW = datetime(2026, 7, 6, 15, tzinfo=UTC)
HEADER = "team,measure,month,numerator,denominator\n"
INFECTIONS = ROOT / "examples" / "hospital-infections.yaml"
BOT = (sys.executable, "-m", "bot")
REAL = ROOT.parent / "shared" / "data" / "hospital_infections.csv"


class Host:
    """Somebody at a terminal, with two files and a database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.file, self.data = folder / "collaborative.yaml", folder / "history.csv"

    def load(self, text: str, history: str | None = None, *, yes: bool = True) -> str:
        """What the command printed; typer.Exit and typer.Abort come through."""
        self.file.write_text(text, encoding="utf-8")
        if history is not None:
            self.data.write_text(HEADER + history, encoding="utf-8")
        self.screen = io.StringIO()
        load(
            self.file,
            data=None if history is None else self.data,
            yes=yes,
            database_url=self.url,
            slack_team="T0LC",
            now=NOW,
            console=Console(file=self.screen, width=120),
        )
        return self.screen.getvalue()

    def replace(self, cell: MonthCell, value: Value) -> None:
        """Give one earlier month anew, as somebody in Slack does."""
        db = Database(self.url)
        by, scope = Giver(NOW.date(), NOW), select(collaboratives.c.id)
        db.write(lambda open_: history.write(open_, open_.scalars(scope).one(), {cell: value}, by))
        db.dispose()

    def count(self) -> tuple[int, ...]:
        """Collaboratives, periods and values stored."""
        tables = (collaboratives, reporting_periods, measure_values)
        db = Database(self.url)
        try:
            return db.read(
                lambda session: tuple(
                    session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
                )
            )
        finally:
            db.dispose()


@pytest.fixture
def host(database_url: str, tmp_path: Path) -> Host:
    """A host at an empty database of each kind in turn."""
    return Host(database_url, tmp_path)


def test_a_host_sees_what_will_happen_and_loading_again_changes_nothing(host: Host) -> None:
    """Shown first; one collaborative however often it is loaded; history from before the start is kept."""
    shown = host.load(guide_text(), "Cedar,M1,2025-12,30,60\nElm,M3,2026-04,2,\n")
    assert "New collaborative: Blood pressure control (15 months from April 2026" in shown
    for said in ("Topic: ", "Aim, by when: June 2027", "Time zone: America/New_York", "Channel: C0"):
        assert said in shown
    assert "New team: Cedar: Ana Lima as reporter; Bo Chen as backup reporter" in shown
    assert "2 new values, 0 changed, 0 already there" in shown
    assert "Dr Old has no Slack id" in shown
    assert host.count() == (1, 16, 2)
    again = host.load(guide_text(), "Cedar,M1,2025-12,30,60\nElm,M3,2026-04,2,\n")
    assert "Nothing to change: everything is as the file says." in again
    assert host.count() == (1, 16, 2)


def test_a_changed_file_is_shown_as_its_changes(host: Host) -> None:
    """The host reads the difference, not the file."""
    host.load(guide_text(), "Cedar,M1,2025-12,30,60\n")
    after = changed(
        ("due day: 10", "due day: 15"),
        ("      - {name: Ana Lima, slack: U0123ANA, role: reporter}\n", ""),
        ("U0123BO, role: backup reporter", "U0123BO, role: reporter"),
    )
    shown = host.load(after, "Cedar,M1,2025-12,31,60\n")
    assert "Due day: 10 -> 15\n" in shown
    moved = "Reports become due: June 2026, 10 July 2026 -> 15 July 2026; July 2026, 10 August 2026 -> 15 "
    assert moved in shown
    assert "May 2026" not in shown
    assert "Cedar: Ana Lima leaves; Bo Chen becomes reporter" in shown
    assert "Cedar, Blood pressure control, December 2025: 50.0% (30/60) -> 51.7% (31/60)" in shown
    assert "Cedar has no backup reporter yet." in shown


def test_a_month_that_cannot_move_is_named(host: Host) -> None:
    """May was due on 10 June: that day has passed. July moves alone."""
    host.load(guide_text())
    own = "  moved: [{month: 2026-05, due: 2026-07-20}, {month: 2026-07, due: 2026-08-20}]\n  lock days: 14"
    shown = host.load(changed(("  lock days: 14", own)))
    assert "Reports become due: July 2026, 10 August 2026 -> 20 August 2026\n" in shown
    assert "May 2026 stays due on 10 June 2026: no due day moves from or to a day that has passed" in shown


def test_a_bad_row_keeps_the_whole_load_from_happening(host: Host) -> None:
    """All or nothing: the row is named, and neither file nor history is loaded."""
    with pytest.raises(typer.Exit):
        host.load(guide_text(), "Cedar,M1,2026-01,42,60\nCedar,M1,2026-02,61,60\nCedar,M1,2026-03,x,60\n")
    assert "history.csv: 2 things to mend. Nothing was changed." in host.screen.getvalue()
    assert "Line 3, numerator: 61 is more than its denominator, 60." in host.screen.getvalue()
    assert "Line 4, numerator: Found “x”. Expected a number, like 42." in host.screen.getvalue()
    assert host.count() == (0, 0, 0)


def test_a_file_with_slips_is_refused_with_their_places(host: Host) -> None:
    """Brackets in a name are words, not colours."""
    with pytest.raises(typer.Exit):
        host.load(changed(("due day: 10", "due day: '[red]ten[/red]'"), ("kind: outcome", "kind: outcom")))
    shown = host.screen.getvalue()
    assert (
        "Line 14, periods > due day: Found “[red]ten[/red]”, expected a whole number from 1 to 31." in shown
    )
    assert "measures > m1 > kind: Found “outcom”. Did you mean “outcome”?" in shown


def test_a_no_changes_nothing(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --yes the host is asked, and no answer is a no."""
    for answer in ("n\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        with pytest.raises(typer.Abort):
            host.load(guide_text(), yes=False)
        assert host.count() == (0, 0, 0)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    host.load(guide_text(), yes=False)
    assert host.count() == (1, 15, 0)


def test_a_value_that_changed_while_the_host_was_asked_is_not_replaced_unseen(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Yes is to what was shown: 30 of 60 -> 31; meanwhile somebody in Slack made it 40."""
    host.load(guide_text(), "Cedar,M1,2025-12,30,60\n")

    class Meanwhile(io.StringIO):
        def readline(self, _size: int | None = -1) -> str:
            host.replace(("cedar", "M1", date(2025, 12, 1)), Value(Decimal(40), Decimal(60)))
            return "y\n"

    monkeypatch.setattr(sys, "stdin", Meanwhile())
    with pytest.raises(DomainError, match="changed a moment ago"):
        host.load(guide_text(), "Cedar,M1,2025-12,31,60\n", yes=False)
    assert "50.0% (30/60) -> 51.7% (31/60)" in host.screen.getvalue()
    monkeypatch.undo()
    shown = host.load(guide_text(), "Cedar,M1,2025-12,31,60\n")
    assert "66.7% (40/60) -> 51.7% (31/60)" in shown


def test_a_new_name_without_its_key_is_said_to_be_a_new_collaborative(host: Host) -> None:
    """Renaming needs the key; the host is told before there are two."""
    host.load(guide_text())
    shown = host.load(
        changed(("name: Blood pressure control\ntopic", "name: Pressure\nkey: pressure\ntopic"))
    )
    assert "This workspace has Blood pressure control already." in shown


def test_files_and_databases_that_are_not_there_are_named(host: Host, tmp_path: Path) -> None:
    """A refusal in words, no traceback."""
    host.load(guide_text())
    console = Console(file=io.StringIO())
    everything = partial(load, host.file, yes=True, slack_team="T0LC", now=NOW, console=console)
    with pytest.raises(DomainError, match="cannot be read: No such file or directory"):
        everything(data=host.data, database_url=host.url)
    with pytest.raises(DomainError, match="momentum migrate"):
        everything(data=None, database_url=f"sqlite:///{tmp_path / 'new.db'}")


def two_years() -> str:
    """Made-up rows of the size of the real ones: six teams, three measures, 24 months."""
    random.seed(7)
    months = [f"{year}-{month:02}" for year in (2015, 2016) for month in range(1, 13)]
    teams, measures = ("AHH", "BFH", "BOH", "HGH", "NOH", "RGH"), ("BAC", "CDI", "UTI")
    return "".join(
        f"{team},{measure},{month},{random.randint(0, 40)},{random.randint(9000, 20000)}\n"  # noqa: S311 - not a secret
        for team in teams
        for measure in measures
        for month in months
    )


def test_two_years_of_six_hospitals_are_loaded_whole(sqlite_url: str, tmp_path: Path) -> None:
    """The whole command in a process of its own, on the real figures where they are, else on made-up ones.

    How long it takes is for the bench to say (bench/load.py).
    """
    data = REAL
    if not REAL.exists():
        data = tmp_path / "infections.csv"
        data.write_text(HEADER + two_years(), encoding="utf-8")
    environment = {
        "DATABASE_URL": sqlite_url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_APP_TOKEN": "xapp-made-up",
    }
    command = [*BOT, "load", str(INFECTIONS), "--data", str(data), "--yes", "--workspace", "T0LC"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0, done.stderr
    assert "432 new values, 0 changed, 0 already there" in done.stdout
    assert Host(sqlite_url, tmp_path).count() == (1, 24, 432)
