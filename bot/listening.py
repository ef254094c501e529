"""Opens a port, and says in words which setting to change when it cannot."""

import socket

from bot.config import SettingsError

BACKLOG = 1024


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
