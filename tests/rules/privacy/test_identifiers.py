"""What could tell of one patient is caught in the ways busy people write, and ordinary talk goes through."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.privacy.identifiers import WAYS, IdentifierKind, find_identifiers
from models.rules.privacy.kinds import Shape
from models.rules.privacy.spelled import in_digits

HERE = Path(__file__).parent
WITH = [line.split("\t") for line in (HERE / "notes_with.tsv").read_text("utf-8").splitlines()]
WITHOUT = (HERE / "notes_without.txt").read_text("utf-8").splitlines()
ALPHABETS = [
    "0",
    "0123 ",
    "12-/. ",
    "A",
    "Ab ",
    " ",
    ".",
    "a@.",
    "\\/:.a",
    "1\n",
    "mrn ",
    "pt 12/3 ",
    "#1-",
    "x'",
    "jan 1 ",
    "pt seen ",
    "one two ",
    "a.",
    "@a.",
    "ins id ",
    "his visit ",
    "h.no 1-/",
    "12 oak park ",
    "at 120 Oak ",
    "Mrs A (it ",
    "(0) 1-",
]


def kinds(text: str, known: tuple[str, ...] = ()) -> set[str]:
    return {one.kind.name for one in find_identifiers(text, known)}


def test_there_are_notes_enough_of_each_kind() -> None:
    assert min(len(WITH), len(WITHOUT)) >= 500
    assert {kind for kind, _text in WITH} == {
        "ssn" if kind is IdentifierKind.SOCIAL_SECURITY else kind.name.lower() for kind in IdentifierKind
    }


def test_of_notes_with_identifiers_97_in_100_are_caught() -> None:
    missed = [f"{kind}: {text}" for kind, text in WITH if not find_identifiers(text)]
    assert len(missed) <= 0.03 * len(WITH), "\n".join(missed)


def test_of_ordinary_notes_3_in_100_are_stopped_at_most() -> None:
    stopped = [f"{kinds(text)}: {text}" for text in WITHOUT if find_identifiers(text)]
    assert len(stopped) <= 0.03 * len(WITHOUT), "\n".join(stopped)


def test_no_ordinary_note_has_a_hard_kind() -> None:
    hard = [text for text in WITHOUT if any(one.is_hard for one in find_identifiers(text))]
    assert not hard, "\n".join(hard)


def test_the_hints_of_a_way_keep_nothing_from_it() -> None:
    for way in WAYS:
        for _kind, text in WITH[::7]:
            read = text if way.is_cased else text.lower()
            shape = Shape(text.lower())
            if len(shape.text) == len(text) and any(map(way.fits, way.pattern.finditer(read))):
                assert any(way.matches(read, shape)), (way.hints, text)


def test_what_overlaps_is_one_and_hard_if_a_part_is() -> None:
    text = "pt Jane Doe MRN 1234567"
    assert any(one.is_hard for one in find_identifiers(text))
    assert kinds("555-234-0199 x2, SSN 123-45-6789") == {"PHONE", "SOCIAL_SECURITY"}


def test_signs_of_other_keyboards_are_read_in_their_place() -> None:
    text = "SSN \uff11\uff12\uff13\u201345\u20136789\u00a0seen"
    (one,) = find_identifiers(text)
    assert one.is_hard
    assert text[one.start : one.end].endswith("6789")


@pytest.mark.parametrize(
    ("spelled", "digits"),
    [
        ("july twenty second nineteen fifty five", "july 22th 1955"),
        ("june third nineteen oh five", "june 3th 1905"),
        ("two thousand and four", "2004"),
        ("twenty twenty-three", "2023"),
        ("a hundred and two years old", "102 years old"),
        ("four zero five double five nine", "405559"),
        ("four one two dash five five dash oh one eight three", "412-55-0183"),
        ("one lady had two visits, a second time", "one lady had two visits, a second time"),
        ("we may one day", "we may one day"),
    ],
)
def test_numbers_said_in_words_are_read_as_digits(spelled: str, digits: str) -> None:
    text, places = in_digits(spelled)
    assert text == digits
    assert len(places) == len(text)


def test_what_is_said_in_words_lies_where_it_was_typed() -> None:
    text = "Her birthday is May second nineteen forty, she says"
    (one,) = find_identifiers(text)
    assert text[one.start : one.end] == "birthday is May second nineteen forty"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Mrs Oyelowo had an idea", ("Grace Oyelowo",)),
        ("Ms. lopez sent the file", ("Ana Lopez",)),
        ("pt Alder", ("Alder Clinic",)),
        ("Mr Grant Weaver's numbers", ("GRANT WEAVER",)),
    ],
)
def test_people_and_clinics_of_the_roster_are_no_patients(text: str, known: tuple[str, ...]) -> None:
    assert kinds(text) == {"NAME"}
    assert not kinds(text, known)


def test_a_patient_who_shares_one_name_with_the_roster_is_one() -> None:
    assert kinds("pt Rosa Lindqvist", ("Rosa Diaz",)) == {"NAME"}


@given(st.lists(st.sampled_from([text for _kind, text in WITH] + WITHOUT), max_size=6), st.text(max_size=40))
def test_spans_lie_in_the_text_in_order_and_apart(notes: list[str], rest: str) -> None:
    text = "\n".join([*notes, rest])
    end = 0
    for one in find_identifiers(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    find_identifiers(text, (text[:20],))


@pytest.mark.timeout(10)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_ten_thousand_letters_of_anything_end_soon(alphabet: str) -> None:
    find_identifiers((alphabet * 10_000)[:10_000])
