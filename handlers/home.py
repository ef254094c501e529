"""The Home tab: what is due from a person's teams, who is in, and a button to begin."""

from slack_bolt import App, Args

from handlers.context import STRANGER, Deps, accept, today_at, visitor
from handlers.errors import lazily
from handlers.views.home import home_view
from models.services.home import standing


def register(app: App, deps: Deps) -> None:
    """Build the tab anew each time a person opens it."""
    app.event("app_home_opened")(ack=accept, lazy=[lazily(deps, publish)])


def publish(deps: Deps, args: Args) -> None:
    """Show a person their tab; the same event comes when they look at the bot's messages."""
    if args.body["event"].get("tab") != "home":
        return
    who, now = visitor(args), deps.clock.now()
    standings = deps.db.read(lambda db: standing(db, who, now.date()))
    today = today_at(standings[0].acting.collaborative, now) if standings else now.date()
    view = home_view(standings, today, STRANGER)
    args.client.views_publish(user_id=who.slack_user, view=view)
