"""Answers Web API calls: faults, tokens, limits and scopes first, then the method; all in the journal."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground import answers, strict_json
from playground.methods import REGISTRY
from playground.methods.registry import POSTING, Call, read_arguments
from playground.refusal import BadRequest, RateLimited, Refused
from playground.ticking import sleep

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from playground.faults import Fault
    from playground.methods.registry import Method
    from playground.slack import Slack

FAILED = 500
LIMITED = 429


class CutConnection(Exception):  # noqa: N818 - a fault asked for, no error
    """The connection ends here without an answer."""


async def answer(slack: Slack, request: Request) -> Response:
    """Answer one call of the Web API.

    Raises:
        CutConnection: a fault wants no answer at all.
    """
    name = request.path_params["method"]
    raw, malformed = await _arguments(request)
    token = _token(request, raw)

    def carry_out(lag: float) -> dict[str, Any]:
        if malformed:
            raise Refused("invalid_json")
        return _carry_out(slack, name, raw, token, lag)

    response = await faulty(slack, name, raw, carry_out)
    if token == slack.app.bot_token and slack.app.tells_scopes:
        response.headers["X-OAuth-Scopes"] = ",".join(slack.app.scopes)
    return response


async def faulty(
    slack: Slack, name: str, arguments: dict[str, Any], carry_out: Callable[[float], dict[str, Any]]
) -> Response:
    """Carry out a call, with whatever fault is in force for it, and write it down.

    Raises:
        CutConnection: a fault wants no answer at all.
    """
    entry = slack.journal.add("api", method=name, arguments=arguments, accepted=False)
    fault = slack.faults.take(name, _channel(slack, arguments))
    if fault is None:
        return _carried(slack, entry, carry_out, 0.0)
    slack.journal.add("fault", fault=fault.id, method=name)
    if fault.delay:
        await sleep(slack.clock, fault.delay)
    done = _carried(slack, entry, carry_out, fault.lag or 0.0) if fault.carries_out else None
    if fault.hang:
        await slack.faults.cleared.wait()
    if fault.hang or fault.drop:
        _wrote(slack, entry, None, None)
        raise CutConnection
    if not fault.answers and done is not None:
        return done
    return _wrote(slack, entry, *_faked(fault))


def _carried(
    slack: Slack, entry: dict[str, Any], carry_out: Callable[[float], dict[str, Any]], lag: float
) -> Response:
    try:
        body = {"ok": True, **carry_out(lag)}
    except RateLimited as refused:
        return _wrote(slack, entry, _limited(refused.as_json(), refused.retry_after), refused.as_json())
    except Refused as refused:
        return _wrote(slack, entry, JSONResponse(refused.as_json(), refused.status), refused.as_json())
    entry["accepted"] = True
    return _wrote(slack, entry, JSONResponse(body), body)


def _wrote(slack: Slack, entry: dict[str, Any], response: Response | None, body: Any) -> Response:
    entry |= {"status": None if response is None else response.status_code, "response": body}
    slack.changed()
    return response or Response()


def _faked(fault: Fault) -> tuple[Response, Any]:
    body = {"ok": False, "error": fault.error or "internal_error"}
    if fault.retry_after is not None:
        body["error"] = fault.error or "ratelimited"
        return _limited(body, fault.retry_after, fault.status or LIMITED), body
    if fault.body is not None:
        kind = "text/html" if fault.body.lstrip().startswith("<") else "application/json"
        return PlainTextResponse(fault.body, fault.status or 200, media_type=kind), fault.body
    return JSONResponse(body, fault.status or 200), body


def _limited(body: dict[str, Any], retry_after: int | str, status: int = LIMITED) -> Response:
    headers = {"Retry-After": str(retry_after)} if retry_after != "" else {}
    return JSONResponse(body, status, headers)


async def _arguments(request: Request) -> tuple[dict[str, Any], bool]:
    """The arguments from query and body, JSON or form; True when the JSON is broken."""
    given: dict[str, Any] = dict(request.query_params)
    kind, body = request.headers.get("content-type", ""), await request.body()
    if kind.startswith("multipart/form-data"):
        async with request.form() as form:
            return given | {key: value for key, value in form.items() if isinstance(value, str)}, False
    if not kind.startswith("application/json"):
        return given | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), False
    try:
        decoded = strict_json.loads(body) if body.strip() else {}
    except ValueError:
        return given, True
    return (given | decoded, False) if isinstance(decoded, dict) else (given, True)


def _token(request: Request, raw: dict[str, Any]) -> str:
    written = raw.pop("token", "")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(written)


def _channel(slack: Slack, arguments: dict[str, Any]) -> str | None:
    """The id of the conversation a call is about: faults and limits count a person and their D... as one."""
    named = arguments.get("channel") or arguments.get("channel_id")
    if not isinstance(named, str):
        return None
    direct = slack.workspace.im(slack.app.bot_user_id, named) if named in slack.workspace.people else None
    found = direct or slack.workspace.find(named)
    return found.id if found is not None else named


def _carry_out(slack: Slack, name: str, raw: dict[str, Any], token: str, lag: float) -> dict[str, Any]:
    entry = REGISTRY.methods.get(name)
    if entry is None:
        raise Refused("unknown_method", req_method=name)
    _check_token(slack, entry, token)
    _count(slack, entry, raw)
    call = Call(slack, {}, frozenset(slack.app.scopes), lag)
    if entry.scopes:
        call.need_scope(*entry.scopes)
    call.arguments = read_arguments(entry, raw)
    return entry.run(call)


def _count(slack: Slack, entry: Method, raw: dict[str, Any]) -> None:
    if entry.tier == POSTING:
        slack.limits.count_post(entry.name, _channel(slack, raw) or "")
    else:
        slack.limits.count(entry.name, entry.tier)


def _check_token(slack: Slack, entry: Method, token: str) -> None:
    app = slack.app
    if entry.token == "none":  # noqa: S105 - a kind of token
        return
    if not token:
        raise Refused("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Refused("invalid_auth")
    if app.token_revoked and token == app.bot_token:
        raise Refused("token_revoked")
    right = {"bot": (app.bot_token,), "app": (app.app_token,), "any": (app.bot_token, app.app_token)}
    if token not in right[entry.token]:
        raise Refused("not_allowed_token_type")


async def upload(slack: Slack, request: Request) -> Response:
    """Take the bytes of an upload; no token is asked, the address is the secret.

    Raises:
        CutConnection: a fault wants no answer at all.
    """
    file_id, body = request.path_params["file"], await _bytes(request)

    def carry_out(_: float) -> dict[str, Any]:
        file = slack.workspace.files.get(file_id)
        if file is None or file.ready_at is not None or len(body) != file.length:
            raise BadRequest("invalid_upload")
        file.content = body
        return {}

    return await faulty(slack, "upload", {"file": file_id, "length": len(body)}, carry_out)


async def _bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        return b"".join([await part.read() for part in form.values() if not isinstance(part, str)])


async def respond(slack: Slack, request: Request) -> Response:
    """Take what an app posts to a response_url; Slack answers 404 when it is used up or expired.

    Raises:
        CutConnection: a fault wants no answer at all.
    """
    key, body = request.path_params["key"], await request.body()

    def carry_out(_: float) -> dict[str, Any]:
        decoded = _readable(body)
        if not isinstance(decoded, dict):
            raise Refused("invalid_payload")
        answers.at_response_url(slack, key, decoded)
        return {}

    answered = await faulty(slack, "response_url", {"url": key, "body": _readable(body)}, carry_out)
    refused = json.loads(bytes(answered.body)).get("error") if answered.status_code == HTTPStatus.OK else None
    if refused is None:
        return PlainTextResponse("ok") if answered.status_code == HTTPStatus.OK else answered
    return JSONResponse({"ok": False, "error": refused}, 404 if refused.endswith("_url") else 400)


def _readable(body: bytes) -> Any:
    try:
        return strict_json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
