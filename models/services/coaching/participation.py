"""How teams take part, for who looks after them: a coach reads of theirs, the host of all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from models.errors import DomainError
from models.rules.coaching.digest import Reader
from models.rules.coaching.participation import Participation, participation
from models.rules.collaborative.people import Team, Visitor
from models.rules.collaborative.policy import Kind
from models.services import digest
from models.services.coaching import feedback
from models.services.report.team_records import records

KIND = Kind.PARTICIPATION
FOR_COACH_AND_HOST = "How a team takes part is between the team's coach and the host."


def seen_by(
    db: Connection, visitor: Visitor, collaborative_id: int, now: datetime
) -> tuple[Participation, ...]:
    """The teams a coach or host sees in one collaborative, by name. Raises DomainError for anybody else."""
    for reader in digest.readers(db, visitor):
        if reader.collaborative.id == collaborative_id and (seen := digest.teams_of(db, reader, KIND)):
            return _of(db, reader, seen, now)
    raise DomainError(FOR_COACH_AND_HOST)


def _of(db: Connection, who: Reader, teams: Sequence[Team], now: datetime) -> tuple[Participation, ...]:
    given, today = feedback.of_collaborative(db, who.collaborative.id), who.collaborative.day_of(now)
    team_records = records(db, who.collaborative, teams, now)
    return tuple(participation(record, given, today) for record in team_records)
