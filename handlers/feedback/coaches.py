"""The coaches in the host's digest: who has none, how soon teams hear back, and what waits for whom."""

from datetime import datetime

from handlers.feature import DigestSection
from handlers.feedback.views import coaches as views
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from handlers.slack.parts import Part
from handlers.slack.words import counted
from models.database import Connection
from models.errors import DomainError
from models.rules.coaching.digest import Reader
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Kind
from models.services import digest
from models.services.coaching.feedback_queue import coached, paces, uncovered, waiting

LONG_WAIT = 7  # days a report waits for feedback before the host should know
FOR_HOSTS = "How long teams wait for feedback is for the host."


def waiting_for(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Show the host the reports that wait for one coach, each with a way to answer it."""
    collaborative_id, coach_id = unpacked(value, int, int)
    for reader in digest.readers(db, who):
        if reader.collaborative.id == collaborative_id and reader.sees_all(Kind.COACH_PACE):
            by_coach = coached(db, reader.collaborative)
            teams = [team for coach, of in by_coach.items() if coach.id == coach_id for team in of]
            return views.waiting_view(waiting(db, reader.collaborative, teams, now))
    raise DomainError(FOR_HOSTS)


def coverage(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """Teams without a coach; for the host, each coach with the teams and the usual wait for feedback."""
    alone = uncovered(db, who.collaborative) if who.sees_all(Kind.COVERAGE) else ()
    coach_paces = paces(db, who.collaborative, now) if who.sees_all(Kind.COACH_PACE) else ()
    if not alone and not coach_paces:
        return None
    lines = [views.alone_line(alone)] if alone else []
    lines += [views.pace_line(each, who.collaborative.id) for each in coach_paces]
    longest = max((each.oldest_days for each in coach_paces), default=0)
    urgent = bool(alone) or longest > LONG_WAIT
    summary = _summary(len(alone), longest)
    lead = views.ONLY_HOSTS if coach_paces else ""
    return DigestSection(Part("Coaches", summary, tuple(lines), is_news=urgent, most=12, lead=lead))


def _summary(alone: int, longest: int) -> str:
    if alone:
        return f"{counted(alone, 'team')} without a coach."
    if longest > LONG_WAIT:
        return f"A report has waited {longest} days for feedback."
    return "Every team has a coach."
