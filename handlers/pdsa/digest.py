"""The tests of a coach's teams in the digest: those nobody has said a word of, and what would teach more."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from handlers.feature import DigestSection
from handlers.pdsa.views.card import name_of
from handlers.slack.action_ids import PDSA_OPEN
from handlers.slack.blocks import button
from handlers.slack.parts import Line, Part
from handlers.slack.words import counted, escape_to_fit, safe_name, short_day
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.pdsa.cycle import PdsaCycle
from models.rules.pdsa.pages import hints
from models.services.pdsa import cycles

LATELY = timedelta(days=7)
_NAME = 200


def section(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The tests past their last day without a word, the longest first; then weak ones that began lately."""
    today, ours = who.collaborative.day_of(now), {team.id for team in who.teams}
    running = [each for each in cycles.running(db, who.collaborative.id) if each.team.id in ours]
    overdue = sorted((each for each in running if each.is_overdue(today)), key=_last_day)
    weak = [each for each in running if each not in overdue and _is_weak(each, now)]
    lines = (*(_waits(each, today) for each in overdue), *_teach_more(weak))
    if not lines:
        return None
    return DigestSection(Part("Tests (PDSA)", _summary(overdue, weak, today), lines, is_news=bool(overdue)))


def _last_day(cycle: PdsaCycle) -> date:
    return cycle.answers.last_day or date.max


def _is_weak(cycle: PdsaCycle, now: datetime) -> bool:
    is_new = cycle.started_at is not None and now - cycle.started_at < LATELY
    return is_new and bool(hints(cycle))


def _waits(cycle: PdsaCycle, today: date) -> Line:
    """Say since when it waits."""
    stands = "stalled" if cycle.is_stalled(today) else "no word yet of how it went"
    words = f"{_named(cycle)}\n{stands}: its last day was {short_day(_last_day(cycle))}"
    return Line(words, (_look(cycle),))


def _teach_more(weak: Sequence[PdsaCycle]) -> Iterator[Line]:
    """Say of what started lately how complete its plan is; nobody else reads that."""
    for cycle in weak:
        lacks = " ".join(hint.partition(":")[0] + "." for hint in hints(cycle))
        yield Line(f"{_named(cycle)}\nstarted; what would make it teach more: {lacks}", (_look(cycle),))


def _named(cycle: PdsaCycle) -> str:
    return f"*{safe_name(cycle.team.name)}*, {escape_to_fit(name_of(cycle), _NAME)}"


def _look(cycle: PdsaCycle) -> dict[str, object]:
    return button("Look", PDSA_OPEN, str(cycle.id))


def _summary(overdue: Sequence[PdsaCycle], weak: Sequence[PdsaCycle], today: date) -> str:
    """As it is said aloud, without a word of theirs."""
    stalled = sum(each.is_stalled(today) for each in overdue)
    parts = []
    if stalled:
        parts.append(f"{counted(stalled, 'test')} {'has' if stalled == 1 else 'have'} stalled.")
    if rest := len(overdue) - stalled:
        parts.append(f"We have no word yet of how {counted(rest, 'test')} went.")
    if weak:
        parts.append(f"{counted(len(weak), 'test')} that started could teach more.")
    return " ".join(parts)
