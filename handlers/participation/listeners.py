"""How teams take part: a window for a team's coach and the host, opened from their digest."""

from slack_bolt import Args

from handlers.context import Deps, visitor
from handlers.feature import Feature
from handlers.participation.views import participation_view
from handlers.slack.action_ids import PARTICIPATION_OPEN
from handlers.slack.ids import pressed, unpacked
from handlers.slack.modals import show
from models.services.coaching.participation import seen_by


def show_teams(deps: Deps, args: Args) -> None:
    """Show each of the reader's teams in a line, with the months behind it."""
    who, now = visitor(args), deps.clock.now()
    collaborative_id = unpacked(pressed(args.body), int)
    teams = deps.db.read(lambda db: seen_by(db, who, collaborative_id, now))
    show(args, participation_view(teams))


FEATURE = Feature(presses={PARTICIPATION_OPEN: show_teams})
