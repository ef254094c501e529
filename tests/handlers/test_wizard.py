"""A form of pages that knows nothing of reports: turned, kept, overtaken and sent, with drafts of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

import pytest
from sqlalchemy import Connection

from handlers.context import Deps
from handlers.slack.blocks import View, modal
from handlers.slack.inputs import Question, typed
from handlers.slack.notice import notice
from handlers.wizard import Wizard
from models.database import Database
from models.rules.collaborative.aim import Aim, StatedAim
from models.rules.collaborative.people import Visitor
from models.services import drafts
from models.services.collaborative import aim
from models.services.drafts import DraftKey
from tests.cast import AIM, Cast
from tests.clock import T0

PAGES = ("goal", "time_frame")
NO_GOAL = "Please give a number to reach."


@dataclass(frozen=True)
class AimStep:
    """Where a host stands in the aim, a part a page."""

    stated: StatedAim
    texts: dict[str, str]
    page: int = 0
    drawn: str = ""  # the goal there was when the window was drawn
    said: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    is_sent: bool = False

    @property
    def workspace_id(self) -> int:
        return self.stated.collaborative.workspace_id

    def to_page(self, number: int) -> Self:
        return replace(self, page=max(number, 0))

    def is_new(self, before: Self) -> bool:
        return self.texts != before.texts

    def overtaken(self, before: Self) -> Self | None:
        there = before.stated.aim.goal
        return replace(self, said=f"It says: {there}") if there != self.drawn else None

    def view(self, news: str = "") -> View:
        name = PAGES[self.page]
        asked = Question(name, name).text(self.texts.get(name, ""), most=100)
        drawn = f"{self.page}:{self.stated.aim.goal}"
        return modal(news or self.said or "Aim", [asked], private_metadata=drawn, submit="Next")

    def errors(self, shown: View) -> dict[str, str] | None:
        return self.wrong if self.wrong.keys() <= shown["state"]["values"].keys() else None

    def sent(self, deps: Deps) -> View | None:
        return notice(deps.commands.momentum) if self.is_sent else None


def key_of(cast: Cast) -> DraftKey:
    return DraftKey(cast.collaborative.id, "aim", "its goal", cast.members["Hana"])


def wizard(cast: Cast) -> Wizard[AimStep]:
    """The form with its drafts, of the one host there is."""

    def over(db: Connection, who: Visitor, shown: View, _now: datetime) -> tuple[AimStep, AimStep]:
        page, _, drawn = shown["private_metadata"].partition(":")
        stated = aim.changeable(db, who, cast.collaborative.id)
        kept = drafts.find(db, key_of(cast))
        before = AimStep(stated, kept.answers if kept else {}, int(page), drawn)
        on_screen = {name: typed(shown, name) for name in shown["state"]["values"]}
        return before, replace(before, texts=before.texts | on_screen)

    def take(db: Connection, step: AimStep, _envelope: str, _now: datetime) -> AimStep | None:
        if not step.texts.get("goal"):
            return replace(step, wrong={"goal": NO_GOAL})
        if step.page < len(PAGES) - 1:
            return None
        aim.change(db, step.stated, replace(step.stated.aim, **step.texts))
        drafts.drop(db, key_of(cast))
        return replace(step, is_sent=True)

    return Wizard(
        over=over, take=take, save=lambda db, step, now: drafts.save(db, key_of(cast), step.texts, now)
    )


@dataclass
class Window:
    """The host's window: what is pressed in it is one press of hers."""

    database: Database
    cast: Cast
    shown: View

    def sends(self, **texts: str) -> AimStep:
        return self._pressed(wizard(self.cast).advance, texts)

    def saves(self, **texts: str) -> AimStep:
        return self._pressed(wizard(self.cast).keep, texts)

    def turns_back(self) -> None:
        step = self.saves()
        self.shown = step.to_page(step.page - 1).view()

    def draft(self) -> object:
        found = self.database.read(lambda db: drafts.find(db, key_of(self.cast)))
        return found and found.answers

    def _pressed(self, press: Callable[..., AimStep], texts: dict[str, str]) -> AimStep:
        values = {name: {name: {"value": text}} for name, text in texts.items()}
        shown = {**self.shown, "id": "V1", "state": {"values": values}}
        hana = self.cast.visitor("Hana")
        step = self.database.write(lambda db: press(db, hana, shown, T0))
        self.shown = step.view()
        return step


@pytest.fixture
def window(database: Database, cast: Cast) -> Window:
    """Her window as it opens."""
    stated = database.read(lambda db: aim.changeable(db, cast.visitor("Hana"), cast.collaborative.id))
    return Window(database, cast, AimStep(stated, {}).view())


def aim_of(window: Window) -> Aim:
    """The aim as it is stored."""
    hana, scope = window.cast.visitor("Hana"), window.cast.collaborative.id
    return window.database.read(lambda db: aim.changeable(db, hana, scope)).aim


def test_pages_are_turned_kept_and_sent(window: Window) -> None:
    """Each Next keeps a draft, going back loses nothing, and what is sent leaves no draft."""
    assert window.sends(goal="85%").page == 1
    assert window.draft() == {"goal": "85%"}
    window.saves(time_frame="May 2028")
    window.turns_back()
    assert window.shown["blocks"][0]["element"]["initial_value"] == "85%"
    window.sends(goal="90%")
    assert window.shown["blocks"][0]["element"]["initial_value"] == "May 2028"
    assert window.sends(time_frame="June 2028").is_sent
    assert aim_of(window) == replace(Aim(**AIM), goal="90%", time_frame="June 2028")
    assert window.draft() is None


def test_a_page_with_something_wrong_stays_and_a_look_leaves_no_draft(window: Window) -> None:
    step = window.sends(goal="")
    assert (step.page, step.wrong, window.draft()) == (0, {"goal": NO_GOAL}, None)
    window.saves()
    assert window.draft() is None


def test_who_was_overtaken_looks_first(window: Window) -> None:
    """What came meanwhile is said, what was typed is kept, and the next press takes it."""
    window.sends(goal="85%")
    stated = replace(Aim(**AIM), goal="75%")
    hana, scope = window.cast.visitor("Hana"), window.cast.collaborative.id
    window.database.write(lambda db: aim.change(db, aim.changeable(db, hana, scope), stated))
    step = window.sends(time_frame="May 2028")
    assert (step.page, step.said) == (0, "It says: 75%")
    assert window.draft() == {"goal": "85%", "time_frame": "May 2028"}
    assert aim_of(window).goal == "75%"
    window.sends(goal="85%")
    assert window.sends(time_frame="May 2028").is_sent
    assert aim_of(window).goal == "85%"
