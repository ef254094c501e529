"""A person's way through the report form: each page is checked and kept, the last one sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from handlers.report.views import form as views
from handlers.report.views.form import Filled, Remarks
from handlers.report.views.pages import FormPlace, is_last, page_of, pages
from handlers.slack.blocks import View
from handlers.slack.notice import Became, kept
from handlers.slack.words import clip
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.rules.report.entries import Checked, Doubt, EntryProblem, check
from models.rules.report.report import (
    LEFT_EMPTY,
    NARRATIVE_LABELS,
    Draft,
    Entry,
    Field,
    NoteReader,
    ReportForm,
    Typed,
)
from models.services.collaborative import people
from models.services.delivery import inbox
from models.services.report import reporting

CAME_IN, CHANGED = (
    f"This report {happened} while you were typing. Here it is, with what you typed laid over it. "
    "Send it to change it."
    for happened in ("came in", "was changed")
)


@dataclass(frozen=True)
class FormStep:
    """Where the form stands after a page was handed in."""

    form: ReportForm
    place: FormPlace
    today: date
    problems: tuple[EntryProblem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    readers: tuple[NoteReader, ...] = ()  # of the note for the coach, on the page that asks for it
    became: Became | None = None  # None: it is not sent yet

    def turned(self, pages: int) -> "FormStep":
        """The step some pages on, or back."""
        return replace(self, place=replace(self.place, page=max(self.place.page + pages, 0)))

    def view(self, remarks: Remarks | None = None) -> View:
        """The page to show."""
        warnings = (*self.warnings, *(problem.sentence for problem in self.problems))
        place = replace(self.place, corrects=self.form.edition)
        return views.form(
            self.form, place, self.today, remarks or Remarks(self.doubts, warnings), self.readers
        )


def start(db: Connection, who: Visitor, place: FormPlace, now: datetime) -> FormStep:
    """The form for a team and a month, as far as it is filled; period id 0 stands for the month asked for.

    Raises DomainError when the person does not act for that team, or the month is not open.
    """
    acting = people.acting_for(db, who, place.team_id)
    form = reporting.form_for(db, acting, now, place.period_id or None)
    return FormStep(form, replace(place, period_id=form.period.id), acting.collaborative.day_of(now))


def keep(db: Connection, who: Visitor, filled: Filled, now: datetime) -> FormStep:
    """The form with what is on the person's screen laid over what is kept.

    It is kept as a draft when something is new; a look at a report leaves no draft behind.
    """
    before = start(db, who, filled.place, now)
    step = _laid_over(before, filled)
    if not _same(step.form.draft, before.form):
        reporting.save_draft(db, step.form, now)
        step = replace(step, warnings=_overtaken(before.form, step))
    return _with_readers(db, step)


def advance(db: Connection, who: Visitor, filled: Filled, envelope: str, now: datetime) -> FormStep:
    """Take a page: refuse it with its problems, ask about its doubts, keep it, or send the whole report.

    `envelope` names the submission, so that one sent twice makes one report and hears the same answer.
    """
    before = start(db, who, filled.place, now)
    step = _laid_over(before, filled)
    if overtaken := _overtaken(before.form, step):
        return _look_first(db, replace(step, warnings=overtaken), envelope, now)
    last = is_last(step.form, filled.place.page)
    fields = step.form.fields if last else pages(step.form.fields)[filled.place.page]
    checked = check(fields, _of(fields, step.form.draft))
    held = _held(step, checked)
    if held:
        return held
    if last:
        return replace(step, became=_send(db, step, checked, envelope, now))
    reporting.save_draft(db, step.form, now)
    return _with_readers(db, step.turned(1))


def _with_readers(db: Connection, step: FormStep) -> FormStep:
    if not is_last(step.form, step.place.page):
        return step
    return replace(step, readers=people.note_readers(db, step.form.acting))


def _laid_over(step: FormStep, filled: Filled) -> FormStep:
    """Lay a page over the draft it goes on from: that is another one where the report changed meanwhile."""
    form = step.form
    before = replace(form, draft=form.kept.get(step.place.corrects, form.draft))
    return replace(step, form=replace(form, draft=merged(before, filled)))


def merged(form: ReportForm, filled: Filled) -> Draft:
    """Lay a page over the draft; measures that are not on the form are left out, whatever the page says."""
    typed = {each.measure_id: each for each in form.draft.typed}
    for shown in filled.shown:
        typed[shown.measure_id] = shown.over(typed.get(shown.measure_id, Typed(shown.measure_id)))
    known = (typed.get(field.measure.id) for field in form.fields)
    kept = tuple(each for each in known if each is not None and each != Typed(each.measure_id))
    return Draft(kept, filled.narrative or form.draft.narrative)


def _same(draft: Draft, form: ReportForm) -> bool:
    """Whether a draft says what the form already holds; Slack and the tables differ in blanks at the ends."""
    held = merged(form, Filled(FormPlace(0, 0), (), None))
    return _trimmed(draft) == _trimmed(held)


def _trimmed(draft: Draft) -> tuple[object, ...]:
    return (draft.typed, *(words.strip() for words in vars(draft.narrative).values()))


def _overtaken(now: ReportForm, step: FormStep) -> tuple[str, ...]:
    """Say what came in or changed since the person's form was drawn, where they would have it otherwise."""
    if now.edition == step.place.corrects or _same(step.form.draft, now):
        return ()
    differs = (*_other_numbers(now, step.form.draft), *_other_words(now.draft, step.form.draft))
    lines = (f"It says: {clip(name, 80)} {said}" for name, said in differs)
    return (CHANGED if step.place.corrects else CAME_IN, *lines)


def _other_numbers(now: ReportForm, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the measures a report says otherwise than a draft, with what it says."""
    typed, there = ({each.measure_id: each for each in one.typed} for one in (draft, now.draft))
    entries = {each.measure_id: each for each in check(now.fields, now.draft.typed).entries}
    for measure in (field.measure for field in now.fields):
        blank = Typed(measure.id)
        if typed.get(measure.id, blank) != there.get(measure.id, blank):
            yield measure.name, entries.get(measure.id, Entry(measure.id, None)).words(measure.unit)


def _other_words(now: Draft, draft: Draft) -> Iterator[tuple[str, str]]:
    typed, there = vars(draft.narrative), vars(now.narrative)
    for name, label in NARRATIVE_LABELS.items():
        if typed[name].strip() != there[name].strip():
            yield label, there[name] or LEFT_EMPTY


def _look_first(db: Connection, step: FormStep, envelope: str, now: datetime) -> FormStep:
    """Show what overtook this person, with what they typed laid over it and kept; one sent before is done."""
    if inbox.knows(db, step.form.acting.collaborative.workspace_id, envelope):
        return replace(step, became=Became.CORRECTED)
    reporting.save_draft(db, step.form, now)
    return replace(step, place=replace(step.place, page=0))


def _of(fields: Sequence[Field], draft: Draft) -> tuple[Typed, ...]:
    wanted = {field.measure.id for field in fields}
    return tuple(each for each in draft.typed if each.measure_id in wanted)


def _held(step: FormStep, checked: Checked) -> FormStep | None:
    """Hold the page that has problems, or doubts not asked about yet; None when the way is free."""
    if checked.problems:
        page = page_of(step.form, checked.problems[0].measure_id)
        return replace(step, place=replace(step.place, page=page), problems=tuple(checked.problems))
    doubts = tuple(each for each in checked.doubts if views.doubt_key(each) not in step.place.asked)
    if not doubts:
        return None
    asked = (*step.place.asked, *map(views.doubt_key, doubts))
    page = page_of(step.form, doubts[0].measure_id)
    return replace(step, place=replace(step.place, page=page, asked=asked), doubts=doubts)


def _send(db: Connection, step: FormStep, checked: Checked, envelope: str, now: datetime) -> Became:
    """Keep the report. A first one sent again finds itself there; a correction could undo a later one."""
    form, corrects = step.form, step.place.corrects
    if corrects and not inbox.is_first(db, form.acting.collaborative.workspace_id, envelope, now):
        return Became.CORRECTED
    receipt = reporting.submit(db, form, checked.entries, form.draft.narrative, now)
    if not corrects:
        return Became.REPORTED
    return Became.CORRECTED if receipt.changed else Became.UNCHANGED


def acknowledgement(step: FormStep, sent_from: Mapping[str, Any], command: str) -> dict[str, Any]:
    """Answer a submission: errors at their fields, the next page, or the word that the report is kept."""
    if step.became:
        return {
            "response_action": "update",
            "view": kept(step.form, step.today, command, step.became),
        }
    at_fields = views.errors(sent_from, step.form.period.id, step.problems) if step.problems else None
    if at_fields:
        return {"response_action": "errors", "errors": at_fields}
    return {"response_action": "update", "view": step.view()}
