"""What the stories about digests share: a month reported, or not, and the Monday that tells of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from handlers.context import Deps
from handlers.registry import CLOCK
from models.rules.collaborative.measure import Value
from models.tables.reminder import expectations, milestones
from playground.client import Message, Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT, remember
from tests.handlers.stage import Stage

NUMBERS = (NUMERATOR, DENOMINATOR, REPEAT)
MONDAY = datetime(2026, 7, 13, 12, 0, tzinfo=UTC)  # 8:00 in New York
A_DAY = 86_400


def report(stage: Stage, name: str, control: int = 42, tested: str = "") -> None:
    """Send the month that is due."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    for label, number in zip(NUMBERS, (control, 60, 18), strict=True):
        person.fill(label, number)
    person.fill(HIGH, 20)
    person.submit()
    person.fill("What did you test?", tested)
    person.submit()
    stage.modal(person, "Kept.")
    person.close()


def falls(stage: Stage, team: str) -> None:
    """Let a team's first measure fall from March to May, as a file of earlier months has it."""
    months = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))
    history = {
        month: Value(Decimal(count), Decimal(60)) for month, count in zip(months, (54, 51, 47), strict=True)
    }
    stage.db.write(lambda db: remember(db, stage.cast, team, "M1", history))


def says(stage: Stage, team: str, said: str, **more: Any) -> None:
    """A team said something of June instead of reporting it: "expected", "cannot" or "help"."""
    cast = stage.cast
    row = {
        "collaborative_id": cast.collaborative.id,
        "team_id": cast.teams[team],
        "period_id": cast.periods["June 2026"],
        "said": said,
        "reason": "",
        "member_id": cast.members["Eve"],
        "at": stage.clock.now(),
        **more,
    }
    stage.db.write(lambda db: db.execute(insert(expectations).values(row)))


def milestone(stage: Stage, what: str, due_on: date, team: str | None = None, **more: Any) -> None:
    """A day of the timetable, a team's or of all."""
    row = {
        "collaborative_id": stage.cast.collaborative.id,
        "key": what,
        "due_on": due_on,
        "what": what,
        "team_id": stage.cast.teams[team] if team else None,
        **more,
    }
    stage.db.write(lambda db: db.execute(insert(milestones).values(row)))


def tick(stage: Stage) -> None:
    """What every process does every ten seconds."""
    stage.know_channels()
    for _ in range(2):
        for job in CLOCK.values():
            job(Deps(stage.db, stage.clock))
    stage.deliver()


def until(stage: Stage, moment: datetime) -> None:
    """Let time pass."""
    stage.slack.set_clock(to=moment.timestamp())


def digests(person: Person) -> list[Message]:
    """The digests a person has in direct messages."""
    return [
        each for each in person.messages("Momentum") if each.text.startswith(("Your digest", "Nothing is"))
    ]
