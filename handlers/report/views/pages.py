"""How a report is parted into pages, and where in it a person is."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.report.views.fields import inputs_of
from handlers.slack.ids import packed, unpacked
from models.rules.report.report import Field, ReportForm

MOST_REQUIRED = 5  # numbers a page may require (requirement R138)
MOST_INPUTS = 6  # numbers a page asks for in all (Slack's guidance on forms)


@dataclass(frozen=True)
class FormPlace:
    """Where a person is in the form. The view carries it, so its ids are hints to be checked anew."""

    team_id: int
    period_id: int
    page: int = 0
    doubts: tuple[str, ...] = ()  # those this person was asked about
    corrects: int = 0  # the edition of the report that the form showed; 0: there was none yet
    from_home: bool = False  # the person's Home tab is on screen behind the form

    def as_value(self) -> str:
        """The place as a view's private_metadata."""
        home, doubts = int(self.from_home), ",".join(self.doubts)
        return packed(self.team_id, self.period_id, self.page, self.corrects, home, doubts)

    @staticmethod
    def of_value(metadata: str) -> "FormPlace":
        """The place in a view's private_metadata."""
        team_id, period_id, page, rest = unpacked(metadata, int, int, int, str)
        corrects, home, marks = unpacked(rest, int, int, str)
        doubts = tuple(filter(None, marks.split(",")))
        return FormPlace(team_id, period_id, page, doubts, corrects, from_home=bool(home))


def pages(fields: Sequence[Field]) -> tuple[tuple[Field, ...], ...]:
    """Part the measures into pages a person can take in; the words come on a page of their own after them."""
    parted: list[list[Field]] = []
    required = inputs = 0
    for each in fields:
        needs = inputs_of(each)
        must = needs if each.measure.required else 0
        if not parted or required + must > MOST_REQUIRED or inputs + needs > MOST_INPUTS:
            parted.append([])
            required = inputs = 0
        parted[-1].append(each)
        required, inputs = required + must, inputs + needs
    return tuple(tuple(page) for page in parted)


def page_of(form: ReportForm, measure_id: int) -> int:
    """The page a measure is on."""
    for number, page in enumerate(pages(form.fields)):
        if any(each.measure.id == measure_id for each in page):
            return number
    return 0


def is_last(form: ReportForm, page: int) -> bool:
    """Whether a page is the one for words, from which the report is sent."""
    return page >= len(pages(form.fields))
