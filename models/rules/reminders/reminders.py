"""Which reminder of a report is due for whom and when: the ladder around a due day, as a team stands now."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from models.rules.reminders.expectation import Expectation, Said
from models.rules.time.holidays import NONE, free_days
from models.rules.time.working_time import Window, WorkingTime

LATE = timedelta(hours=6)  # after it opened; a reminder that did not go by then is dropped
_DAY = timedelta(days=1)


class Audience(IntEnum):
    """Who is asked; each step of the ladder reaches further."""

    REPORTERS = 1
    BACKUPS = 2  # the reporters and those who stand in for them
    COACHES = 3


@dataclass(frozen=True)
class ReminderWords:
    """The sentences of reminders; a host may write their own, with names in braces from `PLACEHOLDERS`."""

    before: str = "{team}'s {month} report is due on {due}."
    today: str = "{team}'s {month} report is due today."
    after: str = "{team}'s {month} report was due on {due}. It is still welcome: late is better than never."
    promised: str = "Today is the day you expected {team}'s {month} report."
    coach: str = (
        "{team}'s {month} report, due on {due}, is not in yet, and the team was reminded. "
        "A word from you may help."
    )
    thanks: str = "Thank you, {teams}, for your {month} numbers on time."


PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("before", "today", "after", "promised", "coach"), ("name", "team", "month", "due")),
    "thanks": ("teams", "month"),
}


@dataclass(frozen=True)
class Ladder:
    """When reminders go: days before and after the due day, working hours, holidays, words."""

    before: tuple[int, ...] = (7, 3, 1, 0)
    after: tuple[int, ...] = (1, 3)  # the first reaches the reporters, the later ones their backups too
    coach: int = 5  # days after, but before the month closes; the last step
    hours: tuple[int, int] = (8, 18)
    holidays: str = ""  # "US", "US-NY"; "" for none
    words: ReminderWords = field(default_factory=ReminderWords)

    def working_time(self, time_zone: str) -> WorkingTime:
        return WorkingTime(time_zone, *self.hours, free_days(self.holidays))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Ladder":
        """Read what `as_json` made."""
        lists = {name: tuple(kept[name]) for name in ("before", "after", "hours")}
        return cls(**{**kept, **lists, "words": ReminderWords(**kept["words"])})


@dataclass(frozen=True)
class Reachable:
    """Somebody a message can reach, in their own time zone."""

    member_id: int
    name: str
    slack_user: str
    time_zone: str


@dataclass(frozen=True)
class Case:
    """A team and a month whose report is waited for, as things stand."""

    team_id: int
    period_id: int
    due_on: date
    locks_on: date
    reporters: tuple[Reachable, ...] = ()
    backups: tuple[Reachable, ...] = ()
    leads: tuple[Reachable, ...] = ()
    coaches: tuple[Reachable, ...] = ()  # or, for a team without one, the coordinator or host
    expectation: Expectation | None = None

    def with_expectation(self, word: Expectation | None) -> "Case":
        return replace(self, expectation=word)

    def reached(self, audience: Audience) -> tuple[Reachable, ...]:
        """Who is asked: where there is no reporter the backup, then the lead, then the coach."""
        if audience is Audience.COACHES:
            return self.coaches
        first = self.reporters or self.backups or self.leads or self.coaches
        return tuple(dict.fromkeys((*first, *self.backups))) if audience is Audience.BACKUPS else first


@dataclass(frozen=True)
class Rung:
    """A step of the ladder on its working day; its name is "-7", "+3", or "on 2026-07-16", as promised."""

    name: str
    day: date
    audience: Audience
    is_promised: bool = False


@dataclass(frozen=True)
class Reminder:
    """One person is to be asked, once, while the window is open."""

    rung: Rung
    person: Reachable
    window: Window


def rungs(ladder: Ladder, due_on: date, free: Container[date] = NONE) -> tuple[Rung, ...]:
    """The ladder around a due day: steps before it move back to a working day, those after it forward."""
    week = WorkingTime("UTC", 0, 24, free)
    first = Audience.REPORTERS
    before = [
        Rung(f"-{days}", week.on_or_before(due_on - days * _DAY), first)
        for days in sorted(ladder.before, reverse=True)
    ]
    steps = [(days, Audience.BACKUPS if at else first) for at, days in enumerate(sorted(ladder.after))]
    steps.append((ladder.coach, Audience.COACHES))
    after = [Rung(f"+{days}", week.on_or_after(due_on + days * _DAY), reach) for days, reach in steps]
    return (*before, *after)


def reminders(case: Case, ladder: Ladder) -> tuple[Reminder, ...]:
    """All reminders of a case, past and to come, at most one a person and day; none when it cannot."""
    if case.expectation and case.expectation.said is Said.CANNOT:
        return ()
    by_day: dict[tuple[int, date], Reminder] = {}
    for rung in _rungs(case, ladder):
        for person in case.reached(rung.audience):
            window = ladder.working_time(person.time_zone).window(rung.day, LATE)
            by_day[person.member_id, rung.day] = Reminder(rung, person, window)
    return tuple(by_day.values())


def _rungs(case: Case, ladder: Ladder) -> Iterable[Rung]:
    """The steps until the month closes; the coach hears on its last working day at the latest."""
    free = free_days(ladder.holidays)
    last = WorkingTime("UTC", 0, 24, free).on_or_before(case.locks_on)
    for rung in _after_promise(rungs(ladder, case.due_on, free), case.expectation, free):
        if rung.day <= last:
            yield rung
        elif rung.audience is Audience.COACHES:
            yield replace(rung, day=last)


def _after_promise(
    ladder: Iterable[Rung], word: Expectation | None, free: Container[date]
) -> tuple[Rung, ...]:
    """Leave out what a promise pauses and ask once on its day; the coach still hears, only later."""
    if word is None or word.until is None:
        return tuple(ladder)
    week = WorkingTime("UTC", 0, 24, free)
    day = week.on_or_after(word.until)
    is_promised = word.said is Said.LATER  # who asked for help named no day
    kept = [Rung(f"on {word.until}", day, Audience.REPORTERS, is_promised)]
    for rung in ladder:
        if rung.day > day:
            kept.append(rung)
        elif rung.audience is Audience.COACHES:
            kept.append(Rung(rung.name, week.on_or_after(day + _DAY), rung.audience))
    return tuple(kept)
