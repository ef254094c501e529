"""Whatever is sent by whom and how often: the last word holds and no word before it is lost."""

from dataclasses import astuple, replace
from datetime import timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from models.database import Database
from models.rules.collaborative.measure import Unit, UnitKind
from models.rules.report.report import NARRATIVE_LABELS, Entry, Narrative
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.report import corrections
from tests.cast import Cast
from tests.clock import T0
from tests.services.sending import as_team, value

PERCENT = Unit(UnitKind.PERCENT)
SAID = st.sampled_from(["42/60", "43/60", "~43/60", "84/120", "", "export broken", "on leave"])
WORDS = st.builds(
    Narrative,
    tested=st.sampled_from(["", "Two readings", "Three readings"]),
    help_needed=st.sampled_from(["", "A nurse"]),
    coach_note=st.sampled_from(["", "secret one", "secret two"]),
)


class Sent(NamedTuple):
    who: str
    m1: str
    m2: str
    words: Narrative


def says_something(sent: Sent) -> bool:
    """Or it is refused. A coordinator's words for the coach are no words: they do not read that note."""
    words = replace(sent.words, coach_note="") if sent.who == "Ravi" else sent.words
    return any((sent.m1, sent.m2, *astuple(words)))


SOME = st.builds(Sent, st.sampled_from(["Ana", "Bo", "Cora", "Ravi"]), SAID, SAID, WORDS).filter(
    says_something
)


class RollBackError(Exception):
    """Ends an example: its rows are undone."""


def entry(cast: Cast, key: str, text: str) -> Entry:
    said = value(text) if "/" in text else None
    return Entry(cast.measures[key], said, "" if said else text)


def shared(sent: Sent) -> tuple[str, str, Narrative]:
    return (sent.m1, sent.m2, replace(sent.words, coach_note=""))


def as_kept(story: list[Sent]) -> list[Sent]:
    """What each makes of the report: the coordinator leaves the note as it is."""
    kept, note = [], ""
    for sent in story:
        note = note if sent.who == "Ravi" else sent.words.coach_note
        kept.append(sent._replace(words=replace(sent.words, coach_note=note)))
    return kept


def send_all(db: Connection, cast: Cast, story: list[Sent]) -> None:
    """Send one after the other, checking each receipt against what really changed."""
    revision, kept = 0, as_kept(story)
    for number, (sent, becomes) in enumerate(zip(story, kept, strict=True)):
        before = kept[number - 1] if number else None
        revision += before is None or shared(before) != shared(sent)
        receipt = submit(
            db,
            form_for(db, as_team(db, cast, sent.who), T0, cast.periods["June 2026"]),
            [entry(cast, "M1", sent.m1), entry(cast, "M2", sent.m2)],
            sent.words,
            T0 + timedelta(minutes=number),
        )
        is_news = before is None or before[1:] != becomes[1:]
        assert (receipt.revision, receipt.changed) == (revision, is_news)


def check_last_word(db: Connection, cast: Cast, last: Sent) -> None:
    """The form opened to correct shows the report as it was sent last."""
    shown = form_for(db, as_team(db, cast, "Ana"), T0, cast.periods["June 2026"])
    typed = {one.measure_id: one for one in shown.draft.typed}
    for key, text in (("M1", last.m1), ("M2", last.m2)):
        own = typed[cast.measures[key]]
        assert text in {
            f"{own.numerator}/{own.denominator}",
            f"~{own.numerator}/{own.denominator}",
            own.reason,
        }
        assert (own.how.value == "estimated") == text.startswith("~")
    assert shown.draft.narrative == last.words


def check_chain(db: Connection, cast: Cast, first: Sent, last: Sent) -> None:
    """For each subject the corrections lead from the first words to the last without a gap."""
    rows = db.execute(select(corrections.c.changes).order_by(corrections.c.revision)).scalars()
    links = [change for changes in rows for change in changes]
    spoken = {
        "BP control": [entry(cast, "M1", sent.m1).words(PERCENT) for sent in (first, last)],
        "Repeat BP taken": [entry(cast, "M2", sent.m2).words(PERCENT) for sent in (first, last)],
        NARRATIVE_LABELS["tested"]: [sent.words.tested or "left empty" for sent in (first, last)],
        NARRATIVE_LABELS["help_needed"]: [sent.words.help_needed or "left empty" for sent in (first, last)],
    }
    assert "secret" not in str(links)
    assert {link["subject"] for link in links} <= spoken.keys()
    for subject, (begin, end) in spoken.items():
        now = begin
        for link in links:
            if link["subject"] == subject:
                assert link["old"] == now
                assert link["new"] != now
                now = link["new"]
        assert now == end


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example is rolled back
)
@given(
    story=st.lists(SOME, min_size=1, max_size=6),
)
def test_the_last_word_holds_and_the_corrections_lead_to_it(
    database: Database, cast: Cast, story: list[Sent]
) -> None:
    """Revisions count what peers can see; old and new are an unbroken chain without the coach's note."""

    def unit(db: Connection) -> None:
        send_all(db, cast, story)
        check_last_word(db, cast, as_kept(story)[-1])
        check_chain(db, cast, story[0], story[-1])
        raise RollBackError

    try:
        database.write(unit)
    except RollBackError:
        return
