"""Builds a person's Home tab anew and shows it."""

from datetime import datetime

from slack_bolt import Args
from sqlalchemy import Connection

from handlers.context import Deps, stranger, today_at, visitor
from handlers.home.views import home_view, welcome
from handlers.slack.blocks import View
from models.rules.collaborative.people import Visitor
from models.services.home import looking_on, standing


def publish(deps: Deps, args: Args) -> None:
    """Show a person how things stand now."""
    who, now = visitor(args), deps.clock.now()
    view = deps.db.read(lambda db: _view(db, who, now))
    args.client.views_publish(user_id=who.slack_user, view=view)


def _view(db: Connection, who: Visitor, now: datetime) -> View:
    standings = standing(db, who, now.date())
    if not standings:
        return welcome(stranger(db, who, now), looking_on(db, who, now.date()))
    return home_view(standings, today_at(standings[0].acting.collaborative, now))
