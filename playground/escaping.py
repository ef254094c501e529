"""What people type, as Slack's client sends it on: entities for &, < and >, ids for names."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.state import State

_SPECIAL = re.compile(r"(<[@#!][^<>\s]+>)")


def escaped(text: str) -> str:
    """Text with &, < and > as entities, as Slack sends what people type; mentions in <...> stay."""
    parts = _SPECIAL.split(text)
    return "".join(part if at % 2 else html.escape(part, quote=False) for at, part in enumerate(parts))


def mentions(state: State, text: str, *, named: bool = False) -> str:
    """Text as Slack's client sends it: @Name and #channel become ids, in commands (`named`) with the name."""
    people = {}
    for one in state.workspace.people.values():
        people[one.real_name] = people[one.name] = f"<@{one.id}|{one.name}>" if named else f"<@{one.id}>"
    channels = {
        c.name: f"<#{c.id}|{c.name}>" for c in state.workspace.channels.values() if c.kind == "channel"
    }
    for sign, names in (("@", people), ("#", channels)):
        for name in sorted(names, key=len, reverse=True):
            pattern = rf"(?<![\w<]){sign}{re.escape(name)}(?![\w|])"
            text = re.sub(pattern, names[name].replace("\\", r"\\"), text)
    return text
