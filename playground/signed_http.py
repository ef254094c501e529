"""Sends a payload to the app's Request URL, signed as Slack signs it, and reads what it answers."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from playground.clock import machine_time
from playground.reply import Reply

if TYPE_CHECKING:
    import socket

REDIRECTS = 2
_OK = range(200, 300)
_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Parcel:
    """The body of one request to the app, and how it is encoded."""

    body: bytes
    content_type: str


def as_json(payload: dict[str, Any]) -> Parcel:
    """Events and url_verification travel as JSON."""
    return Parcel(json.dumps(payload).encode(), "application/json")


def as_form(fields: dict[str, Any]) -> Parcel:
    """Slash commands travel as form fields, interactions as one field named payload."""
    return Parcel(urlencode(fields).encode(), "application/x-www-form-urlencoded")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The X-Slack-Signature of a raw body (docs.slack.dev, Verifying requests from Slack)."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


async def send(url: str, parcel: Parcel, secret: str, extra: dict[str, str]) -> Reply:
    """POST a parcel and follow up to two redirects; cancelling it closes the connection.

    The signature is stamped with the machine's time, not the clock's: apps check it against their machine.
    """
    for _ in range(REDIRECTS + 1):
        try:
            response = await _post(url, parcel, headers(parcel, secret) | extra)
        except (OSError, HTTPException):
            return Reply(reason="connection_failed")
        if response.status not in _MOVED:
            return _reply(response)
        url = urljoin(url, response.getheader("Location", ""))
    return Reply(reason="too_many_redirects")


def headers(parcel: Parcel, secret: str) -> dict[str, str]:
    """The headers of a request, signature and timestamp among them."""
    timestamp = str(int(machine_time()))
    return {
        "Content-Type": parcel.content_type,
        "Content-Length": str(len(parcel.body)),
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, parcel.body),
        "Connection": "close",
    }


def _reply(response: HTTPResponse) -> Reply:
    no_retry = response.getheader("X-Slack-No-Retry") == "1"
    if response.status not in _OK:
        return Reply(reason="http_error", no_retry=no_retry)
    text = response.read().decode("utf-8", "replace")
    if response.getheader("Content-Type", "").startswith("application/json") and text:
        try:
            return Reply(body=json.loads(text))
        except ValueError:
            return Reply(reason="http_error", no_retry=no_retry)
    return Reply(body={"text": text} if text else None)


async def _post(url: str, parcel: Parcel, sent: dict[str, str]) -> HTTPResponse:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in sent.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + parcel.body)
        raw = await reader.read()
    finally:
        writer.close()
    response = HTTPResponse(_as_socket(raw))
    response.begin()
    return response


def _as_socket(raw: bytes) -> socket.socket:
    return _Answered(raw)  # type: ignore[return-value] # HTTPResponse only calls makefile on it


class _Answered:
    """All bytes of an answer, in the shape the standard library's parser reads from."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, *_: Any) -> io.BytesIO:
        return io.BytesIO(self._raw)
