"""Sends one row: finds its place, looks for it where that is needed, composes it, calls Slack once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from slack_sdk import WebClient

from handlers.context import Deps
from handlers.delivery import following as following_pictures
from handlers.delivery import payload as posting
from handlers.delivery.open_channels import too_open
from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.delivery.place import Target, place_of
from handlers.delivery.reach import out_of_reach
from handlers.delivery.search import Found, Search
from handlers.delivery.uploads import Uploads, delete
from handlers.delivery.whole import fitted
from handlers.slack.calls import NotTaken, call
from models.database import Connection, DatabaseAway
from models.rules.delivery.outcomes import BLOCK_CODES, EDIT, POST
from models.rules.delivery.pictures import (
    FOLLOWING,
    WITHOUT,
    Files,
    Shown,
    edited,
    late,
    next_look,
    put_off,
    shown,
)
from models.rules.delivery.verdicts import (
    UNREADABLE,
    Claimed,
    Dropped,
    Failed,
    Later,
    Refusal,
    Sent,
    Verdict,
    as_unsure_as,
    before_sending,
    not_seen,
    unsure_too,
    verdict_of,
)
from models.services.delivery.following import name_of
from models.services.delivery.posts import Post

GIVEN_BACK = "given back"
BEHIND_OTHERS = timedelta(milliseconds=1)  # before its next try: what is said until then goes first

log = structlog.get_logger(__name__)


class LeaseLost(Exception):  # noqa: N818 - no error: another sender has the row now
    """The row is not ours any more."""


class Hold(Protocol):
    """A sender's hold on a row."""

    def may_send(self) -> bool:
        """Whether the lease lasts for one more call, and nobody asked us to stop."""
        ...

    def keep(self, files: Files) -> None:
        """Keep the files on the row and begin the lease anew. Raises LeaseLost."""
        ...


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
        self._composers = {**composers, FOLLOWING: following_pictures.composer(composers)}
        self._uploads = uploads
        self._jitter = jitter
        self._search = Search(client)

    def verdict(self, row: Claimed, hold: Hold) -> Verdict:
        """Do what is to be done for a row and say what became of it. Raises LeaseLost."""
        verdict = self._verdict(row, hold)
        if isinstance(verdict, Dropped):
            self._clear(row, ())
        if isinstance(verdict, Later) and row.kind == FOLLOWING:
            return replace(verdict, due_at=verdict.until - BEHIND_OTHERS)
        return verdict

    def _verdict(self, row: Claimed, hold: Hold) -> Verdict:
        now = self._deps.clock.now()
        place = self._deps.db.read(lambda db: place_of(db, row, now))
        if not isinstance(place, Target):
            return place
        try:
            if place.perhaps:
                row = unsure_too(row, place.perhaps)
            place = self._looked_for(row, place, now)
            if not isinstance(place, Target):
                return place
            ready = self._composed(row, place, now)
            if not isinstance(ready, Outgoing):
                return ready
            if place.edits:
                return self._edited(row, place.edits, place.shown, ready, hold)
            files = self._pictured(row, ready, hold)
        except NotTaken as fault:
            return before_sending(row, fault.refusal, self._deps.clock.now(), self._jitter())
        return files if isinstance(files, Later) else self._posted(row, place, ready, files, hold)

    def _looked_for(self, row: Claimed, place: Target, now: datetime) -> Target | Verdict:
        """Look for what Slack may have taken of a row, or of one that failed to make the same post.

        Return where it may be sent, again or at all; a post that is there after all is edited.
        """
        if row.unsure_at is None or place.edits:
            return place
        nonces = {row.nonce, *(place.perhaps.nonces if place.perhaps else ())}
        looked = self._search.find(row, nonces, place.thread, now)
        if isinstance(looked, Found) and looked.nonce == row.nonce:
            post = looked.post
            return Sent(post.channel, post.ts, files=row.files, follows=bool(late(row.files)))
        if isinstance(looked, Found):
            return replace(place, edits=looked.post)
        if not row.is_settled(looked):
            return not_seen(row, looked, now)
        return Failed("Slack did not take it in a day") if row.is_hopeless(now) else place

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

    def _pictured(self, row: Claimed, outgoing: Outgoing, hold: Hold) -> Files | Later:
        """The files a message goes with; Later while Slack is not done with one and there is time to wait."""
        files = self._uploads.files(row, outgoing, hold.keep)
        unready = self._uploads.unready(row, files)
        if not unready:
            return files
        again = next_look(row.first_try_at, self._deps.clock.now(), is_urgent=outgoing.is_urgent)
        return _waits(row, again) if again else _without(row, files, unready, hold)

    def _posted(self, row: Claimed, place: Target, outgoing: Outgoing, files: Files, hold: Hold) -> Verdict:
        try:
            goes_elsewhere = too_open(self._deps, self._client, row, is_reply=place.thread is not None)
        except NotTaken as fault:
            return before_sending(row, fault.refusal, self._deps.clock.now(), self._jitter())
        if goes_elsewhere:
            return goes_elsewhere
        if not hold.may_send():
            return self._given_back(row)
        thread = {"thread_ts": place.thread.ts} if place.thread else {}
        quiet = {"unfurl_links": False, "unfurl_media": False}
        message = posting.message(row, outgoing, files)
        try:
            answer = call(
                POST, self._client.chat_postMessage, channel=row.channel, **thread, **quiet, **message
            )
        except NotTaken as fault:
            return self._not_sent(row, fault.refusal, outgoing, files, hold)
        self._clear(row, files)
        return Sent(answer["channel"], answer["ts"], files, follows=bool(late(files)))

    def _edited(
        self, row: Claimed, post: Post, posts_shown: Shown, outgoing: Outgoing, hold: Hold
    ) -> Verdict:
        """Edit a post; a picture it did not show before, which nobody would see, follows in the thread."""
        keys = [posting.picture_key(each) for each in outgoing.pictures]
        follow = outgoing.new_ones_follow
        edit = edited(name_of(row), keys, posts_shown, row.files, new_ones_follow=follow)
        if not hold.may_send():
            return self._given_back(row)
        message = posting.message(row, outgoing, edit.files)
        try:
            answer = call(EDIT, self._client.chat_update, channel=post.channel, ts=post.ts, **message)
        except NotTaken as fault:
            return self._not_sent(row, fault.refusal, outgoing, edit.files, hold)
        delete(self._client, edit.gone)
        return Sent(answer["channel"], answer["ts"], edit.files, edit.follows, edit.overtaken)

    def _not_sent(
        self, row: Claimed, refusal: Refusal, outgoing: Outgoing, files: Files, hold: Hold
    ) -> Verdict:
        now = self._deps.clock.now()
        if refusal.reason not in BLOCK_CODES or not shown(files):
            return verdict_of(row, refusal, now, self._jitter())
        if again := next_look(row.first_try_at, now, is_urgent=outgoing.is_urgent):
            return Later(again, refusal.reason, is_counted=False)
        log.warning("Slack takes the message only without its pictures", row=row.id, kind=row.kind)
        _without(row, files, dict.fromkeys(shown(files), ""), hold)  # they are uploaded anew
        return Later(now, refusal.reason)

    def _given_back(self, row: Claimed) -> Later:
        return as_unsure_as(row, Later(self._deps.clock.now(), GIVEN_BACK, is_counted=False))

    def _clear(self, row: Claimed, files: Iterable[str]) -> None:
        """Delete what was uploaded for a row and is not among the files of its pictures after all."""
        needless = [file for key, file in {**shown(row.files), **late(row.files)}.items() if key not in files]
        try:
            delete(self._client, filter(None, needless))
        except NotTaken as fault:
            log.warning("a file nobody sees stays", row=row.id, reason=fault.refusal.reason)


def _waits(row: Claimed, until: datetime) -> Later:
    return as_unsure_as(row, Later(until, "its picture is not ready", is_counted=False))


def _without(row: Claimed, files: Files, without: Files, hold: Hold) -> Files:
    """Let the words go without some pictures: those follow, or did so in vain and are given up."""
    marked = {key: WITHOUT if row.kind == FOLLOWING else put_off(file) for key, file in without.items()}
    hold.keep({**row.files, **files, **marked})
    return {**files, **marked}


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
