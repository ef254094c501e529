"""Forms half filled, one per person, team and month, until the report is sent."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from models.rules.people import Acting
from models.rules.report import Draft, How, Narrative, ReportForm, Typed
from models.services.upsert import Upsert
from models.tables.report import drafts


class SavedDraft(NamedTuple):
    """What a person typed, and when it was kept."""

    draft: Draft
    saved_at: datetime


def save_draft(db: Connection, form: ReportForm, now: datetime) -> None:
    """Keep what the person typed so far: the form's draft."""
    row = {
        "collaborative_id": form.acting.collaborative.id,
        "team_id": form.acting.team.id,
        "period_id": form.period.id,
        "member_id": form.acting.member.id,
        "saved_at": now,
        "answers": asdict(form.draft),
    }
    db.execute(_KEEP.on(db), row)


def saved_draft(db: Connection, acting: Acting, period_id: int) -> SavedDraft | None:
    """What the person kept for this team and month, if anything."""
    key = {"team": acting.team.id, "period": period_id, "member": acting.member.id}
    row = db.execute(_MINE, key).one_or_none()
    return SavedDraft(_draft(row.answers), row.saved_at) if row else None


def drop_drafts(db: Connection, team_id: int, period_id: int) -> None:
    """Forget everybody's drafts of a report: it was sent."""
    db.execute(_DROP, {"team": team_id, "period": period_id})


def _draft(answers: dict[str, Any]) -> Draft:
    typed = tuple(Typed(**{**one, "how": How(one["how"])}) for one in answers["typed"])
    return Draft(typed, Narrative(**answers["narrative"]))


_KEEP = Upsert(drafts, keys=("team_id", "period_id", "member_id"), replace=("saved_at", "answers"))
_OF_REPORT = (drafts.c.team_id == bindparam("team"), drafts.c.period_id == bindparam("period"))
_MINE = select(drafts.c.answers, drafts.c.saved_at).where(
    *_OF_REPORT, drafts.c.member_id == bindparam("member")
)
_DROP = delete(drafts).where(*_OF_REPORT)
