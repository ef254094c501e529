"""Fetches a file somebody handed in: its size is looked at before a byte of it is read."""

from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from typing_extensions import override

from handlers.slack.calls import NotTaken, call
from models.errors import DomainError

TIMEOUT_S = 10
NOT_READ = "I could not fetch that file from Slack. Please try again, or paste the lines instead."


class _NoRedirect(HTTPRedirectHandler):
    """Slack redirects to its log-in page where the token may not read: that page is not the file."""

    @override
    def redirect_request(self, *_request: Any) -> None:
        return None


_OPENER = build_opener(_NoRedirect)


def download(client: WebClient, file_id: str, largest: int) -> bytes:
    """The bytes of a file in Slack, asked for with the bot's token. Needs the scope files:read.

    Raises DomainError, in words, when it is larger than `largest` bytes or cannot be had.
    """
    try:
        file = call("files.info", client.files_info, file=file_id)["file"]
    except NotTaken as refused:
        raise DomainError(NOT_READ) from refused
    if int(file.get("size") or 0) > largest:
        raise DomainError(f"That file is larger than {largest // 1024 // 1024} MB.")
    return _fetched(client, str(file["url_private_download"]), largest)


def _fetched(client: WebClient, url: str, largest: int) -> bytes:
    """One byte more than is taken is read, so that a file larger than Slack said shows itself."""
    if not _is_slacks(client, url):
        raise DomainError(NOT_READ)
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - checked above
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
            content: bytes = answer.read(largest + 1)
    except (URLError, OSError) as fault:
        raise DomainError(NOT_READ) from fault
    if len(content) > largest:
        raise DomainError(f"That file is larger than {largest // 1024 // 1024} MB.")
    return content


def _is_slacks(client: WebClient, url: str) -> bool:
    """The token goes to Slack alone: to its own hosts, or to the one the client talks to."""
    target, known = urlsplit(url), urlsplit(client.base_url)
    is_slack = target.scheme == "https" and (target.hostname or "").endswith(
        (".slack.com", ".slack-files.com")
    )
    return is_slack or (target.scheme, target.netloc) == (known.scheme, known.netloc)
