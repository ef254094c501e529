"""What a report makes the bot say, kept in the same transaction as the report itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.rules.people import Acting
from models.services import outbox, people


@dataclass(frozen=True)
class _Post:
    kind: str
    about: str  # what makes it one of a kind: "12:1" is report 12 at revision 1
    args: Mapping[str, int]
    subject: str | None = None
    thread_subject: str | None = None
    channel: str | None = None  # None: the channel all teams share


@dataclass(frozen=True)
class Telling:
    """Enqueues for one report, whose card is the post the rest hangs on."""

    db: Session
    acting: Acting
    report_id: int
    now: datetime

    def first(self, period_id: int) -> None:
        """Tell of a first report: the card, its charts in the thread, and the roll call."""
        self._card(1)
        about = f"{period_id}:{self.report_id}"
        self._keep(_Post("roll_call", about, {"period_id": period_id}, f"roll_call:{period_id}"))

    def corrected(self, revision: int, correction_id: int) -> None:
        """Tell of a correction: card and charts are edited in place, the thread says what changed."""
        self._card(revision)
        about = f"{self.report_id}:{revision}"
        args = {"correction_id": correction_id}
        self._keep(_Post("correction", about, args, thread_subject=self._card_subject))

    def note(self, note_revision: int, today: date) -> None:
        """Tell each coach of the team, and nobody else, the words meant for them."""
        args = {"report_id": self.report_id}
        for coach in people.coaches(self.db, self.acting.team.id, today):
            if coach.slack_user:
                about = f"{self.report_id}:{note_revision}:{coach.slack_user}"
                self._keep(_Post("coach_note", about, args, channel=coach.slack_user))

    @property
    def _card_subject(self) -> str:
        return f"report:{self.report_id}"

    def _card(self, revision: int) -> None:
        about, args = f"{self.report_id}:{revision}", {"report_id": self.report_id}
        charts = f"charts:{self.report_id}"
        self._keep(_Post("report_card", about, args, self._card_subject))
        self._keep(_Post("report_charts", about, args, charts, thread_subject=self._card_subject))

    def _keep(self, post: _Post) -> None:
        outbox.enqueue(
            self.db,
            collaborative=self.acting.collaborative,
            key=f"{post.kind}:{post.about}",
            kind=post.kind,
            args=post.args,
            channel=post.channel or self.acting.collaborative.channel,
            subject=post.subject,
            thread_subject=post.thread_subject,
            due_at=self.now,
            now=self.now,
        )
