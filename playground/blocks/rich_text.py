"""Rich text: sections, lists, quotes and code, and the leaves they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.blocks.kinds import CHANNEL_ID, USER_ID, Choice, Flag, String, Whole, link
from playground.blocks.shapes import Items, Schema, one_of, typed

if TYPE_CHECKING:
    from playground.blocks.kinds import Keys, Kind

_LOOKS = {name: Flag() for name in ("bold", "italic", "strike", "underline", "code")}
_MENTIONED = {name: Flag() for name in ("highlight", "client_highlight", "unlink")}
_STYLE: Keys = {"style": Schema("style", {}, _LOOKS)}
_MENTION_STYLE: Keys = {"style": Schema("style", {}, {**_LOOKS, **_MENTIONED})}


def _mention(name: str, key: str, kind: Kind) -> Schema:
    return typed(name, {key: kind}, _MENTION_STYLE)


_LEAVES = (
    typed("text", {"text": String()}, _STYLE),
    typed("link", {"url": link()}, {**_STYLE, "text": String(), "unsafe": Flag()}),
    typed("emoji", {"name": String()}, {**_STYLE, "skin_tone": Whole(1, 6), "unicode": String()}),
    _mention("user", "user_id", USER_ID),
    _mention("usergroup", "usergroup_id", String()),
    _mention("channel", "channel_id", CHANNEL_ID),
    _mention("team", "team_id", String()),
    typed(
        "date",
        {"timestamp": Whole(), "format": String()},
        {**_STYLE, "url": link(), "fallback": String()},
    ),
    typed("broadcast", {"range": Choice(("here", "channel", "everyone"))}, _STYLE),
    typed("color", {"value": String()}, _STYLE),
)
LEAVES = {schema.name: schema for schema in _LEAVES}

_BORDER: Keys = {"border": Whole(0, 1)}
# The composer itself writes sections without any leaf, so an empty one is sound.
_ANY_LEAF = Items(one_of(LEAVES), 0)
_SECTION = typed("rich_text_section", {"elements": _ANY_LEAF}, {})
_CONTAINERS = (
    _SECTION,
    typed(
        "rich_text_list",
        {
            "style": Choice(("bullet", "ordered")),
            "elements": Items(one_of({"rich_text_section": _SECTION})),
        },
        {**_BORDER, "indent": Whole(0, 8), "offset": Whole(0)},
    ),
    typed("rich_text_quote", {"elements": _ANY_LEAF}, _BORDER),
    typed("rich_text_preformatted", {"elements": Items(one_of(LEAVES, "text", "link"), 0)}, _BORDER),
)
CONTAINERS = {schema.name: schema for schema in _CONTAINERS}

RICH_TEXT = typed("rich_text", {"elements": Items(one_of(CONTAINERS))}, {"block_id": String(1, 255)})
