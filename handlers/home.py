"""The Home tab: what is due from a person's teams, who is in, and a button to begin."""

from datetime import datetime

from slack_bolt import App, Args
from sqlalchemy.orm import Session

from handlers.context import Deps, accept, stranger, today_at, visitor
from handlers.errors import lazily
from handlers.views.home import home_view, welcome
from handlers.views.text import View
from models.rules.people import Visitor
from models.services.home import standing


def register(app: App, deps: Deps) -> None:
    """Build the tab anew each time a person opens it."""
    app.event("app_home_opened")(ack=accept, lazy=[lazily(deps, publish)])


def publish(deps: Deps, args: Args) -> None:
    """Show a person their tab; the same event comes when they look at the bot's messages."""
    if args.body["event"].get("tab") != "home":
        return
    who, now = visitor(args), deps.clock.now()
    view = deps.db.read(lambda db: _view(db, who, now))
    args.client.views_publish(user_id=who.slack_user, view=view)


def _view(db: Session, who: Visitor, now: datetime) -> View:
    standings = standing(db, who, now.date())
    if not standings:
        return welcome(stranger(db, who, now))
    return home_view(standings, today_at(standings[0].acting.collaborative, now))
