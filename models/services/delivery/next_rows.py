"""What a sender sees of its workspace's outbox: each channel's first row, at a cost that does not grow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    literal_column,
    select,
    union_all,
)

from models.rules.delivery.fair_queue import NextRow, first_of_channels
from models.rules.delivery.outcomes import POST
from models.rules.delivery.verdicts import ANY, Gates, State
from models.services.columns import AnyRow
from models.services.delivery import pace
from models.tables.base import named
from models.tables.collaborative import workspaces
from models.tables.outbox import is_open, is_unsettled, outbox_messages, posts
from models.tables.outbox import pace as paces

MOST_SEEN = 100  # of the oldest rows, and of the channels: more than a turn can send

outbox = outbox_messages.c
OURS = select(workspaces.c.id).where(workspaces.c.slack_team == bindparam("slack_team")).scalar_subquery()
IS_OURS = outbox.workspace_id == OURS


@dataclass(frozen=True)
class NextRows:
    """The first rows of channels that are due, what shuts whole workspaces, and is one to be looked at?"""

    rows: list[NextRow]
    shut: Gates
    is_check_due: bool


def next_rows(db: Connection, slack_team: str, now: datetime) -> NextRows:
    """Look at a workspace's rows. Of more channels than can be seen, those that wait longest are seen."""
    rows = db.execute(_NEXT_ROWS, {"slack_team": slack_team}).all()
    shut = pace.shut(db, rows[0].workspace_id, now) if rows else {}
    first = [_next_row(row) for row in rows if row.state != State.HELD]
    is_check_due = len(first) < len(rows) and ANY not in shut
    return NextRows(first_of_channels(row for row in first if row.is_due(now)), shut, is_check_due)


def _next_row(row: AnyRow) -> NextRow:
    """Make one of a row of `_SEEN`, whose columns have this order: by name it takes thrice as long."""
    row_id, workspace_id, channel, state, *rest = row
    return NextRow(row_id, workspace_id, channel, State(state), *rest)


def _oldest() -> Select[Any]:
    """Select the oldest rows: the first of each channel among them is the first of its channel."""
    order = (outbox.due_at, outbox.id)
    return select(outbox.id).where(IS_OURS, is_unsettled()).order_by(*order).limit(MOST_SEEN)


def _lines() -> CTE:
    """Select the first row of one channel after the other: a long queue in one hides none of the others."""
    start, here, after = (outbox_messages.alias(name) for name in ("start", "here", "after"))
    in_workspace = (after.c.workspace_id == here.c.workspace_id, after.c.channel > here.c.channel)
    following = _first_of(after, *in_workspace)
    lines = select(_first_of(start, start.c.workspace_id == OURS).label("id")).cte("lines", recursive=True)
    step = select(following.label("id")).select_from(lines.join(here, here.c.id == lines.c.id))
    return lines.union_all(step)


def _first_of(table: FromClause, *where: ColumnElement[bool]) -> ColumnElement[Any]:
    order = (table.c.workspace_id, table.c.channel, table.c.due_at, table.c.id)
    query = select(table.c.id).where(is_unsettled(table), *where).order_by(*order).limit(1)
    return query.correlate_except(table).scalar_subquery()


def _next_rows_query() -> Select[Any]:
    """Select those of both kinds, oldest first, and one that is held."""
    one_held = select(outbox.id).where(IS_OURS, is_open(), outbox.state == State.HELD).limit(1)
    ways = (_oldest(), select(_lines().c.id).limit(MOST_SEEN), one_held)
    ids = union_all(*(select(way.subquery().c.id) for way in ways))
    post = and_(
        posts.c.collaborative_id == outbox.collaborative_id,
        posts.c.subject == outbox.subject,
        posts.c.channel == outbox.channel,
    )
    turn = and_(
        paces.c.workspace_id == outbox.workspace_id,
        paces.c.method == literal_column(f"'{POST}'"),
        paces.c.channel == outbox.channel,
    )
    row = named(outbox_messages, "id", "workspace_id", "channel", "state", "due_at", "created_at")
    tries = named(outbox_messages, "next_try_at", "lease_until", "attempts")
    more = (
        outbox.first_try_at.is_not(None).label("was_tried"),
        posts.c.id.is_not(None).label("is_edit"),
        paces.c.not_before.label("opens_at"),
        paces.c.set_at.label("shut_at"),
    )
    return (
        select(*row, *tries, *more)
        .select_from(outbox_messages)
        .join(posts, post, isouter=True)
        .join(paces, turn, isouter=True)
        .where(outbox.id.in_(ids))
        .order_by(outbox.due_at, outbox.id)
    )


_NEXT_ROWS = _next_rows_query()
