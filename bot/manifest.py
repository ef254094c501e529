"""Reads manifest.yml: what the Slack app asks for."""

from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


def bot_scopes() -> frozenset[str]:
    """The scopes the bot's token must have been granted."""
    return frozenset(_manifest()["oauth_config"]["scopes"]["bot"])


def _manifest() -> Any:
    import yaml  # noqa: PLC0415  start stays light: only doctor reads the manifest

    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
