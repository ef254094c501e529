"""What the control API takes: a schema for each call, so that a slip of the pen is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from playground.blocks.kinds import (
    CHANNEL_ID,
    USER_ID,
    Choice,
    Flag,
    Format,
    Null,
    Number,
    String,
    Whole,
    link,
)
from playground.blocks.shapes import Items, Schema
from playground.refusal import NotPossible

if TYPE_CHECKING:
    from playground.blocks.kinds import Keys, Kind

TEXT, MAYBE_EMPTY, FLAG = String(), String(0), Flag()


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


APP = Schema(
    "app",
    {},
    {
        "request_url": Null(link()),
        "scopes": Items(TEXT, 0),
        "token_revoked": FLAG,
        "team_name": TEXT,
        "enterprise_id": MAYBE_EMPTY,
        "tells_scopes": FLAG,
    },
)
_PERSON: Keys = {
    "id": USER_ID,
    "name": TEXT,
    "real_name": TEXT,
    "tz": Format(_is_time_zone, "America/New_York"),
    "email": MAYBE_EMPTY,
    "deleted": FLAG,
    "active": FLAG,
    "team_id": TEXT,
    "enterprise_id": MAYBE_EMPTY,
    "is_restricted": FLAG,
    "is_ultra_restricted": FLAG,
}
PERSON = Schema("person", {}, _PERSON)
_CHANNEL: Keys = {
    "id": CHANNEL_ID,
    "name": TEXT,
    "members": Items(TEXT, 0),
    "private": FLAG,
    "shared_with": MAYBE_EMPTY,
    "archived": FLAG,
    "topic": MAYBE_EMPTY,
    "bot": FLAG,
}
CHANNEL = Schema("channel", {}, _CHANNEL)
NEW = Schema("newcomer", {"name": TEXT}, {**_PERSON, **_CHANNEL, "id": TEXT})
CLOCK = Schema(
    "clock", {}, {"advance": Number(), "to": Number(), "running": FLAG}, not_both=(("advance", "to"),)
)
PACE = Schema("pace", {}, {"choices": Items(TEXT, 0, 5), "chosen": TEXT, "saying": MAYBE_EMPTY})
SOCKETS = Schema("fault of sockets", {"do": Choice(("disconnect", "warn", "abort", "silence"))}, {})
_TIERS = Schema("tiers", {}, {str(tier): Whole() for tier in range(5)})
LIMITS = Schema(
    "limits",
    {},
    {
        "tiers": _TIERS,
        "posting_burst": Whole(1),
        "posting_per_minute": Whole(),
        "history_per_minute": Null(Whole(1)),
        "history_most": Whole(1, 999),
        "file_ready": Number(),
        "private_files_show": FLAG,
    },
)


class _Seconds:
    """A Retry-After: whole seconds, or the words of a server that writes something else."""

    def check(self, value: Any, at: str, out: list[Any]) -> None:
        kind: Kind = MAYBE_EMPTY if isinstance(value, str) else Whole()
        kind.check(value, at, out)


FAULT = Schema(
    "fault",
    {"method": TEXT},
    {
        "error": Null(TEXT),
        "status": Null(Whole(200, 599)),
        "retry_after": Null(_Seconds()),
        "body": Null(MAYBE_EMPTY),
        "drop": Null(Choice(("before", "after"))),
        "delay": Null(Number(above=0)),
        "hang": FLAG,
        "lag": Null(Number(above=0)),
        "accept": FLAG,
        "channel": Null(TEXT),
        "times": Null(Whole(1)),
    },
)


def check(schema: Schema, wanted: Any) -> None:
    """Refuse what the schema does not know.

    Raises:
        NotPossible: incomplete when a field is missing, else invalid; the first slip is named.
    """
    problems: list[Any] = []
    schema.check(wanted, "", problems)
    if problems:
        first = problems[0]
        named = f"{first.pointer.removeprefix('/')}: " if first.pointer else ""
        raise NotPossible("incomplete" if first.code == "missing" else "invalid", f"{named}{first.message}")
