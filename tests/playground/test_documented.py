"""docs/playground.md says what the code does: methods, gestures, faults and modules, both ways."""

import re
from pathlib import Path

from playground.faults import Fault
from playground.gestures import GESTURES
from playground.limits import Rates
from playground.methods import REGISTRY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "playground.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \| (supported|partial|not) \| ([^|]*)\| ([^|]*)\| ([^|]*)\|$", re.MULTILINE)
TIERS = {-1: "1/s and channel", 0: "special"}


def test_the_method_table_is_the_registry() -> None:
    """Supported, partial (and what is missing), tier and scopes; what is "not" is in no registry."""
    written = {row[0]: tuple(cell.strip() for cell in row[1:]) for row in ROW.findall(PAGE)}
    known = {
        name: (
            "partial" if method.missing else "supported",
            TIERS.get(method.tier, str(method.tier)),
            " or ".join(f"`{scope}`" for scope in method.scopes) or "none",
            method.missing,
        )
        for name, method in REGISTRY.methods.items()
    }
    assert {name: row for name, row in written.items() if row[0] != "not"} == known
    assert not {name for name, row in written.items() if row[0] == "not"} & set(known)


def test_every_gesture_fault_and_limit_is_written_down() -> None:
    fields = {*Fault.__dataclass_fields__, *Rates.__dataclass_fields__} - {"id"}
    assert [name for name in fields if f'"{name}"' not in PAGE] == []
    assert [name for name in GESTURES if f"`{name}`" not in PAGE] == []


def test_each_rule_is_shown_by_tests_that_are_there() -> None:
    """All sixteen."""
    rules = re.findall(r"^\| (\d+) \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE)
    assert [int(number) for number, _ in rules] == list(range(1, 17))
    named = [one for _, tests in rules for one in re.findall(r"`(\w+\.py)::(\w+)`", tests)]
    here = Path(__file__).parent
    assert [one for one in named if f"def {one[1]}(" not in (here / one[0]).read_text(encoding="utf-8")] == []
    assert all("::" in tests for _, tests in rules)


def test_every_module_has_its_line() -> None:
    """And every module named is there."""
    named = set(re.findall(r"`(\w+)\.py`", PAGE.partition("## The control API")[0]))
    there = {path.stem for path in (ROOT / "playground").glob("*.py")} - {"__init__"}
    assert named == there
