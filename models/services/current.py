"""What stands in a collaborative's file now: a load that takes it out writes the day, and none lies ahead."""

from sqlalchemy import Connection, bindparam, select

from models.rules.collaborative.people import Team
from models.services import columns
from models.tables.measure import measures
from models.tables.people import roles, teams

HOLDS_ROLE = roles.c.left_on.is_(None)
TAKES_PART = teams.c.withdrawn_on.is_(None)
IS_ASKED = measures.c.retired_on.is_(None)


def taking_part(db: Connection, collaborative_id: int) -> tuple[Team, ...]:
    """The teams that have not withdrawn, by name."""
    return tuple(map(columns.team, db.execute(_TEAMS, {"collaborative": collaborative_id})))


_TEAMS = (
    select(*columns.TEAM)
    .where(teams.c.collaborative_id == bindparam("collaborative"), TAKES_PART)
    .order_by(teams.c.name, teams.c.id)
)
