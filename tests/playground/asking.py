"""A person asks by a command, and the app gets a trigger id."""

from playground.client import Person
from tests.playground.small_app import Seen


class Ask:
    """Gives a person (Ana unless named) a fresh trigger id by a command; `seen` is what the app was told."""

    def __init__(self, seen: Seen, ana: Person) -> None:
        self.seen = seen
        self._ana = ana

    def __call__(self, person: Person | None = None) -> str:
        (person or self._ana).command("#team", "/ask")
        return str(self.seen.bodies[-1]["trigger_id"])
