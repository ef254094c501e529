"""What changes in the reminders and milestones of a collaborative, in words for the host."""

from collections.abc import Iterable
from dataclasses import fields

from models.rules.collaborative.period import day_words
from models.rules.reminders.reminders import Ladder, ReminderWords
from models.rules.setup.plan import CollaborativePlan, MilestonePlan

Difference = tuple[str, str, str]  # what, before, after


def differences(old: Ladder, new: Ladder) -> tuple[Difference, ...]:
    """What a host set about reminders, before and after, whether it differs or not."""
    words = (
        (f"Reminder words ({part.name})", getattr(old.words, part.name), getattr(new.words, part.name))
        for part in fields(ReminderWords)
    )
    return (
        ("Reminders before the due day", _days(old.before), _days(new.before)),
        ("Reminders after the due day", _days(old.after), _days(new.after)),
        ("The coach hears, days after", str(old.coach), str(new.coach)),
        ("Hours for reminders", _hours(old), _hours(new)),
        ("Holidays without reminders", old.holidays, new.holidays),
        *words,
    )


def milestone_lines(old: CollaborativePlan | None, new: CollaborativePlan) -> Iterable[str]:
    """One line for each milestone that is new, changed or dropped."""
    before = {each.key: each for each in old.milestones} if old else {}
    for each in new.milestones:
        was = before.pop(each.key, None)
        if was is None:
            yield f"New milestone: {_words(each, new)}"
        elif was != each:
            yield f"Milestone changes: {_words(was, old or new)} -> {_words(each, new)}"
    for gone in before.values():
        yield f"Milestone dropped: {_words(gone, old or new)}"


def _words(each: MilestonePlan, plan: CollaborativePlan) -> str:
    people = {person.key: person.name for person in plan.people}
    teams = {team.key: team.name for team in plan.teams}
    owner = people.get(each.person or "") or teams.get(each.team or "") or "for all"
    return f"{each.what}, {day_words(each.due_on)} ({owner})"


def _days(days: tuple[int, ...]) -> str:
    return ", ".join(map(str, days))


def _hours(ladder: Ladder) -> str:
    return f"{ladder.hours[0]}:00 to {ladder.hours[1]}:00"
