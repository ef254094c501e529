"""Forms half filled, one per person, team and month, until the report is sent."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from models.rules.collaborative.people import Acting
from models.rules.report.report import Draft, How, Narrative, ReportForm, Typed
from models.services.upsert import Upsert
from models.tables.report import drafts


def save_draft(db: Connection, form: ReportForm, now: datetime) -> None:
    """Keep what the person typed so far: the form's draft."""
    row = {
        "collaborative_id": form.acting.collaborative.id,
        "team_id": form.acting.team.id,
        "period_id": form.period.id,
        "member_id": form.acting.member.id,
        "saved_at": now,
        "answers": {**asdict(form.draft), "edition": form.edition},
    }
    db.execute(_KEEP.on(db), row)


def drop_draft(db: Connection, acting: Acting, period_id: int) -> None:
    """Forget the draft of who sent it; a teammate's is overtaken by now, and may be on a screen still."""
    db.execute(_DROP, {"team": acting.team.id, "period": period_id, "member": acting.member.id})


def drafts_of(answers: dict[str, Any]) -> dict[int, Draft]:
    """What a person typed, of the column that keeps it, by the edition of the report it was typed for."""
    typed = tuple(Typed(**{**one, "how": How(one["how"])}) for one in answers["typed"])
    return {answers["edition"]: Draft(typed, Narrative(**answers["narrative"]))}


_KEEP = Upsert(drafts, keys=("team_id", "period_id", "member_id"), replace=("saved_at", "answers"))
_DROP = delete(drafts).where(
    drafts.c.team_id == bindparam("team"),
    drafts.c.period_id == bindparam("period"),
    drafts.c.member_id == bindparam("member"),
)
