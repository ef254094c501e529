"""The report form half filled: one draft for each person, team and month, until the report is sent."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from models.rules.collaborative.people import Acting
from models.rules.report.report import FORM, Draft, How, Narrative, ReportForm, Typed, filled_in_for
from models.services import drafts
from models.services.drafts import DraftKey


def save_draft(db: Connection, form: ReportForm, now: datetime) -> None:
    """Keep what the person typed so far: the form's draft."""
    answers = {**asdict(form.draft), "edition": form.edition}
    drafts.save(db, key_of(form.acting, form.period.id), answers, now)


def drop_draft(db: Connection, acting: Acting, period_id: int) -> None:
    """Forget the draft of who sent it; a teammate's is overtaken by now, and may be on a screen still."""
    drafts.drop(db, key_of(acting, period_id))


def key_of(acting: Acting, period_id: int) -> DraftKey:
    """The person's draft of a month."""
    about = filled_in_for(acting.team.id, period_id)
    return DraftKey(acting.collaborative.id, FORM, about, acting.member.id)


def drafts_of(answers: dict[str, Any]) -> dict[int, Draft]:
    """What a person typed, of the column that keeps it, by the edition of the report it was typed for."""
    typed = tuple(Typed(**{**one, "how": How(one["how"])}) for one in answers["typed"])
    return {answers["edition"]: Draft(typed, Narrative(**answers["narrative"]))}
