"""What the form says once it is sent: that the report is safe, and where it will show."""

from datetime import date
from enum import Enum, auto

from handlers.slack.blocks import View, context, modal, section
from handlers.slack.words import escape, safe_name
from models.rules.report.report import ReportForm


class Became(Enum):
    """What came of sending a report."""

    REPORTED = auto()
    CORRECTED = auto()
    UNCHANGED = auto()


def sent_view(report: ReportForm, today: date, command: str, became: Became) -> View:
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
