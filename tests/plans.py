"""The collaborative of the guide, as text to change and as a plan."""

import re
from pathlib import Path

from handlers.files.plan import collaborative as collaborative_file
from models.rules.setup.plan import CollaborativePlan

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "collaborative-file.md"


def guide_text() -> str:
    """The example of docs/collaborative-file.md."""
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found, "the guide holds an example"
    return found[1]


def changed(*changes: tuple[str, str]) -> str:
    """The example with parts of its text replaced; each part must be there."""
    text = guide_text()
    for old, new in changes:
        assert old in text, f"{old!r} is in the guide"
        text = text.replace(old, new, 1)
    return text


def plan(*changes: tuple[str, str]) -> CollaborativePlan:
    """The plan of the example with parts of its text replaced."""
    return collaborative_file.read(changed(*changes).encode())
