"""The limits other programs state about Block Kit, each beside the bound our schemas have in its place."""

from __future__ import annotations

import inspect
import warnings
from importlib import import_module
from typing import TYPE_CHECKING

from slackblocks import _limits

from playground.blocks import composition as parts
from playground.blocks import whole
from playground.blocks.data import DATA_TABLE_CHARACTERS
from playground.blocks.elements import ELEMENTS
from playground.blocks.layout import BLOCKS
from playground.blocks.rich_text import CONTAINERS
from playground.blocks.shapes import Items, OneOf, Schema
from playground.blocks.surfaces import HOME, MESSAGE, MODAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.blocks.kinds import Kind

Stated = tuple[str, int, "int | None"]  # name, what it says, what we say (None: we have no such place)

_SELECTS = tuple(schema for name, schema in ELEMENTS.items() if name.endswith("_select"))
_MULTIS = tuple(schema for name, schema in ELEMENTS.items() if name.startswith("multi_"))
_OPTIONS = (parts.OPTION, parts.CHECKABLE_OPTION, parts.OVERFLOW_OPTION)
_FEEDBACK = tuple(ELEMENTS["feedback_buttons"].needs.values())
_EVERY_BLOCK = tuple(BLOCKS.values())
_EVERY_ELEMENT = tuple(ELEMENTS.values())
_VIEWS = (MODAL, HOME)

# slackblocks names a limit PREFIX_KEY_BOUND; these prefixes are not the type's own name.
_PREFIXES = {
    "CONFIRMATION": (parts.CONFIRM,),
    "OPTION": _OPTIONS,
    "OPTION_GROUP": (parts.OPTION_GROUP,),
    "SELECT": _SELECTS,
    "MULTI_SELECT": _MULTIS,
    "EMAIL_INPUT": (ELEMENTS["email_text_input"],),
    "URL_INPUT": (ELEMENTS["url_text_input"],),
    "DATE_PICKER": (ELEMENTS["datepicker"],),
    "TIME_PICKER": (ELEMENTS["timepicker"],),
    "CONVERSATION_FILTER": (parts.CONVERSATION_FILTER,),
    "DISPATCH_ACTION_CONFIGURATION": (parts.DISPATCH_ACTION_CONFIG,),
    "FEEDBACK_BUTTON": _FEEDBACK,
    "IMAGE_ELEMENT": (ELEMENTS["image"],),
    "MESSAGE": (MESSAGE,),
    "VIEW": _VIEWS,
    "ACTION_ID": _EVERY_ELEMENT,
    "BLOCK_ID": _EVERY_BLOCK,
    **{name.upper(): (schema,) for name, schema in {**ELEMENTS, **CONTAINERS, **BLOCKS}.items()},
}
# Where the rest of the name is no key of that schema: the way to the place, from the schema on.
_WAYS = {
    "ACTION_ID": "action_id",
    "BLOCK_ID": "block_id",
    "SECTION_FIELDS_ITEM": "fields/0",
    "TABLE_COLUMNS": "rows/0",
    "DATA_TABLE_COLUMNS": "rows/0",
    "DATA_TABLE_CELL_TEXT": "rows/0/0/raw_text/text",
    "DATA_VISUALIZATION_SEGMENTS": "chart/pie/segments",
    "DATA_VISUALIZATION_SEGMENT_LABEL": "chart/pie/segments/0/label",
    "DATA_VISUALIZATION_SEGMENT_VALUE": "chart/pie/segments/0/value",
    "DATA_VISUALIZATION_SERIES": "chart/line/series",
    "DATA_VISUALIZATION_SERIES_NAME": "chart/line/series/0/name",
    "DATA_VISUALIZATION_DATA": "chart/line/series/0/data",
    "DATA_VISUALIZATION_POINT_LABEL": "chart/line/series/0/data/0/label",
    "DATA_VISUALIZATION_CATEGORIES": "chart/line/axis_config/categories",
    "DATA_VISUALIZATION_CATEGORY_LABEL": "chart/line/axis_config/categories/0",
    "DATA_VISUALIZATION_AXIS_LABEL": "chart/line/axis_config/x_label",
}
# Bounds of rules, which stand in no schema.
_RULES = {
    "DATA_TABLE_CONTENT_MAX_LENGTH": DATA_TABLE_CHARACTERS,
    "DATA_TABLE_TOTAL_CONTENT_MAX_LENGTH": DATA_TABLE_CHARACTERS,
    "MARKDOWN_TOTAL_TEXT_MAX_LENGTH": whole.MARKDOWN_CHARACTERS,
    "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS": whole.CHARTS,
}
_TEXT = BLOCKS["context"].keys["elements"]
_BOUNDS = {
    "_EXCLUSIVE_MIN": "above",
    "_MIN_LENGTH": "least",
    "_MAX_LENGTH": "most",
    "_MIN_ITEMS": "least",
    "_MAX_ITEMS": "most",
    "_MIN": "least",
    "_MAX": "most",
}


def of_slackblocks() -> Iterator[Stated]:
    """Give every constant of the limits table of slackblocks."""
    for name, value in vars(_limits).items():
        if name.isupper():
            yield f"slackblocks {name}", value, _constant(name)


def _constant(name: str) -> int | None:
    if name in _RULES:
        return _RULES[name]
    end = next(end for end in _BOUNDS if name.endswith(end))
    place = name.removesuffix(end)
    if place == "TEXT":
        return _bound((_follow(_TEXT, "0/mrkdwn/text"),), _BOUNDS[end])
    prefix = max((one for one in _PREFIXES if f"{place}_".startswith(f"{one}_")), key=len)
    way = _WAYS.get(place, place.removeprefix(f"{prefix}_").lower())
    return _in(_PREFIXES[prefix], way, _BOUNDS[end])


def _in(schemas: tuple[Kind, ...], way: str, end: str) -> int | None:
    first = way.split("/", maxsplit=1)[0]
    with_key = [one for one in schemas if isinstance(one, Schema) and first in one.keys]
    return _bound(tuple(_follow(one, way) for one in with_key), end)


def _follow(kind: Kind, way: str) -> Kind:
    for step in way.split("/"):
        if isinstance(kind, Items):
            kind = kind.of
        elif isinstance(kind, OneOf):
            kind = kind.known[step]
        elif isinstance(kind, Schema):
            kind = kind.keys[step]
    return kind


def _bound(kinds: tuple[Kind, ...], end: str) -> int | None:
    """Give the one bound all these kinds share; a text object has that of its text."""
    plain = [_follow(kind, f"{min(kind.here)}/text") if isinstance(kind, OneOf) else kind for kind in kinds]
    bounds = {getattr(kind, end, None) for kind in plain}
    return bounds.pop() if len(bounds) == 1 else None


# dialogs (and its misspelt twin) are the forms Slack had before modals: not Block Kit, in no schema here.
_MODULES = (
    "slack_sdk.models.attachments",
    "slack_sdk.models.blocks.basic_components",
    "slack_sdk.models.blocks.block_elements",
    "slack_sdk.models.blocks.blocks",
    "slack_sdk.models.messages.message",
    "slack_sdk.models.metadata",
    "slack_sdk.models.views",
)
_ATTACHMENTS = MESSAGE.keys["attachments"]
_CLASSES: dict[str, tuple[Kind, ...]] = {
    "Attachment": (_follow(_ATTACHMENTS, "0"),),
    "Block": _EVERY_BLOCK,
    "ConfirmObject": (parts.CONFIRM,),
    "FeedbackButtonObject": _FEEDBACK,
    "ImageElement": (ELEMENTS["image"],),
    "InputInteractiveElement": _EVERY_ELEMENT,
    "InteractiveElement": _EVERY_ELEMENT,
    "Message": (MESSAGE,),
    "Option": _OPTIONS,
    "OptionGroup": (parts.OPTION_GROUP,),
    "View": (MODAL,),
}
_KEYS = {("Option", "label"): "text"}


def of_slack_sdk() -> Iterator[Stated]:
    """Give every `..._max_length` and `..._min_length` that a class of slack_sdk.models declares."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # slack_sdk warns that its message class is old; its limits still hold
        modules = [import_module(name) for name in _MODULES]
    for module in modules:
        for name, model in inspect.getmembers(module, inspect.isclass):
            if model.__module__ == module.__name__:
                for attribute, value in vars(model).items():
                    if attribute.endswith("_length") and isinstance(value, int):
                        yield f"slack_sdk {name}.{attribute}", value, _attribute(model, attribute)


def _attribute(model: type, attribute: str) -> int | None:
    key, _, bound = attribute.removesuffix("_length").rpartition("_")
    known = {**ELEMENTS, **BLOCKS}.get(str(getattr(model, "type", None)))
    schemas = _CLASSES.get(model.__name__, (known,) if known else ())
    return _in(schemas, _KEYS.get((model.__name__, key), key), {"max": "most", "min": "least"}[bound])
