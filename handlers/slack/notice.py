"""The small modals that say one thing: why something cannot be, or that a report is kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto

from handlers.slack.blocks import View, context, modal, section
from handlers.slack.words import escape, escape_to_fit, safe_name
from models.rules.collaborative.people import Role
from models.rules.report.report import ReportForm


def not_found(helpers: Sequence[tuple[str, Role]]) -> str:
    """Tell who is in no team whom to ask, by name: those who can add people, all in one role."""
    ask = "your coordinator"
    if helpers:
        named = " or ".join(name for name, _ in helpers)
        ask = f"{named}, your {helpers[0][1].value}," if len(helpers) == 1 else named
    return f"I could not find you in a team here. Ask {ask} to add you."


def looks_on(roles: Iterable[Role]) -> str:
    """Tell who has a role but no team that there is no report for them to fill in."""
    named = " and ".join(sorted(role.value for role in roles))
    return f"You take part as {named}, without a team of your own, so there is no report for you to fill in."


def notice(sentence: str) -> View:
    """Say one sentence to one person; what they typed stays below it."""
    return modal("Momentum", [section(escape_to_fit(sentence, 2900))], close="Close")


class Became(Enum):
    """What came of sending a report."""

    REPORTED = auto()
    CORRECTED = auto()
    UNCHANGED = auto()


def kept(report: ReportForm, today: date, command: str, became: Became) -> View:
    """Tell the person at once that the report is safe and where it will show."""
    acting, period = report.acting, report.period
    whose = f"{safe_name(acting.team.name)}'s {period.first_day:%B} report"
    channel = f"<#{acting.collaborative.channel}>"
    sentences = {
        Became.REPORTED: f"*Kept.* {whose} is on its way to {channel}.",
        Became.CORRECTED: f"*Kept.* {whose} stands as you have it now, and so does its card in {channel}.",
        Became.UNCHANGED: f"*Nothing changed.* {whose} stands as it was, and so does its card in {channel}.",
    }
    lines = [sentences[became]]
    if period.is_late(today) and became is Became.REPORTED:
        lines.append(
            "It came after the due day, so it is marked late. Late is welcome: some data is better than none."
        )
    hint = f"To change something later, press Correct on the report or type {escape(command)}."
    return modal("Thank you", [section("\n\n".join(lines)), context(hint)], close="Close")
