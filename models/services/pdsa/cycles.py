"""Reads PDSA cycles: one, those of a team, the ramp one is part of, and what others wrote meanwhile."""

from collections.abc import Collection
from dataclasses import fields
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.pdsa.cycle import Answers, Decision, PdsaCycle
from models.services import columns, current
from models.services.collaborative import visitors
from models.tables.base import named
from models.tables.collaborative import collaboratives
from models.tables.measure import measures
from models.tables.pdsa import is_running, pdsa_changes, pdsa_cycles
from models.tables.people import members, teams

NO_SUCH_CYCLE = "I could not find that test among your team's."
ANSWERS = tuple(field.name for field in fields(Answers))


class Rewritten(NamedTuple):
    """What somebody wrote in a field since."""

    field: str
    by: str
    words: str


def acting_for(db: Connection, visitor: Visitor, cycle_id: int) -> tuple[Acting, PdsaCycle]:
    """The visitor as one who tests for a cycle's team, and the cycle. Raises DomainError for others."""
    cycle = find(db, cycle_id)
    return visitors.insist(db, visitor, Deed.TEST_CHANGE, cycle.team.id), cycle


def find(db: Connection, cycle_id: int) -> PdsaCycle:
    """One cycle. Raises DomainError where there is none."""
    row = db.execute(_ONE, {"cycle": cycle_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_CYCLE)
    return _cycle(row)


def begun_in(db: Connection, collaborative_id: int, window: str) -> PdsaCycle | None:
    """The cycle that was begun in a window; None where none was."""
    row = db.execute(_BEGUN_IN, {"collaborative": collaborative_id, "window": window}).one_or_none()
    return _cycle(row) if row else None


def of_teams(db: Connection, team_ids: Collection[int]) -> tuple[PdsaCycle, ...]:
    """All cycles of some teams, the newest first."""
    rows = db.execute(_OF_TEAMS, {"teams": list(team_ids)}) if team_ids else ()
    return tuple(map(_cycle, rows))


def running(db: Connection, collaborative_id: int) -> tuple[PdsaCycle, ...]:
    """The cycles that started and are not decided, of teams that take part."""
    return tuple(map(_cycle, db.execute(_RUNNING, {"collaborative": collaborative_id})))


def ramp(db: Connection, cycle: PdsaCycle) -> tuple[PdsaCycle, ...]:
    """The cycles before one, and itself last: one change, tested again and again."""
    chain, by_id = [cycle], {each.id: each for each in of_teams(db, [cycle.team.id])}
    while before := by_id.get(chain[0].follows_id or 0):
        chain.insert(0, before)
    return tuple(chain)


def rewritten(db: Connection, cycle_id: int, since: int) -> tuple[Rewritten, ...]:
    """What was written in each field after a revision, the last of it."""
    latest: dict[str, Rewritten] = {}
    for name, changes in db.execute(_SINCE, {"cycle": cycle_id, "since": since}):
        latest |= {each["field"]: Rewritten(each["field"], name, each["new"]) for each in changes}
    return tuple(latest.values())


def _cycle(row: columns.AnyRow) -> PdsaCycle:
    answers = {name: getattr(row, name) for name in ANSWERS}
    answers["decision"] = Decision(row.decision) if row.decision else None
    return PdsaCycle(
        row.id,
        columns.collaborative(row),
        columns.team(row),
        Answers(**answers),
        row.revision,
        row.number,
        row.follows_id,
        row.planned_by,
        row.owner or "",
        row.measure or "",
        row.started_at,
        row.studied_on,
        row.decided_at,
        row.decided_by or "",
    )


_owners, _deciders = members.alias("owners"), members.alias("deciders")
_ALL = (
    select(
        *named(
            pdsa_cycles, "id", "revision", "number", "follows_id", "started_at", "studied_on", "decided_at"
        ),
        *named(pdsa_cycles, *ANSWERS),
        members.c.name.label("planned_by"),
        _owners.c.name.label("owner"),
        _deciders.c.name.label("decided_by"),
        measures.c.name.label("measure"),
        *columns.TEAM,
        *columns.COLLABORATIVE,
    )
    .join(members, members.c.id == pdsa_cycles.c.member_id)
    .join(_owners, _owners.c.id == pdsa_cycles.c.owner_id, isouter=True)
    .join(_deciders, _deciders.c.id == pdsa_cycles.c.decided_by_id, isouter=True)
    .join(measures, measures.c.id == pdsa_cycles.c.measure_id, isouter=True)
    .join(teams, teams.c.id == pdsa_cycles.c.team_id)
    .join(collaboratives, collaboratives.c.id == pdsa_cycles.c.collaborative_id)
)
_ONE = _ALL.where(pdsa_cycles.c.id == bindparam("cycle"))
_BEGUN_IN = _ALL.where(
    pdsa_cycles.c.collaborative_id == bindparam("collaborative"),
    pdsa_cycles.c.begun_in == bindparam("window"),
)
_OF_TEAMS = _ALL.where(pdsa_cycles.c.team_id.in_(bindparam("teams", expanding=True))).order_by(
    pdsa_cycles.c.id.desc()
)
_RUNNING = _ALL.where(
    pdsa_cycles.c.collaborative_id == bindparam("collaborative"), is_running(), current.TAKES_PART
)
_SINCE = (
    select(members.c.name, pdsa_changes.c.changes)
    .join(members, members.c.id == pdsa_changes.c.member_id)
    .where(pdsa_changes.c.cycle_id == bindparam("cycle"), pdsa_changes.c.revision > bindparam("since"))
    .order_by(pdsa_changes.c.revision)
)
