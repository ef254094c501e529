"""Payloads to the app: three seconds to acknowledge; events again at once, after 1 min and after 5 min."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from playground import signed_http
from playground.journal import name_of
from playground.reply import Reply
from playground.ticking import finish, sleep

if TYPE_CHECKING:
    from playground.signed_http import Parcel
    from playground.sockets import Sockets
    from playground.state import State

ACK_WITHIN = 3.0
RETRIES = (0.0, 60.0, 300.0)
ANSWERED = {"slash_commands", "interactive"}


class Delivery:
    """All that is on its way to the app; for `grace` real seconds a moved clock waits for what it set off."""

    def __init__(self, state: State, sockets: Sockets) -> None:
        self._state = state
        self._sockets = sockets
        self._waiting: set[asyncio.Future[Reply]] = set()
        self._given_up: set[asyncio.Future[Reply]] = set()
        self.grace = 1.0

    async def interact(self, kind: str, payload: dict[str, Any]) -> Reply:
        """Send a command or an interaction, once.

        Args:
            kind: "slash_commands" or "interactive".
            payload: as Slack sends it.
        """
        self._state.journal.add("payload", type=payload.get("type", "slash_command"), payload=payload)
        return await self._attempt(kind, payload, 0, None)

    def event(self, event: dict[str, Any], *, is_shared: bool = False) -> None:
        """Send an event, again with the same event_id until it is acknowledged or Slack gives up.

        Args:
            event: the inner event.
            is_shared: whether people of another workspace are where it happened.
        """
        payload = self._wrapped(event) | {"is_ext_shared_channel": is_shared}
        self._state.start(self._persist(payload))

    async def verify(self, url: str) -> bool:
        """Does this Request URL answer the url_verification challenge?"""
        challenge = self._state.unique("challenge-")
        parcel = signed_http.as_json(
            {"type": "url_verification", "token": "playground", "challenge": challenge}
        )
        reply = await signed_http.send(url, parcel, self._state.app.signing_secret, {})
        body = reply.body or {}
        return reply.ok and challenge in (body.get("challenge"), body.get("text"))

    async def settle(self) -> None:
        """Give what is on its way real time to be acknowledged before the clock moves past it, once each."""
        for _ in range(5):
            await asyncio.sleep(0)
        fresh = self._waiting - self._given_up
        if fresh:
            _, late = await asyncio.wait(fresh, timeout=self.grace)
            self._given_up |= late
        self._given_up &= self._waiting

    async def _persist(self, payload: dict[str, Any]) -> None:
        reply = await self._try_event(payload, 0, None)
        for number, pause in enumerate(RETRIES, 1):
            if reply.ok or reply.no_retry:
                return
            await sleep(self._state.clock, pause)
            reply = await self._try_event(payload, number, reply.reason)

    async def _try_event(self, payload: dict[str, Any], number: int, reason: str | None) -> Reply:
        event = payload["event"]
        self._state.journal.add(
            "event", type=event["type"], event_id=payload["event_id"], attempt=number, event=event
        )
        return await self._attempt("events_api", payload, number, reason)

    async def _attempt(self, kind: str, payload: dict[str, Any], number: int, why: str | None) -> Reply:
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        clock = self._state.clock
        timer = clock.call_later(ACK_WITHIN, lambda: finish(answer, Reply(reason="http_timeout")))
        self._waiting.add(answer)
        try:
            return await self._sent(kind, payload, (number, why), answer)
        finally:
            timer.cancel()
            self._waiting.discard(answer)

    async def _sent(
        self, kind: str, payload: dict[str, Any], retry: tuple[int, str | None], answer: asyncio.Future[Reply]
    ) -> Reply:
        if self._state.app.request_url is None:
            taken = await self._sockets.send(self._envelope(kind, payload, *retry), answer)
            reply = await answer if taken else Reply(reason="connection_failed")
            return reply if kind in ANSWERED else Reply(reason=reply.reason)
        post = asyncio.ensure_future(self._posted(kind, payload, *retry))
        post.add_done_callback(lambda done: None if done.cancelled() else finish(answer, done.result()))
        try:
            return await answer
        finally:
            post.cancel()

    def _envelope(self, kind: str, payload: dict[str, Any], number: int, why: str | None) -> dict[str, Any]:
        envelope: dict[str, Any] = {
            "envelope_id": self._state.unique("envelope-"),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind in ANSWERED,
        }
        if kind == "events_api":
            reason = "timeout" if why == "http_timeout" else why or ""
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        return envelope

    async def _posted(self, kind: str, payload: dict[str, Any], number: int, why: str | None) -> Reply:
        app = self._state.app
        extra = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": why or ""} if number else {}
        reply = await signed_http.send(
            str(app.request_url), _parcel(kind, payload), app.signing_secret, extra
        )
        told = {"of": name_of(payload), "payload": reply.body, "reason": reply.reason}
        self._state.journal.add("ack", url=app.request_url, **told)
        return reply

    def _wrapped(self, event: dict[str, Any]) -> dict[str, Any]:
        app, clock = self._state.app, self._state.clock
        authorization = {"enterprise_id": None, "team_id": app.team_id, "user_id": app.bot_user_id}
        return {
            "token": "playground",
            "team_id": app.team_id,
            "context_team_id": app.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._state.unique("Ev"),
            "event_time": int(clock.epoch()),
            "authorizations": [authorization | {"is_bot": True, "is_enterprise_install": False}],
        }


def _parcel(kind: str, payload: dict[str, Any]) -> Parcel:
    if kind == "events_api":
        return signed_http.as_json(payload)
    if kind == "slash_commands":
        return signed_http.as_form(payload)
    return signed_http.as_form({"payload": json.dumps(payload)})
