"""Writes PDSA cycles: a page at a time, each change with who, when, old and new; started, and decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from models.errors import DomainError
from models.rules.collaborative.people import Acting
from models.rules.pdsa.cycle import Answers, PdsaCycle
from models.rules.pdsa.pages import PLAN, problems
from models.services.charts import signal_looks
from models.services.collaborative import measures, people
from models.services.delivery import outbox
from models.services.pdsa import asking, cycles
from models.services.pdsa.cycles import NO_SUCH_CYCLE
from models.services.upsert import Upsert
from models.tables.pdsa import pdsa_changes, pdsa_cycles
from models.tables.people import teams

_ON_CHARTS = {"change", "first_day", "measure_id"}
CARD, DECISION = "pdsa_card", "pdsa_decision"
NO_SUCH_MEASURE = "I could not find that measure in your collaborative. Please choose one of the list."
NOT_OF_THE_TEAM = "I could not find that person in the team. Please choose one of the list."


@dataclass(frozen=True)
class Begun:
    """A cycle that is begun: in which window, after which, and with what."""

    window: str
    follows_id: int | None
    answers: Answers


def begin(db: Connection, acting: Acting, begun: Begun, now: datetime) -> int:
    """The id of the cycle that is begun in a window: the same one, however often that is sent."""
    if begun.follows_id and cycles.find(db, begun.follows_id).team.id != acting.team.id:
        raise DomainError(NO_SUCH_CYCLE)
    row = {
        **vars(begun.answers),
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "follows_id": begun.follows_id,
        "begun_in": begun.window,
        "member_id": acting.member.id,
        "planned_at": now,
        "revision": 0,
    }
    db.execute(_BEGIN.on(db), row)
    cycle = cycles.begun_in(db, acting.collaborative.id, begun.window)
    if cycle is None or cycle.team.id != acting.team.id:
        raise DomainError(NO_SUCH_CYCLE)
    return cycle.id


def keep(
    db: Connection, acting: Acting, cycle_id: int, answers: Mapping[str, Any], now: datetime
) -> PdsaCycle:
    """Keep what a page says of a cycle; what it says already changes nothing.

    `answers` go by the fields of `Answers`. What all teams read of a cycle that started is edited in the same
    transaction. Raises DomainError for a measure or a person of elsewhere.
    """
    db.execute(_LOCK, {"cycle": cycle_id})
    cycle = cycles.find(db, cycle_id)
    changed = {name: new for name, new in answers.items() if new != getattr(cycle.answers, name)}
    if not changed:
        return cycle
    _refuse_strangers(db, acting, cycle, changed)
    _refuse_wrong(cycle, changed, now)
    revision = cycle.revision + 1
    _keep_changes(db, acting, cycle, changed, now)
    new = {**changed, "revision": revision, **_days_of(acting, cycle, changed, now)}
    db.execute(_WRITE.values(**new), {"cycle": cycle_id})
    written = cycles.find(db, cycle_id)
    if cycle.started_at:
        _tell(db, acting, cycle_id, revision, now)
        asking.answer(db, written, now)
        if not changed.keys().isdisjoint(_ON_CHARTS):
            signal_looks.ask(db, acting.collaborative.id, [acting.team.id])
    if "decision" in changed:
        _tell_decision(db, acting, cycle_id, revision, now)
    return written


def start(db: Connection, acting: Acting, cycle_id: int, now: datetime) -> PdsaCycle:
    """Have a planned cycle run, with the next number of its team, and tell all; no cycle starts twice."""
    db.execute(_LOCK_TEAM, {"team": acting.team.id})
    cycle = cycles.find(db, cycle_id)
    if cycle.started_at is None:
        number = 1 + (db.execute(_LAST_NUMBER, {"team": acting.team.id}).scalar() or 0)
        first_day = cycle.answers.first_day or cycle.collaborative.day_of(now)
        new = {"number": number, "first_day": first_day, "started_at": now, "revision": cycle.revision + 1}
        db.execute(_WRITE.values(**new), {"cycle": cycle_id})
        _tell(db, acting, cycle_id, cycle.revision + 1, now)
        signal_looks.ask(db, acting.collaborative.id, [acting.team.id])
    return cycles.find(db, cycle_id)


def _refuse_strangers(db: Connection, acting: Acting, cycle: PdsaCycle, changed: Mapping[str, Any]) -> None:
    """Ids come from a window, and are hints."""
    if measure_id := changed.get("measure_id"):
        known = measures.of_collaborative(db, cycle.collaborative.id, acting.team.id)
        if measure_id not in {each.id for each in known}:
            raise DomainError(NO_SUCH_MEASURE)
    if owner_id := changed.get("owner_id"):
        ours = people.of_team(db, acting.team.id)
        if owner_id not in {each.id for _, each in ours}:
            raise DomainError(NOT_OF_THE_TEAM)


def _refuse_wrong(cycle: PdsaCycle, changed: Mapping[str, Any], now: datetime) -> None:
    """What all teams read makes sense, whichever button it was saved with."""
    today, answers = cycle.collaborative.day_of(now), replace(cycle.answers, **changed)
    wrong = [words for page in PLAN for words in problems(page, answers, today).values()]
    if cycle.started_at and wrong:
        raise DomainError(wrong[0])


def _keep_changes(
    db: Connection, acting: Acting, cycle: PdsaCycle, changed: Mapping[str, Any], now: datetime
) -> None:
    pairs = [(name, getattr(cycle.answers, name), new) for name, new in changed.items()]
    row = {
        "collaborative_id": cycle.collaborative.id,
        "cycle_id": cycle.id,
        "revision": cycle.revision + 1,
        "member_id": acting.member.id,
        "at": now,
        "changes": [{"field": name, "old": _written(old), "new": _written(new)} for name, old, new in pairs],
    }
    db.execute(insert(pdsa_changes), row)


def _days_of(acting: Acting, cycle: PdsaCycle, changed: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """When it was studied and decided first."""
    days: dict[str, Any] = {}
    if changed.get("learned") and cycle.studied_on is None:
        days["studied_on"] = cycle.collaborative.day_of(now)
    if changed.get("decision") and cycle.decided_at is None:
        days |= {"decided_at": now, "decided_by_id": acting.member.id}
    return days


def _written(answer: object) -> str:
    return "" if answer is None else str(answer)


def _tell(db: Connection, acting: Acting, cycle_id: int, revision: int, now: datetime) -> None:
    args = {"cycle_id": cycle_id}
    outbox.say(db, acting.collaborative, CARD, f"{cycle_id}:{revision}", args, now, post=f"pdsa:{cycle_id}")


def _tell_decision(db: Connection, acting: Acting, cycle_id: int, revision: int, now: datetime) -> None:
    about, args = f"{cycle_id}:{revision}", {"cycle_id": cycle_id}
    outbox.say(db, acting.collaborative, DECISION, about, args, now, below=f"pdsa:{cycle_id}")


_BEGIN = Upsert(pdsa_cycles, keys=("collaborative_id", "begun_in"))
_LOCK = select(pdsa_cycles.c.id).where(pdsa_cycles.c.id == bindparam("cycle")).with_for_update()
_LOCK_TEAM = select(teams.c.id).where(teams.c.id == bindparam("team")).with_for_update()
_LAST_NUMBER = select(func.max(pdsa_cycles.c.number)).where(pdsa_cycles.c.team_id == bindparam("team"))
_WRITE = update(pdsa_cycles).where(pdsa_cycles.c.id == bindparam("cycle"))
