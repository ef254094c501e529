"""The week after the demo's last day, at whose end messages of every kind wait, in every state.

From a Monday to the Monday after the reports were due: people draft, promise and correct, and on the last
morning Slack refuses one message after another, until nothing goes out any more.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import Connection, select

from bot.demo.collaborative import months_before
from bot.demo.deeds import ScreenStep
from bot.demo.gestures import COMPLAINTS, CONTROLLED, HIGH, REPEATED, SEEN, TO_ALL
from bot.demo.stage import SECONDS_BETWEEN_MESSAGES
from models.rules.coaching.talks import Note, TalkOutcome
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Visitor
from models.rules.setup.history import Giver
from models.rules.setup.plan import CollaborativePlan, MilestonePlan
from models.services.charts import history
from models.services.coaching import flags, talks
from models.services.delivery import restores
from models.services.delivery.claims import claim
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.people import teams
from tests.migrations.hands import Hands

TODAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday, five days before the reports are due
LAST_MORNING = datetime(2026, 11, 30, 11, tzinfo=UTC)  # 6:00 in New York: before digests and reminders
LAST_LOOK = datetime(2026, 11, 30, 15, 5, tzinfo=UTC)  # 8:05 in Denver: after all of them
MONTH = date(2026, 10, 1)  # the one reports are due for
ANA, BO, CHIDI, DANA, EVE, GRACE = "U0ANA", "U0BO", "U0CHIDI", "U0DANA", "U0EVE", "U0GRACE"
AMIR, SOFIA, CORA, BEN, RAVI, HANA = "U0AMIR", "U0SOFIA", "U0CORA", "U0BEN", "U0RAVI", "U0HANA"
POST = "chat.postMessage"
SEND, CLOSE = ("submit",), ("close",)
Steps = tuple[ScreenStep, ...]


def feedback(team: str, words: str) -> Steps:
    opened = (("press", "Give feedback", f"{team} reported October"), ("sees", "I wonder"))
    return *opened, ("fill", "I like", words), SEND, ("sees", "It is on its way to"), CLOSE


def numbers(*typed: str) -> Steps:
    labels = (CONTROLLED, SEEN, REPEATED, HIGH, COMPLAINTS)
    filled = [("fill", label, number) for label, number in zip(labels, typed, strict=False)]
    return ("type", TO_ALL, "/report"), ("sees", labels[0]), *filled, SEND, ("sees", "Step 2 of 2")


def correction(team: str, *on_the_first: ScreenStep, note: str = "") -> Steps:
    opened = (("press", "Correct", f"{team} reported October"), ("sees", "Change what you need."))
    words = [("fill", "A note for your coach", note)] if note else []
    sent = (SEND, ("sees", "stands as you have it now"), CLOSE)
    return *opened, *on_the_first, SEND, ("sees", "Step 2 of 2"), *words, *sent


class Week:
    """Lets the week pass on the playground where the demo was played."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._slack = hands.slack
        self._do, self._write, self._turn = hands.do, hands.write, hands.turn

    def pass_by(self) -> None:
        for day, happens in {24: self._coaches_write, 25: self._teams_write, 26: self._host_changes}.items():
            self._hands.pass_until(datetime(2026, 11, day, 15, tzinfo=UTC))
            happens()
            self._hands.deliver()
        self._hands.pass_until(LAST_MORNING)
        self._without_a_picture()
        self._held_and_let_go()
        self._put_back()
        self._failed_and_unsure()
        self._nothing_goes_out()
        self._slack.set_clock(to=LAST_LOOK.timestamp())
        self._clock_looks()
        self._vanished_and_held()
        self._do(SOFIA, *correction("Juniper", ("fill", CONTROLLED, "139")))
        self._write(lambda db: restores.take(db, self._hands.now))

    def _coaches_write(self) -> None:
        self._do(BEN, *feedback("Juniper", "Feet flat, back supported: a sign costs nothing."))
        self._do(CORA, *feedback("Birch", "88% in two rooms. I would like to see them."))
        self._do(BEN, *feedback("Dogwood", "You dropped it after four days. That is a test, too."))
        self._write(self._talk)

    def _teams_write(self) -> None:
        tested = ("fill", "What did you test?", "Reading again at check-out.")
        self._do(ANA, *numbers("71", "98", "40", "52", "2"), tested, ("press", "Save for later", ""))
        self._do(ANA, ("sees", "Saved."), CLOSE)
        self._do(BO, *numbers("70", "97", "39", "51"), CLOSE)
        self._do(GRACE, ("press", "Expect it on …", "Maple's October"), ("sees", "When can we expect"))
        self._do(GRACE, ("fill", "Or another day", f"{LAST_MORNING:%Y-%m-%d}"), SEND)
        self._do(GRACE, ("sees", "I do not ask again before"), CLOSE)
        self._do(DANA, *correction("Dogwood", note="Our numbers go down. Thank you for coming."))

    def _host_changes(self) -> None:
        self._write(partial(self._load, _changed))
        for counted in (50, 52):
            self._write(partial(self._earlier, Decimal(counted)))

    def _without_a_picture(self) -> None:
        """Nor does Slack take what the host is to hear of it."""
        self._slack.fault("files.getUploadURLExternal", error="file_uploads_disabled")
        self._slack.fault(POST, error="message_limit_exceeded", channel=self._hands.direct(HANA))
        self._do(CHIDI, *correction("Birch", ("fill", CONTROLLED, "107")))
        self._turn(8)
        self._slack.clear_faults()
        self._slack.fault(POST, error="message_limit_exceeded", channel=self._hands.direct(HANA))

    def _held_and_let_go(self) -> None:
        self._do(BEN, *feedback("Hazel", "Twelve calls, five came."))
        self._slack.fault(POST, error="token_revoked", channel="C0HAZEL", times=1)
        self._turn()
        self._slack.advance(70)
        self._turn(4)

    def _put_back(self) -> None:
        taken = self._hands.now - timedelta(minutes=30)
        self._write(lambda db: restores.put_back(db, taken, self._hands.now))
        self._slack.advance(SECONDS_BETWEEN_MESSAGES)

    def _failed_and_unsure(self) -> None:
        self._do(CORA, *feedback("Fir", "Nothing new is news, too."))
        self._do(BEN, *feedback("Dogwood", "I come to your huddle on Thursday."))
        self._slack.fault(POST, error="is_archived", channel="C0FIR", times=1)
        self._slack.fault(POST, drop="after", channel="C0DOGWOOD", times=1)
        self._turn()
        self._slack.clear_faults()

    def _nothing_goes_out(self) -> None:
        self._do(EVE, *numbers("13", "21"), ("fill", "What did you test?", "A card on the desk."))
        self._do(EVE, ("fill", "A note for your coach", "We are two now."), SEND, ("sees", "Kept."), CLOSE)
        self._do(DANA, *correction("Dogwood", ("fill", CONTROLLED, "52")))
        self._do(AMIR, ("press", "Helped", "Feet flat"))
        self._hands.waits("feedback_answer")
        self._do(RAVI, ("type", TO_ALL, "/momentum timeline"), ("press", "Post the timetable", ""))
        self._hands.waits("timeline")
        self._do(ANA, ("press", "Done", "Storyboard"))
        self._hands.waits("milestone_marked")
        self._do(ANA, ("press", "I need help", "Cedar's October"), ("sees", "What would help?"))
        self._do(ANA, ("fill", "What would help?", "Who has the list of telehealth visits?"), SEND)
        self._do(ANA, ("sees", "Your coach knows"), CLOSE)
        self._freeze()

    def _freeze(self) -> None:
        """The later months stand out against the frozen ones: that is a signal to tell."""
        self._do(CORA, ("type", TO_ALL, "/momentum chart Cedar Repeat"), ("sees", "Cedar, Repeat"))
        self._do(CORA, ("press", "Freeze the median on a baseline", ""), ("sees", "Why these months?"))
        self._do(CORA, ("fill", "Last month of the baseline", f"{months_before(MONTH, 8):%B %Y}"))
        self._do(CORA, ("fill", "Why these months?", "Before the second readings"), SEND)
        self._do(CORA, ("sees", "This is how the chart would look"), SEND)
        self._do(CORA, ("sees", "What people marked"), CLOSE)

    def _clock_looks(self) -> None:
        december = (date(2026, 11, 1), date(2026, 12, 29))
        self._write(partial(self._load, lambda plan: _moved(plan, december)))
        self._hands.look()

    def _vanished_and_held(self) -> None:
        """Two messages are in the hands of a sender that is gone; of the others, Slack takes none."""
        self._write(lambda db: claim(db, self._hands.workspace, self._hands.now, 2))
        self._slack.advance(SECONDS_BETWEEN_MESSAGES)
        self._slack.fault("*", error="token_revoked")
        self._turn()
        self._slack.clear_faults()

    def _talk(self, db: Connection) -> None:
        elm = db.execute(select(teams.c.id).where(teams.c.key == "elm")).scalar_one()
        acting = flags.seeing(db, Visitor(self._hands.workspace, CORA), elm)
        note = Note(f"month:{MONTH:%Y-%m}", TalkOutcome.WELL, "Eve counts on Monday.")
        talks.keep(db, acting, note, self._hands.now)

    def _load(self, change: Callable[[CollaborativePlan], CollaborativePlan], db: Connection) -> None:
        stored = stored_plan.find(db, self._hands.workspace, "blood-pressure")
        assert stored
        now, wanted = self._hands.now, change(stored.plan)
        collaborative.apply(db, self._hands.workspace, wanted, now, shown=stored.plan)

    def _earlier(self, counted: Decimal, db: Connection) -> None:
        """A table gives a month from before the first; given anew, the old value is kept beside it."""
        stored = stored_plan.find(db, self._hands.workspace, "blood-pressure")
        assert stored
        values = {("cedar", "M1", months_before(MONTH, 20)): Value(counted, Decimal(95))}
        history.write(db, stored.collaborative_id, values, Giver(self._hands.now.date(), self._hands.now))


def _changed(plan: CollaborativePlan) -> CollaborativePlan:
    """Define a measure anew, let somebody leave, and put a call on the timetable."""
    first, *others = plan.measures
    operational = f"{first.definition.operational} The last reading may be the patient's own."
    measure = replace(first, definition=replace(first.definition, operational=operational))
    call = MilestonePlan("coaches-call", date(2026, 12, 7), "The coaches' call", "hana-novak")
    return replace(
        plan,
        people=tuple(each for each in plan.people if each.key != "noah-weiss"),
        roles=frozenset(each for each in plan.roles if each.person != "noah-weiss"),
        measures=(measure, *others),
        milestones=tuple(sorted((*plan.milestones, call), key=lambda each: each.due_on)),
    )


def _moved(plan: CollaborativePlan, month: tuple[date, date]) -> CollaborativePlan:
    return replace(plan, calendar=replace(plan.calendar, moved=(month,)))
