"""One measure of a report said in a line: its value, how it moved, the goal, or why there is none."""

from fractions import Fraction

from handlers.slack.words import escape, escape_to_fit, safe_name
from models.rules.collaborative.measure import (
    Direction,
    Measure,
    Unit,
    UnitKind,
    level_words,
    value_words,
)
from models.rules.report.report import CardLine

_REASON = 1200


def card_line(line: CardLine, year: int) -> str:
    """Lay a line out for the card: "*BP control* 70.0% (42/60), up 3.1 points since September; goal 80%"."""
    name = safe_name(line.measure.name)
    if line.value is None:
        return f"*{name}* cannot be reported this month: {escape_to_fit(line.reason, _REASON)}"
    return f"*{name}* {escape(measured(line, year))}"


def spoken_line(line: CardLine, year: int) -> str:
    """Say a line for notifications, escaped: every number, and nothing a person wrote freely."""
    name = safe_name(line.measure.name)
    if line.value is None:
        return f"{name}: no value this month."
    return f"{name}: {escape(measured(line, year))}."


def measured(line: CardLine, year: int) -> str:
    """Say a value, how it moved since the month before, and the goal."""
    if line.value is None:
        return "no value this month"
    unit = line.measure.unit
    parts = [value_words(line.value, unit)]
    if line.previous is not None:
        change = line.value.level(unit) - line.previous.level(unit)
        parts.append(moved(change, unit, month_words(line.previous_period, year)))
    goal = goal_words(line.measure)
    return f"{', '.join(parts)}; {goal}" if goal else ", ".join(parts)


def moved(change: Fraction, unit: Unit, since: str) -> str:
    """Say how a value moved, without judging it: "up 3.1 points since September"."""
    size = f"{abs(float(change)):,.1f}"
    if not float(size.replace(",", "")):
        return f"the same as in {since}"
    points = "" if unit.kind is not UnitKind.PERCENT else " point" if size == "1.0" else " points"
    number = size if unit.kind in {UnitKind.PERCENT, UnitKind.RATE} else size.removesuffix(".0")
    return f"{'up' if change > 0 else 'down'} {number}{points} since {since}"


def goal_words(measure: Measure) -> str:
    """Say where the team wants to be, and which way that is where it is not plainly up."""
    lower = measure.direction is Direction.LOWER
    if measure.goal is None:
        return "lower is better" if lower else ""
    level = level_words(measure.goal, measure.unit)
    plain = level.replace(".0%", "%")
    return f"goal {plain} or lower" if lower else f"goal {plain}"


def month_words(period_name: str, year: int) -> str:
    """Leave the year out of a month's name where it goes without saying."""
    return period_name.removesuffix(f" {year}")
