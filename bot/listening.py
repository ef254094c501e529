"""Opens a port and keeps its door free: where it is full, who was silent longest goes for who comes."""

import socket
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server

from bot.config import SettingsError

BACKLOG = 1024
SPARE = 64  # so many more are let in before the first of those who have to go is gone


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection. The first byte of a request is a sign of life and so is its last, but none between."""

    last_activity: float

    def __init__(self, server: Any, *rest: Any, **named: Any) -> None:
        super().__init__(server, *rest, **named)
        everybody = server.active_channels.values()
        if len(everybody) > self.adj.connection_limit - SPARE:
            silent = (one for one in everybody if not (one.requests or one.will_close))
            min(silent, key=lambda one: one.last_activity).will_close = True

    def handle_read(self) -> None:
        """Read what came; more of the same request does not keep the connection."""
        unfinished, since = self.request, self.last_activity
        super().handle_read()
        if unfinished is not None and self.request is unfinished:
            self.last_activity = since


def listening(host: str, port: int, settings: str) -> socket.socket:
    """Listen on `host:port`; 0 takes a free port.

    Raises SettingsError when it cannot be, naming the settings it comes from.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as refused:
        reason = str(refused.strerror).partition(" (")[0]
        raise SettingsError(f"{settings}: cannot listen on {host}:{port} ({reason})") from refused


def serving(
    application: Any,
    opened: socket.socket,
    connections: int,
    channel: type[Channel] = Channel,
    **options: Any,
) -> Any:
    """Make a server of waitress on an open port, that keeps so many connections at once."""
    server = create_server(
        application,
        sockets=[opened],
        connection_limit=connections + SPARE,
        asyncore_use_poll=True,  # select knows no more than 1,024 files
        ident="momentum",
        **options,
    )
    server.channel_class = channel
    return server
