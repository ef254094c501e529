"""What changes in a collaborative's calendar, in words for the host: which month moves from when to when."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.rules.collaborative.period import PeriodDates, PeriodMove, day_words
from models.rules.setup.plan import Calendar


def calendar_lines(was: Calendar, becomes: Calendar, moved: Sequence[PeriodMove]) -> Iterable[str]:
    """What changes in the months and their due days; `moved` are the months whose days are to change."""
    for label, before, after in _settings(was, becomes):
        if before != after:
            yield f"{label}: {before} -> {after}"
    going = [move for move in moved if not move.stays]
    due = [_moved_day(move.was, move.was.due_on, move.becomes.due_on) for move in going]
    yield from _all_moved("Reports become due", due)
    if was.lock_days != becomes.lock_days:
        lock = [_moved_day(move.was, move.was.locks_on, move.becomes.locks_on) for move in going]
        yield from _all_moved("Months lock after", lock)
    yield from _staying(was, becomes, moved)


def _staying(was: Calendar, becomes: Calendar, moved: Sequence[PeriodMove]) -> Iterable[str]:
    """The months whose line of their own comes, changes or goes without moving a day."""
    named, before = dict(becomes.moved), dict(was.moved)
    days = {move.was.first_day: move for move in moved}
    dates = {period.first_day: period for period in becomes.periods()}
    known = {period.first_day for period in was.periods()}
    for month in sorted(named.keys() | before.keys()):
        if named.get(month) == before.get(month) or month not in dates:
            continue
        if month not in days:
            verb = "stays" if month in known else "is"
            yield f"{_month(dates[month])} {verb} due on {day_words(dates[month].due_on)}"
        elif days[month].stays:
            name, kept = _month(dates[month]), day_words(days[month].was.due_on)
            yield f"{name} stays due on {kept}: no due day moves from or to a day that has passed"


def _settings(was: Calendar, becomes: Calendar) -> Iterable[tuple[str, str, str]]:
    yield "First month", f"{was.first_month:%B %Y}", f"{becomes.first_month:%B %Y}"
    yield "Months", f"{was.months}", f"{becomes.months}"
    yield "Due day", f"{was.due_day}", f"{becomes.due_day}"
    yield "Days until a period locks", f"{was.lock_days}", f"{becomes.lock_days}"


def _all_moved(label: str, moves: Sequence[str]) -> Iterable[str]:
    known = [each for each in moves if each]
    if known:
        yield f"{label}: {'; '.join(known)}"


def _moved_day(period: PeriodDates, was: date, becomes: date) -> str:
    return "" if was == becomes else f"{_month(period)}, {day_words(was)} -> {day_words(becomes)}"


def _month(period: PeriodDates) -> str:
    return f"{period.first_day:%B %Y}"
