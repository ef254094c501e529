"""Faults, deaths and restarts in an order the dice decide, while people go on saying things.

    python -m tests.faults.storm [STEPS [SEED]]

plays it on SQLite and on Postgres, prints what an observer counts, and fails when something is wrong.
The same seed plays the same storm.
"""

import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from sqlalchemy import func, select

from handlers.delivery.pump import Pump
from models import engines, migrations
from models.commit import UNSURE
from models.database import Database
from models.errors import DomainError
from models.tables.outbox import outbox_messages
from tests import postgres
from tests.faults.hazards import FAULTS, PATIENCE_S, Disk, FatefulClient, Places
from tests.faults.tally import Said, Tally, tally
from tests.office import OffClock, Office, open_office, patient_client

CHANNELS, PROCESSES, DRAIN = 6, 3, 3600
PAUSES_S = (1, 3, 10, 20)
APART_S = 10  # the clocks of two machines, at the most
JUMPS = (timedelta(), timedelta(hours=-1), timedelta(hours=1), timedelta(days=3))


class Storm:
    """Plays steps on an office; all chance comes from the seed."""

    def __init__(self, office: Office, url: str, seed: int) -> None:
        self.office = office
        self.said = Said()
        self.faults: Counter[str] = Counter()
        self.dice = random.Random(seed)  # noqa: S311 - a test's dice
        self.places = Places(office, self.dice, CHANNELS)
        self.disk = Disk(office, url, self.dice)
        self.clocks = [OffClock(office.clock) for _ in range(PROCESSES)]
        self.pumps = [self._pump(clock) for clock in self.clocks]
        self.number = 0

    def play(self, steps: int) -> Tally:
        """Play so many steps, then let all that is pending come to rest, and count."""
        acts = {
            self._say: 12,
            self._say_again: 3,
            self._card: 3,
            self._edit: 5,
            self._reply: 3,
            self._turn: 40,
            self._pass_time: 20,
            self._slack_fault: 5,
            self._database_fault: 1,
            self._mend: 3,
            self._restart: 2,
            self._drift: 1,
            self._jump: 0.5,
            self._close_a_place: 0.5,
            self._open_it: 1,
        }
        for act in self.dice.choices([*acts], [*acts.values()], k=steps):
            act()
        return tally(self.office, self.said, steps, self.faults, self._come_to_rest())

    def _pump(self, clock: OffClock) -> Pump:
        client = patient_client(self.office, FatefulClient)
        client.timeout = PATIENCE_S
        client.dice, client.died = self.dice, lambda: self.faults.update(["senders killed"])
        return self.office.pump(client, clock=clock, senders=1)

    def _say(self) -> None:
        self._tell(self.places.any())

    def _card(self) -> None:
        subject = f"card {self.number + 1} in {self.dice.choice(self.places.channels)}"
        self.said.cards[subject] = []
        self._edit_of(subject)

    def _edit(self) -> None:
        if self.said.cards:
            self._edit_of(self.dice.choice([*self.said.cards][-10:]))

    def _edit_of(self, subject: str) -> None:
        self.said.cards[subject].append(self.number + 1)
        self._tell(subject.rsplit(maxsplit=1)[-1], post=subject)

    def _reply(self) -> None:
        if self.said.cards:
            subject = self.dice.choice([*self.said.cards][-10:])
            self._tell(subject.split()[-1], below=subject)

    def _tell(self, channel: str, **more: Any) -> None:
        self.number += 1
        self.said.at[self.number] = self.office.clock.epoch()
        now = self.dice.choice(self.clocks).now()
        try:
            self.office.say(str(self.number), channel, now=now, **more)
        except DomainError as refused:
            if str(refused) != UNSURE:
                self.said.refused.add(self.number)
        else:
            self.said.kept.add(self.number)

    def _say_again(self) -> None:
        """The same envelope comes a second time: its key is in the outbox already."""
        if self.said.kept:
            self.faults["envelopes redelivered"] += 1
            again = self.dice.choice(sorted(self.said.kept)[-20:])
            with suppress(DomainError):
                self.office.say(str(again), self.places.any(), now=self.dice.choice(self.clocks).now())

    def _turn(self) -> None:
        with suppress(DomainError):  # the scheduler logs it and goes on
            self.dice.choice(self.pumps).turn()
        self.office.slack.advance(0.5)

    def _pass_time(self) -> None:
        """Time passes, and the pumps look as they always do."""
        for _ in range(3):
            self.office.slack.advance(self.dice.choice(PAUSES_S))
            self._turn()

    def _slack_fault(self) -> None:
        self.faults["faults of Slack"] += 1
        self.office.slack.fault(**self.dice.choice(FAULTS), times=self.dice.randint(1, 3))

    def _database_fault(self) -> None:
        self.faults[self.disk.fail()] += 1

    def _mend(self) -> None:
        self.disk.mend()

    def _restart(self) -> None:
        """A process is gone with all it had in mind, and another starts."""
        self.faults["restarts"] += 1
        self.disk.mend()
        at = self.dice.randrange(PROCESSES)
        self.pumps[at] = self._pump(self.clocks[at])

    def _drift(self) -> None:
        """The clocks of two machines are never quite the same."""
        self.faults["clocks adrift"] += 1
        for clock in self.clocks:
            clock.off += timedelta(seconds=self.dice.uniform(-APART_S, APART_S) / 2) - self._apart(clock)

    def _apart(self, clock: OffClock) -> timedelta:
        return clock.off - min(JUMPS, key=lambda jump: abs(jump - clock.off))

    def _jump(self) -> None:
        """Somebody sets all clocks; Slack has its own."""
        self.faults["clocks set"] += 1
        jump = self.dice.choice(JUMPS)
        for clock in self.clocks:
            clock.off = jump + self._apart(clock)

    def _close_a_place(self) -> None:
        self.faults[self.places.close()] += 1

    def _open_it(self) -> None:
        self.places.open()

    def _come_to_rest(self) -> int:
        """Return the seconds until nothing waited any more."""
        self.disk.mend()
        self.places.open()
        self.office.slack.clear_faults()
        began = self.office.clock.epoch()
        while self.office.db.read(_unsettled) and self.office.clock.epoch() - began < DRAIN:
            self._turn()
        return int(self.office.clock.epoch() - began)


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
    """Play both storms; 0 when all is as it should be."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin, postgres.made(admin) as made:
        urls = (f"sqlite:///{folder}/storm.db", made.render_as_string(hide_password=False))
        wrong = [_told(url, steps, seed) for url in urls]
    return int(any(wrong))


def _told(url: str, steps: int, seed: int) -> dict[str, float]:
    with weather(url, seed) as storm:
        found = storm.play(steps)
    print(f"{engines.named(url).get_backend_name()}, seed {seed}: {found}", flush=True)  # noqa: T201 - its purpose
    if found.wrong():
        print(f"  WRONG: {found.wrong()}", flush=True)  # noqa: T201 - the same
    return found.wrong()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
