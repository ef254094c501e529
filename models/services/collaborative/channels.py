"""The Slack channels a workspace's collaboratives write to."""

from sqlalchemy import Connection, select

from models.services import current
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import teams


def channels(db: Connection, slack_team: str) -> tuple[tuple[str, str], ...]:
    """List (channel, whose it is in words): each collaborative's, then those of the teams that take part."""
    shared = (
        select(collaboratives.c.channel, collaboratives.c.name)
        .join(workspaces)
        .where(workspaces.c.slack_team == slack_team)
        .order_by(collaboratives.c.id)
    )
    own = (
        select(teams.c.channel, teams.c.name)
        .join(collaboratives, collaboratives.c.id == teams.c.collaborative_id)
        .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
        .where(
            workspaces.c.slack_team == slack_team,
            teams.c.channel.is_not(None),
            current.TAKES_PART,
        )
        .order_by(teams.c.id)
    )
    return tuple((row[0], row[1]) for query in (shared, own) for row in db.execute(query))
