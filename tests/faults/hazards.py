"""What a storm throws at delivery: answers of Slack's, senders that die, a disk and a server that fail."""

import random
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from models import engines
from models.rules.delivery.outcomes import EDIT, POST
from tests.faults.cutting import cut_all
from tests.faults.settings import Setting
from tests.office import Office

LOOKS = ("conversations.history", "conversations.replies", "conversations.open")
ANSWERS: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 4},
    {"status": 429, "retry_after": "soon"},
    {"drop": "after"},
    {"drop": "before"},
    {"hang": True, "accept": True},
    {"status": 500, "body": "<html>", "accept": True},
    {"status": 503, "body": ""},
    {"status": 200, "body": '{"ok": tr', "accept": True},
    {"error": "internal_error"},
)
FAULTS = (
    *({"method": method, **answer} for method in (POST, POST, EDIT) for answer in ANSWERS),
    *({"method": method, "status": 503, "body": ""} for method in LOOKS),
    *({"method": method, "status": 429, "retry_after": 9} for method in LOOKS),
    *({"method": method, "lag": 5} for method in LOOKS[:2]),
    {"method": "*", "error": "token_revoked"},
)
PATIENCE_S = 0.5  # of the machine, for a call that hangs


class Died(BaseException):
    """The sender is gone, at once and without a word: nothing below it runs."""


class FatefulClient(WebClient):
    """Dies before or after a call, as its dice decide."""

    dice: random.Random
    died: Callable[[], None]

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        return self._perhaps(super().chat_postMessage, arguments)

    def chat_update(self, **arguments: Any) -> Any:
        return self._perhaps(super().chat_update, arguments)

    def _perhaps(self, send: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        fate = self.dice.random()
        if fate < 0.03:
            self._die()
        answer = send(**arguments)
        if fate > 0.97:
            self._die()
        return answer

    def _die(self) -> None:
        self.died()
        raise Died


class Disk:
    """What SQLite writes to, or the Postgres server, failing until it is mended."""

    def __init__(self, office: Office, url: str, dice: random.Random) -> None:
        self._office = office
        self._url = url
        self._dice = dice
        self._broken: Setting | None = None

    def fail(self) -> str:
        """Fail in one of the ways this database has; say which."""
        self.mend()
        if not engines.is_sqlite(engines.named(self._url)):
            cut_all(self._url)
            return "database restarts"
        self._broken = self._dice.choice([Setting.full, Setting.read_only])(self._office.db)
        return "disks full or read-only"

    def mend(self) -> None:
        if self._broken:
            self._broken.close()
        self._broken = None


class Places:
    """Channels and people to write to, of which one at a time may be out of reach."""

    WAYS = (("channels archived", "archived"), ("bots removed", "bot"), ("people deactivated", "deleted"))

    def __init__(self, office: Office, dice: random.Random, channels: int) -> None:
        ana = office.cast.slack["Ana"]
        self._slack = office.slack
        self._dice = dice
        self.channels = [self._slack.add_channel(f"team-{n}", [ana]) for n in range(channels)]
        self.people = [ana, self._slack.add_person("bo").id]
        self._gone: tuple[str, str] | None = None

    def any(self) -> str:
        return self._dice.choice(self.channels + self.people)

    def close(self) -> str:
        """Put one out of reach; say how."""
        self.open()
        name, how = self._dice.choice(self.WAYS)
        self._gone = (self._dice.choice(self.people if how == "deleted" else self.channels), how)
        self._set(*self._gone, is_gone=True)
        return name

    def open(self) -> None:
        if self._gone:
            self._set(*self._gone, is_gone=False)
        self._gone = None

    def _set(self, place: str, how: str, *, is_gone: bool) -> None:
        if how == "deleted":
            self._slack.change_person(place, deleted=is_gone)
        else:
            self._slack.change_channel(place, **{how: is_gone if how == "archived" else not is_gone})
