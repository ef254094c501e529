"""What stood in the database of an earlier release comes along, and people go on with what they have."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from unittest.mock import ANY

from sqlalchemy import Connection

from bot.demo.gestures import COMPLAINTS, CONTROLLED, HIGH, REPEATED, SEEN
from models.rules.collaborative.measure import Value
from models.rules.delivery.pictures import FOLLOWING
from models.rules.setup.history import Giver
from models.services.charts import charts, history
from playground.client import Person
from tests.migrations.conftest import Came
from tests.migrations.release import Json, Release
from tests.migrations.work import nonce_of

ANA, BEN, BO, CHIDI, CORA, HANA, PAUL = "U0ANA", "U0BEN", "U0BO", "U0CHIDI", "U0CORA", "U0HANA", "U0PAUL"
TO_ALL = "C0ALL"
REPORTED = "2026-10-01"  # the month reports were due for
Cell = tuple[int, int, str]  # of a team, a measure and a month
OPEN = frozenset({"pending", "sending", "held"})
GOOD_FOR_MS = 7 * 24 * 3600 * 1000  # how long what Slack says of an account is believed
LATE = " This report came after the due day."
FOR_CEDAR = "Cedar's October report is due"
# By the action id of a button: who presses it in which message, and what they read then.
OPENS = {
    "asked_open": (BEN, "What is asked", "Your digest", "Blood pressure control"),
    "chart_open": (CHIDI, "Chart", "Birch reported October", "Birch, Blood pressure control"),
    "coach_waiting": (HANA, "Show what waits", "Your digest", "Waiting for feedback"),
    "digest_more:all": (CORA, "Show all", "Nothing is waiting for you", "Coming up"),
    "digest_more:on": (HANA, "Show it", "Your digest", "Nothing is left here."),
    "feedback_give": (CORA, "Give feedback", "Birch reported October", "I wonder"),
    "flag_dismiss": (BEN, "Put aside", "Your digest", "That flag no longer stands."),
    "flags_aside": (HANA, "Show those seen to", "Your digest", "They are a nurse short"),
    "participation_open": (BEN, "Taking part", "Your digest", "Dogwood"),
    "reminder_cannot": (ANA, "Cannot this month", FOR_CEDAR, "Why is there no October report?"),
    "reminder_help": (ANA, "I need help", FOR_CEDAR, "What would help?"),
    "reminder_later": (ANA, "Expect it on …", FOR_CEDAR, "When can we expect the October report?"),
    "report_correct": (CHIDI, "Correct", "Birch reported October", "Change what you need."),
    "report_open": (ANA, "Report now", FOR_CEDAR, "Your draft from"),
    "talk_note": (BEN, "I talked to them", "Your digest", "Maple"),
}
# The same of those that do something at once, and what their message says then.
DOES = {
    "feedback_helped": (PAUL, "Helped", "Twelve calls, five came.", "this helped"),
    "feedback_not_yet": (CHIDI, "Not yet", "88% in two rooms.", "not yet"),
    "milestone_done": (HANA, "Done", "Agenda for learning session 3", "✔ Done: Agenda"),
}


def _of_any_form(draft: Json, _release: Release) -> Json:
    """A draft of a report, where drafts were of nothing else."""
    kept = {name: value for name, value in draft.items() if name not in {"team_id", "period_id"}}
    return {**kept, "kind": "report", "about": f"{draft['team_id']}:{draft['period_id']}"}


def _of_an_account(account: Json, _release: Release) -> Json:
    """It says itself when Slack is to be asked again."""
    return {**account, "ask_at": account["asked_at"] + GOOD_FOR_MS}


def _with_a_first_month(mark: Json, release: Release) -> Json:
    """A baseline begins where its chart began: with the first month that had a value."""
    months = {row["id"]: row["first_day"] for row in release.tables["reporting_periods"]}
    known = [
        row["period_id"]
        for row in release.tables["measure_values"]
        if (row["team_id"], row["measure_id"]) == (mark["team_id"], mark["measure_id"]) and row["numerator"]
    ]
    first = min(known, key=months.__getitem__) if mark["kind"] == "baseline" else None
    return {**mark, "first_period_id": first}


def _without_a_size(row: Json, _release: Release) -> Json:
    """Nobody had said how many are taken; words are not read for it."""
    return {**row, "sample_size": None}


# What becomes of a row where it is not what it was: by the migration's number and the table.
OTHERWISE = {
    ("0002", "drafts"): _of_any_form,
    ("0003", "accounts"): _of_an_account,
    ("0003", "ladders"): lambda ladder, _: {**ladder, "let_go_at": 0},
    ("0003", "signal_looks"): lambda look, _: {**look, "look_at": 0},
    ("0004", "chart_marks"): _with_a_first_month,
    ("0005", "measures"): _without_a_size,
    ("0005", "past_definitions"): _without_a_size,
    ("0005", "measure_values"): _without_a_size,
    ("0006", "feedbacks"): lambda row, _: {name: of for name, of in row.items() if name != "channel"},
    ("0006", "outbox_messages"): lambda row, _: {**row, "only_for": ANY},  # see below
}
NEW = {  # empty until somebody does what they are for
    ("0006", "channels"),
    ("0006", "channel_members"),
    ("0007", "words_taken_out"),
    ("0008", "pdsa_changes"),
    ("0008", "pdsa_cycles"),
}
GONE = {("0003", "told_due_days")}  # tables, by the number of the migration that drops them


def test_every_row_comes_along(came: Came) -> None:
    """Row by row and value by value, where no migration says otherwise."""
    gone = {table for number, table in GONE if number > came.release.revision}
    before = {name: rows for name, rows in came.release.tables.items() if name not in gone}
    before |= {table: [] for number, table in NEW if number > came.release.revision}
    after = came.tables
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    for name, rows in before.items():
        assert after[name] == [_migrated(came.release, name, row) for row in rows], name


def _migrated(release: Release, table: str, row: Json) -> Json:
    """A row of a release as the migrations since then say it becomes."""
    for (number, of), becomes in sorted(OTHERWISE.items()):
        if of == table and number > release.revision:
            row = becomes(row, release)
    return row


def test_what_waits_for_a_teams_channel_is_for_that_team_alone(came: Came) -> None:
    """A coach's words not even for the coordinator; all else stands for all to read, or is out."""
    teams = {row["channel"]: row["id"] for row in came.release.tables["teams"]}
    waited = [row for row in came.tables["outbox_messages"] if row["state"] in OPEN | {"failed"}]
    for row in waited:
        readers = "coaching" if row["kind"] == "feedback" else "team"
        own = f"{readers}:{teams[row['channel']]}" if row["channel"] in teams else None
        assert row["only_for"] == own, row
    assert {row["kind"] for row in waited if row["only_for"]} >= {"feedback", "milestone_marked"}
    settled = [row for row in came.tables["outbox_messages"] if row not in waited]
    assert {row["only_for"] for row in settled} == {None}


def test_a_button_posted_before_shows_what_it_did(came: Came) -> None:
    known = set(_action_ids(came))
    assert known <= OPENS.keys() | DOES.keys()
    for action_id in sorted(known & OPENS.keys()):
        who, button, words, seen = OPENS[action_id]
        person = came.work.press(who, button, words)
        came.work.sees(person, seen)
        if person.modals:
            person.close(everything=True)


def _as_said_now(line: str) -> str:
    """No card says any more that its report came late, no posted timetable who sees to what.

    Noah has left Maple, and is in its channel still: its people hear in person.
    """
    if line.startswith("due_moved  C0MAPLE"):
        return line.replace("C0MAPLE", "U0GRACE")
    if line.startswith("timeline "):
        return re.sub(r" \([^)]*\)(?:, marked by \w+ \w+)?", "", line).replace("! Overdue:", "· Past:")
    return line.replace(LATE, "")


def test_what_waited_goes_out_once_and_says_the_same(came: Came) -> None:
    """In the place, over the post and in the words of the release, but for those that are read no more.

    Pictures that it would have put into its edits, where nobody saw them, follow in the threads.
    """
    waited = {row["nonce"] for row in came.release.tables["outbox_messages"] if row["state"] in OPEN}
    came.work.deliver()
    said_then = sorted(map(_as_said_now, came.said))
    assert sorted(line for line in came.work.said() if not line.startswith(FOLLOWING)) == said_then
    follow = {row.nonce for row in came.work.rows().values() if row.kind == FOLLOWING}
    times = Counter(nonce for call in came.work.calls() if (nonce := nonce_of(call)) not in follow)
    assert set(times.values()) == {1}
    assert times.keys() <= waited


def test_what_a_message_says_to_type_a_button_does_as_well(came: Came) -> None:
    """Guests and people of other workspaces have no slash command; here are messages of every kind."""
    came.work.deliver()
    written = [json.dumps(call["arguments"]) for call in came.work.calls()]
    naming = [words for words in written if re.search(r"/(report|momentum)\b", words)]
    assert naming
    assert [words for words in naming if "button" not in words] == []


def test_nobody_hears_anything_twice(came: Came) -> None:
    """The clock jobs find all that is due in the outbox already: digests, reminders, thanks, signals.

    What is long out they let go.
    """
    before = came.work.rows().keys()
    came.work.look()
    assert came.work.rows().keys() <= before


def test_a_draft_opens_where_it_was(came: Came) -> None:
    """Each of two teammates finds what they typed, on both pages."""
    assert _draft(came, ANA) == ["71", "98", "40", "52", "2", "Reading again at check-out."]
    assert _draft(came, BO) == ["70", "97", "39", "51", None, None]


def test_a_button_posted_before_does_what_it_did(came: Came) -> None:
    """Its message is edited where it stands."""
    for who, button, words, said in DOES.values():
        pressed = came.work.post(who, words, button)
        came.work.press(who, button, words)
        came.work.slack.wait_for(came.work.is_waiting)
        came.work.deliver()
        shown = came.work.post(who, said)
        assert (shown.channel, shown.ts) == (pressed.channel, pressed.ts)


def test_a_report_can_be_corrected(came: Came) -> None:
    """Its card is edited where it stands, and the thread below says what changed."""
    pressed = came.work.post(CHIDI, "Birch reported October")
    chidi = came.work.press(CHIDI, "Correct", "Birch reported October")
    came.work.sees(chidi, "Change what you need.")
    chidi.fill(CONTROLLED, "108")
    chidi.submit()
    came.work.sees(chidi, "Step 2 of 2")
    chidi.submit()
    came.work.sees(chidi, "stands as you have it now")
    chidi.close(everything=True)
    came.work.deliver()
    card = came.work.post(CHIDI, "Birch reported October")
    assert card.ts == pressed.ts
    assert "67.5% (108/160)" in card.all_text
    assert any("66.9% (107/160) → 67.5% (108/160)" in each.all_text for each in card.thread)


def test_what_failed_can_be_tried_again(came: Came) -> None:
    """The notice came after the migrations; what it is about stood there before."""
    came.work.press(HANA, "Try again", "did not get through")
    came.work.slack.wait_for(came.work.is_waiting)
    came.work.deliver()
    assert came.work.post(CORA, "Nothing new is news, too.").channel == "C0FIR"


def test_charts_read_the_values_that_were_there(came: Came) -> None:
    """Of each team, measure and month; those a test above corrected are not among them."""
    months = {row["id"]: row["first_day"] for row in came.release.tables["reporting_periods"]}
    held = {
        (row["team_id"], row["measure_id"], months[row["period_id"]]): (row["numerator"], row["denominator"])
        for row in came.release.tables["measure_values"]
        if row["numerator"] and months[row["period_id"]] != REPORTED
    }
    assert came.work.momentum.deps.db.read(lambda db: dict(_charted(db, came.release))) == held


def test_a_frozen_median_is_what_it_was_and_stays_so(came: Came) -> None:
    """Of the release's own values, up to the last month of each baseline; earlier months leave it alone."""

    def medians(db: Connection) -> dict[tuple[int, int], Fraction | None]:
        baselines = [mark for mark in came.release.tables["chart_marks"] if mark["kind"] == "baseline"]
        keys = {(mark["team_id"], mark["measure_id"]) for mark in baselines if mark["ended_at"] is None}
        read = {key: charts.chart(db, *key).analysed() for key in keys}
        return {key: chart.current.centre if chart else None for key, chart in read.items()}

    db = came.work.momentum.deps.db
    before = _frozen_then(came.release)
    assert db.read(medians) == before
    assert before
    teams = {row["id"]: row["key"] for row in came.release.tables["teams"]}
    keys = {row["id"]: row["key"] for row in came.release.tables["measures"]}
    earlier = {
        (teams[team], keys[measure], date(2024, month, 1)): Value(Decimal(1), Decimal(100))
        for team, measure in before
        for month in range(1, 10)
    }
    db.write(lambda db: history.write(db, 1, earlier, Giver(date(2026, 12, 1), came.release.moment)))
    assert db.read(medians) == before


def _frozen_then(release: Release) -> dict[tuple[int, int], Fraction]:
    """What the release drew: the median of all months up to the last of the baseline."""
    months = {row["id"]: row["first_day"] for row in release.tables["reporting_periods"]}
    frozen: dict[tuple[int, int], Fraction] = {}
    for mark in release.tables["chart_marks"]:
        key, last = (mark["team_id"], mark["measure_id"]), months[mark["period_id"]]
        if mark["kind"] == "baseline" and mark["ended_at"] is None:
            frozen[key] = median(
                100 * Fraction(row["numerator"]) / Fraction(row["denominator"])
                for row in release.tables["measure_values"]
                if (row["team_id"], row["measure_id"]) == key
                and row["numerator"]
                and months[row["period_id"]] <= last
            )
    return frozen


def _draft(came: Came, who: str) -> list[object]:
    """What the form holds when somebody opens it, page by page."""
    person = Person(came.work.slack, who, who)
    person.command(TO_ALL, "/report")
    came.work.sees(person, "Step 1 of 2", "Your draft from 25 Nov is here.")
    typed = [person.modal.inputs[label].value for label in (CONTROLLED, SEEN, REPEATED, HIGH, COMPLAINTS)]
    person.submit()
    came.work.sees(person, "Step 2 of 2")
    typed.append(person.modal.inputs["What did you test?"].value)
    person.close(everything=True)
    return typed


def _charted(db: Connection, release: Release) -> Iterator[tuple[Cell, tuple[str, str | None]]]:
    for team in release.tables["teams"]:
        for chart in charts.team_charts(db, team["collaborative_id"], team["id"]):
            for point in chart.series.points:
                day = point.period.first_day.isoformat()
                if point.value and day != REPORTED:
                    of = point.value.denominator
                    cell = (team["id"], chart.series.measure.id, day)
                    yield cell, (str(point.value.numerator), None if of is None else str(of))


def _action_ids(came: Came) -> Iterator[str]:
    for message in came.release.messages:
        for block in message["blocks"]:
            parts = [*block.get("elements", ()), block.get("accessory") or {}]
            yield from (part["action_id"] for part in parts if "action_id" in part)
