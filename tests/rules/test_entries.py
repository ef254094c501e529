"""What people type becomes values, or a sentence that says what to mend."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.collaborative.measure import (
    Definition,
    Direction,
    Measure,
    MeasureKind,
    Unit,
    UnitKind,
    Value,
)
from models.rules.report.entries import Checked, as_typed, check
from models.rules.report.report import Entry, Field, How, Typed

CONTROL = Measure(
    1,
    "M1",
    "BP control",
    MeasureKind.OUTCOME,
    Unit(UnitKind.PERCENT),
    Direction.HIGHER,
    Decimal(80),
    required=True,
    definition=Definition("", "", "", ""),
    sampling="",
)
INFECTIONS = replace(CONTROL, id=2, unit=Unit(UnitKind.RATE, 1000, "line days"))
COMPLAINTS = replace(CONTROL, id=3, unit=Unit(UnitKind.COUNT), required=False)
WAIT = replace(CONTROL, id=4, unit=Unit(UnitKind.VALUE, noun="minutes"), required=False)
FORM = tuple(Field(measure, None, ()) for measure in (CONTROL, INFECTIONS, COMPLAINTS, WAIT))


def percents(*shares: int) -> tuple[Value, ...]:
    return tuple(Value(Decimal(share), Decimal(100)) for share in shares)


def one(measure: Measure, *text: str, how: How = How.COUNTED, reason: str = "") -> Checked:
    return check([Field(measure, None, ())], [Typed(measure.id, *text, how=how, reason=reason)])


@pytest.mark.parametrize(
    "text", ["1234", " 1234 ", "1,234", "1 234", "1\N{NO-BREAK SPACE}234", "1234.0", "+1234"]
)
def test_numbers_are_read_the_way_people_write_them(text: str) -> None:
    """Spaces and thousands commas are no reason to send a form back."""
    checked = one(COMPLAINTS, text)
    assert checked.problems == ()
    assert checked.entries == (Entry(COMPLAINTS.id, Value(Decimal(1234))),)


@pytest.mark.parametrize(
    ("measure", "text", "place", "words"),
    [
        (CONTROL, ("20", "18"), "numerator", "20 is more than 18: it can be 18 at most."),
        (CONTROL, ("-1", "18"), "numerator", "-1 is below zero. Please type 0 or more."),
        (CONTROL, ("1.5", "18"), "numerator", "1.5 is not a whole number. Please type a count, like 42."),
        (CONTROL, ("0", "0"), "denominator", "Nothing to divide by: with 0 here, choose “cannot report”."),
        (CONTROL, ("5", " "), "denominator", "is missing"),
        (CONTROL, ("", "18"), "numerator", "is missing"),
        (CONTROL, ("70%", "18"), "numerator", "70% is not a number. Please type digits only, like 42."),
        (CONTROL, ("", ""), "numerator", "choose “cannot report” and say why"),
        (COMPLAINTS, ("1,5",), "numerator", "1,5 is not a number"),
        (COMPLAINTS, ("nan",), "numerator", "nan is not a number"),
        (COMPLAINTS, ("1e5",), "numerator", "1e5 is not a number"),
        (COMPLAINTS, ("9" * 13,), "numerator", "is too long: at most 12 digits"),
        (COMPLAINTS, ("x" * 500,), "numerator", "x… is not a number"),
    ],
)
def test_a_problem_names_the_value_and_the_mend_beside_its_field(
    measure: Measure, text: tuple[str, ...], place: str, words: str
) -> None:
    """The sentence stands under the very field, says what was typed and what to do; nothing is kept."""
    checked = one(measure, *text)
    (problem,) = checked.problems
    assert (problem.measure_id, problem.field) == (measure.id, place)
    assert words in problem.sentence
    assert len(problem.sentence) < 120
    assert checked.entries == ()


def test_some_data_is_better_than_none() -> None:
    """What cannot be reported needs a reason, what is optional nothing; neither holds up the rest."""
    typed = [
        Typed(1, "42", "60", How.ESTIMATED),
        Typed(2, "3", "", How.CANNOT, " export broken "),
    ]
    assert check(FORM, typed) == Checked(
        (
            Entry(1, Value(Decimal(42), Decimal(60), is_estimate=True)),
            Entry(2, None, "export broken"),
            Entry(3, None),
            Entry(4, None),
        ),
        (),
        (),
    )
    (problem,) = one(CONTROL, how=How.CANNOT, reason=" ").problems
    assert (problem.field, problem.sentence) == (
        "reason",
        "Please say in a few words why it cannot be reported this month.",
    )


def test_both_numbers_of_a_measure_are_looked_at() -> None:
    """A denominator that is wrong too is said in the same breath."""
    checked = one(CONTROL, "-1", "0")
    assert {problem.field: problem.sentence for problem in checked.problems} == {
        "numerator": "-1 is below zero. Please type 0 or more.",
        "denominator": "Nothing to divide by: with 0 here, choose “cannot report”.",
    }


def test_a_reason_that_is_hidden_again_is_no_answer() -> None:
    """Who goes back to numbers is asked for numbers; the reason typed before waits, unseen."""
    (problem,) = one(CONTROL, reason="export broken").problems
    assert problem.field == "numerator"


def test_a_problem_in_one_field_does_not_hide_another() -> None:
    """All that is wrong is said at once."""
    checked = check(FORM, [Typed(1, "20", "18"), Typed(2, "x", "900"), Typed(3, "4")])
    assert [problem.measure_id for problem in checked.problems] == [1, 2]
    assert [entry.measure_id for entry in checked.entries] == [3, 4]


def test_a_value_far_from_all_earlier_months_is_asked_about_once() -> None:
    """Four months make a usual range; the same numbers sent again are taken."""
    field = Field(CONTROL, None, percents(66, 70, 68, 71))
    typed = [Typed(1, "42", "600")]
    checked = check([field], typed)
    (doubt,) = checked.doubts
    assert doubt.sentence == "Earlier months were between 66.0% and 71.0%. Is 7.0% (42/600) right?"
    assert checked.problems == ()
    assert check([field], typed, answered=[doubt]).doubts == ()
    assert len(check([field], [Typed(1, "43", "600")], answered=[doubt]).doubts) == 1


@pytest.mark.parametrize(
    ("history", "numerator", "denominator"),
    [
        ((66, 70, 68), "5", "100"),  # three months are no history
        ((66, 70, 68, 71), "79", "100"),  # within ten points
        ((50, 50, 50, 50), "3", "5"),  # one patient of five
        ((10, 90, 15, 80), "89", "100"),  # as varied as ever
        ((70, 70, 70, 70), "7", "10"),
    ],
)
def test_ordinary_change_is_not_questioned(
    history: tuple[int, ...], numerator: str, denominator: str
) -> None:
    """A question at every change would be clicked away, also when it matters."""
    field = Field(CONTROL, None, percents(*history))
    assert check([field], [Typed(1, numerator, denominator)]).doubts == ()


def test_a_denominator_far_from_all_earlier_ones_is_asked_about() -> None:
    """690/900 is the usual share, and ten times the usual patients."""
    field = Field(CONTROL, None, tuple(Value(Decimal(69), Decimal(of)) for of in (90, 92, 88, 95)))
    (doubt,) = check([field], [Typed(1, "690", "900")]).doubts
    assert doubt.sentence == "Earlier months were out of 95 at most. Is 76.7% (690/900) right?"
    assert check([field], [Typed(1, "300", "400")]).doubts == ()


def test_a_slip_of_a_digit_in_a_count_is_asked_about() -> None:
    """610 where 61 was usual."""
    history = tuple(Value(Decimal(count)) for count in (58, 61, 60, 63))
    (doubt,) = check([Field(COMPLAINTS, None, history)], [Typed(3, "610")]).doubts
    assert doubt.sentence == "Earlier months were between 58 and 63. Is 610 right?"


texts = st.one_of(st.text(max_size=30), st.from_regex(r"[-+]?[0-9 ,.]{0,15}", fullmatch=True))
any_typed = st.builds(Typed, st.integers(0, 5), texts, texts, st.sampled_from(How), st.text(max_size=20))
histories = st.lists(st.integers(0, 100), max_size=8).map(lambda shares: percents(*shares))


@given(st.lists(any_typed, max_size=6), histories)
def test_whatever_is_typed_is_read_or_refused_in_words(
    typed: list[Typed], history: tuple[Value, ...]
) -> None:
    """No text raises; each field ends as an entry or a problem; an accepted percent lies within 0 and 100."""
    form = [replace(field, history=history) for field in FORM]
    checked = check(form, typed)
    fine = [entry.measure_id for entry in checked.entries]
    assert sorted([*fine, *{one.measure_id for one in checked.problems}]) == [1, 2, 3, 4]
    for entry in checked.entries:
        if entry.value is not None:
            assert entry.value.numerator >= 0
            if entry.measure_id == CONTROL.id:
                assert entry.value.denominator is not None
                assert entry.value.numerator <= entry.value.denominator
        assert entry.value or entry.reason or not FORM[entry.measure_id - 1].measure.required


@given(st.lists(any_typed, max_size=6))
def test_an_accepted_entry_reads_the_same_when_it_is_shown_again(typed: list[Typed]) -> None:
    """A form opened to correct and sent unchanged corrects nothing."""
    entries = check(FORM, typed).entries
    own = [field for field in FORM if field.measure.id in {entry.measure_id for entry in entries}]
    assert check(own, [as_typed(entry) for entry in entries]).entries == entries
