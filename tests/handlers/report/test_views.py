"""The report form: what it asks, a page at a time, and what is read back from it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.report.views import form as views
from handlers.report.views.fields import inputs_of
from handlers.report.views.form import Remarks
from handlers.report.views.pages import FormPlace, is_last, page_of, pages
from models.rules.collaborative.measure import PastDefinition
from models.rules.report.entries import Doubt, EntryProblem
from models.rules.report.report import Draft, How, Narrative, ReportForm, Typed
from tests.handlers.samples import CONTROL, CORA, FORM, NOVEMBER, QUICK, TODAY, forms
from tests.handlers.slack_views import assert_no_markup_of_people, assert_view, marked_up, seen, sent_back

PLACE = FormPlace(7, 10, 0, ("21:610:600",))


def all_pages(report: ReportForm) -> list[int]:
    return list(range(len(pages(report.fields)) + 1))


@given(forms())
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_what_a_page_shows_is_what_is_read_from_it(report: ReportForm) -> None:
    """Views parse what they build: a draft goes through every page unchanged, and so does the place."""
    typed: list[Typed] = []
    narrative = None
    for page in all_pages(report):
        place = replace(PLACE, page=page)
        filled = views.read(sent_back(views.form(report, place, TODAY)))
        assert filled.place == place
        typed += [each.over(Typed(each.measure_id)) for each in filled.shown]
        narrative = filled.narrative
        assert (narrative is None) is not is_last(report, page)
    assert tuple(typed) == report.draft.typed
    assert narrative == report.draft.narrative


@given(forms(), st.lists(st.text(min_size=1, max_size=600), max_size=3))
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_slack_takes_every_page_whatever_people_wrote(report: ReportForm, sentences: list[str]) -> None:
    """No name, definition or draft makes a view that Slack refuses, and none becomes a mention or a link."""
    first = report.fields[0].measure.id
    doubts = tuple(Doubt(first, "1", "2", sentence.strip() or "?") for sentence in sentences)
    remarks = Remarks(doubts, tuple(doubt.sentence for doubt in doubts), "Saved.")
    for page in all_pages(report):
        view = views.form(report, replace(PLACE, page=page), TODAY, remarks)
        assert_view("modal", view)
        assert_no_markup_of_people(*marked_up(view))


@given(forms())
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_no_page_asks_for_more_than_five_required_numbers(report: ReportForm) -> None:
    """Requirement R138: forms stay simple. Every measure is on one page, in the collaborative's order."""
    parted = pages(report.fields)
    assert [field for page in parted for field in page] == list(report.fields)
    for number, page in enumerate(parted):
        assert sum(inputs_of(field) for field in page if field.measure.required) <= 5
        assert {page_of(report, field.measure.id) for field in page} == {number}


def test_a_measure_stands_with_its_definition_and_its_last_value() -> None:
    """Requirement R35, R37: definitions and sampling beside each field."""
    words = seen(views.form(FORM, FormPlace(7, 10), TODAY)["blocks"])
    for said in (
        "Cedar",
        "October 2026",
        "Due Tuesday 10 November",
        "*Blood pressure control*\nSeptember: 66.7% (40/60)\nThe numbers, or the reason why not.",
        "Last reading below 140/90.",
        "Sample: 20 charts, or all when fewer",
        "Patients seen",
        "*Visit length complaints*\nIf you have it.",
    ):
        assert said in words


def test_a_changed_definition_says_what_it_was() -> None:
    """Requirement R35: reporters are told what changed since their last report."""
    was = PastDefinition(CONTROL.id, replace(CONTROL.definition, numerator="Below 130/80"), "", TODAY)
    fields = (replace(FORM.fields[0], was=was), FORM.fields[1])
    words = seen(views.form(replace(FORM, fields=fields), FormPlace(7, 10), TODAY)["blocks"])
    assert "*Changed on 3 Nov, since your last report.*\nBefore, numerator: Below 130/80\n" in words
    assert "Before, sample: nothing was said" in words


def test_a_reason_takes_the_place_of_the_numbers() -> None:
    """Requirement R132: some data is better than no data; one measure never blocks the others."""
    cannot = Draft((Typed(CONTROL.id, how=How.CANNOT, reason="export broken"),))
    view = views.form(replace(FORM, draft=cannot), FormPlace(7, 10), TODAY)
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert labels == ["Blood pressure control: why not this month?", "Patients below 140/90 (how many)"]


def test_a_doubt_stands_below_its_measure_and_is_named_on_top() -> None:
    """An odd number is asked about, not refused, and what was typed stays."""
    typed = Draft((Typed(CONTROL.id, "610", "1000"),))
    doubt = Doubt(CONTROL.id, "610", "1000", "Is 610 right?")
    view = views.form(replace(FORM, draft=typed), PLACE, TODAY, Remarks((doubt,)))
    inputs = [at for at, block in enumerate(view["blocks"]) if block["type"] == "input"]
    alerts = [at for at, block in enumerate(view["blocks"]) if block["type"] == "alert"]
    assert [view["blocks"][at]["element"]["initial_value"] for at in inputs[:2]] == ["610", "1000"]
    assert view["blocks"][alerts[0]]["text"]["text"] == (
        "Please look again at Blood pressure control. If it is right, press “Next” again."
    )
    assert alerts == [2, inputs[1] + 1]


def test_problems_stand_at_their_fields_or_nowhere() -> None:
    """Slack takes errors for input blocks that are on screen only; others are shown another way."""
    shown = sent_back(views.form(FORM, FormPlace(7, 10), TODAY))
    here = EntryProblem(CONTROL.id, "numerator", "61 is more than 60.")
    gone = EntryProblem(CONTROL.id, "reason", "Why not?")
    at_field = views.errors(shown, 10, [here])
    assert at_field is not None
    assert list(at_field.values()) == ["61 is more than 60."]
    assert set(at_field) < {block.get("block_id") for block in shown["blocks"]}
    assert views.errors(shown, 10, [here, gone]) is None


def test_a_number_typed_for_one_month_does_not_wander_into_another() -> None:
    """Slack keeps what was typed where block ids stay the same, so each month has its own."""
    october = {
        b["block_id"] for b in views.form(FORM, FormPlace(7, 10), TODAY)["blocks"] if b["type"] == "input"
    }
    report = replace(FORM, period=NOVEMBER)
    november = {
        b["block_id"] for b in views.form(report, FormPlace(7, 11), TODAY)["blocks"] if b["type"] == "input"
    }
    assert not october & november


def test_who_reports_for_a_team_that_is_not_theirs_is_told_so() -> None:
    """A coach reporting for a team sees for whom."""
    words = seen(views.form(replace(FORM, acting=CORA), FormPlace(7, 10), TODAY)["blocks"])
    assert "You are reporting for this team as coach." in words


def test_a_late_report_is_welcome_in_words() -> None:
    """Late is never refused before the lock date."""
    late = TODAY.replace(day=20)
    words = seen(views.form(FORM, FormPlace(7, 10), late)["blocks"])
    assert "Was due Tuesday 10 November; late reports are welcome until Thursday 10 December" in words


def test_words_are_asked_for_after_the_numbers() -> None:
    """Requirement R39: improvements, barriers, unintended consequences; each optional."""
    report = replace(FORM, draft=Draft((), Narrative(tested="Cuffs")))
    view = views.form(report, FormPlace(7, 10, 1), TODAY)
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(inputs) == 6
    assert all(block["optional"] for block in inputs)
    assert inputs[0]["element"]["initial_value"] == "Cuffs"
    assert view["submit"]["text"] == "Send report"


def test_a_number_is_asked_for_in_the_measures_own_words() -> None:
    """What it is called in a formula comes after; a count is not called a numerator."""
    labels = seen([block["label"] for block in views.form(FORM, PLACE, TODAY)["blocks"] if "label" in block])
    for said in ("Patients below 140/90 (numerator)", "Patients seen (denominator)", "(how many)"):
        assert said in labels
