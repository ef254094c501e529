"""The Slack channels a workspace's collaboratives write to."""

from typing import NamedTuple

from sqlalchemy import Connection, null, select

from models.services import current
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import teams


class NamedChannel(NamedTuple):
    """A channel, and whose it is."""

    channel: str
    owner: str
    team_id: int | None  # None: the one all teams share


def channels(db: Connection, slack_team: str) -> tuple[NamedChannel, ...]:
    """List the channels: each collaborative's, then those of the teams that take part."""
    shared = (
        select(collaboratives.c.channel, collaboratives.c.name, null())
        .join(workspaces)
        .where(workspaces.c.slack_team == slack_team)
        .order_by(collaboratives.c.id)
    )
    own = (
        select(teams.c.channel, teams.c.name, teams.c.id)
        .join(collaboratives, collaboratives.c.id == teams.c.collaborative_id)
        .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
        .where(
            workspaces.c.slack_team == slack_team,
            teams.c.channel.is_not(None),
            current.TAKES_PART,
        )
        .order_by(teams.c.id)
    )
    return tuple(NamedChannel(*row) for query in (shared, own) for row in db.execute(query))
