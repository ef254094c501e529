"""The page's own code keeps the house style and fetches nothing from elsewhere."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "playground" / "page"
MODULES = sorted([*PAGE.glob("*.js"), *PAGE.glob("*.css")])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_is_short_and_says_its_behaviour_first(module: Path) -> None:
    """Under 250 lines, and the first line is a sentence."""
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 250
    assert re.fullmatch(r"(// .+\.|/\* .+\. \*/)", lines[0])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_writes_markup_or_reaches_elsewhere(module: Path) -> None:
    """Text becomes text nodes only; scripts, styles and fonts come from this server."""
    text = module.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    assert not re.search(r"@import|@font-face|url\(|import\(|from \"(?!\./)", text)
