"""Plays the demo's story: moves the virtual clock from act to act, and asks what is due on the way."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import TypeVar

from bot.app import Momentum
from bot.demo.deeds import Advise, Annotate, ByHand, DatedDeed, Judge, Report, Restart, ScreenStep
from bot.demo.marks import set_mark
from bot.demo.story import Story
from bot.demo.submitting import submit
from handlers import registry
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.rules.delivery.fair_queue import QueueState
from models.rules.time.days import day_of
from models.rules.time.working_time import SATURDAY, instant
from models.services import digest
from models.services.coaching import feedback
from models.services.delivery.claims import look
from playground.client import Message, Person, Playground

MORNING = 8  # by the clock where people are: reminders and digests fall due then
A_DAY = timedelta(days=1)
BETWEEN_TURNS_S = 1.1  # of the virtual clock: Slack takes one message a second in a channel
BEFORE_NOW = timedelta(minutes=5)
GIVES_UP_S = 3600  # of the virtual clock, for messages that will not go out
STOP_S = 8.0
NOTHING_DONE = "Days pass. Momentum looks each morning what is due."

T = TypeVar("T")
Pause = Callable[[], bool]
"""Called after whatever was said; waits as the pace asks for, and answers whether to stop."""


def never() -> bool:
    """The pause of who does not watch."""
    return False


class Stopped(Exception):  # noqa: N818 - not an error: the one who watches has seen enough
    """The story was stopped on the way."""


class Player:
    """Plays a story on a playground whose clock stands still between acts."""

    def __init__(self, slack: Playground, built: Callable[[], Momentum], zones: Iterable[str]) -> None:
        self._slack = slack
        self._built = built
        self._pause: Pause = never
        self._zones = frozenset(zones)
        self._workspace = slack.app["team_id"]
        self._reports: dict[tuple[str, object], int] = {}
        self._given: dict[tuple[str, object], int] = {}
        self.remarks: list[tuple[datetime, str]] = []
        self._is_live = False
        self.momentum = self._open()

    def play(self, story: Story, until: datetime, pause: Pause) -> None:
        """Play all acts, then let time pass `until`. Raises Stopped when the pause says so."""
        self._pause = pause
        for at, together in groupby(story.acts, key=lambda act: act.at):
            acts = list(together)
            self._pass(min(at, until - BEFORE_NOW))
            self._slack.set_pace(saying=" ".join(act.remark for act in acts))
            for act in acts:
                self._do(act)
            self._tick()
        self._pass(until)

    def live(self) -> None:
        """Build the bot anew and let it go by itself: its own clock jobs and delivery take over."""
        self._shut()
        self.momentum = self._built()
        self.momentum.start()
        self._is_live = True

    def end(self) -> None:
        """Stop the bot for good."""
        if self._is_live:
            self.momentum.stop()
        else:
            self._shut()

    def _shut(self) -> None:
        """Stop a bot whose scheduler never ran: what it has in hand is finished, what waits stays in rows."""
        momentum = self.momentum
        momentum.way_in.stop()
        momentum.pump.stop(STOP_S)
        momentum.listeners.shutdown()
        momentum.drawing.close()
        momentum.deps.db.dispose()

    def _open(self) -> Momentum:
        momentum = self._built()
        momentum.enter()
        return momentum

    @property
    def now(self) -> datetime:
        return self.momentum.deps.clock.now()

    def _pass(self, moment: datetime) -> None:
        """Let time pass, looking at what is due on the way as the bot's own clock does all day."""
        self._slack.set_pace(saying=NOTHING_DONE)
        for way_mark in _looks(self.now, moment, self._zones):
            self._slack.set_clock(to=way_mark.timestamp())
            self._tick()
        if moment > self.now:
            self._slack.set_clock(to=moment.timestamp())
        self._ask_about_channels()

    def _ask_about_channels(self) -> None:
        """Have Slack asked who can read the teams' channels, as the bot does all day."""
        while registry.CLOCK["places"](self.momentum.deps):
            pass

    def _tick(self) -> None:
        for job in registry.CLOCK.values():
            job(self.momentum.deps)
        if self._deliver() and self._pause():
            raise Stopped

    def _deliver(self) -> int:
        """Send what waits at Slack's pace; how many messages that were."""
        sent, patience = 0, self.now + timedelta(seconds=GIVES_UP_S)
        while self._queue_state() is not QueueState.IDLE:
            sent += self.momentum.pump.turn()
            self._slack.advance(BETWEEN_TURNS_S)
            if self.now > patience:
                raise RuntimeError("A message of the story would not go out.")
        return sent

    def _queue_state(self) -> QueueState:
        deps = self.momentum.deps
        return deps.db.read(partial(look, slack_team=deps.slack_team() or "", now=self.now)).state

    def _do(self, act: DatedDeed) -> None:
        self.remarks.append((self.now, act.remark))
        match act.deed:
            case Report() as deed:
                self._report(deed)
            case Advise() as deed:
                self._given[deed.team, deed.month] = self._write(partial(self._advise, deed))
            case Judge() as deed:
                self._write(partial(self._judge, deed))
            case Annotate() as deed:
                self._write(partial(self._annotate, deed))
            case ByHand() as deed:
                self._by_hand(deed)
            case Restart():
                self._restart()

    def _write(self, unit: Callable[[Connection], T]) -> T:
        return self.momentum.deps.db.write(unit)

    def _report(self, deed: Report) -> None:
        def unit(db: Connection) -> int:
            return submit(db, deed.sent, self._workspace, self.now, deed.month)

        self._reports[deed.sent.team, deed.month] = self._write(unit)

    def _advise(self, deed: Advise, db: Connection) -> int:
        report_id, now = self._reports[deed.team, deed.month], self.now
        acting = feedback.advising(db, Visitor(self._workspace, deed.coach), report_id)
        given = feedback.give(db, acting, report_id, deed.words, now)
        digest.renew(db, acting.member.id, f"feedback:{given.id}", now)
        return given.id

    def _judge(self, deed: Judge, db: Connection) -> int:
        given, now = self._given[deed.team, deed.month], self.now
        acting = feedback.answering(db, Visitor(self._workspace, deed.slack_user), given)
        return feedback.answer(db, acting, given, deed.answer, now)

    def _annotate(self, deed: Annotate, db: Connection) -> None:
        set_mark(db, self._workspace, deed.mark, deed.month, self.now)

    def _restart(self) -> None:
        """Stop the bot with one message in hand and others waiting, and build it again."""
        self.momentum.pump.begin()
        self._shut()
        self.momentum = self._open()

    def _by_hand(self, deed: ByHand) -> None:
        person = Person(self._slack, deed.slack_user, deed.slack_user)
        for do, *texts in deed.steps:
            self._step(person, (do, *(words.format_map(deed.words) for words in texts)))

    def _step(self, person: Person, step: ScreenStep) -> None:
        match step:
            case ("type", where, command):
                person.command(where, command)
            case ("press", button, inside):
                person.press(button, in_=_message(person, button, inside))
            case ("fill", label, value):
                person.fill(label, value)
            case ("sees", words):
                self._slack.wait_for(lambda: words in f"{person.modal.title}\n{person.modal.all_text}")
            case ("submit",):
                person.submit()
            case ("close",):
                person.close()
            case _:
                raise ValueError(f"Nobody knows how to {step}.")


def _looks(after: datetime, until: datetime, zones: Iterable[str]) -> list[datetime]:
    """The mornings of working days between two moments, in each time zone."""
    ahead = range((until - after).days + 2)
    days = [(zone, day_of(after, zone) + A_DAY * later) for zone in zones for later in ahead]
    mornings = {instant(day, MORNING, zone) for zone, day in days if day.weekday() < SATURDAY}
    return sorted(look for look in mornings if after < look < until)


def _message(person: Person, button: str, words: str) -> Message | None:
    """The newest message with this button and these words; None lets the gesture look for itself."""
    screen = person.screen()
    messages = [one for channel in screen.raw["channels"] for one in screen.messages(channel["id"])]
    fits = [one for one in messages if button in one.buttons and words in one.all_text]
    return max(fits, key=lambda one: one.ts, default=None)
