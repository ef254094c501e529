"""The Web API methods by name: what each needs, how often it may be called, which arguments it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground import strict_json
from playground.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.slack import Slack
    from playground.workspace import Channel, Person

Answer = dict[str, Any]
POSTING = -1  # a tier of its own: one message per second and channel
USUAL = 100  # items on a page, unless asked otherwise
MOST = 999
_CURSOR = re.compile(r"next:([0-9]{1,9})")


@dataclass
class Call:
    """One call that was let in: who is asked, and the arguments in their own types."""

    slack: Slack
    arguments: dict[str, Any]
    scopes: frozenset[str]
    lag: float = 0.0

    def get(self, name: str, default: Any = None) -> Any:
        return self.arguments.get(name, default)

    def need_scope(self, *any_of: str) -> None:
        """Refuse with missing_scope unless one of these is granted."""
        if not set(any_of) & self.scopes:
            raise Refused("missing_scope", needed=",".join(any_of), provided=",".join(sorted(self.scopes)))

    def channel(self, name: str = "channel", *, by_name: bool = False) -> Channel:
        """The conversation an argument names, if the app may know of it (a private one only from inside).

        Raises:
            Refused: channel_not_found; also for a name like #team, unless `by_name` (only posting takes one).
        """
        workspace, given = self.slack.workspace, self.get(name)
        found = workspace.find(given) if by_name else workspace.channels.get(given)
        bot = self.slack.app.bot_user_id
        if found is None or (found.kind != "channel" and bot not in found.members):
            raise Refused("channel_not_found")
        return found

    def joined(self, name: str = "channel", *, by_name: bool = False) -> Channel:
        """A conversation the app is in."""
        found = self.channel(name, by_name=by_name)
        if self.slack.app.bot_user_id not in found.members:
            raise Refused("not_in_channel")
        return found

    def person(self, user_id: str, error: str = "user_not_found") -> Person:
        found = self.slack.workspace.people.get(user_id)
        if found is None:
            raise Refused(error)
        return found


@dataclass(frozen=True)
class Method:
    """A method's entry; `scopes` any one of which lets it in, `takes` its arguments and their kinds."""

    name: str
    run: Callable[[Call], Answer]
    tier: int
    scopes: tuple[str, ...]
    takes: dict[str, str]
    needs: tuple[str, ...]
    token: str
    missing: str


@dataclass
class Registry:
    """All methods there are."""

    methods: dict[str, Method] = field(default_factory=dict)

    def add(  # noqa: PLR0913 - one keyword per column of the method table
        self,
        name: str,
        *,
        tier: int,
        scopes: tuple[str, ...] = (),
        takes: str = "",
        needs: str = "",
        token: str = "bot",  # noqa: S107 - a kind of token
        missing: str = "",
    ) -> Callable[[Callable[[Call], Answer]], Callable[[Call], Answer]]:
        """Register a function as a method.

        Args:
            name: like "chat.postMessage".
            tier: 1 to 4, 0 for special (hundreds per minute), or POSTING.
            scopes: any one of them lets the call in.
            takes: optional arguments, "name" (text) or "name:int", "name:bool", "name:json", "name:list".
            needs: arguments that must be there, written the same way.
            token: "bot", "app" or "any".
            missing: what the playground does not do of this method; empty when it does all.
        """
        kinds = dict(_kind(one) for one in f"{takes} {needs}".split())
        required = tuple(_kind(one)[0] for one in needs.split())

        def register(run: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
            self.methods[name] = Method(name, run, tier, scopes, kinds, required, token, missing)
            return run

        return register


def _kind(written: str) -> tuple[str, str]:
    name, _, kind = written.partition(":")
    return name, kind or "str"


REGISTRY = Registry()
method = REGISTRY.add


def read_arguments(entry: Method, raw: dict[str, Any]) -> dict[str, Any]:
    """The arguments in their own types.

    Raises:
        Refused: invalid_arguments for what is unknown, missing or of another type.
    """
    raw = {name: value for name, value in raw.items() if name != "team_id"}  # Bolt adds it to every call
    unknown = [f"[ERROR] unknown argument: {one}" for one in sorted(set(raw) - set(entry.takes))]
    lacking = [f"[ERROR] missing required field: {one}" for one in entry.needs if raw.get(one) in (None, "")]
    if unknown or lacking:
        raise Refused("invalid_arguments", *unknown, *lacking)
    return {name: _typed(name, entry.takes[name], value) for name, value in raw.items() if value is not None}


def _typed(name: str, kind: str, value: Any) -> Any:
    try:
        return _READERS[kind](value)
    except (ValueError, TypeError, KeyError) as wrong:
        error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise Refused(error, f"[ERROR] {name} is not of type {kind}") from wrong


def _text(value: Any) -> str:
    if isinstance(value, dict | list | float):  # a ts written as a number loses digits
        raise TypeError
    return str(value)


def _integer(value: Any) -> int:
    return int(str(value))


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"1": True, "true": True, "0": False, "false": False}[str(value).lower()]


def _decoded(value: Any) -> Any:
    return strict_json.loads(value) if isinstance(value, str) else value


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [one.strip() for one in value.split(",")]
    if not isinstance(value, list):
        raise TypeError
    return [_text(one) for one in value]


_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _integer,
    "bool": _boolean,
    "json": _decoded,
    "list": _listed,
}


def page(call: Call, items: list[Any], usual: int = USUAL) -> tuple[list[Any], str]:
    """The page of `items` that `limit` and `cursor` ask for, and the cursor of the next ("" after the last).

    Raises:
        Refused: invalid_limit or invalid_cursor.
    """
    limit = call.get("limit")
    if limit is not None and not 0 < limit <= MOST:
        raise Refused("invalid_limit")
    start = _start(call.get("cursor"))
    following = start + (limit or usual)
    return items[start:following], f"next:{following}" if following < len(items) else ""


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    read = _CURSOR.fullmatch(cursor)
    if read is None:
        raise Refused("invalid_cursor")
    return int(read[1])
