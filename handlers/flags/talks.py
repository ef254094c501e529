"""Talks with teams: "I talked to them" beside a flag or a missing report, and what the host sees of it."""

from datetime import datetime, timedelta

from slack_bolt import App, Args

from handlers.context import Deps, accept, promptly, visitor
from handlers.errors import lazily
from handlers.feature import DigestSection
from handlers.flags.views import talks as views
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import aside_button
from handlers.slack.ids import pressed, unpacked
from handlers.slack.modals import show
from handlers.slack.notice import notice
from handlers.slack.parts import Line, Part
from handlers.slack.talk_words import talk_words
from handlers.slack.words import counted, escape_to_fit
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.coaching.talks import TalkOutcome
from models.services import digest
from models.services.coaching import flags, talks
from models.services.delivery import inbox

LATELY = timedelta(days=7)
KEPT = "Kept. A flag you talked about rests for four weeks; if it still stands then, you will see it again."
_NAME = 150


def register(app: App, deps: Deps) -> None:
    """Listen for the button and its form."""
    app.view(action_ids.TALK_FORM)(promptly(deps, keep))
    app.action(action_ids.TALK_NOTE)(ack=accept, lazy=[lazily(deps, open_form)])


def open_form(deps: Deps, args: Args) -> None:
    """Ask what came of the talk."""
    who, now = visitor(args), deps.clock.now()
    team_id, about = unpacked(pressed(args.body), int, str)

    def unit(db: Connection) -> View:
        acting = flags.seeing(db, who, team_id)
        return views.talk_form(acting.team, about, talks.subject(db, acting, about, now))

    show(args, deps.db.read(unit))


def keep(deps: Deps, args: Args) -> None:
    """Keep the talk; acknowledged only after the commit."""
    who, now, view = visitor(args), deps.clock.now(), args.body["view"]
    team_id, note = views.read_talk(view)

    def unit(db: Connection) -> None:
        acting = flags.seeing(db, who, team_id)
        if inbox.is_first(db, acting.collaborative.workspace_id, f"view:{view['id']}", now):
            talks.keep(db, acting, note, now)
            digest.renew(db, acting.member.id, f"talk:{view['id']}", now)

    deps.db.write(unit)
    args.ack(response_action="update", view=notice(KEPT))


def lately(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """For the host, who talked with which team in the last week, and what came of it."""
    had = talks.had(db, who.collaborative) if who.is_host else ()
    found = [talk for talk in had if talk.at >= now - LATELY]
    if not found:
        return None
    today = who.collaborative.day_of(now)
    # Who needs more support comes first.
    found.sort(key=lambda talk: talk.outcome is not TalkOutcome.SUPPORT)
    lines = [
        Line(
            f"*{escape_to_fit(talk.team.name, _NAME)}* {escape_to_fit(talk.words, 400)}\n"
            f"{talk_words(talk, today)}"
        )
        for talk in found
    ]
    needing = len({talk.team for talk in found if talk.outcome is TalkOutcome.SUPPORT})
    more = f" {counted(needing, 'team')} could use more support." if needing else ""
    summary = f"{counted(len({talk.team for talk in found}), 'team')} had a talk this week.{more}"
    foot = (aside_button(who.collaborative.id, "Show earlier ones"),)
    return DigestSection(Part("Talks with teams", summary, tuple(lines), foot=foot))
