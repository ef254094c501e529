"""What is there to run Momentum with: container, unit and alarms agree with the program and its docs."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Settings
from bot.health import Findings
from bot.metrics import Metrics
from models.services.delivery.queue import Queue

ROOT = Path(__file__).parent.parent
SETTINGS = {name.upper() for name in Settings.model_fields}
OTHERS = {"MPLCONFIGDIR", "PYTHONUNBUFFERED", "MALLOC_ARENA_MAX"}  # of matplotlib, Python and glibc
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNIT = (ROOT / "deploy" / "momentum.service").read_text(encoding="utf-8")
ALARMS = yaml.safe_load((ROOT / "deploy" / "alarms.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
LOCKED = (
    "--require-hashes --requirement requirements",  # and nothing beside what is in the lock:
    "--no-deps --no-build-isolation --editable .",
)
URL = re.compile(r"(?:sqlite|postgresql)://[^\s}]+")


class Well:
    """A health that is looked at, and nothing is wrong."""

    def look(self) -> Findings:
        waiting = Queue({"pending": 1, "sending": 0, "held": 0, "failed": 0}, 0.0, 0, ())
        return Findings(
            loops={"delivery": 0.0},
            late=(),
            silence=0.0,
            is_connected=True,
            is_stopping=False,
            waiting=waiting,
        )


def metrics() -> dict[str, Any]:
    """Every family of ours the bot tells of, by name."""
    told = Metrics()
    told.watch(Well())  # type: ignore[arg-type]  # all that is asked of it
    found = {family.name: family for family in told.registry.collect()}
    return {name: family for name, family in found.items() if name.startswith("momentum_")}


@pytest.mark.parametrize("service", ["migrate", "bot"])
def test_compose_sets_nothing_the_program_does_not_know(service: str) -> None:
    """And hands over an address of the database that the settings take."""
    environment = COMPOSE["services"][service]["environment"]
    assert set(environment) <= SETTINGS
    url = environment["DATABASE_URL"].replace("${POSTGRES_PASSWORD:?letters and digits, in .env}", "secret")
    given = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "database_url": url}
    assert Settings.model_validate(given).database_url == "postgresql://momentum:secret@records/momentum"


def test_in_compose_the_tables_come_before_the_bot() -> None:
    """A healthy Postgres, then `momentum migrate`, then the bot, which is kept running."""
    services = COMPOSE["services"]
    assert services["migrate"]["command"] == ["migrate"]
    assert services["migrate"]["depends_on"]["records"]["condition"] == "service_healthy"
    assert services["bot"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["bot"]["restart"] == "unless-stopped"
    assert {port.split(":")[0] for port in services["bot"]["ports"]} == {"127.0.0.1"}


def test_the_image_holds_what_the_bot_needs_and_runs_as_nobody_special() -> None:
    """Files of known hashes, the font cache made beforehand by who will use it, a check without curl."""
    for source in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, flags=re.MULTILINE):
        assert all((ROOT / name).exists() for name in source.split())
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
        assert all(f"!{name.rstrip('/')}\n" in ignored for name in source.split())
    assert all(words in DOCKERFILE for words in LOCKED)
    assert DOCKERFILE.index("USER momentum") < DOCKERFILE.index("import matplotlib.font_manager")
    assert re.findall(r"^USER (\w+)", DOCKERFILE, flags=re.MULTILINE) == ["momentum"]
    names = re.findall(r"([A-Z_]+)=", " ".join(re.findall(r"^ENV (.+)$", DOCKERFILE, flags=re.MULTILINE)))
    assert set(names) <= SETTINGS | OTHERS
    assert "127.0.0.1:8080/healthz" in DOCKERFILE
    assert "chmod 700 /data" in DOCKERFILE


def test_the_unit_runs_the_bot_with_settings_it_knows() -> None:
    """The tables first; a stop has the ten seconds the bot may take."""
    assert set(re.findall(r"^Environment=(\w+)", UNIT, flags=re.MULTILINE)) <= SETTINGS | OTHERS
    assert "/momentum migrate\nExecStart=/opt/momentum/.venv/bin/momentum run\n" in UNIT
    assert "TimeoutStopSec=10\n" in UNIT
    assert "User=momentum\n" in UNIT
    assert "StateDirectoryMode=0700\nUMask=0077\n" in UNIT


def test_every_metric_is_documented_and_no_other() -> None:
    """docs/operations.md has a row for each."""
    assert set(re.findall(r"^\| `(momentum_\w+)` \|", OPERATIONS, flags=re.MULTILINE)) == set(metrics())


def test_every_alarm_asks_for_what_is_told_and_says_what_to_do() -> None:
    """Of metrics there are, with labels they have; a row in the docs for each alarm."""
    samples = {sample.name for family in metrics().values() for sample in family.samples}
    for alarm in ALARMS:
        assert set(re.findall(r"momentum_\w+", alarm["expr"])) <= samples, alarm["alert"]
    outcomes = {sample.labels["outcome"] for sample in metrics()["momentum_deliveries"].samples}
    assert set(re.findall(r'outcome="(\w+)"', str(ALARMS))) <= outcomes
    named = re.findall(r"^\| `([A-Z]\w+)` \| \S.* \| \S.* \|$", OPERATIONS, flags=re.MULTILINE)
    assert [name for name in named if name != name.upper()] == [alarm["alert"] for alarm in ALARMS]
