"""A team's way through a PDSA cycle: each page is kept for the team, and another may take it up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from handlers.context import Deps
from handlers.pdsa.views import form as views
from handlers.pdsa.views.done import Became, done_view
from handlers.pdsa.views.form import NO_CHOICES, Choices, PdsaPlace, Remarks
from handlers.pdsa.views.words import answer_words
from handlers.slack.blocks import View
from handlers.wizard import Wizard
from models.database import Connection
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.pdsa.cycle import Answers, PdsaCycle, following
from models.rules.pdsa.pages import LABELS, PLAN, UNITS, Page, is_last, page_for, problems
from models.services.collaborative import measures, people, visitors
from models.services.pdsa import cycles, writing
from models.services.pdsa.cycles import Rewritten


@dataclass(frozen=True)
class PdsaStep:
    """Where a page stands: what is written, with what is on screen laid over it."""

    acting: Acting
    place: PdsaPlace
    written: Answers  # as it is kept, or would be begun
    answers: Answers
    window: str  # the id of the window it is in; "" for one to be opened
    cycle: PdsaCycle | None = None  # as it is kept; None: nothing is yet
    today: date = date.min
    choices: Choices = NO_CHOICES
    on_screen: Mapping[str, Any] = field(default_factory=dict)  # the answers the page itself holds
    unreadable: Mapping[str, str] = field(default_factory=dict)
    rewritten: tuple[Rewritten, ...] = ()  # what others wrote in fields that are otherwise on screen
    became: Became | None = None
    asks_second: bool = False

    @property
    def page(self) -> int:
        return self.place.page

    @property
    def workspace_id(self) -> int:
        return self.acting.collaborative.workspace_id

    def to_page(self, number: int) -> "PdsaStep":
        """Another page; nobody leaves one with two texts on it."""
        return self if self.rewritten else replace(self, place=replace(self.place, page=Page(number)))

    def is_new(self, before: "PdsaStep") -> bool:
        return self.answers != before.answers

    def overtaken(self, _before: "PdsaStep") -> None:
        """Two texts of one field are told apart before they are kept."""

    def with_second(self) -> "PdsaStep":
        """The page with a second question asked on it."""
        return replace(self, asks_second=True)

    def view(self, news: str = "") -> View:
        """The page to show."""
        differing = [
            (LABELS[each.field], each.by, answer_words(each.field, each.words, self.cycle))
            for each in self.rewritten
            if self.cycle
        ]
        submit = "Save" if self.cycle and self.cycle.started_at and self.place.page is Page.DAYS else ""
        remarks = Remarks(differing, news, submit, self.asks_second)
        return views.page_view(self.place, self.answers, self.acting.team.name, self.choices, remarks)

    def errors(self, shown: View) -> dict[str, str] | None:
        return views.errors(shown, {**self._wrong, **self.unreadable})

    def sent(self, _deps: Deps) -> View | None:
        return done_view(self.cycle, self.became) if self.cycle and self.became else None

    def says_otherwise(self, name: str) -> bool:
        """Whether a field on screen holds another answer than is kept."""
        return name in self.on_screen and self.on_screen[name] != getattr(self.written, name)

    @property
    def _wrong(self) -> Mapping[str, str]:
        return {} if self.became else problems(self.place.page, self.answers, self.today)

    @property
    def stays(self) -> bool:
        return bool(self.rewritten or self.unreadable or self._wrong)


def start(db: Connection, who: Visitor, team_id: int, follows_id: int, now: datetime) -> PdsaStep:
    """The first page of a new cycle; of one that follows another, filled with what that was."""
    acting = visitors.insist(db, who, Deed.TEST_CHANGE, team_id)
    place = PdsaPlace(team_id, follows_id=follows_id)
    first = _first_answers(db, who, place)
    return PdsaStep(acting, place, first, first, "", today=acting.collaborative.day_of(now))


def go_on(db: Connection, who: Visitor, cycle_id: int, page: Page | None, now: datetime) -> PdsaStep:
    """A cycle at its next page, or at the one named, for who tests in its team."""
    acting, cycle = cycles.acting_for(db, who, cycle_id)
    place = PdsaPlace(acting.team.id, cycle_id, page_for(cycle) if page is None else page, cycle.revision)
    today = acting.collaborative.day_of(now)
    return ready(db, PdsaStep(acting, place, cycle.answers, cycle.answers, "", cycle, today))


def over(db: Connection, who: Visitor, shown: View, now: datetime) -> tuple[PdsaStep, PdsaStep]:
    """The cycle as it is kept, and with a page laid over it."""
    read = views.read_page(shown)
    place, window = read.place, str(shown["id"])
    acting = visitors.insist(db, who, Deed.TEST_CHANGE, place.team_id)
    cycle = _kept(db, who, acting, place, window)
    known = replace(place, cycle_id=cycle.id) if cycle else place
    written = cycle.answers if cycle else _first_answers(db, who, place)
    before = PdsaStep(acting, known, written, written, window, cycle, acting.collaborative.day_of(now))
    step = replace(before, answers=replace(written, **read.answers), on_screen=read.answers)
    others = cycles.rewritten(db, cycle.id, place.revision) if cycle else ()
    differing = tuple(each for each in others if step.says_otherwise(each.field))
    return before, replace(step, unreadable=read.unreadable, rewritten=differing)


def take(db: Connection, step: PdsaStep, _envelope: str, now: datetime) -> PdsaStep | None:
    """Hold a page with what is wrong, or with two texts; start the cycle or end it from the last of each."""
    if step.stays:
        return ready(db, step)
    if not is_last(step.place.page):
        return None
    cycle = writing.keep(db, step.acting, _begun(db, step, now), step.on_screen, now)
    became = Became.DECIDED
    if step.place.page in PLAN:
        became = Became.CHANGED if cycle.started_at else Became.STARTED
        cycle = writing.start(db, step.acting, cycle.id, now)
    return replace(step, cycle=cycle, became=became)


def save(db: Connection, step: PdsaStep, now: datetime) -> None:
    """Keep the page for all of the team; of two texts none is kept before somebody chose."""
    if not (step.rewritten or step.unreadable):
        writing.keep(db, step.acting, _begun(db, step, now), step.on_screen, now)


def ready(db: Connection, step: PdsaStep) -> PdsaStep:
    """The page with the cycle as it is kept by now, and with what can be chosen on it."""
    cycle = _of_window(db, step)
    place = replace(step.place, cycle_id=cycle.id, revision=cycle.revision) if cycle else step.place
    step = replace(step, cycle=cycle, place=place)
    return replace(step, choices=_choices(db, step)) if step.place.page is Page.PEOPLE else step


def _first_answers(db: Connection, who: Visitor, place: PdsaPlace) -> Answers:
    """What a plan begins with: one patient, or what the cycle before it was."""
    if not place.follows_id:
        return Answers(size=1, unit=UNITS[0])
    _, before = cycles.acting_for(db, who, place.follows_id)
    return following(before.answers)


def _kept(db: Connection, who: Visitor, acting: Acting, place: PdsaPlace, window: str) -> PdsaCycle | None:
    if not place.cycle_id:
        return cycles.begun_in(db, acting.collaborative.id, window)
    _, cycle = cycles.acting_for(db, who, place.cycle_id)
    return cycle


def _of_window(db: Connection, step: PdsaStep) -> PdsaCycle | None:
    if step.place.cycle_id:
        return cycles.find(db, step.place.cycle_id)
    return cycles.begun_in(db, step.acting.collaborative.id, step.window) if step.window else None


def _begun(db: Connection, step: PdsaStep, now: datetime) -> int:
    if step.place.cycle_id:
        return step.place.cycle_id
    begun = writing.Begun(step.window, step.place.follows_id or None, step.written)
    return writing.begin(db, step.acting, begun, now)


def _choices(db: Connection, step: PdsaStep) -> Choices:
    """The measures asked for and the people of the team, with those chosen before who are not any more."""
    team, there = step.acting.team, step.acting.collaborative
    current = measures.asked(db, there.id, team.id, step.today)
    named = {each.id: each.name for each in current}
    ours = {each.id: each.name for _, each in people.of_team(db, team.id)}
    if step.cycle and step.answers.measure_id:
        named.setdefault(step.answers.measure_id, step.cycle.measure)
    if step.cycle and step.answers.owner_id:
        ours.setdefault(step.answers.owner_id, step.cycle.owner)
    return Choices(tuple(named.items()), tuple(ours.items()))


WIZARD = Wizard(over=over, take=take, save=save, ready=ready)
