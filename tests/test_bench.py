"""The benchmarks' table, which docs/performance.md repeats."""

from pathlib import Path

from bench.table import Row, Section, at_least, at_most, markdown

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
