"""The reports of the demo's story before the month to report now: who sent them when, with which words."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from bot.demo.history import demo_history
from bot.demo.reports import DemoReport
from bot.demo.setting import Setting
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Role
from models.rules.report.report import NARRATIVE_LABELS, Narrative
from models.rules.setup.history import MonthCell

FILE = Path(__file__).with_name("story.csv")
FIRST_REPORT = time(14, 5)  # UTC: a morning, from New York to Denver
APART = timedelta(minutes=23)  # from one team's usual hour to the next one's

# By team and months ago: the measure, and its value after a correction.
CORRECTIONS = {
    ("juniper", 10): ("M1", Value(Decimal(139), Decimal(171))),
    ("birch", 6): ("M3", Value(Decimal(2))),
    ("maple", 2): ("M2", Value(Decimal(45), Decimal(55))),
}


@dataclass(frozen=True)
class DemoSent:
    at: datetime
    report: DemoReport
    correction: DemoReport | None


def reported(setting: Setting, today: date) -> Mapping[tuple[str, int], DemoSent]:
    """By team and months ago; fourteen months, each report sent when and by whom the table says."""
    values = demo_history(today)
    with FILE.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    return {(row["team"], int(row["months_ago"])): _sent(setting, values, row) for row in rows}


def _sent(setting: Setting, values: Mapping[MonthCell, Value], row: Mapping[str, str]) -> DemoSent:
    team, ago = row["team"], int(row["months_ago"])
    month = setting.month(ago)
    by_measure = {key: value for (who, key, when), value in values.items() if (who, when) == (team, month)}
    words = Narrative(**{name: row.get(name, "") for name in NARRATIVE_LABELS})
    later = [each.key for each in setting.plan.teams].index(team) * APART
    at = setting.moment(ago, int(row["days"]), FIRST_REPORT) + later
    by = row["by"] or setting.first(Role.REPORTER, team)
    report = DemoReport(team, by, setting.day_of(at), by_measure, words)
    return DemoSent(at, report, _corrected(report, ago))


def _corrected(report: DemoReport, months_ago: int) -> DemoReport | None:
    if (report.team, months_ago) not in CORRECTIONS:
        return None
    measure, value = CORRECTIONS[report.team, months_ago]
    return replace(report, values={**report.values, measure: value})
