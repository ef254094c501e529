"""Each feature is whole: a folder with its record in the registry, all of whose parts are asked for."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from slack_bolt import App, BoltRequest, BoltResponse

from handlers import registry
from handlers.context import Deps
from handlers.slack import action_ids
from models.database import Database
from models.rules.reminders.due_message import DueMessage
from tests.clock import FrozenClock

ROOT = Path(__file__).parent.parent
HANDLERS = ROOT / "handlers"
FOLDERS = sorted(path.parent.name for path in HANDLERS.glob("*/listeners.py"))
GROUND = {"delivery", "files", "slack"}
COMMANDS = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))["features"]["slash_commands"]
SAYING = {
    "outbox.message": 1,
    "outbox.say": 2,
    "outbox.edit_all": 3,
}  # where the kind stands among the arguments
IDS = {name: value for name, value in vars(action_ids).items() if name.isupper()}


def said(path: Path) -> Iterator[str]:
    """The kinds of message that a service says, or has said when they are due."""
    names = vars(import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)))
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            called = ast.unparse(call.func)
            is_due = isinstance(names.get(called), type) and issubclass(names[called], DueMessage)
            if called in SAYING or is_due:
                kind = call.args[SAYING.get(called, 0)]
                yield str(kind.value if isinstance(kind, ast.Constant) else names[ast.unparse(kind)])


SERVICES = sorted((ROOT / "models/services").rglob("*.py"))
KINDS = sorted({kind for path in SERVICES if path.name != "due.py" for kind in said(path)})


@pytest.fixture(scope="module")
def app(sqlite_template: Path) -> App:
    """Bolt with all that the features listen to."""
    made = App(token="xoxb-made-up", signing_secret="made up", token_verification_enabled=False)
    database = Database(f"sqlite:///{sqlite_template}")
    registry.register(made, Deps(database, FrozenClock()))
    database.dispose()
    return made


def test_each_folder_of_handlers_is_a_feature_or_ground() -> None:
    """A folder that is neither has no listeners.py: the registry could not know of it."""
    folders = {path.parent.name for path in HANDLERS.glob("*/__init__.py")}
    assert folders == set(FOLDERS) | GROUND


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_feature_has_its_record_in_the_registry(folder: str) -> None:
    """As FEATURE, or as what feature() makes of the others' parts."""
    listeners = import_module(f"handlers.{folder}.listeners")
    if hasattr(listeners, "FEATURE"):
        assert any(listeners.FEATURE is each for each in registry.FEATURES)
    else:
        contents = read("handlers/registry.py")
        imported = re.search(rf"^from handlers.{folder} import listeners as (\w+)$", contents, re.MULTILINE)
        assert imported
        assert f"{imported[1]}.feature(" in contents


def test_every_part_that_a_feature_brings_is_shown() -> None:
    """A section of the digest and a part of the Home tab have their place in the registry's order."""
    brought = registry.BRINGING
    sections = {name for each in brought for name in each.sections}
    assert sections <= set(registry.DIGEST)
    assert {name for each in brought for name in each.home} == set(registry.HOME)


def test_no_two_features_bring_the_same_name() -> None:
    """The second would replace the first without a word."""
    with pytest.raises(ValueError, match="stands twice"):
        registry.merged([{"report": 1}, {"report": 2}])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_message_that_is_said_has_its_composer(kind: str) -> None:
    """Without one it would fail when it ought to go, and the host would be told."""
    assert kind in registry.COMPOSERS


def test_each_composer_has_something_to_compose() -> None:
    """A kind that nobody says is a rest of something."""
    assert set(registry.COMPOSERS) <= set(KINDS)


@pytest.mark.parametrize("word", registry.WORDS)
def test_each_word_stands_where_people_look(word: str) -> None:
    """In the README's table, in the hint Slack shows while the command is typed, and in a guide."""
    (hint,) = [each["usage_hint"] for each in COMMANDS if each["command"] == "/momentum"]
    assert f"`/momentum {word}`" in read("README.md"), "the README's table does not name it"
    assert word in hint.strip("[]").split(" | "), "the hint in manifest.yml does not name it"
    guides = read("docs/team-guide.md") + read("docs/coach-guide.md")
    assert f"`/momentum {word}`" in guides, "no guide names it"


@pytest.mark.parametrize("folder", [*FOLDERS, "delivery"])
def test_each_feature_has_a_story_that_asks_who_may(folder: str) -> None:
    """Marked who_may, with the folder's name: what happens when somebody does or sees what is not theirs."""
    tests = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert any(f'@pytest.mark.who_may("{folder}")' in text for text in tests)


@pytest.mark.parametrize("command", [each["command"] for each in COMMANDS])
def test_each_command_is_listened_to(app: App, command: str) -> None:
    """What Slack lets people type is answered."""
    assert _hears(app, {"command": command})


@pytest.mark.parametrize("name", IDS)
def test_each_action_id_is_listened_to(app: App, name: str) -> None:
    """A button, form or shortcut nobody listens to would do nothing; some end in which way was pressed."""
    ways = (IDS[name], f"{IDS[name]}:on", f"{IDS[name]}:note")
    assert any(_hears(app, made(way)) for way in ways for made in (_pressed, _sent, _closed, _chosen))


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _hears(app: App, body: dict[str, object]) -> bool:
    request = BoltRequest(body=body, mode="socket_mode")
    listeners = app._listeners
    return any(listener.matches(req=request, resp=BoltResponse(status=200)) for listener in listeners)


def _pressed(action_id: str) -> dict[str, object]:
    return {"type": "block_actions", "actions": [{"type": "button", "action_id": action_id}]}


def _chosen(callback_id: str) -> dict[str, object]:
    """A global shortcut."""
    return {"type": "shortcut", "callback_id": callback_id}


def _sent(callback_id: str) -> dict[str, object]:
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


def _closed(callback_id: str) -> dict[str, object]:
    return {**_sent(callback_id), "type": "view_closed"}
