"""`momentum load` and frozen medians: what a file would move is shown before anything is."""

import io
import sys
from datetime import date

import pytest
import typer

from models.database import Connection, Database
from models.rules.charts.charts import MarkKind, Wish
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.services.charts import marks
from models.services.collaborative import measures, visitors
from tests.cast import months_before
from tests.plans import guide_text
from tests.scenarios.charting import BASELINE
from tests.scenarios.test_load import NOW, Host, host

__all__ = ["host"]
SIX = "".join(
    f"Cedar,M1,{month:%Y-%m},{level},100\n"
    for month, level in zip(months_before(6, date(2026, 4, 1)), BASELINE, strict=True)
)


def freeze(url: str) -> None:
    """Cora freezes Cedar's median on all its months."""

    def unit(db: Connection) -> None:
        cedar = next(
            one
            for one in visitors.able(db, Visitor("T0LC", "U0123CORA"), Deed.REPORT)
            if one.team.key == "cedar"
        )
        measure = measures.of_collaborative(db, cedar.collaborative.id, cedar.team.id)[0]
        marks.set_mark(db, cedar, measure.id, Wish(MarkKind.BASELINE, date(2026, 3, 1), "Before"), NOW)

    db = Database(url)
    db.write(unit)
    db.dispose()


def test_a_median_that_a_file_moves_is_shown_before_it_is_asked(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Months before the baseline move nothing; one within it is named with both medians."""
    host.load(guide_text(), SIX)
    freeze(host.url)
    earlier = host.load(guide_text(), f"Cedar,M1,2025-01,1,100\n{SIX}")
    assert "1 new values, 0 changed, 6 already there" in earlier
    assert "Frozen medians" not in earlier
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    changed = "Cedar,M1,2026-02,53,100\n"
    with pytest.raises(typer.Abort):
        host.load(guide_text(), changed, yes=False)
    moved = "Frozen medians that this moves\n  Cedar, Blood pressure control: from 49.5% to 50.5%"
    assert moved in host.screen.getvalue()
    assert moved in host.load(guide_text(), changed)
    assert "Frozen medians" not in host.load(guide_text(), changed)
