"""A measure defined anew: which parts changed, and from which month of a chart on."""

from dataclasses import replace
from datetime import date, timedelta

from models.rules.charts.charts import MarkKind, TeamChart
from models.rules.charts.marking import with_mark
from models.rules.collaborative.measure import Definition, Measure, PastDefinition
from models.rules.collaborative.redefined import Redefined, redefined, redefined_words
from tests.rules.test_signals import MEASURE, chart, mark, month

NOW = replace(MEASURE, definition=Definition("c", "o2", "n", "d2"), sampling="all")
OPERATIONAL = ("operational",)


def was(measure: Measure, until: date, **parts: str) -> PastDefinition:
    """How the measure was defined before a day."""
    sampling = parts.pop("sampling", measure.sampling)
    return PastDefinition(measure.id, replace(measure.definition, **parts), sampling, until)


def changed(*days: date, months: int = 6) -> TeamChart:
    """A chart whose months are due on their first day; the definition changed on these days."""
    return replace(chart(*range(months)), changes=tuple(Redefined(day, OPERATIONAL) for day in days))


def test_each_change_names_its_parts() -> None:
    """One after the other, against what came next; a change taken back on the same day is none."""
    first, second, third = date(2026, 1, 5), date(2026, 3, 1), date(2026, 4, 1)
    past = (
        was(NOW, first, operational="o1", denominator="d1", sampling="20"),
        was(NOW, second, denominator="d1"),
        was(NOW, third),
    )
    found = redefined(past, NOW)
    assert found == (Redefined(first, ("operational", "sampling")), Redefined(second, ("denominator",)))
    after = "; earlier months are counted the old way"
    assert redefined_words(found) == f"New definition of what counts, the denominator and the sample{after}"
    assert redefined_words(found[1:]) == f"New definition of the denominator{after}"


def test_the_first_month_due_after_a_change_is_where_it_shows() -> None:
    """Before the first month, or after the last, nothing is told apart; two before one month are one."""
    words = redefined_words([Redefined(month(1), OPERATIONAL)])
    assert changed(month(4)).redefined == ((4, words),)
    assert changed(month(3) + timedelta(days=1)).redefined == ((4, words),)
    assert changed(month(3) + timedelta(days=1), month(4)).redefined == ((4, words),)
    assert changed(month(1), month(6) + timedelta(days=1)).redefined == ()


def test_it_has_the_numbers_after_cycles_and_notes() -> None:
    """So that a change of the definition moves no other number."""
    marked = with_mark(with_mark(changed(month(2)), mark(MarkKind.NOTE, 5)), mark(MarkKind.CYCLE, 6))
    found = [(each.number, each.kind, each.position) for each in marked.numbered]
    assert found == [(1, "cycle", 6), (2, "note", 5), (3, "definition", 2)]


def test_where_a_phase_begins_with_it_there_is_nothing_left_to_split() -> None:
    """The latest change without a phase is the one to ask about."""
    there = changed(month(2), month(4))
    assert there.unsplit == month(4)
    assert with_mark(there, mark(MarkKind.PHASE, 4)).unsplit == month(2)
    assert changed().unsplit is None
