"""What the stories about charts share: Cedar's months, reports sent month by month, and the chart modal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from models.rules.collaborative.measure import Value
from playground.client import Modal, Person
from tests.cast import COMPLAINTS, DENOMINATOR, HIGH, NUMERATOR, REPEAT, months_before, remember
from tests.handlers.stage import Stage

BASELINE = (48, 52, 47, 51, 49, 50)  # median 49.5
AFTER = (55, 58, 57, 60, 62)  # five months of seven above it
A_MONTH = 31 * 86_400


def percents(levels: Sequence[int], last: date = date(2026, 6, 1)) -> dict[date, Value]:
    """So many months before `last`, each out of a hundred."""
    months = months_before(len(levels), last)
    return {month: Value(Decimal(level), Decimal(100)) for month, level in zip(months, levels, strict=True)}


def lay_months(stage: Stage, levels: Sequence[int] = BASELINE + AFTER, team: str = "Cedar") -> None:
    """Give a team earlier months of blood pressure control, as a file would."""
    stage.db.write(lambda db: remember(db, stage.cast, team, "M1", percents(levels)))


def open_chart(stage: Stage, person: Person, words: str, *seen: str) -> Modal:
    """Type `/momentum chart` and wait until the chart is there."""
    assert person.command(stage.channel, f"/momentum chart {words}")
    stage.slack.wait_for(lambda: person.modal.title == "Run chart" and "Drawing" not in person.modal.all_text)
    return stage.modal(person, *seen)


def report(stage: Stage, name: str, control: int, complaints: int | None = None) -> None:
    """Send the month that is due: so many of a hundred; answer a doubt by sending again."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    for label, number in _numbers(control, complaints):
        person.fill(label, number)
    for _ in range(4):
        if "Kept." in person.modal.all_text:
            break
        person.submit()
    person.close()
    stage.deliver()


def _numbers(control: int, complaints: int | None) -> Iterator[tuple[str, int]]:
    yield NUMERATOR, control
    yield DENOMINATOR, 100
    yield REPEAT, 18
    yield HIGH, 20
    if complaints is not None:
        yield COMPLAINTS, complaints


def freeze(stage: Stage, person: Person, until: str, why: str, words: str = "Cedar M1") -> Modal:
    """Freeze a median by way of the preview; the chart with it."""
    open_chart(stage, person, words, "Freeze the median on a baseline")
    person.press("Freeze the median on a baseline")
    stage.modal(person, "Last month of the baseline")
    person.choose("Last month of the baseline", until)
    person.fill("Why these months?", why)
    person.submit()
    stage.modal(person, "This is how the chart would look.")
    person.submit()
    return stage.modal(person, "What people marked here")


def add_note(stage: Stage, person: Person, month: str, words: str) -> str:
    """Add a note to Cedar's chart by way of the preview; what the chart then says."""
    labels = ("Month", "What should people know?")
    return _mark(stage, person, "Add a note", dict(zip(labels, (month, words), strict=True)), "Note on")


def add_cycle(stage: Stage, person: Person, month: str, words: str) -> str:
    """The same for a PDSA cycle."""
    labels = ("Month it began", "What did you try?")
    filled = dict(zip(labels, (month, words), strict=True))
    return _mark(stage, person, "Add a PDSA cycle", filled, "PDSA cycle from")


def _mark(stage: Stage, person: Person, button: str, filled: Mapping[str, str], kept: str) -> str:
    (choose, month), (fill, words) = filled.items()
    open_chart(stage, person, "Cedar M1")
    person.press(button)
    stage.modal(person, fill)
    person.choose(choose, month)
    person.fill(fill, words)
    person.submit()
    stage.modal(person, "This is how the chart would look.")
    person.submit()
    seen = stage.modal(person, f"{kept} {month}, by {person.name}").all_text
    person.close()
    return seen


def open_earlier_months(stage: Stage, person: Person, words: str = "Cedar M1") -> None:
    """From the chart to the form for earlier months."""
    open_chart(stage, person, words)
    person.press("Add earlier months")
    stage.modal(person, "Add earlier months", "One month a line", "BP control")


def paste(stage: Stage, person: Person, lines: str, *words: str) -> Modal:
    """Paste lines and wait for what becomes of them."""
    person.fill("Paste lines", lines)
    person.submit()
    return stage.modal(person, "Add earlier months", *words)
