"""PDSA: a team plans a small test, says how it went, what it learned and what it decides, all in Slack."""

from collections.abc import Sequence
from datetime import datetime

from slack_bolt import App, Args

from handlers.context import Deps, accept, stranger, visitor
from handlers.errors import lazily
from handlers.feature import Feature, Word
from handlers.pdsa import digest
from handlers.pdsa.messages import COMPOSERS
from handlers.pdsa.views.examples import example
from handlers.pdsa.views.overview import home_blocks, overview
from handlers.pdsa.wizard import WIZARD, go_on, start
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import Block, View
from handlers.slack.ids import pressed, unpacked
from handlers.slack.modals import instead, is_in_modal, redraw, show
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.home import HomeReader
from models.rules.pdsa.cycle import PdsaCycle
from models.rules.pdsa.pages import Page
from models.services.collaborative import visitors
from models.services.pdsa import asking, cycles


def register(app: App, deps: Deps) -> None:
    """Listen for the command, and for the shortcut of the same."""
    app.command(deps.commands.pdsa)(ack=accept, lazy=[lazily(deps, opens(all_tests))])
    app.shortcut(action_ids.PDSA_SHORTCUT)(ack=accept, lazy=[lazily(deps, opens(all_tests))])


def plan(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """The first page of a new test, or of the one that follows another."""
    team_id, follows_id = unpacked(value, int, int)
    return start(db, who, team_id, follows_id, now).view()


def open_cycle(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """A test at its next page, or at the one the button names."""
    cycle_id, page = unpacked(value, int, lambda text: Page(int(text)) if text else None)
    return go_on(db, who, cycle_id, page, now).view()


def all_tests(db: Connection, who: Visitor, _value: str, _now: datetime) -> View:
    """The tests of all teams a person tests for."""
    teams = visitors.able(db, who, Deed.TEST_CHANGE)
    if not teams:
        raise DomainError(stranger(db, who))
    return overview(_with_tests(db, teams))


def second_question(deps: Deps, args: Args) -> None:
    """Keep the page and ask for another question on it."""
    who, now, shown = visitor(args), deps.clock.now(), args.body["view"]
    step = deps.db.write(lambda db: WIZARD.keep(db, who, shown, now))
    redraw(args, step.with_second().view())


def show_example(_deps: Deps, args: Args) -> None:
    """Show how somebody may fill a page in, on top of it."""
    show(args, example(unpacked(pressed(args.body), lambda text: Page(int(text)))))


def _in_place(args: Args, view: View) -> None:
    """In a window a test takes its place: three are the most Slack opens."""
    (instead if is_in_modal(args) else show)(args, view)


def _at_home(db: Connection, reader: HomeReader, _now: datetime) -> list[Block]:
    """The open tests of a person's own teams."""
    teams = [each.acting for each in reader.own]
    return home_blocks(_with_tests(db, teams)) if teams else []


def _with_tests(db: Connection, teams: Sequence[Acting]) -> list[tuple[Acting, list[PdsaCycle]]]:
    ours = cycles.of_teams(db, [each.team.id for each in teams])
    return [(acting, [each for each in ours if each.team.id == acting.team.id]) for acting in teams]


FEATURE = Feature(
    register=register,
    presses={
        action_ids.PDSA_PLAN: opens(plan, _in_place),
        action_ids.PDSA_OPEN: opens(open_cycle, _in_place),
        action_ids.PDSA_CHANGE: opens(open_cycle, _in_place),
        action_ids.PDSA_STOP: opens(open_cycle, _in_place),
        action_ids.PDSA_LIST: opens(all_tests),
        action_ids.PDSA_SECOND: second_question,
        action_ids.PDSA_BACK: WIZARD.back,
        action_ids.PDSA_SAVE: WIZARD.later,
        action_ids.PDSA_EXAMPLE: show_example,
    },
    sends={action_ids.PDSA_FORM: WIZARD.submit},
    words={"pdsa": Word("shows your team's small tests, and starts one.", opens(all_tests))},
    composers=COMPOSERS,
    due=(asking.due_questions,),
    sections={"pdsa": digest.section},
    home={"pdsa": _at_home},
)
