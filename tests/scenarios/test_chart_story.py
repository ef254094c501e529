"""`/momentum chart`: anybody looks at any team's chart; medians are moved by the coach or a host."""

import pytest
from sqlalchemy import select, update

from models.tables.chart import chart_marks
from models.tables.collaborative import collaboratives
from models.tables.people import teams
from tests.handlers.stage import Stage
from tests.scenarios.charting import BASELINE, freeze, lay_months, open_chart, report

WHY = "No tests of change before January"


def test_a_member_types_chart_and_sees_their_own_team(stage: Stage) -> None:
    """The words, a picture with words for who cannot see it, and the numbers a button away."""
    lay_months(stage)
    bo = stage.person("Bo")
    chart = open_chart(stage, bo, "", "Cedar, BP control: Median 52%")
    (image,) = chart.images
    assert image["alt_text"].startswith("Run chart. Cedar, BP control: Median 52%")
    assert "title" not in image, "the words above it say that"
    assert "Goal 80%." in chart.all_text
    bo.press("Show the numbers")
    numbers = stage.modal(bo, "The numbers", "Cedar")
    assert "Jul 2025  48.0% (48/100)" in numbers.all_text
    assert "May 2026  62.0% (62/100)" in numbers.all_text


def test_any_team_and_measure_is_a_choice_away(stage: Stage) -> None:
    """Section 7.3: all teams see each other's numbers and charts; an empty chart says so."""
    lay_months(stage)
    lay_months(stage, (30, 31, 33), "Birch")
    chidi = stage.person("Chidi")
    chart = open_chart(stage, chidi, "", "Birch, BP control: Median so far 31%")
    assert "Freeze the median on a baseline" not in chart.buttons
    chidi.choose("Team", "Cedar")
    chart = stage.modal(chidi, "Cedar, BP control: Median 52%")
    assert chart.buttons == ["Send me the picture", "Show the numbers"]
    chidi.choose("Measure", "Repeat BP taken")
    stage.modal(chidi, "There are no values yet.")


def test_a_chart_is_found_by_what_people_call_it(stage: Stage) -> None:
    """Names or keys, in any case; what is not known is answered with what may have been meant."""
    lay_months(stage)
    fay = stage.person("Fay")
    open_chart(stage, fay, "cedar bp control", "Cedar, BP control: Median 52%")
    fay.close()
    open_chart(stage, fay, "cedar M2", "There are no values yet.")
    fay.close()
    open_chart(stage, fay, "cedar control", "Cedar, BP control: Median 52%")
    fay.close()
    for words, answer in (
        ("zebra", "Measures: BP control; Repeat BP taken; Visit length complaints. Teams: Birch; Cedar;"),
        ("bp", "“bp” is part of several names: BP control; Repeat BP taken."),
    ):
        before = len(fay.ephemerals(stage.channel))
        fay.command(stage.channel, f"/momentum chart {words}")
        stage.slack.wait_for(lambda before=before: len(fay.ephemerals(stage.channel)) > before)
        assert answer in fay.ephemerals(stage.channel)[-1].text
    before = len(fay.ephemerals(stage.channel))
    fay.command(stage.channel, "/momentum chart ceder")
    stage.slack.wait_for(lambda: len(fay.ephemerals(stage.channel)) > before)
    said = fay.ephemerals(stage.channel)[-1].text
    assert said == "I know no team or measure called “ceder”. Did you mean “Cedar”?"


def test_a_name_with_an_ampersand_is_found_as_it_is_typed(stage: Stage) -> None:
    """Slack sends `&` as an entity; the chart is found, and what is not known is said as typed."""
    called = update(teams).where(teams.c.name == "Birch").values(name="Birch & Sons")
    stage.db.write(lambda db: db.execute(called))
    fay = stage.person("Fay")
    open_chart(stage, fay, "birch & sons M2", "There are no values yet.")
    fay.close()
    fay.command(stage.channel, "/momentum chart fish & chips")
    stage.slack.wait_for(lambda: bool(fay.ephemerals(stage.channel)))
    assert "called “fish &amp; chips”" in fay.ephemerals(stage.channel)[-1].text


def test_all_teams_side_by_side_are_for_faculty_and_hosts(stage: Stage) -> None:
    """Small charts by name, not by rank, and all together with their range; counts are not added up."""
    lay_months(stage, BASELINE)
    lay_months(stage, (70, 71, 69, 72, 73, 70), "Birch")
    fay, cora = stage.person("Fay"), stage.person("Cora")
    chart = open_chart(stage, fay, "all", "BP control, all teams together")
    assert len(chart.images) == 2
    assert chart.images[0]["alt_text"].index("Birch") < chart.images[0]["alt_text"].index("Cedar")
    assert "Latest, May 2026: 60% (120 of 200), 2 of 2 teams." in chart.all_text
    assert "Bars show the range of teams: 50% to 70% in May 2026." in chart.all_text
    fay.press("Show the numbers")
    assert "May 2026  70.0% (70/100)" in stage.modal(fay, "The numbers", "Birch", "Cedar").all_text
    cora.command(stage.channel, "/momentum chart all")
    stage.slack.wait_for(lambda: cora.ephemerals(stage.channel))
    assert "All teams side by side are for faculty" in cora.ephemerals(stage.channel)[-1].text


@pytest.mark.who_may("charts")
def test_a_stranger_sees_no_chart(stage: Stage) -> None:
    stage.slack.add_person("gil", real_name="Gil")
    gil = stage.person("Gil")
    gil.join(stage.channel)
    gil.command(stage.channel, "/momentum chart Cedar")
    stage.slack.wait_for(lambda: gil.ephemerals(stage.channel))
    assert "I could not find you in a team here." in gil.ephemerals(stage.channel)[-1].text


def test_the_card_has_the_baseline_and_a_button_to_its_chart(stage: Stage) -> None:
    """What is marked on a chart shows wherever the chart is shown."""
    lay_months(stage)
    cora = stage.person("Cora")
    chart = freeze(stage, cora, "December 2025", WHY)
    assert "Baseline median 49.5%" in chart.all_text
    assert (
        "Median frozen on July 2025 to December 2025, by Cora: “No tests of change before January”"
        in chart.all_text
    )
    cora.close()
    report(stage, "Bo", 61)
    chidi = stage.person("Chidi")
    card = stage.post(chidi, "Cedar reported June 2026")
    assert "Baseline median 49.5%" in card.all_text
    chidi.press("Chart", in_=card)
    stage.modal(chidi, "Cedar, BP control: Baseline median 49.5%")


def test_a_median_is_frozen_by_the_coach_or_a_host_and_by_nobody_else(stage: Stage) -> None:
    """The button is not offered to others, and a forged press is refused."""
    lay_months(stage)
    bo, ben = stage.person("Bo"), stage.person("Ben")
    for person in (bo, ben):
        assert "Begin a new phase" not in open_chart(stage, person, "Cedar").buttons
    bo.press("Add a note")
    stage.modal(bo, "What should people know?")
    bo.choose("Month", "January 2026")
    bo.fill("What should people know?", "x")
    bo.submit()
    stage.modal(bo, "This is how the chart would look.")
    sent = stage.last_payload("view_submission")
    forged = {
        **sent,
        "view": {
            **sent["view"],
            "private_metadata": sent["view"]["private_metadata"].replace("note", "phase"),
        },
    }
    assert "The median is set by the team's coach or the hosts" in str(stage.send(forged).body)
    assert stage.count(chart_marks) == 0


def test_a_baseline_that_cannot_be_is_refused_in_words(stage: Stage) -> None:
    """Fewer than six months are not offered; a month too few, or no reason, is said at the field."""
    lay_months(stage, BASELINE[:5])
    cora = stage.person("Cora")
    open_chart(stage, cora, "Cedar")
    cora.press("Freeze the median on a baseline")
    stage.modal(cora, "A baseline needs 6 months with a value.")
    cora.press("Back to the chart")
    stage.modal(cora, "Cedar, BP control: Median so far 49%")


def test_a_phase_begins_by_a_person_after_a_preview_and_can_be_taken_back(stage: Stage) -> None:
    """Both are history: who, when, why. The bot suggests a phase after a good signal and begins none."""
    lay_months(stage, (*BASELINE, 55, 58, 57, 60, 62, 61, 63))
    hana = stage.person("Hana")
    chart = freeze(stage, hana, f"{_month(6)}", WHY)
    assert "If you know what changed, and expect it to last, you can begin a new phase" in chart.all_text
    assert stage.count(chart_marks, chart_marks.c.kind == "phase") == 0
    hana.press("Begin a new phase")
    stage.modal(hana, "is it different, do you know why, is it what you wanted, and will it last?")
    hana.choose("First month of the phase", _month(7))
    hana.fill("What changed?", "Second reading in all rooms")
    hana.submit()
    preview = stage.modal(hana, "This is how the chart would look.")
    assert "Second reading in all rooms, median 60%." in preview.all_text
    assert stage.count(chart_marks, chart_marks.c.kind == "phase") == 0
    hana.submit()
    chart = stage.modal(hana, f"New phase from {_month(7)}, by Hana: “Second reading in all rooms”")
    assert "Cedar, BP control: Median so far 60%" in chart.all_text
    hana.press("Take back")
    stage.modal(hana, "What should go?")
    hana.choose(
        "What should go?", f"Phase from {_month(7)[:3]} {_month(7)[-4:]}: Second reading in all rooms"
    )
    hana.fill("Why?", "Too early to say")
    hana.submit()
    chart = stage.modal(hana, "taken back by Hana: “Too early to say”")
    assert "Cedar, BP control: Baseline median 49.5%; 8 months in a row above it" in chart.all_text
    rows = stage.db.read(lambda db: db.execute(select(chart_marks).order_by(chart_marks.c.id)).all())
    assert [(row.kind, bool(row.ended_at)) for row in rows] == [("baseline", False), ("phase", True)]


def test_the_words_come_where_the_picture_cannot(stage: Stage) -> None:
    """A picture that cannot be drawn, or that Slack will not show, costs the picture and nothing else."""
    lay_months(stage)
    stage.slack.fault("files.completeUploadExternal", error="file_update_failed", times=1)
    bo = stage.person("Bo")
    chart = open_chart(stage, bo, "", "The chart cannot be shown just now; the words say the same.")
    assert "Median 52%" in chart.all_text
    bo.close()
    stage.slack.fault("views.update", error="invalid_blocks", times=1)
    assert open_chart(stage, bo, "", "Median 52%", "The chart cannot be shown just now").images == []


def _month(position: int) -> str:
    months = ("May", "June", "July", "August", "September", "October", "November", "December")
    return f"{months[position - 1]} 2025"


def test_a_collaborative_that_was_taught_the_ihi_rules_is_told_by_them(stage: Stage) -> None:
    """Six months in a row on one side are a signal under them, none under Anhøj's; the caption says which."""
    lay_months(stage, (40, 41, 42, 60, 43, 61, 44, 45, 62, 63, 64, 65, 66, 67, 46, 47))
    bo = stage.person("Bo")
    assert "no signal of change" in open_chart(stage, bo, "", "BP control").all_text
    bo.close()
    stage.db.write(lambda db: db.execute(update(collaboratives).values(rules="ihi")))
    chart = open_chart(stage, bo, "", "6 months in a row above it")
    assert "Judged by the IHI rules." in chart.all_text


def test_limits_are_offered_from_twenty_values_on(stage: Stage) -> None:
    """The window has a third list; what it draws is a mean with limits, and the way back is there."""
    lay_months(stage, BASELINE, "Birch")
    bo = stage.person("Bo")
    assert "Limits, P chart" not in open_chart(stage, bo, "birch", "BP control").all_text
    bo.close()
    lay_months(stage, [50 + i * 7 % 9 for i in range(20)])
    open_chart(stage, bo, "", "BP control")
    bo.choose("Lines", "Limits, P chart")
    chart = stage.modal(bo, "Mean 54%; no month outside the limits")
    assert "P chart: the dashed limits lie three sigma from the mean." in chart.all_text
    bo.choose("Lines", "Median and its rules")
    stage.modal(bo, "Median 54%")
