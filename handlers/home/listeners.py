"""The Home tab: what the features have to show a person, built anew whenever it may have changed."""

from collections.abc import Mapping
from datetime import datetime

from slack_bolt import Args

from handlers.context import Act, Deps, stranger, visitor
from handlers.feature import Feature, HomePart
from handlers.home.views import home_view, welcome
from handlers.slack.blocks import View
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.rules.home import HomeReader
from models.services.home import looking_on, standing


def feature(parts: Mapping[str, HomePart], at_home: Mapping[str, Act]) -> Feature:
    """The tab with these parts in their order; `at_home` are the forms it opens, by callback id."""

    def publish(deps: Deps, args: Args) -> None:
        who, now = visitor(args), deps.clock.now()
        view = deps.db.read(lambda db: tab(db, who, parts, now))
        args.client.views_publish(user_id=who.slack_user, view=view)

    def open_tab(deps: Deps, args: Args) -> None:
        """The same event comes when they look at the bot's messages."""
        if args.body["event"].get("tab") == "home":
            publish(deps, args)

    return Feature(
        events={"app_home_opened": open_tab}, sends=at_home, follow_ups=dict.fromkeys(at_home, publish)
    )


def tab(db: Connection, who: Visitor, parts: Mapping[str, HomePart], now: datetime) -> View:
    """The tab as it is for one person."""
    standings = standing(db, who, now)
    if standings:
        reader = HomeReader(standings, (), now)
        return home_view(part(db, reader, now) for part in parts.values())
    reader = HomeReader((), looking_on(db, who, now), now)
    shown = [part(db, reader, now) for part in parts.values()]
    return home_view([welcome(stranger(db, who)), *shown], has_help=bool(reader.looks_on))
