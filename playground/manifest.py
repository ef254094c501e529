"""Reads an app's manifest: its commands, shortcuts, events, scopes and what is switched on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Command:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    name: str
    callback_id: str
    type: str  # "global" or "message"
    description: str


@dataclass(frozen=True)
class Manifest:
    """What the playground needs to know of an app (docs.slack.dev, App manifest reference)."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    metadata_events: frozenset[str]
    scopes: tuple[str, ...]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    interactivity: bool
    unfurl_domains: tuple[str, ...]

    @property
    def takes_messages(self) -> bool:
        """May people write to the app?"""
        return self.messages_tab and not self.messages_read_only


def read(path: Path) -> Manifest:
    """Read a manifest in YAML (or JSON, which YAML contains)."""
    return parse(yaml.safe_load(path.read_text(encoding="utf-8")))


def parse(raw: dict[str, Any]) -> Manifest:
    """A manifest from its decoded form."""
    features, settings = raw.get("features", {}), raw.get("settings", {})
    subscriptions, home = settings.get("event_subscriptions", {}), features.get("app_home", {})
    name = raw["display_information"]["name"]
    return Manifest(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        commands=tuple(_command(one) for one in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(one) for one in features.get("shortcuts", [])),
        events=frozenset(subscriptions.get("bot_events", [])),
        metadata_events=frozenset(
            one["event_type"] for one in subscriptions.get("metadata_subscriptions", [])
        ),
        scopes=tuple(raw.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", False),
        messages_read_only=home.get("messages_tab_read_only_enabled", False),
        interactivity=settings.get("interactivity", {}).get("is_enabled", False),
        unfurl_domains=tuple(features.get("unfurl_domains", [])),
    )


def _command(raw: dict[str, Any]) -> Command:
    return Command(
        raw["command"], raw["description"], raw.get("usage_hint", ""), raw.get("should_escape", False)
    )


def _shortcut(raw: dict[str, Any]) -> Shortcut:
    return Shortcut(raw["name"], raw["callback_id"], raw["type"], raw["description"])
