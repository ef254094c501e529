"""Reminders that stand in people's messages when they are answered: each is edited to say so."""

from datetime import datetime

from sqlalchemy import Connection

from models.rules.collaborative.people import Acting
from models.services.delivery import outbox

KIND = "answered"


def posts_of(team_id: int, period_id: int) -> str:
    """How the name of every post that is a reminder of a team's month begins."""
    return f"reminder:{period_id}:{team_id}:"


def tell(db: Connection, acting: Acting, period_id: int, because: str, now: datetime) -> None:
    """Have all reminders of a team's month say what was answered; `because` makes one answer one edit."""
    args = {"team_id": acting.team.id, "period_id": period_id}
    reminders = posts_of(acting.team.id, period_id)
    outbox.edit_all(db, acting.collaborative, reminders, KIND, args, because, now)
