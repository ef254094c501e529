"""The control API: the hands and eyes of tests, the demo and the page. No token; this machine only."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from playground import control_schema, screen, strict_json
from playground.methods import REGISTRY
from playground.refusal import NotPossible, nothing_there

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from playground.slack import Slack
    from playground.ticking import Ticker

JSON = dict[str, Any]
END_OF_TIME = 253_370_764_800  # the year 9999


async def app_info(slack: Slack) -> JSON:
    """The app's ids, tokens and scopes, and how it is reached."""
    app = slack.app
    told = {field.name: getattr(app, field.name) for field in fields(app) if field.name != "base_url"}
    return {**told, "sockets": len(slack.sockets.open), "api_url": f"{app.base_url}/api/"}


async def set_app(slack: Slack, wanted: JSON) -> JSON:
    """Change the Request URL (verified once), the granted scopes, or revoke the token."""
    control_schema.check(control_schema.APP, wanted)
    url = wanted.get("request_url")
    if url is not None and not await slack.delivery.verify(url):
        raise NotPossible("url_not_verified", "That address did not answer the challenge.")
    for name, value in wanted.items():
        setattr(slack.app, name, value)
    return await app_info(slack)


async def get_clock(slack: Slack) -> JSON:
    """What time it is here."""
    return {"now": slack.clock.epoch(), "running": slack.clock.running}


async def get_pace(slack: Slack) -> JSON:
    """The paces of the show that is on, the one in force, and what happens in it."""
    return dict(vars(slack.pace))


async def set_pace(slack: Slack, wanted: JSON) -> JSON:
    """Begin a show with these paces, choose another, say what happens in it, or (no choices) end it."""
    control_schema.check(control_schema.PACE, wanted)
    choices = wanted.get("choices", slack.pace.choices)
    first = next(iter(choices), None) if "choices" in wanted else slack.pace.chosen
    chosen = wanted.get("chosen", first)
    if chosen is not None and chosen not in choices:
        raise NotPossible("no_such_pace", f"There is no pace {chosen} here.", 404)
    slack.pace.choices, slack.pace.chosen = choices, chosen
    slack.pace.saying = wanted.get("saying", slack.pace.saying) if choices else ""
    return await get_pace(slack)


async def add_fault(slack: Slack, wanted: JSON) -> JSON:
    """Put a fault in force."""
    control_schema.check(control_schema.FAULT, wanted)
    if wanted["method"] not in {"*", "upload", "response_url", *REGISTRY.methods}:
        raise NotPossible("no_such_method", f"There is no method {wanted['method']} here.", 404)
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
    control_schema.check(control_schema.SOCKETS, wanted)
    slack.sockets.control(wanted["do"])
    return {"sockets": len(slack.sockets.open)}


async def set_limits(slack: Slack, wanted: JSON) -> JSON:
    """Change what Slack does not publish (bursts, caps), or history for apps sold outside the Marketplace."""
    control_schema.check(control_schema.LIMITS, wanted)
    rates = slack.limits.rates
    for name, value in wanted.items():
        setattr(
            rates, name, rates.tiers | {int(k): v for k, v in value.items()} if name == "tiers" else value
        )
    return dict(vars(rates))


def answering(work: Callable[..., Awaitable[JSON]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint around `work(slack)` or `work(slack, body)`: its value as JSON, its refusals as 4xx."""

    async def endpoint(request: Request) -> Response:
        slack: Slack = request.app.state.slack
        try:
            done = await (work(slack, await _body(request)) if request.method == "POST" else work(slack))
        except NotPossible as refused:
            told = {"ok": False, "error": refused.error, "message": refused.message}
            return JSONResponse(told, refused.status)
        except ValueError as wrong:
            return JSONResponse({"ok": False, "error": "invalid", "message": f"Not understood: {wrong}"}, 400)
        if request.method != "GET":
            slack.changed()
        return JSONResponse({"ok": True, **done})

    return endpoint


async def _body(request: Request) -> JSON:
    body = strict_json.loads(await request.body() or b"{}")
    if not isinstance(body, dict):
        raise ValueError("give a JSON object")  # noqa: TRY004 - of what came over the wire
    return body


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
    file = request.app.state.slack.workspace.files.get(request.path_params["file"])
    if file is None or file.content is None:
        refused = nothing_there("file")
        return JSONResponse({"ok": False, "error": refused.error, "message": refused.message}, 404)
    return Response(file.content, media_type=file.mimetype)


async def set_clock(request: Request) -> Response:
    """Move, freeze or let run the clock."""
    ticker: Ticker = request.app.state.ticker

    async def work(slack: Slack, wanted: JSON) -> JSON:
        control_schema.check(control_schema.CLOCK, wanted)
        to = wanted.get("to", slack.clock.epoch() + wanted.get("advance", 0))
        if not 0 <= to < END_OF_TIME:
            raise NotPossible("out_of_time", "The clock goes from 1970 to the year 9999.")
        if "running" in wanted:
            slack.clock.run(running=wanted["running"])
        if {"to", "advance"} & set(wanted):
            await ticker.move(float(to), slack.delivery.settle)
        return await get_clock(slack)

    return await answering(work)(request)


async def stream(request: Request) -> Response:
    """Server-sent events: the version now, and each time it grows."""
    slack: Slack = request.app.state.slack
    return StreamingResponse(
        _versions(slack), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _versions(slack: Slack) -> AsyncIterator[str]:
    version = slack.version
    while not version.over:
        grown = version.grown
        yield f"data: {json.dumps({'version': version.number})}\n\n"
        await grown.wait()
