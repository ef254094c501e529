"""Story W3: earlier months come in as a file of text or of Excel, and one made to do harm does none."""

from io import BytesIO

import openpyxl
import pytest

from models.tables.report import measure_values
from tests.handlers.files import hostile
from tests.handlers.stage import Stage
from tests.scenarios.charting import open_earlier_months

CLEAR = "There is no patient in the file"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_may_hold_more_of_the_teams_measures(stage: Stage, kind: str) -> None:
    """Another team's rows are refused by line: nobody writes into a chart that is not theirs."""
    rows = [
        ("team", "measure", "month", "numerator", "denominator"),
        ("Cedar", "M1", "2026-01", 42, 60),
        ("cedar", "Repeat BP taken", "2026-01", 18, 20),
        ("Birch", "M1", "2026-01", 1, 60),
    ]
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    bo.fill("Or a file", [(f"months.{kind}", _csv(rows) if kind == "csv" else _workbook(rows))])
    bo.choose(CLEAR, CLEAR)
    bo.submit()
    found = stage.modal(bo, "1 row does not fit.")
    assert "Line 4, team: Only Cedar's months can be added here." in found.all_text
    bo.press("Keep the 2 good rows")
    stage.modal(bo, "✔ 2 values added: Jan 2026.")
    assert stage.count(measure_values) == 2


def test_a_file_that_is_too_large_or_cannot_be_had_is_refused_in_words(stage: Stage) -> None:
    """Its size is looked at before a byte of it is read."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    bo.fill("Or a file", [("months.csv", b"2026-01,42,60\n" * 300_000)])
    bo.choose(CLEAR, CLEAR)
    bo.submit()
    stage.modal(bo, "That file is larger than 4 MB.")
    bo.close()
    bo.fill("Or a file", [("months.csv", b"2026-01,42,60\n")])
    stage.slack.fault("files.info", error="missing_scope", times=1)
    bo.submit()
    stage.modal(bo, "I could not fetch that file from Slack.")


@pytest.mark.parametrize("bomb", [hostile.zip_bomb(40), hostile.entity_bomb()], ids=["zip", "entities"])
def test_a_workbook_made_to_do_harm_is_refused_in_words(stage: Stage, bomb: bytes) -> None:
    """The person hears what to do instead, and the form is still there below."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    bo.fill("Or a file", [("months.xlsx", bomb)])
    bo.choose(CLEAR, CLEAR)
    bo.submit()
    assert "save it as .csv" in stage.modal(bo, "This Excel file").all_text
    assert stage.count(measure_values) == 0


def _csv(rows: list[tuple[object, ...]]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def _workbook(rows: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
