"""The control API: the hands and eyes of tests, the demo and the page. No token; this machine only."""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from playground import events, posting, screen
from playground.refusal import NotPossible, nothing_there
from playground.rendering import channel_json, person_json
from playground.workspace import Channel, Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from playground.server import Running
    from playground.slack import Slack

JSON = dict[str, Any]


async def app_info(slack: Slack) -> JSON:
    """The app's ids, tokens and scopes, and how it is reached."""
    app = slack.app
    told = {field.name: getattr(app, field.name) for field in fields(app) if field.name != "base_url"}
    return {**told, "sockets": len(slack.sockets.open), "api_url": f"{app.base_url}/api/"}


async def set_app(slack: Slack, wanted: JSON) -> JSON:
    """Change the Request URL (verified once), the granted scopes, or revoke the token."""
    _only(wanted, {"request_url", "scopes", "token_revoked"})
    url = wanted.get("request_url")
    if url is not None and not await slack.delivery.verify(url):
        raise NotPossible("url_not_verified", "That address did not answer the challenge.")
    for name, value in wanted.items():
        setattr(slack.app, name, value)
    return await app_info(slack)


async def set_person(slack: Slack, wanted: JSON) -> JSON:
    """Add a person, or change one by id."""
    _only(wanted, {"id", "name", "real_name", "tz", "email", "deleted", "active"})
    known = slack.workspace.people.get(wanted.get("id", ""))
    if known is None:
        name = wanted["name"]
        made = {"id": slack.workspace.new_id("U"), "real_name": name, **wanted, "name": name.lower()}
        known = slack.workspace.people[made["id"]] = Person(**made)
        events.announce(slack, {"type": "team_join", "user": person_json(slack, known)})
    else:
        for name, value in wanted.items():
            setattr(known, name, value)
        events.announce(slack, {"type": "user_change", "user": person_json(slack, known)})
    return {"person": screen.brief(known)}


async def set_channel(slack: Slack, wanted: JSON) -> JSON:
    """Add a channel, or change one by id; `bot` says whether the app is a member."""
    _only(wanted, {"id", "name", "members", "private", "archived", "topic", "bot"})
    channel = slack.workspace.channels.get(wanted.get("id", ""))
    if channel is None:
        channel = _new_channel(slack, wanted)
    else:
        _rename(slack, channel, wanted)
    if "archived" in wanted and wanted["archived"] != channel.archived:
        channel.archived = wanted["archived"]
        kind = "channel_archive" if channel.archived else "channel_unarchive"
        events.announce(slack, {"type": kind, "channel": channel.id, "user": ""}, channel)
    channel.topic = wanted.get("topic", channel.topic)
    _set_members(slack, channel, wanted)
    return {"channel": {**channel_json(slack, channel), "members": channel.members}}


def _new_channel(slack: Slack, wanted: JSON) -> Channel:
    name, kind = wanted["name"].removeprefix("#"), "private" if wanted.get("private") else "channel"
    if slack.workspace.find(name) is not None:
        raise NotPossible("name_taken", f"There is a channel #{name} already.")
    made = Channel(wanted.get("id") or slack.workspace.new_id("C"), name, kind, slack.workspace.seconds())
    slack.workspace.channels[made.id] = made
    return made


def _rename(slack: Slack, channel: Channel, wanted: JSON) -> None:
    if "private" in wanted:
        channel.kind = "private" if wanted["private"] else "channel"
    if wanted.get("name", channel.name) != channel.name:
        channel.name = wanted["name"]
        told = {"id": channel.id, "name": channel.name, "created": channel.created}
        events.announce(slack, {"type": "channel_rename", "channel": told}, channel)


def _set_members(slack: Slack, channel: Channel, wanted: JSON) -> None:
    bot = slack.app.bot_user_id
    people = wanted.get("members", [one for one in channel.members if one != bot])
    with_bot = wanted.get("bot", bot in channel.members)
    goal = [*(one for one in people if one != bot), *([bot] if with_bot else [])]
    if not channel.members:  # a new channel: its people were always there, nobody joins
        channel.members = goal
    for one in [one for one in channel.members if one not in goal]:
        posting.leave(slack, channel, one)
    for one in sorted(goal, key=lambda each: each != bot):
        posting.join(slack, channel, one)


async def get_clock(slack: Slack) -> JSON:
    """What time it is here."""
    return {"now": slack.clock.epoch(), "running": slack.clock.running}


async def add_fault(slack: Slack, wanted: JSON) -> JSON:
    """Put a fault in force."""
    fault = slack.faults.add(wanted)
    slack.journal.add("fault", fault=fault.id, wanted=wanted)
    return {"fault": fault.id}


async def clear_faults(slack: Slack) -> JSON:
    """End all faults."""
    slack.faults.clear()
    return {}


async def list_faults(slack: Slack) -> JSON:
    """The faults in force."""
    return {"faults": slack.faults.listed()}


async def sockets(slack: Slack, wanted: JSON) -> JSON:
    """Play a Socket Mode fault."""
    slack.sockets.control(wanted.get("do", ""))
    return {"sockets": len(slack.sockets.open)}


async def set_limits(slack: Slack, wanted: JSON) -> JSON:
    """Change what Slack does not publish (bursts, caps), or history for apps sold outside the Marketplace."""
    rates = slack.limits.rates
    _only(wanted, {field.name for field in fields(rates)})
    for name, value in wanted.items():
        setattr(rates, name, {int(k): v for k, v in value.items()} if name == "tiers" else value)
    return dict(vars(rates))


def _only(wanted: JSON, known: set[str]) -> None:
    if set(wanted) - known:
        raise NotPossible("unknown_field", f"Known here: {', '.join(sorted(known))}.")


def answering(work: Callable[..., Awaitable[JSON]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint around `work(slack)` or `work(slack, body)`: its value as JSON, its refusals as 4xx."""

    async def endpoint(request: Request) -> Response:
        slack: Slack = request.app.state.running.slack
        body = await request.body() if request.method == "POST" else b""
        try:
            done = await (work(slack, json.loads(body or b"{}")) if request.method == "POST" else work(slack))
        except NotPossible as refused:
            told = {"ok": False, "error": refused.error, "message": refused.message}
            return JSONResponse(told, refused.status)
        except (KeyError, ValueError) as wrong:
            return JSONResponse({"ok": False, "error": "invalid", "message": f"Not understood: {wrong}"}, 400)
        if request.method != "GET":
            slack.changed()
        return JSONResponse({"ok": True, **done})

    return endpoint


async def show(request: Request) -> Response:
    """The screen of ?person=, or of the first person there is."""

    async def work(slack: Slack) -> JSON:
        return screen.of(slack, request.query_params.get("person"))

    return await answering(work)(request)


async def journal(request: Request) -> Response:
    """The entries after ?since=."""

    async def work(slack: Slack) -> JSON:
        return {"entries": slack.journal.since(int(request.query_params.get("since", "0")))}

    return await answering(work)(request)


async def file_bytes(request: Request) -> Response:
    """The bytes of an uploaded file."""
    file = request.app.state.running.slack.workspace.files.get(request.path_params["file"])
    if file is None or file.content is None:
        refused = nothing_there("file")
        return JSONResponse({"ok": False, "error": refused.error, "message": refused.message}, 404)
    return Response(file.content, media_type=file.mimetype)


async def set_clock(request: Request) -> Response:
    """Move, freeze or let run the clock."""
    running: Running = request.app.state.running

    async def work(slack: Slack, wanted: JSON) -> JSON:
        _only(wanted, {"advance", "to", "running"})
        if "running" in wanted:
            slack.clock.run(running=bool(wanted["running"]))
        to = wanted.get("to", slack.clock.epoch() + wanted.get("advance", 0))
        if {"to", "advance"} & set(wanted):
            await running.move_clock(float(to))
        return await get_clock(slack)

    return await answering(work)(request)


async def stream(request: Request) -> Response:
    """Server-sent events: the version now, and each time it grows."""
    running: Running = request.app.state.running
    return StreamingResponse(
        _versions(running), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _versions(running: Running) -> AsyncIterator[str]:
    version = running.slack.version
    while not running.closing.is_set():
        grown = version.grown
        yield f"data: {json.dumps({'version': version.number})}\n\n"
        waits = [asyncio.ensure_future(grown.wait()), asyncio.ensure_future(running.closing.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
