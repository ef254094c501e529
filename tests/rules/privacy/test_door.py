"""What the door says of a text: its kinds, by name and never by letter; what may pass, and what is quoted."""

from collections.abc import Collection

import pytest

from models.rules.privacy.door import NO_WORD, OR_TICK, UNREPEATED, Remark, echoed, kinds_in, remark_on
from models.rules.privacy.identifiers import IdentifierKind

EVERYTHING = (
    "pt Zebra Canary, DOB 3/14/1950, 94 yo, 555-234-0199, zebra@example.com, MRN 12345678, SSN 123-45-6789"
)


def nobody() -> Collection[str]:
    """A roster that may not be asked."""
    raise AssertionError("the roster was asked for")


@pytest.mark.parametrize("text", ["", "92 visits, BP 140/90, 90 % of 18 to 85", "14 March kickoff"])
def test_ordinary_talk_is_let_in_and_costs_no_roster(text: str) -> None:
    assert remark_on(text, 500, nobody) is None


def test_a_remark_names_kinds_and_has_no_letter_of_the_text() -> None:
    """Hard kinds first, two at most: an alert in a window holds 200 letters."""
    remark = remark_on(EVERYTHING, 500, frozenset)
    assert remark
    assert not remark.may_pass
    assert remark.sentence.endswith(NO_WORD)
    assert len(remark.sentence) <= 200
    assert not [
        word for word in ("Zebra", "Canary", "1950", "94", "555", "12345678") if word in remark.sentence
    ]


@pytest.mark.parametrize("kind", IdentifierKind)
def test_no_two_kinds_are_too_many_letters(kind: IdentifierKind) -> None:
    longest = max(IdentifierKind, key=len)
    assert len(f"This looks like {kind} and {longest}. {NO_WORD}") <= 200


def test_the_roster_is_asked_for_where_a_name_stands_alone() -> None:
    assert remark_on("Mrs Oyelaran had an idea", 500, lambda: {"Cora Oyelaran"}) is None
    assert remark_on("Mrs Oyelaran had an idea", 500, frozenset) == Remark(
        f"This looks like a name of a patient. {OR_TICK}", may_pass=True
    )
    assert kinds_in("call 555-234-0199", nobody) == (IdentifierKind.PHONE,)


def test_too_long_is_said_before_it_is_read() -> None:
    remark = remark_on("MRN 12345678 " * 1000, 500, nobody)
    assert remark == Remark("This is 13,000 letters long, and 500 fit here. Please shorten it.")


@pytest.mark.parametrize(
    ("text", "quoted"), [("forty", "“forty”"), ("Mrs Zebra", UNREPEATED), ("123-45-6789", UNREPEATED)]
)
def test_what_may_be_a_patient_is_not_said_again(text: str, quoted: str) -> None:
    assert echoed(text) == quoted
