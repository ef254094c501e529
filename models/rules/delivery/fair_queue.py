"""Whose turn it is in a workspace: one row a channel and in order, fair between channels, at Slack's pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.rules.delivery.outcomes import EDIT, POST
from models.rules.delivery.verdicts import ANY, LEASE, LONGEST_WAIT, Gates, State


class QueueState(StrEnum):
    """What the outbox looks like to a sender."""

    READY = "ready"  # a row may go now
    WAITING = "waiting"  # rows are due, but wait for Slack's pace, a back-off or their sender
    IDLE = "idle"


@dataclass(frozen=True)
class QueueStatus:
    """What was seen, and whether it is time to ask if a held workspace takes our calls again."""

    state: QueueState
    is_check_due: bool


@dataclass(frozen=True)
class NextRow:
    """The first unsettled row of a channel: the only one of it that may go."""

    id: int
    workspace_id: int
    channel: str
    state: State
    due_at: datetime
    created_at: datetime
    next_try_at: datetime
    lease_until: datetime | None
    attempts: int
    was_tried: bool
    is_edit: bool
    opens_at: datetime | None  # when its channel may be posted to again: also when it had its last turn
    shut_at: datetime | None

    @property
    def is_for_now(self) -> bool:
        """Whether it was due when it was said."""
        return self.due_at <= self.created_at

    def is_due(self, now: datetime) -> bool:
        """Whether it ought to go. What was due once stays so, whatever the clock did since."""
        return self.was_tried or self.is_for_now or self.due_at <= now

    def is_shut(self, now: datetime) -> bool:
        """Whether its channel may not be posted to yet; shut later than now means a clock set back."""
        return self.opens_at is not None and self.opens_at > now and (self.shut_at or now) <= now

    def is_ready(self, now: datetime) -> bool:
        """Whether it may be claimed. A wait longer than there is means that the clock was set back."""
        if self.state is State.SENDING:
            return self.lease_until is None or self.lease_until <= now
        return self.next_try_at <= max(now, self.due_at) or self.next_try_at > now + LONGEST_WAIT

    def is_leased_too_long(self, now: datetime) -> bool:
        """Whether its lease, given before the clock was set back, would last longer than any."""
        return self.state is State.SENDING and self.lease_until is not None and self.lease_until > now + LEASE


def first_of_channels(rows: Iterable[NextRow]) -> list[NextRow]:
    """Return the first row of each channel, by the moment it is due.

    What was due when it was said goes in the order it was said: the clock may have been set back in between,
    and the clocks of two machines are never quite the same.
    """
    latest: dict[str, datetime] = {}
    first: dict[str, tuple[datetime, int, NextRow]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        turn = row.due_at
        if row.is_for_now:
            turn = latest[row.channel] = max(turn, latest.get(row.channel, turn))
        known = first.get(row.channel)
        if known is None or (turn, row.id) < known[:2]:
            first[row.channel] = turn, row.id, row
    return [row for _, _, row in first.values()]


def choose(rows: Iterable[NextRow], shut: Gates, now: datetime, limit: int) -> tuple[NextRow, ...]:
    """Choose at most `limit` rows to send now, one a channel, first those that had no turn for longest.

    `shut` are the gates shut for the whole workspace. A long queue in one channel keeps no other waiting.
    """
    rows = sorted(rows, key=lambda row: (_last_turn(row), row.due_at, row.id))
    busy = {row.channel for row in rows if _is_in_hand(row, now)}
    turns = []
    for row in rows:
        if row.channel not in busy and row.is_ready(now) and not _is_shut(row, shut, now):
            busy.add(row.channel)
            turns.append(row)
    return tuple(_with_one_edit(turns))[:limit]


def _is_in_hand(row: NextRow, now: datetime) -> bool:
    return row.state is State.SENDING and not row.is_ready(now)


def _last_turn(row: NextRow) -> float:
    return row.opens_at.timestamp() if row.opens_at else 0.0


def _is_shut(row: NextRow, shut: Gates, now: datetime) -> bool:
    methods = (ANY, EDIT if row.is_edit else POST)
    return row.is_shut(now) or any(method in shut for method in methods)


def _with_one_edit(queue: list[NextRow]) -> list[NextRow]:
    """Slack counts edits for the whole workspace, so a turn takes one."""
    first = next((row for row in queue if row.is_edit), None)
    return [row for row in queue if not row.is_edit or row is first]
