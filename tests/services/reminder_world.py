"""A collaborative whose days pass: a clock that jumps, a delivery that may be down, teams that answer."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from handlers.context import ClockJob, Deps
from handlers.delivery.outgoing import Compose
from handlers.registry import CLOCK, COMPOSERS
from models.database import Database
from models.errors import DomainError
from models.rules.reminders.expectation import Said
from models.rules.reminders.reminders import Ladder
from models.rules.time.holidays import free_days
from models.services.reminders import expectations
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.outbox import outbox_messages
from models.tables.people import members, teams
from tests.cast import SLACK_TEAM, Cast, lay_down, leave, withdraw
from tests.clock import FrozenClock
from tests.services.sending import as_team, send

MONTH = "February 2027"  # due on Wednesday 10 March, in the week before the clocks go forward
BEGIN = datetime(2027, 2, 22, 12, tzinfo=UTC)
HERE = ZoneInfo("America/New_York")
ZONES = {"Cedar": HERE, "Birch": ZoneInfo("America/Los_Angeles"), "Dogwood": HERE, "Elm": HERE}
REPORTERS = {"Cedar": "Ana", "Birch": "Chidi", "Dogwood": "Dana", "Elm": "Eve"}
NIGHT = (3, 13)  # in UTC: before any window opens
LADDER = Ladder(before=(7, 3, 1, 0), after=(1, 3), hours=(9, 17), holidays="US")

row = outbox_messages.c


@dataclass(frozen=True)
class Went:
    """A message that went out."""

    at: datetime
    kind: str
    key: str
    to: str
    text: str

    @property
    def rung(self) -> str:
        return self.key.split(":")[3]

    @property
    def day(self) -> date:
        return self.at.astimezone(HERE).date()


@dataclass
class World:
    """What happens is what a method says; what went out stands in `sent`."""

    db: Database
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(BEGIN))
    sent: list[Went] = field(default_factory=list)
    jobs: tuple[ClockJob, ...] = (CLOCK["reminders"],)
    composers: Mapping[str, Compose] = field(default_factory=lambda: COMPOSERS)

    def __post_init__(self) -> None:
        self.cast: Cast = self.db.write(lay_down)
        west = update(teams).where(teams.c.name == "Birch").values(time_zone="America/Los_Angeles")
        self.db.write(lambda db: db.execute(west))
        friday = update(members).values(digest="Friday 7:00")  # no step of the ladder falls on that
        self.db.write(lambda db: db.execute(friday))
        self.load(reminders=LADDER)

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(HERE).date()

    def tick(self, *, delivers: bool = True) -> None:
        """One turn of the clock jobs, and one of delivery."""
        for job in self.jobs:
            job(Deps(self.db, self.clock))
        if delivers:
            self.deliver()

    def pass_hours(self, hours: int, *, delivers: bool = True) -> None:
        until = self.clock.now() + timedelta(hours=hours)
        while self.clock.now() < until:
            if not NIGHT[0] <= self.clock.now().hour < NIGHT[1]:  # some of it is played all the same
                self.tick(delivers=delivers)
            self.clock.advance(hours=min(3, (until - self.clock.now()) / timedelta(hours=1)))

    def jump(self, hours: int) -> None:
        """The machine slept, or somebody set its clock; nobody ticked meanwhile."""
        self.clock.advance(hours=hours)

    def deliver(self) -> None:
        """Send what waits, as delivery does: expired or no longer true is dropped."""
        now = self.clock.now()
        ours = (row.state == "pending", row.due_at <= now, row.kind.in_(self.composers))
        due = select(outbox_messages).where(*ours).order_by(row.id)
        for message in self.db.read(lambda db: db.execute(due).all()):
            said = None
            if message.expires_at is None or now < message.expires_at:
                said = self.db.read(lambda db, m=message: self.composers[m.kind](db, m.args, now))
            changed = {"state": "sent" if said else "dropped"}
            at = update(outbox_messages).where(row.id == message.id).values(changed)
            self.db.write(lambda db, at=at: db.execute(at))
            if said:
                self.sent.append(Went(now, message.kind, message.dedupe_key, message.channel, said.text))

    def report(self, team: str) -> None:
        send(
            self.db,
            self.cast,
            "Hana",
            team=team,
            month=MONTH,
            now=self.clock.now(),
            M1="42/60",
            M2="18/20",
        )

    def say(self, team: str, said: Said, days: int = 0) -> None:
        """The team's coordinator answers for it; a refusal is an answer too."""
        until = self.today + timedelta(days=days) if said is not Said.CANNOT else None

        def unit(db: Connection) -> None:
            acting = as_team(db, self.cast, "Hana", team)
            period, now = self.cast.periods[MONTH], self.clock.now()
            expectations.say(db, acting, period, said, until=until, reason="export broken", now=now)

        self.db.write(unit)

    def load(self, due_day: int | None = None, **changed: Any) -> None:
        """Load the file with something changed."""

        def unit(db: Connection) -> None:
            stored = stored_plan.find(db, SLACK_TEAM, "bp")
            assert stored
            calendar = stored.plan.calendar
            if due_day:
                calendar = replace(calendar, due_day=due_day)
            wanted = replace(stored.plan, calendar=calendar, **changed)
            collaborative.apply(db, SLACK_TEAM, wanted, self.clock.now(), shown=stored.plan)

        self.db.write(unit)

    def leave(self, name: str) -> None:
        self.db.write(lambda db: leave(db, self.cast, name, self.today))

    def withdraw(self, team: str) -> None:
        self.db.write(lambda db: withdraw(db, self.cast, team, self.today))

    def reminders(self, team: str = "") -> list[Went]:
        """The reminders of reports that went out, of one team or all."""
        wanted = f"reminder:{self.cast.periods[MONTH]}:{self.cast.teams[team]}:" if team else "reminder:"
        return [each for each in self.sent if each.key.startswith(wanted)]

    def states(self) -> Counter[str]:
        return Counter(self.db.read(lambda db: db.execute(select(row.state)).scalars().all()))

    def check(self) -> None:
        """What must hold whatever happened."""
        assert max(Counter(each.key for each in self.sent).values(), default=0) <= 1
        for team, zone in ZONES.items():
            for each in self.reminders(team):
                coach = each.to in {self.cast.slack["Cora"], self.cast.slack["Ben"], self.cast.slack["Ravi"]}
                local = each.at.astimezone(HERE if coach else zone)
                assert 9 <= local.hour < 17, each
                assert local.weekday() < 5, each
                assert local.date() not in free_days("US"), each


def refused(act: Any, *args: Any) -> bool:
    """Do it, and say whether it was refused."""
    try:
        act(*args)
    except DomainError:
        return True
    return False


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database as a process of its own would have it."""
    database = Database(url)
    yield database
    database.dispose()
