"""What changes between a collaborative as it stands and as its file wants it, in words for the host."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import takewhile
from typing import Any

from models.rules.coaching.digest import DigestTime
from models.rules.collaborative.aim import told
from models.rules.collaborative.measure import Unit, UnitKind
from models.rules.collaborative.people import Role
from models.rules.collaborative.period import PeriodMove, day_words
from models.rules.collaborative.redefined import differs
from models.rules.collaborative.sample import size_words
from models.rules.setup.calendar_changes import calendar_lines
from models.rules.setup.plan import CollaborativePlan, MeasurePlan, PersonPlan, TeamPlan
from models.rules.setup.reminder_changes import differences, milestone_lines

LONGEST_QUOTE = 60
MARKED = " (marked on the charts)"


ABOUT = ("name", "topic", "time_zone", "channel")


def changes(
    old: CollaborativePlan | None, new: CollaborativePlan, moved: Sequence[PeriodMove] = ()
) -> tuple[str, ...]:
    """One line for each change, in the order of the file; none when nothing changes.

    `moved` are the months of the stored collaborative that move.
    """
    if old is None:
        return tuple(_founding(new))
    return (
        *_about(old, new),
        *calendar_lines(old.calendar, new.calendar, moved),
        *_people(old, new),
        *_staff(old, new, "", "Staff"),
        *_teams(old, new),
        *_measures(old, new),
        *_reminders(old, new),
        *milestone_lines(old, new),
    )


def unit_words(unit: Unit) -> str:
    """Say a unit the way the file does: "percent", "rate per 10,000 risk days", "value in minutes"."""
    if unit.kind is UnitKind.RATE:
        return f"rate per {unit.per:,} {unit.noun}".rstrip()
    joint = " of " if unit.kind is UnitKind.COUNT else " in "
    return f"{unit.kind}{joint}{unit.noun}" if unit.noun else str(unit.kind)


def _founding(new: CollaborativePlan) -> Iterable[str]:
    months = f"{new.calendar.months} months from {new.calendar.first_month:%B %Y}"
    due = f"due on day {new.calendar.due_day} of the month after"
    yield f"New collaborative: {new.name} ({months}, {due})"
    yield from (f"{month:%B %Y} is due on {day_words(day)}" for month, day in new.calendar.moved)
    for label in ABOUT[1:]:
        if given := getattr(new, label):
            yield f"{_titled(label)}: {given}"
    yield from (f"Aim, {label.lower()}: {words}" for label, words in _aim(new).items() if words)
    yield from _staff(None, new, "", "Staff")
    for team in new.teams:
        yield from _new_team(team, new)
    for measure in new.measures:
        yield _new_measure(measure)
    yield from milestone_lines(None, new)


def _about(old: CollaborativePlan, new: CollaborativePlan) -> Iterable[str]:
    for label in ABOUT:
        yield from _change(_titled(label), getattr(old, label), getattr(new, label))
    for label, was in _aim(old).items():
        yield from _change(f"Aim, {label.lower()}", was, _aim(new)[label])
    yield from _change("Rules of the run charts", old.rules, new.rules, " (for all months, from now on)")
    yield from _change("Signals", _signals(old), _signals(new))
    yield from _change("Teams still to come, in the roll call", _missing(old), _missing(new))


def _aim(plan: CollaborativePlan) -> dict[str, str]:
    return told(plan.aim, plan.measures)


def _titled(label: str) -> str:
    return label.replace("_", " ").capitalize()


def _reminders(old: CollaborativePlan, new: CollaborativePlan) -> Iterable[str]:
    for label, was, becomes in differences(old.reminders, new.reminders):
        yield from _change(label, was, becomes)


def _signals(plan: CollaborativePlan) -> str:
    return "coach first" if plan.coach_first else "at once"


def _missing(plan: CollaborativePlan) -> str:
    return "by name" if plan.names_missing else "counted"


def _people(old: CollaborativePlan, new: CollaborativePlan) -> Iterable[str]:
    before = {person.key: person for person in old.people}
    for person in new.people:
        was = before.get(person.key)
        if was:
            yield from _renamed(was, person)
            yield from _change(f"{person.name}: Slack id", was.slack_user, person.slack_user)
            yield from _change(f"{person.name}: time zone", was.time_zone, person.time_zone)
            usual = DigestTime().words()
            yield from _change(f"{person.name}: digest", was.digest or usual, person.digest or usual)


def _teams(old: CollaborativePlan, new: CollaborativePlan) -> Iterable[str]:
    before = {team.key: team for team in old.teams}
    for team in new.teams:
        was = before.pop(team.key, None)
        if was is None:
            yield from _new_team(team, new)
            continue
        yield from _renamed(was, team)
        yield from _change(f"{team.name}: channel", was.channel, team.channel)
        yield from _change(f"{team.name}: time zone", was.time_zone, team.time_zone)
        yield from _exceptions(was, team, new)
        yield from _staff(old, new, team.key, team.name)
    for gone in before.values():
        yield f"{gone.name} withdraws (its history stays)"


def _new_team(team: TeamPlan, new: CollaborativePlan) -> Iterable[str]:
    yield next(iter(_staff(None, new, team.key, f"New team: {team.name}")), f"New team: {team.name}")
    yield from _exceptions(TeamPlan(team.key, team.name), team, new)


def _exceptions(was: TeamPlan, team: TeamPlan, new: CollaborativePlan) -> Iterable[str]:
    before, after = dict(was.exceptions), dict(team.exceptions)
    for measure in new.measures:
        if before.get(measure.key) != after.get(measure.key):
            required = after.get(measure.key, measure.required)
            yield f"{team.name}: {measure.name} is {'required' if required else 'optional'} for this team"


def _staff(old: CollaborativePlan | None, new: CollaborativePlan, team: str, label: str) -> Iterable[str]:
    before = _roles_of(old, team) if old else {}
    after = _roles_of(new, team)
    names = {person.key: person.name for plan in (old, new) if plan for person in plan.people}
    keys = [key for key in names if before.get(key) != after.get(key)]
    keys.sort(key=lambda key: (bool(after.get(key)), min(map(_rank, after.get(key, before.get(key, set()))))))
    parts = [f"{names[key]} {_moved(before.get(key, set()), after.get(key, set()))}" for key in keys]
    if old is None:
        parts = [part.replace(" joins as ", " as ") for part in parts]
    if parts:
        yield f"{label}: {'; '.join(parts)}"


def _roles_of(plan: CollaborativePlan, team: str) -> dict[str, set[Role]]:
    by_person: dict[str, set[Role]] = {}
    for role in plan.roles:
        if role.team == team:
            by_person.setdefault(role.person, set()).add(role.role)
    return by_person


def _moved(before: set[Role], after: set[Role]) -> str:
    gained, lost = _listed(after - before), _listed(before - after)
    if not after:
        return "no longer coaches" if before == {Role.COACH} else "leaves"
    if not before:
        return f"joins as {gained}"
    if gained:
        return f"becomes {gained}" if lost else f"also becomes {gained}"
    return f"is no longer {lost}"


def _listed(roles: set[Role]) -> str:
    return " and ".join(role.value for role in sorted(roles, key=_rank))


def _rank(role: Role) -> int:
    return list(Role).index(role)


def _measures(old: CollaborativePlan, new: CollaborativePlan) -> Iterable[str]:
    before = {measure.key: measure for measure in old.measures}
    stayed = [measure.key for measure in new.measures if measure.key in before]
    for measure in new.measures:
        was = before.pop(measure.key, None)
        yield from (_measure(was, measure) if was else [_new_measure(measure)])
    for gone in before.values():
        yield f"Measure retires: {gone.name} (its history stays)"
    if stayed != [measure.key for measure in old.measures if measure.key in stayed]:
        yield f"Measures in a new order: {', '.join(measure.name for measure in new.measures)}"


def _new_measure(measure: MeasurePlan) -> str:
    need = "required" if measure.required else "optional"
    goal = "" if measure.goal is None else f", goal {_plain(measure.goal)}"
    kind, unit = measure.kind, unit_words(measure.unit)
    return f"New measure: {measure.name} ({kind}, {unit}, {measure.direction} is better{goal}, {need})"


def _measure(was: MeasurePlan, measure: MeasurePlan) -> Iterable[str]:
    name = measure.name
    yield from _renamed(was, measure)
    yield from _change(f"{name}: kind", was.kind, measure.kind)
    note = " (values already there keep their numbers)"
    yield from _change(f"{name}: unit", unit_words(was.unit), unit_words(measure.unit), note)
    yield from _change(f"{name}: better is", was.direction, measure.direction)
    yield from _change(f"{name}: goal", _plain(was.goal), _plain(measure.goal))
    if was.required is not measure.required:
        yield f"{name} becomes {'required' if measure.required else 'optional'}"
    for part in fields(measure.definition):
        before, after = getattr(was.definition, part.name), getattr(measure.definition, part.name)
        yield from _change(f"{name}: definition ({part.name})", before, after, MARKED)
    yield from _change(f"{name}: sampling", was.sampling, measure.sampling, MARKED)
    sizes = was.sample_size, measure.sample_size
    note = MARKED if differs("sample_size", *sizes) else ""
    yield from _change(f"{name}: sample size", size_words(sizes[0]), size_words(sizes[1]), note)


def _renamed(
    was: PersonPlan | TeamPlan | MeasurePlan, becomes: PersonPlan | TeamPlan | MeasurePlan
) -> Iterable[str]:
    if was.name != becomes.name:
        yield f"{was.name} is now called {becomes.name}"


def _change(label: str, old: Any, new: Any, note: str = "") -> Iterable[str]:
    if old != new:
        before, after = _quoted(old, new), _quoted(new, old)
        yield f"{label}: {before} -> {after}{note}"


def _quoted(value: Any, other: Any) -> str:
    """The value, or of a long text the words from shortly before it differs from the other."""
    words = "none" if value in {None, ""} else " ".join(str(value).split())
    if len(words) <= LONGEST_QUOTE:
        return words
    compared = zip(words, " ".join(str(other or "").split()), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], compared))
    start = words.rfind(" ", 0, max(0, same - LONGEST_QUOTE // 3)) + 1
    end = start + LONGEST_QUOTE
    return f"“{'… ' * bool(start)}{words[start:end].strip()}{' …' * (end < len(words))}”"


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():,f}"
