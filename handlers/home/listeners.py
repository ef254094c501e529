"""The Home tab: what is due from a person's teams, who is in, and a button to begin."""

from slack_bolt import App, Args

from handlers.context import Deps, accept
from handlers.errors import lazily
from handlers.home import tab as home_tab


def register(app: App, deps: Deps) -> None:
    """Build the tab anew each time a person opens it."""
    app.event("app_home_opened")(ack=accept, lazy=[lazily(deps, open_tab)])


def open_tab(deps: Deps, args: Args) -> None:
    """Show a person their tab; the same event comes when they look at the bot's messages."""
    if args.body["event"].get("tab") == "home":
        home_tab.publish(deps, args)
