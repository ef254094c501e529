"""The report form, a page at a time, and the same form read back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.report.views.fields import block_of, field_blocks, read_shown
from handlers.report.views.pages import FormPlace, is_last, pages
from handlers.report.views.words import read_words, words_blocks
from handlers.slack.action_ids import (
    REMINDER_HELP,
    REPORT_BACK,
    REPORT_FORM,
    REPORT_FORM_AT_HOME,
    REPORT_MONTH,
    REPORT_SAVE,
)
from handlers.slack.blocks import (
    Block,
    View,
    actions,
    alert,
    button,
    context,
    modal,
    option,
    section,
    select,
)
from handlers.slack.ids import packed
from handlers.slack.inputs import shown_blocks
from handlers.slack.words import clip, due_words, listed, near_day, on_day, safe_name
from models.rules.collaborative.people import NoteReader
from models.rules.report.entries import Doubt, EntryProblem
from models.rules.report.report import Narrative, ReportForm, Shown, Typed


@dataclass(frozen=True)
class Filled:
    """One page as a person filled it in."""

    place: FormPlace
    shown: tuple[Shown, ...]
    narrative: Narrative | None  # None: not on this page


@dataclass(frozen=True)
class Remarks:
    """What the form says back: doubts below their measures, warnings and good news on top."""

    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    news: str = ""


NO_REMARKS = Remarks()


def form(
    report: ReportForm,
    place: FormPlace,
    today: date,
    remarks: Remarks = NO_REMARKS,
    readers: Sequence[NoteReader] = (),
) -> View:
    """Build one page of the form as a modal, filled with the form's draft.

    `readers` are those of the note for the coach, which the last page asks for.
    """
    last = is_last(report, place.page)
    body = words_blocks(report, readers) if last else _measures_page(report, place.page, remarks.doubts)
    alerts = [alert(sentence) for sentence in (*_look_again(report, remarks.doubts), *remarks.warnings)]
    if remarks.news:
        alerts.append(alert(remarks.news, "success"))
    send = "Send correction" if report.edition else "Send report"
    return modal(
        "Monthly report",
        [*_top(report, place.page, today), *alerts, *body, *_bottom(report, place.page)],
        callback_id=REPORT_FORM_AT_HOME if place.from_home else REPORT_FORM,
        private_metadata=place.as_value(),
        submit=send if last else "Next",
        close="Close",
    )


def read(view: View) -> Filled:
    """Read a form back as Slack sends it with a submission or a press."""
    place = FormPlace.of_value(view["private_metadata"])
    return Filled(place, tuple(read_shown(view)), read_words(view))


def errors(view: View, period_id: int, problems: Collection[EntryProblem]) -> dict[str, str] | None:
    """Lay each problem at its field; None when a field is not on this screen."""
    at = {block_of(each.field, period_id, each.measure_id): each.sentence for each in problems}
    return at if at.keys() <= set(shown_blocks(view)) else None


def doubt_key(doubt: Doubt) -> str:
    """What tells one doubt from another: the same numbers are asked about once."""
    return packed(*doubt.about)


def _top(report: ReportForm, page: int, today: date) -> list[Block]:
    team, period = report.acting.team, report.period
    lines = [f"*{safe_name(team.name)}* · {period.name}", due_words(period, today)]
    if report.acting.is_on_behalf:
        lines.append(f"You are reporting for this team as {report.acting.role.value}.")
    several = page == 0 and len(report.choices) > 1
    top = section("\n".join(lines), _month_select(report) if several else None, f"top:{period.id}")
    steps = f"Step {page + 1} of {len(pages(report.fields)) + 1}"
    return [top, context(" · ".join([steps, *([] if page else _standing(report, today))]))]


def _standing(report: ReportForm, today: date) -> list[str]:
    """Say what stands in the form already, and from when."""
    lines, day_of = [], report.acting.collaborative.day_of
    if report.reported_at:
        when = on_day(day_of(report.reported_at), today)
        lines.append(f"You reported {report.period.first_day:%B} {when}. Change what you need.")
    if report.saved_at:
        lines.append(f"Your draft from {near_day(day_of(report.saved_at), today)} is here.")
    return lines


def _month_select(report: ReportForm) -> Block:
    options = [
        option(f"{each.name}{', reported' if each.id in report.reported else ''}", str(each.id))
        for each in report.choices
    ]
    return select(REPORT_MONTH, options, str(report.period.id), "Another month")


def _measures_page(report: ReportForm, page: int, doubts: Sequence[Doubt]) -> list[Block]:
    typed = {each.measure_id: each for each in report.draft.typed}
    blocks: list[Block] = []
    for each in pages(report.fields)[page]:
        measure_id = each.measure.id
        blocks += [
            {"type": "divider"},
            *field_blocks(each, typed.get(measure_id, Typed(measure_id)), report.period),
        ]
        mine = [doubt for doubt in doubts if doubt.measure_id == measure_id]
        blocks += [alert(doubt.sentence) for doubt in mine]
    return blocks


def _look_again(report: ReportForm, doubts: Collection[Doubt]) -> list[str]:
    """Name on top what is asked below: the form opens at its top, and the question may be out of sight."""
    doubtful = {doubt.measure_id for doubt in doubts}
    names = [clip(each.measure.name, 60) for each in report.fields if each.measure.id in doubtful]
    return [f"Please look again at {listed(names)}. If it is right, press “Next” again."] if names else []


def _bottom(report: ReportForm, page: int) -> list[Block]:
    """Keep, go back or ask for help; Slack's own button throws away what was typed, which is said."""
    buttons = [button("Save for later", REPORT_SAVE)]
    if page:
        buttons.insert(0, button("Back", REPORT_BACK))
    elif not report.edition and not report.acting.is_on_behalf:
        place = packed(report.acting.team.id, report.period.id)
        buttons.append(button("I need help", REMINDER_HELP, place))
    return [actions(*buttons), context("“Close” keeps nothing you typed here. “Save for later” does.")]
