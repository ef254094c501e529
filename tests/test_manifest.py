"""manifest.yml asks for what the code uses, no less and no more."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.config import Settings
from handlers import registry

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCOPE_OF_METHOD = {
    "auth_test": set[str](),
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "files_delete": {"files:write"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set[str](),
    "views_publish": set[str](),
    "views_push": set[str](),
    "views_update": set[str](),
}


def _code() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for top in ("bot", "handlers") for path in (ROOT / top).rglob("*.py")
    )


def test_each_scope_is_used_by_a_call_and_each_call_has_its_scopes() -> None:
    """A scope without a use frightens an administrator; a use without a scope fails in front of a nurse."""
    called = set(re.findall(r"\.((?:auth|chat|conversations|files|users|views)_\w+)\b", _code()))
    assert called <= SCOPE_OF_METHOD.keys()
    needed = set().union(*(SCOPE_OF_METHOD[method] for method in called)) | {"commands"}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed


def test_each_scope_stands_with_its_reason() -> None:
    """Whoever installs the app reads why beside each scope."""
    lines = (ROOT / "manifest.yml").read_text(encoding="utf-8").splitlines()
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    for scope in scopes:
        (line,) = [text for text in lines if text.strip().startswith(f"- {scope}")]
        assert re.search(r"# .{10,}", line), f"{scope} has no reason"


def test_the_commands_are_those_of_the_settings() -> None:
    """The names in the manifest are the defaults the bot listens to."""
    fields = Settings.model_fields
    defaults = {field.default for name, field in fields.items() if name.endswith("_command")}
    assert {command["command"] for command in MANIFEST["features"]["slash_commands"]} == defaults


def test_the_events_are_those_the_code_listens_to() -> None:
    """An event without a listener is noise; a listener without its event is silent."""
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == registry.EVENTS.keys()


def test_the_manifest_keeps_slacks_limits() -> None:
    """Slack refuses a manifest over these lengths (manifest schema v2)."""
    about, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert len(features["bot_user"]["display_name"]) <= 80
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
