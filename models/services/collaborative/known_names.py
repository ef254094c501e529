"""The names that are no patients': of the people and teams in the collaboratives a person takes part in."""

from sqlalchemy import Connection, bindparam, select, union

from models.rules.collaborative.people import Visitor
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import members, teams


def known_names(db: Connection, visitor: Visitor) -> frozenset[str]:
    """All names of people and teams there, those who left among them; none for a stranger."""
    parameters = {"slack_user": visitor.slack_user, "slack_team": visitor.slack_team}
    return frozenset(db.execute(_NAMES, parameters).scalars())


_OWN = (
    select(members.c.collaborative_id)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .where(
        members.c.slack_user == bindparam("slack_user"),
        workspaces.c.slack_team == bindparam("slack_team"),
    )
)
_NAMES = union(
    select(members.c.name).where(members.c.collaborative_id.in_(_OWN)),
    select(teams.c.name).where(teams.c.collaborative_id.in_(_OWN)),
)
