"""What is done to a playground and to the bot beside it, step by step, while the bot's own loops rest."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, select

from bot.demo.deeds import ScreenStep
from bot.demo.player import Player
from bot.demo.stage import SECONDS_BETWEEN_MESSAGES
from handlers import registry
from handlers.context import Deps
from models.tables.outbox import outbox_messages
from playground.client import Person, Playground


class Hands:
    def __init__(self, slack: Playground, player: Player) -> None:
        self.slack = slack
        self.workspace = str(slack.app["team_id"])
        self._player = player

    @property
    def now(self) -> datetime:
        return self._player.now

    @property
    def deps(self) -> Deps:
        return self._player.momentum.deps

    def write(self, unit: Callable[[Connection], object]) -> None:
        self.deps.db.write(unit)

    def do(self, slack_user: str, *steps: ScreenStep) -> None:
        """Do what a person does; what a button stands in may be on its way still."""
        person = Person(self.slack, slack_user, slack_user)
        for step in steps:
            self.slack.wait_for(partial(self._is_done, person, step))

    def waits(self, kind: str) -> None:
        """Wait until the bot has put a message into the outbox."""
        kinds = select(outbox_messages.c.kind).where(outbox_messages.c.state == "pending")
        self.slack.wait_for(lambda: kind in self.deps.db.read(lambda db: db.scalars(kinds).all()))

    def turn(self, times: int = 1) -> None:
        """Have delivery send what may go at each turn."""
        for _ in range(times):
            self._player.momentum.pump.turn()
            self.slack.advance(SECONDS_BETWEEN_MESSAGES)

    def look(self) -> None:
        """Have the clock jobs put into the outbox what is due."""
        for job in registry.CLOCK.values():
            job(self.deps)

    def pass_until(self, moment: datetime) -> None:
        """Let time pass, with a look and all that is due going out on the way."""
        self._player._pass(moment)

    def deliver(self) -> None:
        """Have a look, and let all that is due go out."""
        self._player._tick()

    def direct(self, slack_user: str) -> str:
        """Somebody's direct message with the bot."""
        seen = self.slack.screen_of(slack_user)["channels"]
        return next(str(one["id"]) for one in seen if one["kind"] == "im")

    def _is_done(self, person: Person, step: ScreenStep) -> bool:
        self._player._step(person, step)
        return True
