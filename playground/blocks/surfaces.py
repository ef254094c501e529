"""Which block may stand on which surface, and the payload of each surface."""

from __future__ import annotations

from typing import Literal

from playground.blocks.kinds import COLOR, Choice, Flag, String, link
from playground.blocks.layout import BLOCKS
from playground.blocks.shapes import Items, Schema, one_of, plain

Surface = Literal["message", "modal", "home"]

_EVERYWHERE = ("message", "modal", "home")
# "Blocks" and the changelog of docs.slack.dev; a container on Home is disputed, so it is refused there.
SURFACES: dict[str, tuple[str, ...]] = {
    "section": _EVERYWHERE,
    "header": _EVERYWHERE,
    "context": _EVERYWHERE,
    "divider": _EVERYWHERE,
    "image": _EVERYWHERE,
    "actions": _EVERYWHERE,
    "input": _EVERYWHERE,
    "rich_text": _EVERYWHERE,
    "video": _EVERYWHERE,
    "card": _EVERYWHERE,
    "markdown": ("message",),
    "file": ("message",),
    "context_actions": ("message",),
    "plan": ("message",),
    "task_card": ("message",),
    "container": ("message",),
    "table": ("message", "home"),
    "data_table": ("message", "home"),
    "data_visualization": ("message", "home"),
    "carousel": ("message", "home"),
    "alert": ("modal",),
}


def _blocks(surface: Surface, least: int, most: int) -> Items:
    here = [name for name, surfaces in SURFACES.items() if surface in surfaces]
    return Items(one_of(BLOCKS, *here), least, most)


_MESSAGE_BLOCKS = _blocks("message", 0, 50)
_LEGACY_TEXTS = ("fallback", "text", "pretext", "title", "author_name", "author_subname")
_LEGACY_LINKS = ("title_link", "author_link", "author_icon", "footer_icon", "image_url", "thumb_url")
_ATTACHMENT_FIELD = Schema(
    "attachment field",
    {},
    {"title": String(0), "value": String(0), "short": Flag()},
    any_of=("title", "value"),
)
_ATTACHMENT = Schema(
    "attachment",
    {},
    {
        "blocks": _MESSAGE_BLOCKS,
        "color": COLOR,
        "fields": Items(_ATTACHMENT_FIELD),
        "footer": String(0, 300),
        "mrkdwn_in": Items(Choice(("pretext", "text", "fields"))),
        "ts": String(),
        **dict.fromkeys(_LEGACY_TEXTS, String(0)),
        **dict.fromkeys(_LEGACY_LINKS, link()),
    },
)

# An empty list of blocks is how chat.update takes blocks away. A text of any length passes: Slack cuts it.
MESSAGE = Schema(
    "message",
    {},
    {
        "text": String(0),
        "blocks": _MESSAGE_BLOCKS,
        "attachments": Items(_ATTACHMENT, 0, 100),
    },
)
_VIEW = {
    "private_metadata": String(0, 3000),
    "callback_id": String(0, 255),
    "external_id": String(0, 255),
}
MODAL = Schema(
    "modal",
    {"type": Choice(("modal",)), "title": plain(24), "blocks": _blocks("modal", 1, 100)},
    {
        **_VIEW,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        "submit_disabled": Flag(),
    },
)
HOME = Schema("home", {"type": Choice(("home",)), "blocks": _blocks("home", 1, 100)}, _VIEW)

PAYLOADS: dict[Surface, Schema] = {"message": MESSAGE, "modal": MODAL, "home": HOME}
