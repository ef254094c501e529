"""The layers hold what the import contracts can't say: behaviour named first, features whole."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = [
    path
    for top in ("bot", "handlers", "models", "playground")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "versions" not in path.parts
]


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if path.name != "__init__.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_module_says_its_behaviour_first(path: Path) -> None:
    """The first line is a docstring of one sentence."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, f"{path.name} does not say what it does"
    assert re.search(r"[.:;]$", said.splitlines()[0])


def test_no_file_and_no_function_is_too_long_to_read() -> None:
    """House style: 250 lines a file, 40 lines a function are the very end."""
    too_long = []
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 250:
            too_long.append(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 40:
                    too_long.append(f"{path.relative_to(ROOT)}: {node.name} ({length} lines)")
    assert too_long == []


def test_questions_are_built_in_one_place() -> None:
    """Each input of each window comes from handlers/slack/inputs.py, and is read back there."""
    with_inputs = [
        str(path.relative_to(ROOT))
        for path in CODE
        if "playground" not in path.parts and '"type": "input"' in path.read_text(encoding="utf-8")
    ]
    assert with_inputs == ["handlers/slack/inputs.py"]


def test_one_module_alone_puts_messages_into_the_outbox() -> None:
    """What a message is known by, where it goes and when, is said in one way: `outbox.say`."""
    way_in = re.compile(r"\bMessage\(|\b(insert|Upsert)\(\s*outbox_messages\b")
    ours = [path for path in CODE if "playground" not in path.parts]
    found = [path for path in ours if way_in.search(path.read_text(encoding="utf-8"))]
    assert found == [ROOT / "models/services/delivery/outbox.py"]


def test_a_moment_becomes_a_day_in_one_place() -> None:
    """A day is always some zone's: `.date()` of a moment would be UTC's, or whose nobody knows."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        if path != ROOT / "models/rules/time/days.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "date"
    ]
    assert found == []


def test_what_stands_in_the_file_now_is_asked_in_one_place() -> None:
    """Who holds a role, which team takes part, which measure is asked for: `models/services/current.py`."""
    asked = re.compile(r"\b(left_on|withdrawn_on|retired_on)\.is_\(")
    found = [path for path in CODE if asked.search(path.read_text(encoding="utf-8"))]
    assert found == [ROOT / "models/services/current.py"]


VAGUE = {"found", "said", "told", "held", "asked", "wanted"}
SAID = re.compile(r"^    said: (Said|Expectation|TeamSaid)\b")  # of its report: the field's word


def test_a_value_is_named_by_what_it_is() -> None:
    """Not by what was done to it: a newcomer asks found what, told what."""
    vague = []
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            stored = node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""
            name = node.arg if isinstance(node, ast.arg) else stored
            if name not in VAGUE or "playground" in path.parts:
                continue
            if not SAID.match(text.splitlines()[node.lineno - 1]):
                vague.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert vague == []


def test_the_program_never_opens_a_persistent_job_store() -> None:
    """APScheduler's stores fire twice with two processes and unpickle what they find."""
    for path in CODE:
        assert not re.search(r"jobstores\.(?!memory)", path.read_text(encoding="utf-8")), path


def test_nothing_is_pickled_by_our_own_code() -> None:
    for path in CODE:
        assert not re.search(
            r"^\s*(import|from) pickle\b", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        ), path
