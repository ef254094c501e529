"""One playground as a whole: all it holds, and the ways to the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.delivery import Delivery
from playground.sockets import Sockets
from playground.state import State

if TYPE_CHECKING:
    from playground.clock import Clock
    from playground.limits import Rates
    from playground.manifest import Manifest


class Slack(State):
    """The state, with what sends payloads to the app; whatever acts on a playground is handed this."""

    def __init__(self, clock: Clock, manifest: Manifest, base_url: str, rates: Rates | None = None) -> None:
        super().__init__(clock, manifest, base_url, rates)
        self.sockets = Sockets(self)
        self.delivery = Delivery(self, self.sockets)
