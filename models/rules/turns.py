"""Whose turn it is: one row a channel and in order, fair between workspaces and channels, at Slack's pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, zip_longest

from models.rules.delivery import ANY, EDIT, LEASE, LONGEST_WAIT, POST, Gates, State


class Outlook(StrEnum):
    """What the outbox looks like to a sender."""

    READY = "ready"  # a row may go now
    WAITING = "waiting"  # rows are due, but wait for Slack's pace, a back-off or their sender
    IDLE = "idle"


@dataclass(frozen=True)
class Head:
    """The first unsettled row of a channel: the only one of it that may go."""

    id: int
    workspace_id: int
    channel: str
    state: State
    due_at: datetime
    next_try_at: datetime
    lease_until: datetime | None
    attempts: int
    is_edit: bool

    def is_ready(self, now: datetime) -> bool:
        """Whether it may be claimed. A wait longer than there is means that the clock was set back."""
        if self.state is State.SENDING:
            return self.lease_until is None or self.lease_until <= now
        return self.next_try_at <= max(now, self.due_at) or self.next_try_at > now + LONGEST_WAIT

    def is_leased_too_long(self, now: datetime) -> bool:
        """Whether its lease, given before the clock was set back, would last longer than any."""
        return self.state is State.SENDING and self.lease_until is not None and self.lease_until > now + LEASE


def choose(heads: Iterable[Head], shut: Gates, paced: Gates, now: datetime, limit: int) -> tuple[Head, ...]:
    """Choose at most `limit` rows to send now, one a channel.

    `shut` are the gates still shut. `paced` says when each channel last had its turn, so that a long queue in
    one channel does not keep the others waiting.
    """
    heads = sorted(heads, key=lambda head: (_last_turn(head, paced), head.due_at, head.id))
    busy = {(head.workspace_id, head.channel) for head in heads if _is_in_hand(head, now)}
    queues: dict[int, list[Head]] = {}
    for head in heads:
        place = (head.workspace_id, head.channel)
        if place not in busy and head.is_ready(now) and not _is_shut(head, shut):
            busy.add(place)
            queues.setdefault(head.workspace_id, []).append(head)
    turns = chain.from_iterable(zip_longest(*map(_with_one_edit, queues.values())))
    return tuple(head for head in turns if head is not None)[:limit]


def _is_in_hand(head: Head, now: datetime) -> bool:
    return head.state is State.SENDING and not head.is_ready(now)


def _last_turn(head: Head, paced: Gates) -> float:
    last = paced.get((head.workspace_id, POST, head.channel))
    return last.timestamp() if last else 0.0


def _is_shut(head: Head, shut: Gates) -> bool:
    gates = ((ANY, ""), (EDIT if head.is_edit else POST, ""), (POST, head.channel))
    return any((head.workspace_id, *gate) in shut for gate in gates)


def _with_one_edit(queue: list[Head]) -> list[Head]:
    """Slack counts edits for the whole workspace, so a turn takes one."""
    first = next((head for head in queue if head.is_edit), None)
    return [head for head in queue if not head.is_edit or head is first]
