"""Sends one row: finds its place, looks for it where that is needed, composes it, calls Slack once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog
from slack_sdk import WebClient

from handlers.context import Deps
from handlers.delivery import payload as posting
from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.delivery.reach import out_of_reach
from handlers.delivery.search import Search
from handlers.delivery.uploads import WITHOUT, Uploads
from handlers.delivery.whole import fitted
from handlers.slack.calls import NotTaken, call
from models.database import Connection, DatabaseAway
from models.rules.delivery.outcomes import BLOCK_CODES, EDIT, POST
from models.rules.delivery.verdicts import (
    PICTURE_TRIES,
    UNREADABLE,
    Claimed,
    Dropped,
    Failed,
    Later,
    Refusal,
    Sent,
    Verdict,
    as_unsure_as,
    back_off,
    before_sending,
    not_seen,
    verdict_of,
)
from models.services.delivery import posts
from models.services.delivery.posts import Post
from models.services.delivery.related_rows import behind_earlier, without_parent

GIVEN_BACK = "given back"

log = structlog.get_logger(__name__)


class LeaseLost(Exception):  # noqa: N818 - no error: another sender has the row now
    """The row is not ours any more."""


class Hold(Protocol):
    """A sender's hold on a row."""

    def may_send(self) -> bool:
        """Whether the lease lasts for one more call, and nobody asked us to stop."""
        ...

    def keep(self, files: dict[str, str]) -> None:
        """Keep the files on the row and begin the lease anew. Raises LeaseLost."""
        ...


@dataclass(frozen=True)
class Target:
    """Where a row goes: over the post it edits, below the one it answers, or neither."""

    edits: Post | None
    thread: Post | None


class Sender:
    def __init__(
        self,
        deps: Deps,
        client: WebClient,
        composers: Mapping[str, Compose],
        uploads: Uploads,
        jitter: Callable[[], float],
    ) -> None:
        self._deps = deps
        self._client = client
        self._composers = composers
        self._uploads = uploads
        self._jitter = jitter
        self._search = Search(client)

    def verdict(self, row: Claimed, hold: Hold) -> Verdict:
        """Do what is to be done for a row and say what became of it. Raises LeaseLost."""
        now = self._deps.clock.now()
        place = self._deps.db.read(lambda db: _place(db, row, now))
        if not isinstance(place, Target):
            return place
        try:
            ready = self._looked_for(row, place, now) or self._composed(row, place, now)
            if not isinstance(ready, Outgoing):
                return ready
            files = self._uploads.files(row, ready, hold.keep)
        except NotTaken as fault:
            return before_sending(row, fault.refusal, self._deps.clock.now(), self._jitter())
        if not hold.may_send():
            return as_unsure_as(row, Later(now, GIVEN_BACK, is_counted=False))
        try:
            return self._sent(place, row, posting.message(row, ready, files))
        except NotTaken as fault:
            return self._not_sent(row, fault.refusal, files, hold)

    def _looked_for(self, row: Claimed, place: Target, now: datetime) -> Verdict | None:
        """Look for a message that Slack may have taken; None when it may be sent, again or at all."""
        if row.unsure_at is None or place.edits:
            return None
        looked = self._search.find(row, place.thread, now)
        if isinstance(looked, Sent):
            return looked
        if not row.is_settled(looked):
            return not_seen(row, looked, now)
        return Failed("Slack did not take it in a day") if row.is_hopeless(now) else None

    def _composed(self, row: Claimed, place: Target, now: datetime) -> Outgoing | Verdict:
        if row.is_expired(now):
            return Dropped(f"expired: it was good until {row.expires_at:%Y-%m-%d %H:%M} UTC")
        compose, args = self._composers.get(row.kind), row.args
        if compose is None:
            return Failed(f"unknown kind {row.kind}")
        if args is None:
            return Failed(UNREADABLE)
        words = self._deps.db.read(lambda db: _words(compose, db, row, args, now))
        if place.edits or not isinstance(words, Outgoing):
            return words
        return out_of_reach(self._deps, self._client, row) or words

    def _sent(self, place: Target, row: Claimed, message: dict[str, Any]) -> Sent:
        if place.edits:
            target = {"channel": place.edits.channel, "ts": place.edits.ts}
            answer = call(EDIT, self._client.chat_update, **target, **message)
        else:
            quiet = {"unfurl_links": False, "unfurl_media": False}
            thread = {"thread_ts": place.thread.ts} if place.thread else {}
            answer = call(
                POST, self._client.chat_postMessage, channel=row.channel, **thread, **quiet, **message
            )
        return Sent(answer["channel"], answer["ts"])

    def _not_sent(self, row: Claimed, refusal: Refusal, files: Mapping[str, str], hold: Hold) -> Verdict:
        now, jitter = self._deps.clock.now(), self._jitter()
        if refusal.reason not in BLOCK_CODES or not any(files.values()):
            return verdict_of(row, refusal, now, jitter)
        if row.attempts < PICTURE_TRIES:  # Slack may not be done with a picture it has just been given
            return Later(now + back_off(row.attempts, jitter), refusal.reason)
        log.warning("Slack takes the message only without its pictures", row=row.id, kind=row.kind)
        hold.keep(dict.fromkeys(files, WITHOUT))
        return Later(now, refusal.reason)


def _place(db: Connection, row: Claimed, now: datetime) -> Target | Verdict:
    if row.subject and (waits := behind_earlier(db, row, now)):
        return waits
    edits = posts.find(db, row.collaborative_id, row.subject, row.channel) if row.subject else None
    if edits or not row.thread_subject:
        return Target(edits, None)
    thread = posts.find(db, row.collaborative_id, row.thread_subject, row.channel)
    return Target(None, thread) if thread else without_parent(db, row, now)


def _words(
    compose: Compose, db: Connection, row: Claimed, args: RowArgs, now: datetime
) -> Outgoing | Verdict:
    try:
        outgoing = compose(db, args, now)
    except DatabaseAway:  # the database is away, the row is not to blame
        raise
    except Exception as fault:
        log.exception("a message could not be composed", row=row.id, kind=row.kind)
        return Failed(f"could not be composed: {type(fault).__name__}")
    return fitted(outgoing) if outgoing else Dropped("no longer true")
