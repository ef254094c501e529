"""The import contracts hold: a wrong import turns one red, in both directions; so does a stray package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "models", "playground")

WRONG = {
    "features know nothing of each other": [
        ("handlers.feedback.listeners", "handlers.digest.listeners"),
        ("handlers.digest.listeners", "handlers.feedback.listeners"),
        ("handlers.report.messages", "handlers.charts.page"),
        ("handlers.charts.page", "handlers.report.messages"),
        ("handlers.home.listeners", "handlers.roll_call.views"),
        ("handlers.roll_call.views", "handlers.home.views"),
        ("handlers.signals.views", "handlers.charts.views.page"),
        ("handlers.reminders.messages", "handlers.timeline.views"),
    ],
    "the ground knows no feature": [
        ("handlers.slack.buttons", "handlers.charts.listeners"),
        ("handlers.delivery.pump", "handlers.feedback.listeners"),
        ("handlers.context", "handlers.report.listeners"),
        ("handlers.feature", "handlers.registry"),
        ("handlers.report.listeners", "handlers.registry"),
        ("handlers.errors", "handlers.delivery.pump"),
        ("handlers.slack.modals", "handlers.context"),
    ],
    "views see values and build blocks": [
        ("handlers.report.views.card", "models.services.report.cards"),
        ("handlers.report.views.card", "handlers.files.charts.run_chart"),
        ("handlers.digest.views", "models.database"),
        ("handlers.charts.views.page", "slack_bolt"),
        ("handlers.slack.words", "models.services.digest"),
        ("handlers.files.ics", "slack_sdk"),
    ],
    "listeners and the bot reach the database through services": [
        ("handlers.report.listeners", "sqlalchemy"),
        ("handlers.report.listeners", "models.tables.report"),
        ("handlers.timeline.listeners", "models.commit"),
        ("bot.load", "sqlalchemy"),
        ("bot.health", "models.tables.outbox"),
    ],
    "models look inward": [
        ("models.rules.report.entries", "models.services.report.submit"),
        ("models.rules.report.entries", "models.tables.report"),
        ("models.tables.report", "models.services.report.submit"),
        ("models.services.report.submit", "handlers.report.messages"),
        ("models.services.digest", "slack_sdk"),
        ("models.services.export", "openpyxl"),
        ("models.rules.charts.charts", "sqlalchemy"),
        ("models.rules.collaborative.people", "models.rules.charts.charts"),
        ("models.rules.report.report", "models.rules.coaching.flags"),
        ("models.errors", "models.rules.numbers"),
    ],
    "areas of services have an order, and what all stand on knows no feature": [
        ("models.services.delivery.results", "models.services.coaching.feedback_lost"),
        ("models.services.delivery.outbox", "models.services.due"),
        ("models.services.due", "models.services.roll_call"),
        ("models.services.collaborative.people", "models.services.delivery.notices"),
        ("models.services.reminders.answers", "models.services.report.submit"),
        ("models.services.report.form", "models.services.coaching.flags"),
        ("models.services.digest", "models.services.charts.signals"),
    ],
    "the playground stands apart": [
        ("playground.slack", "bot.app"),
        ("playground.posting", "handlers.slack.blocks"),
        ("bot.app", "playground.server"),
        ("handlers.report.listeners", "playground.client"),
    ],
}
CIRCLES = {
    "playground.state": "import playground.slack",
    "playground.blocks.kinds": "import playground.blocks.layout",
    "playground.methods.history": "def late():\n    import playground.methods.schedule",
    "playground.workspace": "if TYPE_CHECKING:\n    import playground.rendering",
}
STRAY = ("models.extra", "models.rules.extra", "models.services.extra")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code with its contracts, to plant in."""
    root = tmp_path_factory.mktemp("walls")
    shutil.copy(ROOT / "pyproject.toml", root)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_the_code_as_it_stands_keeps_them(copy: Path) -> None:
    """Else nothing below would say anything."""
    assert "0 broken" in linted(copy)


@pytest.mark.parametrize(
    ("importer", "imported"), [pair for pairs in WRONG.values() for pair in pairs], ids=" -> ".join
)
def test_a_wrong_import_turns_a_contract_red(copy: Path, importer: str, imported: str) -> None:
    """Named with both its ends."""
    found = planted(copy, importer, f"import {imported}")
    assert "0 broken" not in found
    assert importer in found


@pytest.mark.parametrize("importer", CIRCLES)
def test_the_playground_runs_in_no_circle(copy: Path, importer: str) -> None:
    """Neither for typing alone nor late, in a function."""
    found = planted(copy, importer, CIRCLES[importer])
    assert "The playground has no import cycle, typing counted BROKEN" in found


@pytest.mark.parametrize("name", STRAY)
def test_a_package_without_a_place_fails_by_name(copy: Path, name: str) -> None:
    """It has to be put into an order before it can be imported by anybody."""
    folder = copy / name.replace(".", "/")
    folder.mkdir()
    (folder / "__init__.py").touch()
    try:
        assert f"- {name}" in linted(copy)
    finally:
        shutil.rmtree(folder)


def planted(root: Path, importer: str, lines: str) -> str:
    """What lint-imports prints of a copy with these lines at the end of a module."""
    path = root / f"{importer.replace('.', '/')}.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{lines}\n", encoding="utf-8")
    try:
        return linted(root)
    finally:
        path.write_text(text, encoding="utf-8")


def linted(root: Path) -> str:
    """What lint-imports prints of a copy."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout
