"""What the docs say is what the program has: settings, commands, links, words."""

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.config import Settings

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],  # noqa: S607  git as people have it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    """docs/operations.md holds one row for each setting, no more and no less."""
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", OPERATIONS, flags=re.MULTILINE))
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, (str, int)) and not isinstance(field.default, bool):
            assert str(field.default) in rows[name.upper()], f"{name}: the default is {field.default}"


def test_every_command_is_documented() -> None:
    """docs/operations.md names each word of the command line, and none that is not there."""
    documented = set(re.findall(r"^\| `momentum ([\w-]+)", OPERATIONS, flags=re.MULTILINE))
    commands = get_command(app)
    assert documented == set(getattr(commands, "commands", {}))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project names one that is there."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_two_commands_stand_at_the_top_of_the_readme() -> None:
    """Whoever arrives finds `make demo` and `make test` at once."""
    top = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert "make demo" in top
    assert "make test" in top


def test_the_readme_names_every_slash_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        if name.endswith("_command"):
            assert f"`{field.default}`" in readme, f"README does not name {field.default}"


@pytest.mark.parametrize("guide", ["team-guide.md", "coach-guide.md"])
def test_what_a_guide_says_to_press_is_on_screen(guide: str) -> None:
    """Bold words are those of a button, a choice or a heading, letter by letter."""
    sources = (ROOT / "handlers").rglob("*.py")
    on_screen = "".join(source.read_text(encoding="utf-8") for source in sources)
    bold = set(re.findall(r"\*\*([^*]+)\*\*", (ROOT / "docs" / guide).read_text(encoding="utf-8")))
    slacks_and_names = {"Home", "Cedar"}
    assert [
        words for words in bold - slacks_and_names if not re.search(f'"{re.escape(words)}[".]', on_screen)
    ] == []


def test_every_decision_says_what_would_change_it() -> None:
    pages = [page for page in PAGES if page.parent.name == "decisions" and page.name != "README.md"]
    assert pages
    for page in pages:
        assert "What would change our mind: " in page.read_text(encoding="utf-8"), page.name
