"""The monthly report in Slack: `/report`, its buttons, its form, and what is posted of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import App, Args

from handlers.context import Deps, accept, stranger, visitor
from handlers.errors import lazily
from handlers.feature import Feature, Word
from handlers.presses import opens
from handlers.report import taking_out
from handlers.report.messages import COMPOSERS
from handlers.report.taking_out import TAKE_OUT
from handlers.report.views import form as views
from handlers.report.views.home import home_part
from handlers.report.views.pages import FormPlace
from handlers.report.views.team_choice import chosen_team, team_choice
from handlers.report.wizard import WIZARD, FormStep, start
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.ids import ANY_TEAM, MONTH_ASKED_FOR, pressed, unpacked
from handlers.slack.modals import redraw
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.services import home
from models.services.collaborative import periods, visitors

NOT_YOURS = (
    "A report is corrected by the team's own people, their coach or the hosts. "
    "If you see something to mend, please say so in the thread."
)


def register(app: App, deps: Deps) -> None:
    """Listen for the command."""
    app.command(deps.commands.report)(ack=accept, lazy=[lazily(deps, open_form)])


def open_form(deps: Deps, args: Args) -> None:
    """Open the form, or ask for which team; a button may name the team and the month."""
    who, now = visitor(args), deps.clock.now()
    place = _wanted_place(args.body)
    view = deps.db.read(lambda db: _first_view(db, who, now, place))
    args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


def correct(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """A report as it stands, for those who may change it; all can press the button."""
    team_id, period_id = unpacked(value, int, int)
    try:
        visitors.insist(db, who, Deed.REPORT, team_id)
    except DomainError:
        raise DomainError(NOT_YOURS) from None
    return start(db, who, FormPlace(team_id, period_id), now).view()


def choose_team(deps: Deps, args: Args) -> None:
    """Show the form of the team that was chosen."""
    who, now = visitor(args), deps.clock.now()
    place = chosen_team(args.body["view"])
    step = deps.db.read(lambda db: start(db, who, place, now))
    args.ack(response_action="update", view=step.view())


def show_month(deps: Deps, args: Args) -> None:
    """Show another open month; what was typed for this one is kept."""
    who, now, shown = visitor(args), deps.clock.now(), args.body["view"]
    place, month = views.read(shown).place, unpacked(pressed(args.body), int)
    other = replace(place, period_id=month, page=0, doubts=(), corrects=0)

    def unit(db: Connection) -> FormStep:
        WIZARD.keep(db, who, shown, now)
        return start(db, who, other, now)

    redraw(args, deps.db.write(unit).view())


def _wanted_place(body: Mapping[str, Any]) -> FormPlace:
    """Which team and month a button names; a command names none."""
    named = pressed(body)
    team_id, period_id = unpacked(named, int, int) if named else (ANY_TEAM, MONTH_ASKED_FOR)
    return FormPlace(team_id, period_id, from_home=(body.get("view") or {}).get("type") == "home")


def _first_view(db: Connection, who: Visitor, now: datetime, place: FormPlace) -> View:
    if place.team_id != ANY_TEAM:
        return start(db, who, place, now).view()
    choices = visitors.able(db, who, Deed.REPORT)
    if place.period_id != MONTH_ASKED_FOR:
        scope = periods.collaborative_of(db, place.period_id)
        choices = tuple(each for each in choices if each.collaborative.id == scope)
    if not choices:
        raise DomainError(stranger(db, who))
    if len(choices) > 1:
        teams = {each.team.id for each in choices}
        standings = home.standing(db, who, now)
        return team_choice([each for each in standings if each.acting.team.id in teams], place)
    return start(db, who, replace(place, team_id=choices[0].team.id), now).view()


FEATURE = Feature(
    register=register,
    sends={
        action_ids.REPORT_FORM: WIZARD.submit,
        action_ids.REPORT_TEAM: choose_team,
        TAKE_OUT.callback_id: TAKE_OUT.take,
    },
    presses={
        action_ids.REPORT_OPEN: open_form,
        action_ids.REPORT_CORRECT: opens(correct),
        action_ids.WORDS_OUT: opens(taking_out.form),
        action_ids.REPORT_HOW: WIZARD.again,
        action_ids.REPORT_MONTH: show_month,
        action_ids.REPORT_BACK: WIZARD.back,
        action_ids.REPORT_SAVE: WIZARD.later,
    },
    words={"report": Word("does the same.", open_form)},
    composers=COMPOSERS,
    clock={"words_out": taking_out.sweep},
    home={"report": lambda _db, reader, _now: home_part(reader)},
    at_home={action_ids.REPORT_FORM_AT_HOME: WIZARD.submit},
)
