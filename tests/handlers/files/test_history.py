"""A table of earlier months: every way people write one, every slip named by its place, no bomb unpacked."""

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import history as history_file
from models.rules.collaborative.measure import Value
from models.rules.privacy.door import NO_WORD
from models.rules.setup.history import HistoryRow
from tests.handlers.files import hostile

HEADER = "team,measure,month,numerator,denominator"
ROW = HistoryRow(2, "Cedar", "M1", date(2015, 1, 1), Value(Decimal(42), Decimal(60)))


def words(source: bytes | str, **fixed: str) -> list[str]:
    """The problems as the host reads them."""
    return [problem.words() for problem in history_file.read(source, fixed).problems]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\nCedar,M1,2015-01,42,60\n",
        f"\ufeff{HEADER}\r\nCedar,M1,2015-01-31,42,60\r\n",
        "Month;DENOMINATOR;Numerator;Measure;Team\nJan 2015;60;42;M1;Cedar",
        "team\tmeasure\tmonth\tnumerator\tdenominator\tremark\nCedar\tM1\tJanuary 2015\t42.0\t60\t'a, b; c'",
        f'{HEADER}\n"Cedar","M1","2015/01","42","60"\n\n,,,,\n',
        f"{HEADER}\n Cedar , M1 , 2015-1 , 42 , 60 \n",
    ],
    ids=["plain", "BOM", "semicolons", "tabs", "quotes", "spaces"],
)
def test_a_table_reads_the_same_however_it_is_written(text: str) -> None:
    """Columns in any order, comma, semicolon or tab, with or without BOM, months in words or numbers."""
    assert history_file.read(text.encode()).rows == (ROW,)


def test_a_row_whose_note_could_tell_of_a_patient_is_refused_and_repeated_nowhere() -> None:
    """By its line and the kind; a cell that is no month is not said again either."""
    rows = ("Cedar,M1,2015-01,42,60,seen MRN 12345678", "Cedar,M1,Mrs Zebra Canary,42,60,counted twice")
    kind = "a medical record, member or health number"
    assert words("\n".join([f"{HEADER},notes", *rows]).encode()) == [
        f"Line 2: A note looks like {kind}. {NO_WORD}",
        "Line 3, month: Found “…”, expected a month like 2015-01.",
    ]


@pytest.mark.parametrize(
    "month", ["2015-01", date(2015, 1, 31), datetime(2015, 1, 1, tzinfo=UTC).replace(tzinfo=None), "Jan 2015"]
)
def test_a_workbook_reads_like_a_csv(month: object) -> None:
    """Real Excel dates, numbers as numbers or text, and empty rows between."""
    book = hostile.workbook(
        [HEADER.split(","), ["Cedar", "M1", month, 42, "60"], [], ["Elm", "M3", month, 2.0, None]]
    )
    read = history_file.read(book)
    assert read.problems == ()
    assert read.rows == (ROW, HistoryRow(4, "Elm", "M3", date(2015, 1, 1), Value(Decimal(2))))


def test_lines_pasted_for_one_team_and_measure_need_no_header() -> None:
    """The same reader takes a form's pasted months; 61 of 60 is for the rules to refuse, by its line."""
    fixed = {"team": "cedar", "measure": "M1"}
    read = history_file.read("2015-01 ; 42 ; 60\nFeb 2015;1,043;2 000\n", fixed)
    assert [(row.line, row.team, row.value) for row in read.rows] == [
        (1, "cedar", Value(Decimal(42), Decimal(60))),
        (2, "cedar", Value(Decimal(1043), Decimal(2000))),
    ]
    assert history_file.read("month,numerator,denominator\n2015-01,42,60", fixed).rows[0].line == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2015-01, 17, 17,234", "Line 1: There are more columns than expected; write 17234 without a comma."),
        ("2015-01,1,043,2000", "Line 1: There are more columns than expected; write 1043 without a comma."),
        ("2015-01, 17, 60, 8 rooms", "Line 1: There are more columns than expected."),
        ("2015-01, 17, 60, ,", ""),
        ('2015-01, "17,234", "18,000"', ""),
        ("2015-01\t17,234\t18,000", ""),
        ("total,,", "Line 1, month: Found “total”, expected a month like 2015-01."),
    ],
)
def test_a_number_cut_in_two_by_its_comma_is_never_read_as_another(line: str, said: str) -> None:
    """Cells beyond the header are a mistake; and a line that is no month is not passed over."""
    read = history_file.read(line, {"team": "cedar", "measure": "M1"})
    assert [problem.words() for problem in read.problems] == ([said] if said else [])
    assert len(read.rows) == (not said)


def test_every_bad_row_is_named_by_line_column_and_reason() -> None:
    """And a row without any number is a month not known: left out, and counted."""
    rows = [
        "Cedar,M1,2015-13,42,60",
        "Cedar,M1,01/02/2015,42,60",
        "Cedar,M1,Jan-15,42,60",
        ",M1,2015-01,42,60",
        "Cedar,M1,2015-01,forty,60",
        "Cedar,M1,2015-01,-4,60",
        'Cedar,M1,2015-01,"4,5",60',
        "Cedar,M1,2015-01,,60",
        "Cedar,M1,2015-01,1e5,nan",
        "Cedar,M1,2015-02,,",
        "Cedar,M1,2015-03,42,60",
    ]
    read = history_file.read("\n".join([HEADER, *rows]))
    assert [problem.words() for problem in read.problems] == [
        "Line 2, month: Found “2015-13”, expected a month like 2015-01.",
        "Line 3, month: Found “01/02/2015”, expected a month like 2015-01.",
        "Line 4, month: Found “Jan-15”, expected a month like 2015-01.",
        "Line 5, team: It is empty.",
        "Line 6, numerator: Found “forty”. Expected a number, like 42.",
        "Line 7, numerator: Found “-4”. A number cannot be below 0.",
        "Line 8, numerator: Found “4,5”. Write decimals with a point: 4.5.",
        "Line 9, numerator: It is empty, but the denominator is not.",
        "Line 10, numerator: Found “1e5”. Expected a number, like 42.",
        "Line 10, denominator: Found “nan”. Expected a number, like 42.",
    ]
    assert (len(read.rows), read.left_empty) == (1, 1)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "There is nothing in it."),
        (HEADER.encode(), "There are no values in it."),
        (b"team,mesure,month,numerator\n", "Line 1, measure: There is no column of that name."),
        (b"team,measure,month,month,numerator\n", "Line 1, month: Two columns have this name: keep one."),
        (
            f"{HEADER}\nB\u00f8,M1".encode("latin-1"),
            "Line 2: The file is not in UTF-8: save it as “CSV UTF-8”.",
        ),
        (f'{HEADER}\n"Cedar,M1\n'.encode(), "Line 2: The quotation marks do not match"),
        (b"\xd0\xcf\x11\xe0 old excel", "This is an old or protected Excel file"),
        (b"PK\x03\x04 no archive", "This Excel file is damaged"),
        (b"x" * (4 * 1024 * 1024 + 1), "It is larger than 4 MB."),
        ((f"{HEADER}\n" + "a,b,2015-01,1,1\n" * 60_001).encode(), "Line 60002: It has more than 60,000 rows"),
        (("," * 60).join("ab").encode(), "Line 1: It has more than 60 columns."),
        (hostile.workbook([["x"] * 61]), "Line 1: It has more than 60 columns."),
        (hostile.workbook([[1]] * 60_002), "Line 60002: It has more than 60,000 rows"),
    ],
    ids=range(13),
)
def test_a_table_that_cannot_be_taken_says_why(source: bytes, sentence: str) -> None:
    """At most 4 MB, 60,000 rows and 60 columns (ASVS 5.2)."""
    assert words(source)[0].startswith(sentence)


def test_a_workbook_made_to_do_harm_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    """Zip bombs, billion laughs, a look at the reader's own files (ASVS 5.2); 64 MB at the most."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    bombs = [
        hostile.zip_bomb(40),
        hostile.altered(hostile.workbook([["team"]]), {f"xl/{at}.xml": b"x" for at in range(200)}),
        hostile.entity_bomb(),
        hostile.outside_entity(secret),
        hostile.altered(hostile.workbook([["team"]]), {"xl/workbook.xml": b"<no"}),
        hostile.altered(hostile.workbook([["team"]]), {"[Content_Types].xml": b"<Types/>"}),
    ]
    tracemalloc.start()
    for bomb in bombs:
        (sentence,) = words(bomb)
        assert sentence.startswith("This Excel file")
        assert "secret" not in sentence
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024


def test_a_sheet_that_claims_a_million_rows_is_read_for_what_it_holds() -> None:
    """The size a sheet claims costs nothing."""
    book = hostile.workbook([HEADER.split(","), ["Cedar", "M1", "2015-01", 42, 60]])
    sheet = hostile.sheet_of(book).replace('ref="A1:E2"', 'ref="A1:XFD1048576"')
    wide = hostile.altered(book, {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert history_file.read(wide).rows == (ROW,)


def test_formulas_are_never_worked_out() -> None:
    """A cell with a formula counts for the value Excel kept with it; here there is none."""
    book = hostile.workbook([HEADER.split(","), ["Cedar", "M1", "2015-01", "=40+2", 60]])
    assert words(book) == ["Line 2, numerator: It is empty, but the denominator is not."]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_comes_as_a_table_is_read_or_refused_in_words(data: bytes) -> None:
    """No input makes anything but rows or sentences."""
    read = history_file.read(HEADER.encode() + b"\n" + data)
    assert read.rows or read.problems
    assert history_file.read(b"PK\x03\x04" + data).problems
