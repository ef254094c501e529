"""The transcript of the demo's story: readable text, in the order things came."""

import re

from tests.scenarios.telling import Told


def test_the_transcript_is_for_people(told: Told) -> None:
    """A head a message and act, by the clock of the collaborative, edits at their own time, and no id."""
    lines = told.transcript.splitlines()
    heads = [line for line in lines if not line.startswith("      ")]
    remarks = [line for line in heads if line.endswith(")") and "  (" in line]
    edits = [line for line in heads if " now says: " in line]
    assert len(heads) == len(told.posts) + len(edits) + len(remarks)
    assert len(remarks) == len(told.story.acts)
    shape = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d \d\d:\d\d  \S")
    assert [line for line in heads if not shape.match(line)] == []
    assert heads == sorted(heads, key=lambda line: line[4:20])
    assert "UTC" not in told.transcript
    assert "Sent by Sofia Marin, 19 Sep 2025 at 12:23" in told.transcript
    assert not re.search(r"\b[UCDTBF]0[A-Z0-9]{2,}\b|<[@#!]|&(amp|lt|gt);|momentum_delivery", told.transcript)
    assert (
        "  to Mei Tan  Momentum: Hazel's December report was due on Wednesday 28 January." in told.transcript
    )


def test_the_transcript_tells_things_as_they_came(told: Told) -> None:
    """A roll call begins with one team, an act stands before what came of it, all words can be read."""
    lines = told.transcript.splitlines()
    call = re.compile(r"\w+ 2025-.*  #lc-all  Momentum(: | now says: )\d of 8 teams (is|are) in for August")
    calls = [line for line in lines if call.match(line)]
    assert "Momentum: 1 of 8 teams" in calls[0]
    assert len(calls) > 3
    assert all("Momentum now says: " in line for line in calls[1:])
    for act, after in (
        ("(Ana Lima types /report", "Momentum: Cedar reported September 2025."),
        ("(Sofia Marin sends Juniper's August report.)", "Momentum: Juniper reported August 2025."),
        (
            "(Cora Diaz gives Birch feedback on its August report.)",
            "Cora Diaz gave Birch feedback on its August 2025",
        ),
        ("(Chidi Okafor says of Birch's feedback that it helped.)", "August 2025 report helped, says Chidi"),
        ("(Bo Chen adds a PDSA cycle to Cedar's chart, from March 2026: Second", "Cycle 2: Mar 2026, Second"),
    ):
        assert _first(lines, act) < _first(lines, after)
    assert [line for line in lines if line.startswith("      ") and "Who is in the room when" in line]


def _first(lines: list[str], words: str) -> int:
    return next(at for at, line in enumerate(lines) if words in line)
