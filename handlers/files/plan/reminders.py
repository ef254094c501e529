"""Reads when and with which words reminders go, and the milestones of the timetable."""

import re
from collections.abc import Iterable

from handlers.files.plan.fields import LONGEST_NAME, Fields
from handlers.files.plan.roster import Roster, refuse_twins
from models.rules.quoting import clipped, suggestion
from models.rules.reminders.reminders import PLACEHOLDERS, Ladder, ReminderWords
from models.rules.setup.plan import LONGEST_KEY, MilestonePlan, TeamPlan, key_of
from models.rules.time.holidays import is_place, places

KNOWN = ("before", "after", "coach", "hours", "holidays", "words")
FURTHEST = 28  # days
MOST_STEPS = 6
LONGEST_WORDS = 500
USUAL = Ladder()
_HOURS = re.compile(r"([0-9]{1,2})(?::00)? ?(?:-|\u2013|to) ?([0-9]{1,2})(?::00)?")


def read_reminders(top: Fields) -> Ladder:
    """When reminders go; as usual where the file does not say."""
    if not top.has("reminders"):
        return USUAL
    part = top.part("reminders", f"keys like {', '.join(KNOWN)}").only(*KNOWN)
    return Ladder(
        before=_days(part, "before", 0, USUAL.before, descending=True),
        after=_days(part, "after", 1, USUAL.after),
        coach=part.whole("coach", 1, FURTHEST, USUAL.coach),
        hours=_hours(part),
        holidays=_holidays(part),
        words=_words(part),
    )


def read_milestones(top: Fields, roster: Roster, teams: Iterable[TeamPlan]) -> tuple[MilestonePlan, ...]:
    """The milestones by date; an owner is a person or a team of the file."""
    parts = top.parts("milestones", label=lambda part: key_of(part.text("what")))
    people = {word: person.key for person in roster.people.values() for word in (person.name, person.key)}
    owners = people, {word: team.key for team in teams for word in (team.name, team.key)}
    milestones = [_milestone(part, *owners) for part in parts]
    refuse_twins(parts, [each.key for each in milestones])
    return tuple(sorted(milestones, key=lambda each: (each.due_on, each.key)))


def _days(
    part: Fields, key: str, lowest: int, otherwise: tuple[int, ...], *, descending: bool = False
) -> tuple[int, ...]:
    """Days counted from the due day, like [7, 3, 1, 0]; "none" for no reminder."""
    texts = part.texts(key)
    if not texts:
        return otherwise
    if texts == ("none",):
        return ()
    days = {int(word) for word in texts if re.fullmatch(r"[0-9]{1,2}", word)}
    fits = len(days) == len(texts) <= MOST_STEPS and all(lowest <= each <= FURTHEST for each in days)
    if not fits:
        expected = f"up to {MOST_STEPS} different days from {lowest} to {FURTHEST}, like {list(otherwise)}"
        part.refuse(key, f"Found {clipped(', '.join(texts))}, expected {expected}.")
        return otherwise
    return tuple(sorted(days, reverse=descending))


def _hours(part: Fields) -> tuple[int, int]:
    text = part.text("hours", "", LONGEST_NAME)
    if not text:
        return USUAL.hours
    match = _HOURS.fullmatch(text)
    first, last = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 0 <= first < last <= 24:  # noqa: PLR2004 - the hours of a day
        part.refuse("hours", f"Found {clipped(text)}, expected full hours of one day like 8-18.")
        return USUAL.hours
    return first, last


def _holidays(part: Fields) -> str:
    text = part.text("holidays", "", LONGEST_NAME)
    place = text.upper().replace("_", "-").replace(" ", "")
    if not place or is_place(place):
        return place
    country = place.partition("-")[0]
    known = places().get(country)
    if known:
        expected = (
            f" Expected {country}, or one of its parts: {', '.join(f'{country}-{one}' for one in known)}."
        )
    else:
        expected = " Expected a country like US or DE, or a part of one like US-NY."
    part.refuse("holidays", f"Found {clipped(text)}.{expected}")
    return ""


def _words(part: Fields) -> ReminderWords:
    if not part.has("words"):
        return USUAL.words
    below = part.part("words", f"keys like {', '.join(PLACEHOLDERS)}").only(*PLACEHOLDERS)
    return ReminderWords(**{key: _sentence(below, key) for key in PLACEHOLDERS})


def _sentence(part: Fields, key: str) -> str:
    """A sentence of the host's; names in braces must be known, or people would read braces."""
    text = part.text(key, "", LONGEST_WORDS)
    if not text:
        return str(getattr(USUAL.words, key))
    known = PLACEHOLDERS[key]
    choices = f" Expected {', '.join(f'{{{name}}}' for name in known)}."
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in known:
            part.refuse(key, f"Found {{{name}}}.{suggestion(name, known) or choices}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
        part.refuse(key, f"Found a brace that stands alone.{choices}")
    return text


def _milestone(part: Fields, people: dict[str, str], teams: dict[str, str]) -> MilestonePlan:
    part.only("on", "what", "owner", "key")
    what = " ".join(part.text("what", "what is to be done", LONGEST_NAME).split())
    key = part.text("key", "", LONGEST_KEY) or key_of(what)
    owner = part.text("owner", "", LONGEST_NAME).casefold()
    person = {word.casefold(): known for word, known in people.items()}.get(owner)
    team = {word.casefold(): known for word, known in teams.items()}.get(owner)
    if owner and not person and not team:
        near = suggestion(owner, (*people, *teams))
        part.refuse("owner", f"Found {clipped(owner)}, who is no person and no team of this file.{near}")
    return MilestonePlan(key, part.day("on"), what, person, None if person else team)
