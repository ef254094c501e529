"""The benchmarks' table, which docs/performance.md repeats."""

from pathlib import Path

import pytest

from bench.table import Bound, Row, Section, at_least, at_most, markdown, show

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


def test_the_table_can_be_pasted_into_the_page_as_it_is() -> None:
    """Its head is the page's own, sections are bold, and each bound says whether it was kept."""
    rows = (
        Row("answers of 429", "3", goal=at_most(3, 0, "")),
        Row("page kept", "4 ms", "1 ms", 4, at_most(4, 5, "x"), at_least(4, 1, "ms")),
    )
    head, line, *rest = markdown([Section("Delivery", rows)]).splitlines()
    assert f"{head}\n{line}\n" in PAGE.read_text(encoding="utf-8")
    assert rest == [
        "| **Delivery** | | | | | |",
        "| answers of 429 | 3 | | | <= 0: missed | |",
        "| page kept | 4 ms | 1 ms | 4.00 x | <= 5x: met | >= 1 ms: met |",
    ]


def test_into_a_file_every_figure_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the widest cells there are, side by side in one line."""
    what, figures = "Postgres, a look of the pump, 100,000 rows; 10 rows", ("1,150 ms", "2.16 ms quiet")
    goal, floor = Bound("15 times as fast", is_met=False), Bound("4 times as fast", is_met=True)
    row = Row(what, *figures, None, goal, floor, faster=48)
    show([Section("A report acknowledged while 60 charts are drawn, or 100 digests made", (row,))])
    line = next(line for line in capsys.readouterr().out.splitlines() if what in line)
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    bounds = ["15 times as fast missed", "4 times as fast met"]
    assert cells == [what, *figures, "48 times as fast", *bounds]
