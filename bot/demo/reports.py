"""What five of the demo's eight clinics have reported this month; Cedar, Elm and Maple are still to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.rules.collaborative.measure import Value
from models.rules.report.report import Narrative


@dataclass(frozen=True)
class DemoReport:
    """One team's report: who sends it and when, a value or a reason for each measure, and the words."""

    team: str  # key
    slack_user: str
    on: date
    values: Mapping[str, Value | str]  # by measure key; a text is the reason why there is none
    narrative: Narrative


def demo_reports(today: date) -> tuple[DemoReport, ...]:
    """The reports in the order they came: in the last days, none before the month began."""
    first = today.replace(day=1)
    sent = (_juniper, _birch, _fir, _hazel, _dogwood)
    days = [max(first, today - timedelta(days=ago)) for ago in (6, 4, 3, 2, 1)]
    return tuple(report(day) for report, day in zip(sent, days, strict=True))


def _juniper(on: date) -> DemoReport:
    values = {"M1": _of(138, 173), "M2": _of(83, 89), "M3": Value(Decimal(1))}
    words = Narrative(
        tested="A sign at the scale: feet flat, back supported, no talking. One doctor's rooms, for a week.",
        improved="First readings are lower since people sit down for five minutes; fewer need a second one.",
        unintended="The waiting room is fuller around 9, because people now sit before the reading.",
    )
    return DemoReport("juniper", "U0SOFIA", on, values, words)


def _birch(on: date) -> DemoReport:
    values = {"M1": _of(106, 160), "M2": _of(52, 71), "M3": Value(Decimal(0))}
    words = Narrative(
        tested="A pop-up reminder for a second reading, in two of our five rooms.",
        improved="73% had a second reading, our best month so far. The two rooms were at 88%.",
        barriers="Only one cuff in the large size; we wait for it several times a day.",
        help_needed="How did others get the reminder to show before the patient leaves the room?",
    )
    return DemoReport("birch", "U0CHIDI", on, values, words)


def _fir(on: date) -> DemoReport:
    values = {"M1": _of(85, 121), "M2": _of(34, 46)}
    words = Narrative(
        tested="Nothing new this month: three of seven staff were away.",
        barriers="No time to meet. We plan our next test for the first week of the month.",
    )
    return DemoReport("fir", "U0RUTH", on, values, words)


def _hazel(on: date) -> DemoReport:
    estimate = Value(Decimal(20), Decimal(30), is_estimate=True)
    values = {"M1": _of(42, 66), "M2": estimate, "M3": Value(Decimal(0))}
    words = Narrative(
        tested="Calling patients without a visit in six months: 12 called, 5 came.",
        improved="We are back to counting every month.",
        barriers="Second readings are on paper; we counted one week and scaled it up, hence the estimate.",
        coach_note="Mei leaves in two months. Who could learn the registry from her? I would like to talk.",
    )
    return DemoReport("hazel", "U0PAUL", on, values, words)


def _dogwood(on: date) -> DemoReport:
    no_cards = "The complaint cards of this month were thrown away before we counted them."
    values: dict[str, Value | str] = {"M1": _of(51, 88), "M2": _of(23, 40), "M3": no_cards}
    words = Narrative(
        tested="A second reading at check-out, not in the room. Dropped after four days: it made a queue.",
        barriers="Two new colleagues have not learned the second reading yet.",
        unintended="The queue at check-out led to two people leaving without their papers.",
        help_needed="A one-page guide for new colleagues. Does somebody have one to share?",
        coach_note="Our numbers go down and the team is discouraged. Could you come to our next huddle?",
    )
    return DemoReport("dogwood", "U0DANA", on, values, words)


def _of(numerator: int, denominator: int) -> Value:
    return Value(Decimal(numerator), Decimal(denominator))
