"""What a report makes the bot say, kept in the same transaction as the report itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from models.rules.collaborative.people import Acting, Collaborative
from models.services import roll_call
from models.services.collaborative import people
from models.services.delivery import outbox
from models.services.delivery.outbox import OutboxMessage
from models.services.reminders import answers


@dataclass(frozen=True)
class ReportPosts:
    """What one report says; its card is the post the rest hangs on."""

    db: Connection
    acting: Acting
    report_id: int
    now: datetime

    def first(self, period_id: int) -> None:
        """Tell of a first report: the card, its charts in the thread, the roll call, and who was reminded."""
        called = roll_call.message(self._whose, period_id, str(self.report_id), self.now)
        outbox.say_all(self.db, [*self._card(1), called])
        answers.tell(self.db, self.acting, period_id, "report", self.now)

    def corrected(self, revision: int, correction_id: int) -> None:
        """Tell of a correction: card and charts are edited in place, the thread says what changed."""
        about, args = f"{self.report_id}:{revision}", {"correction_id": correction_id}
        changed = outbox.message(self._whose, "correction", about, args, self.now, below=self._name)
        outbox.say_all(self.db, [*self._card(revision), changed])

    def note(self, note_revision: int) -> None:
        """Tell the team's coaches and the hosts, and nobody else, the words meant for them."""
        args = {"report_id": self.report_id}
        for reader in people.note_readers(self.db, self.acting):
            to = reader.slack_user
            about = f"{self.report_id}:{note_revision}:{to}"
            name = f"{self._notes}{note_revision}:{to}"
            outbox.say(self.db, self._whose, "coach_note", about, args, self.now, to=to, post=name)

    def note_taken_out(self, note_revision: int) -> None:
        """Have all messages that told the coach's note, or will have by then, say that it is out."""
        for name, to in outbox.named_so(self.db, self._whose, self._notes):
            args = {"collaborative_id": self._whose.id, "report_id": self.report_id, "post": name, "to": to}
            about = f"{name}:{note_revision}"
            outbox.say(self.db, self._whose, "note_taken_out", about, args, self.now, to=to, post=name)

    @property
    def _whose(self) -> Collaborative:
        return self.acting.collaborative

    @property
    def _notes(self) -> str:
        """How the name of every message begins that tells the coach's note."""
        return f"coach_note:{self.report_id}:"

    @property
    def _name(self) -> str:
        return f"report:{self.report_id}"

    def _card(self, revision: int) -> tuple[OutboxMessage, OutboxMessage]:
        what, args = f"{self.report_id}:{revision}", {"report_id": self.report_id}
        charts = f"charts:{self.report_id}"
        return (
            outbox.message(self._whose, "report_card", what, args, self.now, post=self._name),
            outbox.message(self._whose, "report_charts", what, args, self.now, post=charts, below=self._name),
        )
