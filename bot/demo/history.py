"""Fourteen made-up months of the demo's eight clinics, up to the month before the one to report now.

Cedar improves after its repeat readings begin, and its run chart shows it; Birch gains slowly; Dogwood
drifts down; Elm is small and swings; Fir stays level; Hazel misses three months; Juniper is at the goal;
Maple does what Cedar did, half a year later.
"""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.demo.collaborative import month_to_report, months_before
from models.rules.collaborative.measure import Value
from models.rules.setup.history import MonthCell

FILE = Path(__file__).with_name("history.csv")


def demo_history(today: date) -> Mapping[MonthCell, Value]:
    """The values by team key, measure key and month, as services.history.write takes them."""
    last = month_to_report(today)
    with FILE.open(newline="") as opened:
        return {
            (row["team"], row["measure"], months_before(last, int(row["months_ago"]))): _value(row)
            for row in csv.DictReader(opened)
        }


def _value(row: Mapping[str, str]) -> Value:
    return Value(Decimal(row["numerator"]), Decimal(row["denominator"]) if row["denominator"] else None)
