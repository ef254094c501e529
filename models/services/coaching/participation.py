"""How teams take part, for who looks after them: a coach reads of theirs, the host of all."""

from datetime import datetime

from sqlalchemy import Connection

from models.errors import DomainError
from models.rules.coaching.digest import Reader
from models.rules.coaching.participation import Participation, participation
from models.rules.collaborative.people import Visitor
from models.services import digest
from models.services.coaching import feedback
from models.services.current import taking_part
from models.services.report.team_records import records

FOR_COACH_AND_HOST = "How a team takes part is between the team's coach and the host."


def seen_by(
    db: Connection, visitor: Visitor, collaborative_id: int, now: datetime
) -> tuple[Participation, ...]:
    """The teams a coach or host sees in one collaborative, by name. Raises DomainError for anybody else."""
    for reader in digest.readers(db, visitor):
        if reader.collaborative.id == collaborative_id and (reader.is_host or reader.teams):
            return _of_reader(db, reader, now)
    raise DomainError(FOR_COACH_AND_HOST)


def _of_reader(db: Connection, who: Reader, now: datetime) -> tuple[Participation, ...]:
    teams = taking_part(db, who.collaborative.id) if who.is_host else who.teams
    given, today = feedback.of_collaborative(db, who.collaborative.id), who.collaborative.day_of(now)
    team_records = records(db, who.collaborative, teams, now)
    return tuple(participation(record, given, today) for record in team_records)
