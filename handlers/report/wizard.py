"""A person's way through the report form: each page is checked and kept, the last one sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers.context import Deps
from handlers.report.views import form as views
from handlers.report.views.form import Filled, Remarks
from handlers.report.views.pages import FormPlace, is_last, page_of, pages
from handlers.report.views.sent import Became, sent_view
from handlers.slack.blocks import View
from handlers.slack.words import clip
from handlers.wizard import Wizard
from models.database import Connection
from models.rules.collaborative.people import NoteReader, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.entries import Checked, Doubt, EntryProblem, check
from models.rules.report.report import (
    LEFT_EMPTY,
    NARRATIVE_LABELS,
    Draft,
    Entry,
    Field,
    ReportForm,
    Typed,
)
from models.services.collaborative import people, visitors
from models.services.delivery import inbox
from models.services.report import medians
from models.services.report.drafts import save_draft
from models.services.report.form import form_for
from models.services.report.submit import submit

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

    @property
    def page(self) -> int:
        return self.place.page

    @property
    def workspace_id(self) -> int:
        return self.form.acting.collaborative.workspace_id

    def to_page(self, number: int) -> "FormStep":
        return replace(self, place=replace(self.place, page=max(number, 0)))

    def is_new(self, before: "FormStep") -> bool:
        """Slack and the tables differ in blanks at the ends of words."""
        nothing = merged(before.form, Filled(FormPlace(0, 0), (), None))
        return _trimmed(self.form.draft) != _trimmed(nothing)

    def overtaken(self, before: "FormStep") -> "FormStep | None":
        """Say what came in or changed since the person's form was drawn, where they have it otherwise."""
        now, draft = before.form, self.form.draft
        if now.edition == self.place.corrects or not self.is_new(before):
            return None
        differs = (*_other_numbers(now, draft), *_other_words(now.draft, draft))
        lines = (f"It says: {clip(name, 80)} {words}" for name, words in differs)
        return replace(self, warnings=(CHANGED if self.place.corrects else CAME_IN, *lines))

    def view(self, news: str = "") -> View:
        """The page to show."""
        warnings = (*self.warnings, *(problem.sentence for problem in self.problems))
        place = replace(self.place, corrects=self.form.edition)
        return views.form(self.form, place, self.today, Remarks(self.doubts, warnings, news), self.readers)

    def errors(self, shown: View) -> dict[str, str] | None:
        return views.errors(shown, self.form.period.id, self.problems)

    def sent(self, deps: Deps) -> View | None:
        return sent_view(self.form, self.today, deps.commands.report, self.became) if self.became else None


def start(db: Connection, who: Visitor, place: FormPlace, now: datetime) -> FormStep:
    """The form for a team and a month, as far as it is filled; period id 0 stands for the month asked for.

    Raises DomainError when the person does not act for that team, or the month is not open.
    """
    acting = visitors.insist(db, who, Deed.REPORT, place.team_id)
    form = form_for(db, acting, now, place.period_id or None)
    return FormStep(form, replace(place, period_id=form.period.id), acting.collaborative.day_of(now))


def over(db: Connection, who: Visitor, shown: View, now: datetime) -> tuple[FormStep, FormStep]:
    """The form as it is kept, and with a page laid over the draft that goes on from.

    That is another draft where the report changed meanwhile.
    """
    filled = views.read(shown)
    step = start(db, who, filled.place, now)
    form = step.form
    goes_on_from = replace(form, draft=form.kept.get(step.place.corrects, form.draft))
    return step, replace(step, form=replace(form, draft=merged(goes_on_from, filled)))


def take(db: Connection, step: FormStep, envelope: str, now: datetime) -> FormStep | None:
    """Hold a page with its problems, ask about its doubts, or send the whole report."""
    last = is_last(step.form, step.page)
    fields = step.form.fields if last else pages(step.form.fields)[step.page]
    checked = check(fields, _of(fields, step.form.draft))
    if not last:  # before the last one each page was, and `submit` insists
        checked = medians.checked(db, step.form, checked)
    if stays := _held(step, checked):
        if last:  # the words on it are on no page before
            save_draft(db, step.form, now)
        return stays
    return replace(step, became=_send(db, step, checked, envelope, now)) if last else None


def _with_readers(db: Connection, step: FormStep) -> FormStep:
    if not is_last(step.form, step.place.page):
        return step
    return replace(step, readers=people.note_readers(db, step.form.acting))


def merged(form: ReportForm, filled: Filled) -> Draft:
    """Lay a page over the draft; measures that are not on the form are left out, whatever the page says."""
    typed = {each.measure_id: each for each in form.draft.typed}
    for shown in filled.shown:
        typed[shown.measure_id] = shown.over(typed.get(shown.measure_id, Typed(shown.measure_id)))
    known = (typed.get(field.measure.id) for field in form.fields)
    kept = tuple(each for each in known if each is not None and each != Typed(each.measure_id))
    return Draft(kept, filled.narrative or form.draft.narrative)


def _trimmed(draft: Draft) -> tuple[object, ...]:
    return (draft.typed, *(words.strip() for words in vars(draft.narrative).values()))


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


def _of(fields: Sequence[Field], draft: Draft) -> tuple[Typed, ...]:
    ids = {field.measure.id for field in fields}
    return tuple(each for each in draft.typed if each.measure_id in ids)


def _held(step: FormStep, checked: Checked) -> FormStep | None:
    """Hold the page that has problems, or doubts not asked about yet; None when the way is free."""
    if checked.problems:
        page = page_of(step.form, checked.problems[0].measure_id)
        return replace(step, place=replace(step.place, page=page), problems=tuple(checked.problems))
    doubts = tuple(each for each in checked.doubts if views.doubt_key(each) not in step.place.doubts)
    if not doubts:
        return None
    doubts_now = (*step.place.doubts, *map(views.doubt_key, doubts))
    page = page_of(step.form, doubts[0].measure_id)
    return replace(step, place=replace(step.place, page=page, doubts=doubts_now), doubts=doubts)


def _send(db: Connection, step: FormStep, checked: Checked, envelope: str, now: datetime) -> Became:
    """Keep the report. A first one sent again finds itself there; a correction could undo a later one."""
    form, corrects = step.form, step.place.corrects
    if corrects and not inbox.is_first(db, form.acting.collaborative.workspace_id, envelope, now):
        return Became.CORRECTED
    receipt = submit(db, form, checked.entries, form.draft.narrative, now)
    if not corrects:
        return Became.REPORTED
    return Became.CORRECTED if receipt.changed else Became.UNCHANGED


WIZARD = Wizard(
    over=over,
    take=take,
    save=lambda db, step, now: save_draft(db, step.form, now),
    ready=_with_readers,
)
