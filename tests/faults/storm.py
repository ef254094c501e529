"""Faults, deaths and restarts in an order the dice decide, and what an outside observer counts afterwards.

    python -m tests.faults.storm [STEPS [SEED]]

plays it on SQLite and on Postgres and prints the tally. The same seed plays the same storm.
"""

import logging
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlalchemy import func, select

from handlers.delivery import Pump
from models import engines, migrations
from models.commit import UNSURE
from models.database import Database
from models.errors import DomainError
from models.tables.outbox import outbox_messages
from tests import postgres
from tests.faults.cutting import cut_all
from tests.faults.settings import Setting
from tests.office import OffClock, Office, open_office, patient_client

FAULTS: list[dict[str, Any]] = [
    {"method": "chat.postMessage", "status": 429, "retry_after": 4},
    {"method": "chat.postMessage", "status": 429, "retry_after": "soon"},
    {"method": "chat.postMessage", "drop": "after"},
    {"method": "chat.postMessage", "drop": "before"},
    {"method": "chat.postMessage", "status": 500, "body": "<html>", "accept": True},
    {"method": "chat.postMessage", "status": 503, "body": ""},
    {"method": "chat.postMessage", "status": 200, "body": '{"ok": tr', "accept": True},
    {"method": "chat.postMessage", "error": "internal_error"},
    {"method": "conversations.history", "status": 503, "body": ""},
    {"method": "conversations.history", "status": 429, "retry_after": 9},
    {"method": "conversations.history", "lag": 5},
    {"method": "*", "error": "token_revoked"},
]
CHANNELS, PROCESSES, DRAIN = 6, 3, 3600
PAUSES = (0.3, 1, 2, 5)  # seconds
LATE_S = 300.0
CLOCK_OFF_S = (
    10  # set forward by more while Slack's history lags, a look may come too soon: docs/reliability.md
)


class Died(BaseException):
    """The sender is gone, at once and without a word: nothing below it runs."""


class FatefulClient(WebClient):
    """Dies before or after a call, as its dice decide."""

    dice: random.Random
    died: Callable[[], None]

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        fate = self.dice.random()
        if fate < 0.03:
            self.died()
            raise Died
        answer = super().chat_postMessage(**arguments)
        if fate > 0.97:
            self.died()
            raise Died
        return answer


@dataclass(frozen=True)
class Tally:
    """What was injected, and what Slack's journal and the people's screens say of it."""

    steps: int
    faults: Counter[str]
    messages: int
    refused: int  # the person was told that nothing was kept
    given_up: int  # with a reason, and the host was told
    lost: int
    doubled: int
    invented: int  # refused, and seen all the same
    out_of_order: int
    lateness: tuple[float, ...]  # seconds, of all that were seen
    caught_up_s: int  # after the last fault

    @property
    def late(self) -> int:
        """How many were seen more than five minutes after they were due."""
        return sum(each > LATE_S for each in self.lateness)

    def __str__(self) -> str:
        told = sorted(self.lateness)
        return (
            f"{self.steps:,} steps, {self.faults.total():,} faults "
            f"({', '.join(f'{count} {name}' for name, count in sorted(self.faults.items()))})\n"
            f"  {self.messages:,} messages kept, {self.refused} refused in words, {self.given_up} given up "
            f"with a notice; lost {self.lost}, doubled {self.doubled}, invented {self.invented}, "
            f"out of order {self.out_of_order}\n"
            f"  seen {statistics.median(told):.0f} s after they were due (median), 99 of 100 within "
            f"{told[int(len(told) * 0.99)]:.0f} s; {self.late} after 5 minutes; all were out "
            f"{self.caught_up_s} s after the last fault"
        )


@dataclass
class Storm:
    """Plays steps on an office; all chance comes from the seed."""

    office: Office
    url: str
    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    kept: dict[int, str] = field(default_factory=dict)  # number -> channel
    refused: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - a test's dice
        ana = [self.office.cast.slack["Ana"]]
        self.channels = [self.office.slack.add_channel(f"team-{n}", ana) for n in range(CHANNELS)]
        self.clock = OffClock(self.office.clock)
        self.pumps = [self._pump() for _ in range(PROCESSES)]
        self.broken: Setting | None = None
        self.archived: str | None = None
        self.number = 0

    def play(self, steps: int) -> Tally:
        """Play so many steps, then let all that is pending come to rest, and count."""
        acts = (
            (self._say, 30),
            (self._turn, 32),
            (self._pass_time, 18),
            (self._slack_fault, 6),
            (self._database_fault, 2),
            (self._mend, 6),
            (self._restart, 2),
            (self._set_clock, 2),
            (self._archive, 1),
            (self._unarchive, 3),
        )
        for act in self.dice.choices([act for act, _ in acts], [weight for _, weight in acts], k=steps):
            act()
        return self._tally(steps, self._come_to_rest())

    def _pump(self) -> Pump:
        client = patient_client(self.office, FatefulClient)
        client.dice, client.died = self.dice, lambda: self.faults.update(["senders killed"])
        return self.office.pump(client, clock=self.clock, senders=1)

    def _say(self) -> None:
        self.number += 1
        channel = self.dice.choice(self.channels)
        try:
            self.office.say(str(self.number), channel, now=self.clock.now(), due_at=self.clock.now())
        except DomainError as refused:
            (self.unknown if str(refused) == UNSURE else self.refused).add(self.number)
        else:
            self.kept[self.number] = channel

    def _turn(self) -> None:
        for pump in self.dice.sample(self.pumps, PROCESSES):
            with suppress(DomainError):  # the scheduler logs it and goes on
                pump.turn()
            self.office.slack.advance(0.3)

    def _pass_time(self) -> None:
        self.office.slack.advance(self.dice.choice(PAUSES))

    def _slack_fault(self) -> None:
        self.faults["faults of Slack"] += 1
        self.office.slack.fault(**self.dice.choice(FAULTS), times=self.dice.randint(1, 3))

    def _database_fault(self) -> None:
        if engines.is_sqlite(engines.named(self.url)):
            self._mend()
            self.faults["disks full or read-only"] += 1
            self.broken = self.dice.choice([Setting.full, Setting.read_only])(self.office.db)
        else:
            self.faults["database restarts"] += 1
            cut_all(self.url)

    def _restart(self) -> None:
        """A process is gone with all it had in mind, and another starts."""
        self.faults["restarts"] += 1
        self._mend()
        self.pumps[self.dice.randrange(PROCESSES)] = self._pump()

    def _set_clock(self) -> None:
        self.faults["clocks set"] += 1
        self.clock.off = timedelta(seconds=self.dice.randint(-CLOCK_OFF_S, CLOCK_OFF_S))

    def _archive(self) -> None:
        self._unarchive()
        self.faults["channels archived"] += 1
        self.archived = self.dice.choice(self.channels)
        self.office.slack.change_channel(self.archived, archived=True)

    def _unarchive(self) -> None:
        if self.archived:
            self.office.slack.change_channel(self.archived, archived=False)
        self.archived = None

    def _mend(self) -> None:
        if self.broken:
            self.broken.close()
        self.broken = None

    def _come_to_rest(self) -> int:
        """Return the seconds until nothing waited any more."""
        self._mend()
        self._unarchive()
        self.office.slack.clear_faults()
        for second in range(DRAIN):
            self._turn()
            self.office.slack.advance(1)
            if not self.office.db.read(_unsettled):
                return second
        return DRAIN

    def _tally(self, steps: int, caught_up_s: int) -> Tally:
        rows = {int(key): row for key, row in self.office.rows().items() if key.isdigit()}
        given_up = {number for number, row in rows.items() if row.state == "failed"}
        taken = [call for call in self.office.calls(accepted=True) if call["arguments"]["text"].isdigit()]
        seen = Counter(int(call["arguments"]["text"]) for call in taken)
        shown = {channel: [int(words) for words in self.office.seen(channel)] for channel in self.channels}
        at = {int(call["arguments"]["text"]): call["at"] for call in reversed(taken)}
        due = {number: rows[number].due_at.timestamp() for number in at if number in rows}
        expected = set(self.kept) - given_up
        return Tally(
            steps,
            self.faults,
            messages=len(self.kept),
            refused=len(self.refused),
            given_up=len(given_up),
            lost=sum(not seen[number] for number in expected),
            doubled=sum(count - 1 for count in seen.values()),
            invented=sum(number in self.refused for number in seen),
            out_of_order=sum(
                first > second and rows[first].due_at >= rows[second].due_at
                for each in shown.values()
                for first, second in pairwise(each)
            ),
            lateness=tuple(max(at[number] - due[number], 0.0) for number in due),
            caught_up_s=caught_up_s,
        )


def _unsettled(db: Any) -> int:
    waits = select(func.count()).where(outbox_messages.c.state.in_(("pending", "sending", "held")))
    found: int = db.execute(waits).scalar_one()
    return found


@contextmanager
def weather(url: str, seed: int) -> Iterator[Storm]:
    """A storm on a database of its own."""
    migrations.upgrade(url)
    database = Database(url)
    with open_office(database) as office:
        yield Storm(office, url, seed)
    database.dispose()


def main(steps: int = 10_000, seed: int = 1) -> int:
    """Play both storms; 0 when nothing was lost, doubled or invented."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin, postgres.made(admin) as made:
        urls = (f"sqlite:///{folder}/storm.db", made.render_as_string(hide_password=False))
        tallies = [_told(url, steps, seed) for url in urls]
    return int(any(tally.lost + tally.doubled + tally.invented for tally in tallies))


def _told(url: str, steps: int, seed: int) -> Tally:
    with weather(url, seed) as storm:
        tally = storm.play(steps)
    print(f"{engines.named(url).get_backend_name()}, seed {seed}: {tally}", flush=True)  # noqa: T201 - its purpose
    return tally


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
