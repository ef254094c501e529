"""The Web API: importing this package registers every method."""

from playground.methods import (
    auth,
    blocks,
    chat,
    conversations,
    files,
    history,
    reactions,
    schedule,
    users,
    views,
)
from playground.methods.registry import REGISTRY

__all__ = [
    "REGISTRY",
    "auth",
    "blocks",
    "chat",
    "conversations",
    "files",
    "history",
    "reactions",
    "schedule",
    "users",
    "views",
]
