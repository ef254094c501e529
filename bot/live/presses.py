"""Hears the buttons people press, over a connection of its own; whatever else comes is acknowledged."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.config import Settings
from bot.socket_mode import Socket
from handlers.delivery.pump import boot_seconds

Pressed = Mapping[str, Any]
"""What Slack tells of a press."""


class Presses:
    """Takes the place of the bot's listeners."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Pressed] = SimpleQueue()

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Acknowledge, and keep a press for who waits for it."""
        if request.body.get("type") == "block_actions":
            self._queue.put(request.body)
        return BoltResponse(status=200, body="")

    def wait(self, action_id: str, seconds: float) -> Pressed | None:
        """The next press of this button; None when nobody presses it in time."""
        until = boot_seconds() + seconds
        with suppress(Empty):
            while True:
                pressed = self._queue.get(timeout=max(until - boot_seconds(), 0))
                if pressed["actions"][0]["action_id"] == action_id:
                    return pressed
        return None


@contextmanager
def listening(settings: Settings) -> Iterator[Presses | None]:
    """Listen for the length of the block; over HTTP nobody can: None.

    Raises NotWelcomeError or OutOfReachError when there is no connection.
    """
    if settings.slack_app_token is None:
        yield None
        return
    presses = Presses()
    socket = Socket(presses, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
    socket.start()
    try:
        yield presses
    finally:
        socket.stop()
