"""The Python client of the control API: act as people, read screens, move the clock, inject faults, wait."""

from __future__ import annotations

import select
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING, Any, TypeVar

from playground.control_calls import ControlCalls, Refusal
from playground.person import Person
from playground.screen_reading import Home, Message, Modal, NotThere, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Home",
    "Message",
    "Modal",
    "NotThere",
    "Person",
    "Playground",
    "Refusal",
    "Screen",
    "WaitedInVain",
]

GLANCE = 0.1
T = TypeVar("T")


class WaitedInVain(AssertionError):  # noqa: N818 - a failed expectation
    """What was waited for did not come; the message shows every screen."""


class Playground(ControlCalls):
    """A playground at `url`. Every call is one HTTP request; nothing is kept."""

    @property
    def app(self) -> dict[str, Any]:
        """The app's ids, tokens, scopes and number of sockets."""
        return self.call("GET", "/control/app")

    def set_app(self, **wanted: Any) -> dict[str, Any]:
        """Change `request_url`, `scopes`, `token_revoked`, `team_name` or `enterprise_id`."""
        return self.call("POST", "/control/app", wanted)

    def set_limits(self, **wanted: Any) -> dict[str, Any]:
        """Change rate limits, see playground.limits.Rates."""
        return self.call("POST", "/control/limits", wanted)

    def add_person(self, name: str, **more: Any) -> Person:
        """Add a person; `more` as in the control API: real_name, tz, id, team_id, is_restricted, ..."""
        return self.person(self.call("POST", "/control/people", {"name": name, **more})["person"]["id"])

    def change_person(self, person_id: str, **more: Any) -> None:
        """Change a person by id."""
        self.call("POST", "/control/people", {"id": person_id, **more})

    def add_channel(self, name: str, members: list[str] | None = None, **more: Any) -> str:
        """Add a channel the app is in (unless bot=False): private, archived, topic, id. Returns its id."""
        wanted = {"name": name.removeprefix("#"), "members": members or [], "bot": True, **more}
        made: str = self.call("POST", "/control/channels", wanted)["channel"]["id"]
        return made

    def change_channel(self, channel_id: str, **more: Any) -> None:
        """Change a channel by id."""
        self.call("POST", "/control/channels", {"id": channel_id, **more})

    def person(self, who: str) -> Person:
        """A person by name, real name or id.

        Raises:
            NotThere: nobody is called so.
        """
        found = Screen(self.screen_of(self.app["bot_user_id"])).person(who)
        return Person(self, found["id"], found["real_name"])

    @property
    def now(self) -> float:
        """Seconds since the epoch on the playground's clock."""
        return float(self.call("GET", "/control/clock")["now"])

    def advance(self, seconds: float) -> None:
        """Move the clock on; timers fire in order on the way."""
        self.call("POST", "/control/clock", {"advance": seconds})

    def set_clock(self, **wanted: Any) -> None:
        """`to` (epoch seconds) or `running`."""
        self.call("POST", "/control/clock", wanted)

    @property
    def pace(self) -> str | None:
        """The pace chosen for the show that is on; None when none is."""
        chosen: str | None = self.call("GET", "/control/pace")["chosen"]
        return chosen

    def set_pace(self, **wanted: Any) -> None:
        """`choices` begin a show (none end it), `chosen` changes its pace, `saying` says what happens."""
        self.call("POST", "/control/pace", wanted)

    def fault(self, method: str, **wanted: Any) -> str:
        """Inject a fault, see playground.faults.Fault; returns its id."""
        made: str = self.call("POST", "/control/faults", {"method": method, **wanted})["fault"]
        return made

    def clear_faults(self) -> None:
        """End all faults."""
        self.call("DELETE", "/control/faults")

    def sockets(self, do: str) -> None:
        """Socket Mode faults: disconnect, warn, abort, silence."""
        self.call("POST", "/control/sockets", {"do": do})

    def journal(self, kind: str | None = None, since: int = 0, **matching: Any) -> list[dict[str, Any]]:
        """All traffic after entry `since`, of one kind, with these values (method="chat.postMessage")."""
        entries = self.call("GET", f"/control/journal?since={since}")["entries"]
        fits = [one for one in entries if kind in (None, one["kind"])]
        return [one for one in fits if all(one.get(key) == value for key, value in matching.items())]

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:
        """Wait until `predicate()` is true and return what it gave.

        It is looked at anew after each change in the playground, and a few times a second for what changes
        elsewhere, like the app's own rows.

        Args:
            predicate: called with nothing; NotThere counts as false.
            timeout: real seconds.

        Raises:
            WaitedInVain: time is up; the message shows all screens.
        """
        until = time.monotonic() + timeout
        with closing(HTTPConnection(self.address, timeout=timeout)) as connection:
            connection.request("GET", "/control/stream")
            answer = connection.getresponse()
            while not (found := _attempt(predicate)) and (left := until - time.monotonic()) > 0:
                _read_line(answer, min(left, GLANCE))
        if found:
            return found
        raise WaitedInVain(f"Waited {timeout} s in vain.\n{self.dump()}")

    def dump(self) -> str:
        """All screens in words, for a failing test."""
        bot = self.app["bot_user_id"]
        people = [one for one in self.screen_of(bot)["people"] if not one["is_bot"]]
        return "\n".join(str(Screen(self.screen_of(one["id"]))) for one in people)


def _read_line(answer: HTTPResponse, patience: float) -> None:
    """Read a line of the stream, if one comes in time."""
    if select.select([answer], [], [], patience)[0]:
        answer.readline()


def _attempt(predicate: Callable[[], T]) -> T | None:
    try:
        return predicate()
    except NotThere:
        return None
