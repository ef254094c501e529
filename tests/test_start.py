"""The bot starts light: what draws, reads files or changes tables is loaded with the first need of it."""

import subprocess
import sys

HEAVY = {
    "alembic",
    "matplotlib",
    "numpy",
    "openpyxl",
    "yaml",
    "icalendar",
    "holidays",
    "aiohttp",
    "PIL",
    "playground",
}
OF_POSTGRES = {"psycopg", "sqlalchemy.dialects.postgresql"}  # on SQLite

START = """
import sys
from bot import cli
from bot.app import build
from bot.clock import SystemClock
from bot.config import Settings
from models import migrations

settings = Settings.model_validate({
    "slack_bot_token": "xoxb-made-up",
    "slack_signing_secret": "made-up",
    "database_url": sys.argv[1],
    "host": "127.0.0.1",
    "port": 0,
})
assert migrations.is_up_to_date(settings.database_url)
momentum = build(settings, SystemClock())
momentum.open()
momentum.scheduler.start()
print(*sys.modules)
momentum.stop()
"""


def test_a_bot_that_is_up_has_loaded_nothing_it_may_never_need(sqlite_url: str) -> None:
    """Such modules take half a second and tens of megabytes, and a command may never need them."""
    command = [sys.executable, "-c", START, sqlite_url]
    bot = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    loaded = set(bot.stdout.split())
    assert {"bot", "slack_bolt", "sqlalchemy"} <= loaded
    assert not (HEAVY | OF_POSTGRES) & loaded
