"""docs/reliability.md names a test for each row of the fault suite, and the test is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NOT_YET = {15}  # polls


def test_each_row_names_tests_that_exist() -> None:
    """A test that is renamed or gone takes its promise with it."""
    rows = {int(row): tests for row, tests in re.findall(r"^\| (\d+) \| .*? \| (.*) \|$", PAGE, re.MULTILINE)}
    assert set(rows) == set(range(1, 21))
    for row, tests in rows.items():
        named = re.findall(r"`(tests/\S+)::(\w+)`", tests)
        assert bool(named) != (row in NOT_YET), row
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (row, name)
