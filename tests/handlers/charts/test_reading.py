"""A file somebody handed in is read in a child, which may take so much memory and time, and no more."""

import tracemalloc
from typing import Any

import pytest

from handlers.charts import reading
from models.errors import DomainError
from tests.handlers.files import hostile

KNOWN = {"team": "cedar", "measure": "m1"}
MONTH = b"month,numerator,denominator\n2026-01,42,60\n"
MIB = 1024 * 1024


def test_what_is_read_comes_back_whole() -> None:
    """The row, and which team and measure it is for."""
    (row,) = reading.read(MONTH, KNOWN).rows
    assert (row.team, row.measure, f"{row.first_day:%Y-%m}", row.value.numerator) == (
        "cedar",
        "m1",
        "2026-01",
        42,
    )


def test_a_workbook_that_needs_much_leaves_the_bots_own_memory_alone() -> None:
    """So many strings that nobody uses would take a hundred times this."""
    bomb = hostile.many_strings(50_000)
    tracemalloc.start()
    found = reading.read(bomb, KNOWN)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not found.rows
    assert peak < len(bomb) + MIB


@pytest.mark.parametrize("limits", [{"most_memory": 64 * MIB}, {"limit_s": 0.01}])
def test_a_file_that_takes_more_than_it_may_is_refused_in_words(limits: dict[str, Any]) -> None:
    """No child has read anything in a hundredth of a second, or in less memory than it starts with."""
    assert "save it as .csv" in refusal(hostile.many_strings(100_000), limits)


def refusal(book: bytes, limits: dict[str, Any]) -> str:
    """What is said of a file that is not read."""
    try:
        found = reading.read(book, KNOWN, **limits)
    except DomainError as said:
        return str(said)
    assert not found.rows
    return found.problems[0].reason
