"""A coach in a line of the host's digest, and the modal with the reports that wait for their words."""

from collections.abc import Sequence

from handlers.feedback.views.feedback import since, waiting_words
from handlers.slack.action_ids import COACH_WAITING
from handlers.slack.blocks import View, button, context, modal, section
from handlers.slack.buttons import give_button
from handlers.slack.ids import packed
from handlers.slack.parts import PAGE, Line
from handlers.slack.words import counted, safe_name, short_names
from models.rules.coaching.feedback import CoachPace, WaitingReport
from models.rules.collaborative.people import Team

ONLY_HOSTS = "Only hosts see how long teams wait; it says where a hand may be welcome."
NAME_ONE = "Name one in the collaborative's file."
NOTHING = "Nothing waits any more."


def alone_line(teams: Sequence[Team]) -> Line:
    """Say which teams have no coach, and where one is named."""
    verb = "has" if len(teams) == 1 else "have"
    return Line(f"*{short_names([team.name for team in teams])}* {verb} no coach yet. {NAME_ONE}")


def pace_line(pace: CoachPace, collaborative_id: int) -> Line:
    """Say how a coach keeps up, kindly: what was given first, then what waits."""
    name = f"<@{pace.coach.slack_user}>" if pace.coach.slack_user else safe_name(pace.coach.name)
    usual = "the same day"
    if pace.median_days:
        usual = f"after {pace.median_days:g} {'day' if pace.median_days == 1 else 'days'}"
    given = f"feedback on {counted(pace.given, 'report')}, usually {usual}. " if pace.given else ""
    look = button("Show what waits", COACH_WAITING, packed(collaborative_id, pace.coach.id))
    return Line(
        f"*{name}* ({short_names(pace.teams)}): {given}{_waits(pace)}", (look,) if pace.waiting else ()
    )


def waiting_view(reports: Sequence[WaitingReport]) -> View:
    """Build the modal: the oldest first, each with the button that answers it."""
    blocks = [section(waiting_words(each), give_button(each.report_id)) for each in reports[:PAGE]]
    if len(reports) > PAGE:
        blocks.append(context(f"and {len(reports) - PAGE} more"))
    return modal("Waiting for feedback", blocks or [section(NOTHING)], close="Close")


def _waits(pace: CoachPace) -> str:
    if not pace.waiting:
        return "Nothing waits."
    waits = "1 report waits" if pace.waiting == 1 else f"{pace.waiting} reports wait"
    longest = "the longest " if pace.waiting > 1 and pace.oldest_days else ""
    return f"{waits}, {longest}{since(pace.oldest_days)}."
