"""A thousand messages to a thousand people at the playground's limits, counted by Slack's own journal.

Time is that of a clock which bot and playground share and the bench moves: a minute of it takes some seconds,
and Slack's answers take none of it. Processor time is the machine's.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from sqlalchemy import Connection

from bench.table import Row, Section, at_most, ms, show
from bot.scheduler import TOGETHER_S, WAITING_S
from models import migrations
from models.database import Database
from models.services.delivery import outbox
from playground.limits import Rates
from tests import postgres
from tests.office import Office, open_office

MESSAGES = 1000
TURN_S = WAITING_S + TOGETHER_S  # how often the bot looks while rows wait for Slack's pace
MOST_TURNS = 2000
WRITES = 3
SPARE_S = 2  # later than the limits' own pace
ALLOWED = Rates().posting_per_minute


@dataclass(frozen=True)
class Drained:
    """What an observer counts, and what it cost."""

    waits: list[float]  # seconds of the shared clock from due to taken by Slack
    slowed: int
    wrong: int  # lost or doubled
    writes: int
    processor: float

    @property
    def rate(self) -> float:
        """Messages a minute, from when they were due to the last."""
        return len(self.waits) / max(self.waits) * 60

    @property
    def p99(self) -> float:
        return sorted(self.waits)[int(len(self.waits) * 0.99)]


def rows() -> list[Section]:
    """Drain an outbox of each kind of database."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin, postgres.made(admin) as own:
        urls = {
            "SQLite": f"sqlite:///{folder}/bench.db",
            "Postgres": own.render_as_string(hide_password=False),
        }
        return [_section(name, _drained(url)) for name, url in urls.items()]


def _section(name: str, found: Drained) -> Section:
    share, fastest = found.rate / ALLOWED, MESSAGES / ALLOWED * 60
    per = found.writes / MESSAGES
    return Section(
        f"{MESSAGES:,} messages to {MESSAGES:,} people, {name}",
        (
            Row("a minute; what the limits allow", f"{found.rate:.0f}", f"{ALLOWED}", share),
            Row("answers of 429", f"{found.slowed}", goal=at_most(found.slowed, 0, "")),
            Row("lost or doubled", f"{found.wrong}", floor=at_most(found.wrong, 0, "")),
            Row(
                "lateness, p99; all of them at the limits' pace",
                f"{found.p99:.0f} s",
                f"{fastest:.0f} s",
                found.p99 / fastest,
                at_most(found.p99, fastest + SPARE_S, "s"),
            ),
            Row("writes for each", f"{per:.2f}", goal=at_most(per, WRITES, "")),
            Row("processor time for each, the playground's in it", ms(found.processor / MESSAGES)),
        ),
    )


def _drained(url: str) -> Drained:
    migrations.upgrade(url)
    database = Database(url)
    try:
        with open_office(database) as office:
            return _drain(office)
    finally:
        database.dispose()


def _drain(office: Office) -> Drained:
    people = [office.slack.add_person(f"p{number}").id for number in range(MESSAGES)]
    due = office.clock.now()
    office.db.write(lambda db: _say(db, office, people))
    writes: list[None] = []
    office.db.on_commit(lambda: writes.append(None))
    began = time.process_time()
    _deliver(office)
    processor = time.process_time() - began
    calls = office.calls()
    taken = [call for call in calls if call["accepted"]]
    said = Counter(call["arguments"]["text"] for call in taken)
    wrong = sum(said[person] != 1 for person in people)
    waits = [call["at"] - due.timestamp() for call in taken]
    return Drained(waits, sum(call["status"] == 429 for call in calls), wrong, len(writes), processor)


def _say(db: Connection, office: Office, people: list[str]) -> None:
    whose, now = office.cast.collaborative, office.clock.now()
    for person in people:
        outbox.say(db, whose, "word", person, {"text": person}, now, to=person)


def _deliver(office: Office) -> None:
    pump = office.pump()
    sent = 0
    for _ in range(MOST_TURNS):
        sent += pump.turn()
        if sent >= MESSAGES:
            return
        office.slack.advance(TURN_S)
    raise AssertionError(f"{sent} of {MESSAGES} messages were sent in {MOST_TURNS} turns")


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
