"""CONTRIBUTING's recipe, followed with a throw-away feature: each forgotten step fails by name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOLDING = (
    *("tests/test_features.py", "tests/test_docs.py", "tests/test_manifest.py", "tests/test_architecture.py"),
    "tests/migrations/test_migrations.py::test_make_migration_finds_nothing_new",
)
LISTENERS = '''"""Waves to who waves."""

from slack_bolt import App, Args

from handlers.context import Deps, accept
from handlers.errors import lazily, say
from handlers.feature import Feature, Word


def register(app: App, deps: Deps) -> None:
    """Listen for the command."""


def wave(_deps: Deps, args: Args) -> None:
    """Wave back."""
    say(args.body["response_url"], "Hello.")


FEATURE = Feature(register=register, words={"wave": Word("waves.", wave)})
'''
TABLE = '''"""Who waved."""

from sqlalchemy import Table

from models.tables.base import key_column, metadata

waves = Table("waves", metadata, key_column())
'''
SERVICE = '''"""Waves that all see."""

from datetime import datetime

from sqlalchemy import Connection

from models.rules.collaborative.people import Collaborative
from models.services.delivery import outbox


def wave(db: Connection, collaborative: Collaborative, now: datetime) -> None:
    """Have all see a wave."""
    outbox.say(db, collaborative, "wave", f"{now}", {}, now)
'''
COMPOSER = '''def compose(_db: object, _args: object, _now: object) -> None:
    """It has passed already."""


'''
ENTRY = """\
    - command: /wave
      description: Waves
      usage_hint: " "
      should_escape: false
"""
STORY = '''"""Who may wave."""

import pytest


@pytest.mark.who_may("wave")
def test_everybody_may_wave() -> None:
    """It says nothing of anybody."""
'''


class Draft:
    """A copy of the project to change, and what is held to be wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def add(self, path: str, beside: str, new: str, *, before: bool = False) -> None:
        """Write something new behind, or before, what stands there."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert beside in text, f"{path} holds {beside!r}"
        self.write(path, text.replace(beside, f"{new}{beside}" if before else f"{beside}{new}", 1))

    def shows(self, *names: str) -> None:
        """Some of what these tests, and the import contracts, find wrong now is said in these words."""
        tests = {name.partition("[")[0] for name in names if name.startswith("test_")}
        wrong = "\n".join(self.wrong("-k", " or ".join(tests) or "none"))
        assert [name for name in names if name not in wrong] == [], wrong

    def wrong(self, *options: str) -> list[str]:
        """What the tests that hold the house say, and the import contracts: a line each."""
        pytest = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rf")
        tested = self.run(*pytest, *HOLDING, *options)
        linted = self.run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
        failed = [line for line in tested.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed + [line for line in linted.splitlines() if line.startswith("- ") or "BROKEN" in line]

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout + done.stderr


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """The project as git knows it, and what is new in it."""
    monkeypatch.setenv("COLUMNS", "500")  # no line of a summary is cut
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    for name in files:
        if (ROOT / name).is_file() and Path(name).name != Path(__file__).name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607
    return Draft(tmp_path)


def a_word(draft: Draft) -> None:
    """Step 1 to 3: the folder, its record, its line in the registry, its word where people look."""
    draft.write("handlers/wave/__init__.py", "")
    draft.shows("test_each_folder_of_handlers_is_a_feature_or_ground")

    draft.write("handlers/wave/listeners.py", LISTENERS)
    draft.shows("test_each_feature_has_its_record_in_the_registry[wave]")

    above = "from handlers.timeline import listeners as timeline\n"
    draft.add("handlers/registry.py", above, "from handlers.wave import listeners as wave\n")
    draft.add("handlers/registry.py", "    timeline.FEATURE,\n", "    wave.FEATURE,\n")
    draft.shows("test_each_word_stands_where_people_look[wave]", "the README's table does not name it")

    draft.add("README.md", "`/momentum report`, ", "`/momentum wave`, ")
    draft.shows("test_each_word_stands_where_people_look[wave]", "the hint in manifest.yml does not name it")

    draft.add("manifest.yml", "timeline | ", "wave | ")
    draft.shows("test_each_word_stands_where_people_look[wave]", "no guide names it")
    draft.add("docs/team-guide.md", "# For a team member\n", "\nTo wave, type `/momentum wave`.\n")


def a_button(draft: Draft) -> None:
    """Step 4: its name, and who listens to it."""
    draft.add("handlers/slack/action_ids.py", "MOMENTUM_HELP =", 'WAVE = "wave"\n', before=True)
    draft.shows("test_each_action_id_is_listened_to[WAVE]")
    draft.add("handlers/wave/listeners.py", "Feature(register=register, ", 'presses={"wave": wave}, ')


def state(draft: Draft) -> None:
    """Step 5: an area has its place in the order, a table its migration, a message its composer."""
    draft.write("models/rules/wave/__init__.py", "")
    draft.write("models/services/wave/__init__.py", "")
    draft.shows("- models.rules.wave", "- models.services.wave")
    draft.add("pyproject.toml", 'layers = ["export | home | ', "wave | ")
    draft.add("pyproject.toml", '    "coaching | ', "wave | ")

    draft.write("models/tables/wave.py", TABLE)
    draft.write("models/services/wave/waves.py", SERVICE)
    draft.shows(
        "test_make_migration_finds_nothing_new",
        "test_each_kind_of_message_that_is_said_has_its_composer[wave]",
    )
    draft.add("handlers/wave/listeners.py", "FEATURE = Feature(", 'composers={"wave": compose}, ')
    draft.add("handlers/wave/listeners.py", "FEATURE =", COMPOSER, before=True)
    alembic = (sys.executable, "-m", "alembic", "-c", "models/migrations/alembic.ini")
    draft.run(*alembic, "revision", "--autogenerate", "-m", "waves")


def a_command(draft: Draft) -> None:
    """A slash command besides: in the manifest, in the settings, in the docs, and listened to."""
    entry = (
        '    - command: /wave\n      description: Waves.\n      usage_hint: " "\n      should_escape: false\n'
    )
    draft.add("manifest.yml", "  slash_commands:\n", entry)
    draft.shows("test_the_commands_are_those_of_the_settings", "test_each_command_is_listened_to[/wave]")

    setting = '    wave_command: SlashCommand = Field(default="/wave", description="The name of /wave.")\n'
    draft.add("bot/config.py", "    report_command: SlashCommand", setting, before=True)
    draft.shows(
        "test_every_setting_is_documented_with_its_default",
        "test_the_readme_names_every_slash_command",
        "README does not name /wave",
    )

    row = "| `WAVE_COMMAND` | `/wave` | the name of /wave |\n"
    draft.add("docs/operations.md", "| `REPORT_COMMAND`", row, before=True)
    draft.add("README.md", "| `/momentum` |", "| `/wave` | waves |\n", before=True)
    draft.add("handlers/context.py", '    momentum: str = "/momentum"\n', '    wave: str = "/wave"\n')
    listens = "    app.command(deps.commands.wave)(ack=accept, lazy=[lazily(deps, wave)])\n"
    draft.add("handlers/wave/listeners.py", '"""Listen for the command."""\n', listens)


@pytest.mark.timeout(600)
def test_each_forgotten_step_fails_by_name_and_the_last_one_makes_all_green(draft: Draft) -> None:
    """In the recipe's order, one step at a time."""
    a_word(draft)
    a_button(draft)
    state(draft)
    a_command(draft)
    draft.shows("test_each_feature_has_a_story_that_asks_who_may[wave]")
    draft.write("tests/handlers/wave/test_wave.py", STORY)
    assert draft.wrong() == []
