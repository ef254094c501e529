"""Tables and charts: cells, rows of equal length, series that cover every category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.blocks.kinds import Choice, Flag, Number, String, Whole
from playground.blocks.problems import Problem
from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.shapes import Items, Schema, one_of, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playground.blocks.kinds import Keys

    Problems = Iterator[Problem]
    Object = Mapping[str, Any]

TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
_BLOCK: Keys = {"block_id": String(1, 255)}

_CELLS = {
    "raw_text": typed("raw_text", {"text": String()}, {}),
    "raw_number": typed("raw_number", {"value": Number(), "text": String()}, {}),
    "rich_text": RICH_TEXT,
}


def characters(value: Any) -> int:
    """Count the characters of every `text` in cells and rich text, which is what a table shows."""
    if isinstance(value, list):
        return sum(map(characters, value))
    if isinstance(value, dict):
        return sum(
            len(inner) if key == "text" and isinstance(inner, str) else characters(inner)
            for key, inner in value.items()
        )
    return 0


def rows_are_equal(table: Object, at: str) -> Problems:
    """Every row has as many cells as the first."""
    width = len(table["rows"][0])
    for index, row in enumerate(table["rows"]):
        if len(row) != width:
            sentence = f"Give this row {width} cells like the first; it has {len(row)}."
            yield Problem(f"{at}/rows/{index}", "unequal_rows", sentence, {"items": width})


def cells_say_something(table: Object, at: str) -> Problems:
    """A rich text cell without any leaf is an empty cell."""
    for y, row in enumerate(table["rows"]):
        for x, cell in enumerate(row):
            if cell["type"] == "rich_text" and not any(part["elements"] for part in cell["elements"]):
                sentence = "Write something in this cell, such as a dash."
                yield Problem(f"{at}/rows/{y}/{x}", "too_short", sentence, {"min_length": 1})


def _fits(most: int, table: Object, at: str) -> Problems:
    size = characters(table["rows"])
    if size > most:
        sentence = f"Shorten the cells to {most} characters in all; they have {size}."
        yield Problem(f"{at}/rows", "too_long", sentence, {"max_length": most})


def table_fits(table: Object, at: str) -> Problems:
    """A table shows at most 10,000 characters over its cells."""
    return _fits(TABLE_CHARACTERS, table, at)


def data_table_fits(table: Object, at: str) -> Problems:
    """A data table shows at most 20,000 characters over its cells."""
    return _fits(DATA_TABLE_CHARACTERS, table, at)


def header_is_plain(table: Object, at: str) -> Problems:
    """The first row of a data table names the columns, in raw text or numbers."""
    for index, cell in enumerate(table["rows"][0]):
        if cell["type"] == "rich_text":
            sentence = "Use raw_text in the header row."
            yield Problem(
                f"{at}/rows/0/{index}/type", "not_allowed_here", sentence, {"allowed": ["raw_text"]}
            )


def row_header_is_a_column(table: Object, at: str) -> Problems:
    """The column that names the rows is one of the table's."""
    last = len(table["rows"][0]) - 1
    if table.get("row_header_column_index", 0) > last:
        sentence = f"Use {last} or less; columns count from 0."
        yield Problem(f"{at}/row_header_column_index", "too_large", sentence, {"maximum": last})


def series_cover_categories(chart: Object, at: str) -> Problems:
    """Series have different names, categories differ, and each series has one point for each category."""
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) < len(categories):
        sentence = "Name each category once."
        yield Problem(f"{at}/axis_config/categories", "duplicate_category", sentence)
    yield from _names_differ(chart["series"], at)
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(set(categories)):
            sentence = "Give this series one point for each category, labelled like it."
            yield Problem(f"{at}/series/{index}/data", "categories_disagree", sentence)


def _names_differ(series: Sequence[Object], at: str) -> Problems:
    seen = set()
    for index, one in enumerate(series):
        if one["name"] in seen:
            sentence = "Give each series its own name."
            yield Problem(f"{at}/series/{index}/name", "duplicate_series", sentence)
        seen.add(one["name"])


_COLUMN = Schema("column_settings", {}, {"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})
_CELL = one_of(_CELLS)
TABLE = typed(
    "table",
    {"rows": Items(Items(_CELL, 1, 20), 1, 100)},
    {**_BLOCK, "column_settings": Items(_COLUMN, 1, 20, gaps=True)},
    rules=(rows_are_equal, cells_say_something, table_fits),
)
# One page of Slack's says 200 rows below the header, the reference page 100: the smaller is right either way.
DATA_TABLE = typed(
    "data_table",
    {"caption": String(), "rows": Items(Items(_CELL, 1, 20), 2, 101)},
    {**_BLOCK, "page_size": Whole(1, 100), "row_header_column_index": Whole(0)},
    rules=(rows_are_equal, cells_say_something, data_table_fits, header_is_plain, row_header_is_a_column),
)

_POINT = Schema("point", {"label": String(1, 20), "value": Number()}, {})
_SERIES = Schema("series", {"name": String(1, 20), "data": Items(_POINT, 1, 20)}, {})
_AXES = Schema(
    "axis_config",
    {"categories": Items(String(1, 20), 1, 20)},
    {"x_label": String(1, 50), "y_label": String(1, 50)},
)
_SEGMENT = Schema("segment", {"label": String(1, 20), "value": Number(above=0)}, {})


def _chart(name: str) -> Schema:
    # Slack's reference page says 6 series, other texts of Slack's 12: 6 is right either way, in pies too.
    needs: Keys = {"series": Items(_SERIES, 1, 6), "axis_config": _AXES}
    return typed(name, needs, {}, rules=(series_cover_categories,))


CHARTS = {
    "pie": typed("pie", {"segments": Items(_SEGMENT, 1, 6)}, {}),
    **{name: _chart(name) for name in ("bar", "area", "line")},
}
DATA_VISUALIZATION = typed("data_visualization", {"title": String(1, 50), "chart": one_of(CHARTS)}, _BLOCK)
