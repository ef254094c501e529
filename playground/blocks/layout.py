"""The blocks: what each may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.blocks import elements
from playground.blocks.agreement import (
    collapsed_needs_collapsible,
    files_are_not_dispatched,
    task_ids_differ,
)
from playground.blocks.data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from playground.blocks.icons import SLACK_ICONS
from playground.blocks.kinds import Choice, Flag, String, link
from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.shapes import Items, Schema, one_of, plain, text, typed

if TYPE_CHECKING:
    from playground.blocks.kinds import Keys

_BLOCK: Keys = {"block_id": String(1, 255)}
_CONTEXT = {**text(3000).known, "image": elements.ELEMENTS["image"]}
_RICH = one_of({"rich_text": RICH_TEXT})

_EVERYDAY = (
    typed(
        "section",
        {},
        {
            **_BLOCK,
            "text": text(3000),
            "fields": Items(text(2000), 1, 10),
            "accessory": elements.IN_A_SECTION,
            "expand": Flag(),
        },
        any_of=("text", "fields"),
    ),
    typed("header", {"text": plain(150)}, _BLOCK),
    typed("divider", {}, _BLOCK),
    typed("context", {"elements": Items(one_of(_CONTEXT), 1, 10)}, _BLOCK),
    typed("actions", {"elements": Items(elements.IN_ACTIONS, 1, 25)}, _BLOCK),
    typed(
        "image",
        {"alt_text": elements.ALT_TEXT},
        {**_BLOCK, **elements.IMAGE_SOURCE, "title": plain(2000)},
        any_of=elements.IMAGE_SOURCE_KEYS,
        not_both=(elements.IMAGE_SOURCE_KEYS,),
    ),
    typed(
        "input",
        {"label": plain(2000), "element": elements.IN_AN_INPUT},
        {**_BLOCK, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        rules=(files_are_not_dispatched,),
    ),
    typed("markdown", {"text": String(1, 12_000)}, _BLOCK),
    typed("file", {"external_id": String(), "source": Choice(("remote",))}, _BLOCK),
    typed("context_actions", {"elements": Items(elements.IN_CONTEXT_ACTIONS, 1, 5)}, _BLOCK),
    typed(
        "alert",
        {"text": text(200)},
        {**_BLOCK, "level": Choice(("default", "info", "warning", "error", "success"))},
    ),
    # Slack's page asks for less than 200 and less than 50 characters, not for at most.
    typed(
        "video",
        {
            "alt_text": elements.ALT_TEXT,
            "title": plain(199),
            "thumbnail_url": link(3000),
            "video_url": link(3000),
        },
        {
            **_BLOCK,
            "author_name": String(1, 49),
            "description": plain(200),
            "provider_name": String(1, 50),
            "provider_icon_url": link(2000),
            "title_url": link(2000),
        },
    ),
)

_SLACK_ICON = one_of({"icon": typed("icon", {"name": Choice(SLACK_ICONS)}, {})})
_CARD = typed(
    "card",
    {},
    {
        **_BLOCK,
        "hero_image": elements.IMAGE,
        "icon": elements.IMAGE,
        "slack_icon": _SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Items(elements.BUTTON, 1, 3),
    },
    any_of=("hero_image", "title", "actions", "body"),
    not_both=(("icon", "slack_icon"),),
)

_STATES = ("in_progress", "complete", "error")
_SOURCE = one_of({"url": typed("url", {"url": link(), "text": String()}, {})})


def _task(*states: str) -> Schema:
    may: Keys = {**_BLOCK, "details": _RICH, "output": _RICH, "sources": Items(_SOURCE)}
    return typed("task_card", {"task_id": String(), "title": String(), "status": Choice(states)}, may)


_LATER = (
    _CARD,
    typed("carousel", {"elements": Items(one_of({"card": _CARD}), 1, 10)}, _BLOCK),
    _task(*_STATES),
    typed(
        "plan",
        {"title": String(), "tasks": Items(_task("pending", *_STATES), 1, 50)},
        _BLOCK,
        rules=(task_ids_differ,),
    ),
    RICH_TEXT,
    TABLE,
    DATA_TABLE,
    DATA_VISUALIZATION,
)
_WITHOUT_CONTAINER = {schema.name: schema for schema in (*_EVERYDAY, *_LATER)}
_IN_A_CONTAINER = one_of(
    _WITHOUT_CONTAINER,
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)
_CONTAINER = typed(
    "container",
    {"child_blocks": Items(_IN_A_CONTAINER, 1, 10)},
    {
        **_BLOCK,
        "title": plain(150),
        "rich_text_title": _RICH,
        "subtitle": text(150),
        "width": Choice(("narrow", "standard", "wide", "full")),
        "icon": elements.IMAGE,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    any_of=("title", "rich_text_title"),
    rules=(collapsed_needs_collapsible,),
)

BLOCKS = {**_WITHOUT_CONTAINER, "container": _CONTAINER}
