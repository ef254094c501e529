"""What people marked on the demo's charts: two frozen baselines, Cedar's two cycles, and two notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.demo.collaborative import month_to_report, months_before
from models.database import Connection
from models.rules.charts.charts import MarkKind, Wish
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.services.charts import marks
from models.services.collaborative import measures, visitors

MEASURE = "M1"


@dataclass(frozen=True)
class DemoMark:
    """One mark on a team's chart of blood pressure control, and who sets it."""

    team: str  # key
    slack_user: str
    kind: MarkKind
    months_ago: int
    words: str


MARKS: Sequence[DemoMark] = (
    DemoMark("cedar", "U0CORA", MarkKind.BASELINE, 9, "Before the second reading in all rooms"),
    DemoMark("cedar", "U0BO", MarkKind.CYCLE, 8, "Second reading in one room"),
    DemoMark("cedar", "U0BO", MarkKind.CYCLE, 7, "Second reading in all rooms"),
    DemoMark("cedar", "U0ANA", MarkKind.NOTE, 4, "Two colleagues away"),
    DemoMark("maple", "U0BEN", MarkKind.BASELINE, 9, "The six months before the slip"),
    DemoMark("dogwood", "U0OMAR", MarkKind.NOTE, 10, "One nurse short"),
)


def mark(db: Connection, slack_team: str, today: date, now: datetime) -> None:
    """Set them all at `now`, as people would below the charts, on months counted back from `today`."""
    last = month_to_report(today)
    for each in MARKS:
        set_mark(db, slack_team, each, months_before(last, each.months_ago), now)


def set_mark(db: Connection, slack_team: str, mark: DemoMark, month: date, now: datetime) -> None:
    """Set one on the chart's month that begins on `month`."""
    mine = visitors.able(db, Visitor(slack_team, mark.slack_user), Deed.REPORT)
    acting = next(each for each in mine if each.team.key == mark.team)
    known = measures.of_collaborative(db, acting.collaborative.id, acting.team.id)
    measure = next(each for each in known if each.key == MEASURE)
    marks.set_mark(db, acting, measure.id, Wish(mark.kind, month, mark.words), now)
