"""How long a real collaborative takes to load: six hospitals, three measures, 24 months."""

import io
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bench.process import ROOT
from bench.table import Row, Section, at_most, ms, show
from bot.clock import SystemClock
from bot.load import load
from models import migrations
from tests import postgres

PLAN = ROOT / "examples" / "hospital-infections.yaml"
DATA = ROOT.parent / "shared" / "data" / "hospital_infections.csv"
ROUNDS = 3
FLOOR = 5  # seconds


def rows() -> list[Section]:
    """Load it into empty databases of both kinds."""
    if not DATA.exists():
        return [Section("Load", (Row(f"not measured: {DATA.name} is not beside this repository", ""),))]
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin:
        lite = [_loaded(f"sqlite:///{folder}/{number}.db") for number in range(ROUNDS)]
        heavy = []
        for _ in range(ROUNDS):
            with postgres.made(admin) as url:
                heavy.append(_loaded(url.render_as_string(hide_password=False)))
    return [
        Section(
            "Load of the hospital infections, 432 values", (_row("SQLite", lite), _row("Postgres", heavy))
        )
    ]


def _row(name: str, seconds: list[float]) -> Row:
    took = statistics.median(seconds)
    return Row(name, ms(took), floor=at_most(took, FLOOR, "s"))


def _loaded(url: str) -> float:
    migrations.upgrade(url)
    began = time.perf_counter()
    load(
        PLAN,
        data=DATA,
        yes=True,
        database_url=url,
        slack_team="T0BENCH",
        now=SystemClock().now(),
        console=Console(file=io.StringIO()),
    )
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
