"""What is posted: read aloud, safe, and no more than each reader may see."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.help.views import help_message
from handlers.report.views.card import card_message, charts_message, coach_note_message, correction_message
from handlers.report.views.pages import FormPlace
from handlers.report.views.sent import Became, sent_view
from handlers.report.views.team_choice import chosen_team, team_choice
from handlers.roll_call.views import roll_call_message
from handlers.slack.blocks import Block, ChartImage
from handlers.slack.notice import not_found, notice
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Acting, Role, Team
from models.rules.home import TeamStanding
from models.rules.report.report import CardLine, Change, CoachNote, Correction, Narrative, RollCall
from tests.handlers.samples import (
    AT,
    BO,
    CARD,
    CEDAR,
    COLLABORATIVE,
    COMPLAINTS,
    CORA,
    FORM,
    LINE,
    OCTOBER,
    QUICK,
    TODAY,
    actings,
    cards,
    coach_notes,
    corrections,
    names,
    roll_calls,
    words,
)
from tests.handlers.slack_views import (
    assert_message,
    assert_no_markup_of_people,
    assert_view,
    marked_up,
    seen,
    sent_back,
)

CHARTS = st.builds(ChartImage, st.just("chart:1"), names(1900), names(1000))
ANY_MESSAGE = st.one_of(
    st.builds(card_message, cards(), CHARTS),
    st.builds(lambda card, chart: charts_message(card, {"BP control": chart}), cards(), CHARTS),
    corrections.map(correction_message),
    coach_notes.map(coach_note_message),
    roll_calls.map(lambda call: roll_call_message(call, TODAY)),
)


@given(ANY_MESSAGE)
@settings(max_examples=150, deadline=None, phases=QUICK)
def test_no_message_lets_people_mention_or_link_anybody(message: tuple[str, list[Block]]) -> None:
    """Every message is one Slack takes, and no name or sentence in it becomes a mention or a link."""
    text, blocks = message
    assert_message(text, blocks)
    assert_no_markup_of_people(text, *marked_up(blocks))


@given(st.lists(actings, min_size=2, max_size=120), words(300), names())
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_slack_takes_every_small_modal_and_answer(choices: list[Acting], sentence: str, unknown: str) -> None:
    """A list of more than 100 teams is parted in groups."""
    apart = [
        TeamStanding(
            replace(each, team=replace(each.team, id=number)), OCTOBER, is_in=False, teams_in=0, expected=1
        )
        for number, each in enumerate(choices)
    ]
    view = team_choice(apart, FormPlace(0, 10))
    assert_view("modal", view)
    first = min(apart, key=lambda each: each.acting.is_on_behalf)  # own teams come first
    assert chosen_team(sent_back(view)) == FormPlace(first.acting.team.id, 10)
    assert_view("modal", notice(sentence or "No."))
    assert_view("modal", sent_view(replace(FORM, acting=choices[0]), TODAY, "/report", Became.REPORTED))
    text, blocks = help_message({"/momentum report": "opens the form."}, unknown)
    assert_message(text, blocks)
    assert_no_markup_of_people(text, *marked_up(blocks))


def test_a_card_reads_well_aloud() -> None:
    """Every number is in the text a screen reader says."""
    complaints = replace(LINE, measure=COMPLAINTS, value=Value(Decimal(3)), previous=Value(Decimal(5)))
    text, _ = card_message(replace(CARD, lines=(LINE, complaints)))
    assert text == (
        "Cedar reported October 2026. Blood pressure control: 70.0% (42/60), up 3.1 points since September; "
        "goal 80%. Visit length complaints: 3, down 2 since September; lower is better."
    )


def test_a_card_shows_what_the_team_wrote_and_who_sent_it() -> None:
    """Narrative with labels, empty ones left out; the moment in each reader's own time."""
    words = seen(card_message(CARD)[1])
    assert "*What did you test?*\nCuffs in every room" in words
    assert "What got better?" not in words
    assert "Sent by Bo Chen, <!date^1793715120^" in words


def test_free_text_never_goes_into_a_notification() -> None:
    """Notifications leave Slack for lock screens and mail, so they hold numbers only."""
    secret = "Mrs Smith left"
    narrative = Narrative(*[secret] * 5)
    without = replace(LINE, value=None, reason=secret)
    text, blocks = card_message(replace(CARD, narrative=narrative, lines=(without,)))
    assert secret not in text
    assert "Blood pressure control: no value this month." in text
    assert f"cannot be reported this month: {secret}" in seen(blocks)
    changes = (
        Change("What did you test?", "left empty", secret),
        Change("Blood pressure control", f"cannot report: {secret}", "70.0% (42/60)"),
    )
    text, blocks = correction_message(Correction(12, 2, "Bo Chen", AT, changes))
    assert secret not in text
    assert "Blood pressure control from cannot report to 70.0% (42/60)" in text
    text, _ = coach_note_message(CoachNote(COLLABORATIVE, CEDAR, OCTOBER, secret))
    assert secret not in text


def test_the_coach_note_is_not_on_the_card_even_when_handed_one() -> None:
    """Who sees what: the box for the coach is never shown to peer teams."""
    card = replace(CARD, narrative=Narrative(coach_note="We are tired"))
    chart = ChartImage("chart:1", "BP control: Median 62%", "A chart.")
    assert "We are tired" not in str(card_message(card, chart))


def test_an_estimate_and_a_coach_are_named_on_the_card() -> None:
    """What a reader needs to weigh the numbers."""
    line = replace(LINE, value=replace(LINE.value or Value(Decimal(1)), is_estimate=True))
    card = replace(CARD, lines=(line,), on_behalf=True, reported_by="Cora Diaz", revision=2)
    card = replace(card, reported_as="coach")
    text, blocks = card_message(card)
    words = seen(blocks)
    assert "70.0% (42/60), estimate" in words
    assert "Sent by Cora Diaz, coach, for Cedar, <!date" in words
    assert "corrected since" in words
    assert "late" not in f"{text}{words}"


def test_a_correction_says_who_when_old_and_new() -> None:
    """Story W6: the thread notes who, when, old and new."""
    change = Change("Blood pressure control", "70.0% (42/60)", "71.7% (43/60)")
    text, blocks = correction_message(Correction(12, 2, "Bo Chen", AT, (change,)))
    assert text == "Bo Chen corrected this: Blood pressure control from 70.0% (42/60) to 71.7% (43/60)."
    assert "Corrected by Bo Chen, <!date^" in seen(blocks)
    assert "*Blood pressure control* 70.0% (42/60) → 71.7% (43/60)" in seen(blocks)


def test_a_correction_says_of_words_that_they_changed_and_not_from_what() -> None:
    """They may have held something about a patient; what holds now stands on the card."""
    changes = (
        Change("What did you test?", "Mrs Smith's cuff", "A cuff"),
        Change("Blood pressure control", "cannot report: Mrs Smith left", "70.0% (42/60)"),
        Change("Visit length complaints", "cannot report: Mrs Smith left", "cannot report: a nurse left"),
    )
    text, blocks = correction_message(Correction(12, 2, "Bo Chen", AT, changes))
    words = seen(blocks)
    assert "• *What did you test?* The words changed." in words
    assert "• *Blood pressure control* cannot report → 70.0% (42/60)" in words
    assert "• *Visit length complaints* cannot report: the words changed" in words
    assert "Visit length complaints cannot report in other words." in text
    assert not re.search("Smith|cuff|nurse", f"{text}{words}")


def test_the_roll_call_names_the_missing_where_the_host_chose_so() -> None:
    """Requirement R136: the wording is the collaborative's choice."""
    call = RollCall(COLLABORATIVE, OCTOBER, ("Cedar",), 3, missing=("Birch", "Elm"))
    assert "2 teams still to come: Birch and Elm. Due" in roll_call_message(call, TODAY)[0]


def test_an_optional_measure_left_empty_is_not_on_the_card() -> None:
    """What nobody asked for is not missing."""
    empty = CardLine(COMPLAINTS, None, "", None, "")
    text, blocks = card_message(replace(CARD, lines=(LINE, empty)))
    assert "complaints" not in f"{text} {seen(blocks)}"


def test_the_roll_call_names_who_is_in_and_counts_who_is_not() -> None:
    """Requirement R136: peers see who has submitted; nobody missing is named."""
    text, blocks = roll_call_message(RollCall(COLLABORATIVE, OCTOBER, ("Cedar", "Birch"), 4), TODAY)
    assert text == (
        "2 of 4 teams are in for October. In so far: Cedar and Birch. 2 teams still to come. "
        "Due Tuesday 10 November."
    )
    assert "Cedar ✔\nBirch ✔" in seen(blocks)
    assert "■■□□" in seen(blocks)


def test_a_full_roll_call_says_thank_you_and_a_closed_one_has_no_button() -> None:
    """Nothing is asked for that cannot be done any more."""
    text, _ = roll_call_message(RollCall(COLLABORATIVE, OCTOBER, ("Cedar",), 1), TODAY)
    assert text.startswith("Every team is in for October (1 of 1), thank you.")
    _, blocks = roll_call_message(RollCall(COLLABORATIVE, OCTOBER, (), 4), date(2027, 1, 5))
    assert not [block for block in blocks if block["type"] == "actions"]


def test_which_team_says_what_a_person_is_to_each() -> None:
    """A coach with a team of their own can tell them apart, and sees who still has to report."""
    birch = replace(CORA, team=Team(8, "birch", "Birch", None))
    found = [
        TeamStanding(BO, OCTOBER, is_in=True, teams_in=1, expected=2),
        TeamStanding(birch, OCTOBER, is_in=False, teams_in=1, expected=2),
    ]
    options = team_choice(found, FormPlace(0, 0))["blocks"][0]["element"]["options"]
    assert [option["text"]["text"] for option in options] == ["Cedar", "Birch"]
    described = [option["description"]["text"] for option in options]
    assert described == ["In for October", "Not in yet for October, as coach"]


def test_a_stranger_hears_whom_to_ask_by_name() -> None:
    """The coordinator, else the host; two are offered as a choice."""
    asked = (("Ravi Shah", Role.COORDINATOR), ("Lee Ho", Role.COORDINATOR))
    assert not_found(asked[:1]).endswith("Ask Ravi Shah, your coordinator, to add you.")
    assert not_found(asked).endswith("Ask Ravi Shah or Lee Ho to add you.")
    assert not_found(()).endswith("Ask your coordinator to add you.")


def test_kept_says_where_the_report_will_show() -> None:
    """A nurse in a hurry knows at once that it is safe."""
    words = seen(sent_view(FORM, TODAY, "/report", Became.REPORTED)["blocks"])
    assert words.strip().startswith("*Kept.* Cedar's October report is on its way to <#C0LCALL>.")
    late = seen(sent_view(FORM, TODAY.replace(day=20), "/report", Became.REPORTED)["blocks"])
    assert "marked late. Late is welcome" in late
