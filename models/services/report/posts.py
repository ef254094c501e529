"""What a report makes the bot say, kept in the same transaction as the report itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from models.rules.collaborative.people import Acting
from models.services.collaborative import people
from models.services.delivery import outbox
from models.services.reminders import answers
from models.services.roll_call import subject


@dataclass(frozen=True)
class _ReportPost:
    kind: str
    about: str  # what makes it one of a kind: "12:1" is report 12 at revision 1
    args: Mapping[str, int]
    subject: str | None = None
    thread_subject: str | None = None
    channel: str | None = None  # None: the channel all teams share


@dataclass(frozen=True)
class ReportPosts:
    """Enqueues for one report, whose card is the post the rest hangs on."""

    db: Connection
    acting: Acting
    report_id: int
    now: datetime

    def first(self, period_id: int) -> None:
        """Tell of a first report: the card, its charts in the thread, the roll call, and who was reminded."""
        about = f"{period_id}:{self.report_id}"
        roll_call = _ReportPost("roll_call", about, {"period_id": period_id}, subject(period_id))
        self._keep(*self._card(1), roll_call)
        answers.tell(self.db, self.acting, period_id, "report", self.now)

    def corrected(self, revision: int, correction_id: int) -> None:
        """Tell of a correction: card and charts are edited in place, the thread says what changed."""
        about = f"{self.report_id}:{revision}"
        args = {"correction_id": correction_id}
        what_changed = _ReportPost("correction", about, args, thread_subject=self._card_subject)
        self._keep(*self._card(revision), what_changed)

    def note(self, note_revision: int) -> None:
        """Tell the team's coaches and the hosts, and nobody else, the words meant for them."""
        about, args = f"{self.report_id}:{note_revision}", {"report_id": self.report_id}
        hearers = [reader.slack_user for reader in people.note_readers(self.db, self.acting)]
        self._keep(*(_ReportPost("coach_note", f"{about}:{one}", args, channel=one) for one in hearers))

    @property
    def _card_subject(self) -> str:
        return f"report:{self.report_id}"

    def _card(self, revision: int) -> tuple[_ReportPost, _ReportPost]:
        about, args = f"{self.report_id}:{revision}", {"report_id": self.report_id}
        return (
            _ReportPost("report_card", about, args, self._card_subject),
            _ReportPost("report_charts", about, args, f"charts:{self.report_id}", self._card_subject),
        )

    def _keep(self, *posts: _ReportPost) -> None:
        outbox.enqueue_all(self.db, map(self._message, posts), self.now)

    def _message(self, post: _ReportPost) -> outbox.Message:
        return outbox.Message(
            collaborative=self.acting.collaborative,
            key=f"{post.kind}:{post.about}",
            kind=post.kind,
            args=post.args,
            channel=post.channel or self.acting.collaborative.channel,
            subject=post.subject,
            thread_subject=post.thread_subject,
            due_at=self.now,
        )
