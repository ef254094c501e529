"""The small forms that mark a chart: baseline, phase, cycle, note, take back; and the preview before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.slack import action_ids
from handlers.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    modal,
    option,
    section,
)
from handlers.slack.buttons import as_value, choice_and, choice_of
from handlers.slack.ids import unpacked
from handlers.slack.inputs import Question, chosen, typed
from handlers.slack.words import escape
from models.rules.charts.charts import Mark, MarkKind, TeamChart, Wish
from models.rules.charts.choice import ChartChoice
from models.rules.charts.marking import (
    LEAST_BASELINE,
    LONGEST_WORDS,
    cycle_words,
    may_begin,
    may_choose,
    tests_began,
)

MOST_MONTHS = 100  # options of a list (Slack); the newest are offered
FIRST, MONTH, WHY, WHERE, WHICH = "first", "month", "why", "where", "which"  # blocks
THIS, ALL = "this", "all"
FIRST_LABEL = "First month of the baseline"
BACK_TO = "/"  # between its last month and its first


@dataclass(frozen=True)
class MarkFormWords:
    """What a form says."""

    title: str
    about: str
    month: str
    why: str
    hint: str


FORMS = {
    MarkKind.BASELINE: MarkFormWords(
        "Freeze the median",
        "The median of these months is kept and carried on, so that later months are compared with the "
        "time before the changes. Freeze it on months in which nothing was tested yet: what is added before "
        "or after them does not move it.",
        "Last month of the baseline",
        "Why these months?",
        "For example “the clinic began to test in April”.",
    ),
    MarkKind.PHASE: MarkFormWords(
        "Begin a new phase",
        "From this month on the chart has a median of its own. Ask first: is it different, do you know why, "
        "is it what you wanted, and will it last?",
        "First month of the phase",
        "What changed?",
        "For example “second reading in all rooms”. It stands on the chart.",
    ),
    MarkKind.CYCLE: MarkFormWords(
        "Add a PDSA cycle",
        "What was tried, and from when. A number on the chart, and these words below it.",
        "Month it began",
        "What did you try?",
        "For example “second reading in two rooms”. Please name no patient.",
    ),
    MarkKind.NOTE: MarkFormWords(
        "Add a note",
        "A number on the chart, and these words below it.",
        "Month",
        "What should people know?",
        "For example “new cuffs in all rooms”. Please name no patient.",
    ),
}
TOO_EARLY = {
    MarkKind.BASELINE: (
        f"A baseline needs {LEAST_BASELINE} months with a value. Earlier months can be added first."
    ),
    MarkKind.PHASE: "A new phase needs a second month.",
    MarkKind.CYCLE: "There is no month to begin a cycle in yet.",
    MarkKind.NOTE: "There is no month to add a note to yet.",
}

NAMES = {
    MarkKind.BASELINE: "Baseline",
    MarkKind.PHASE: "Phase from",
    MarkKind.CYCLE: "Cycle from",
    MarkKind.NOTE: "Note on",
}


def mark_form(chart: TeamChart, choice: ChartChoice, kind: MarkKind) -> View:
    """Build the form for one kind of mark; where no month fits, it says why."""
    words = FORMS[kind]
    months = list(may_choose(chart, kind))[-MOST_MONTHS:]
    top = [section(escape(words.about)), _back(choice)]
    if not months:
        return modal(words.title, [section(_too_early(chart, kind)), _back(choice)], close="Close")
    inputs = [
        Question(MONTH, words.month, _ends(chart, kind)).select(_offered(reversed(months))),
        _why(words.why, words.hint),
    ]
    if kind is MarkKind.BASELINE:
        begins = may_begin(chart)[:MOST_MONTHS]
        inputs.insert(0, Question(FIRST, FIRST_LABEL).select(_offered(begins), begins[0].isoformat()))
    if not kind.moves_median:
        everywhere = option(f"All charts of {chart.series.team.name}", ALL)
        inputs.append(Question(WHERE, "Where").select([option("This chart", THIS), everywhere], THIS))
    return modal(
        words.title,
        [*top, *inputs],
        callback_id=action_ids.MARK_FORM,
        private_metadata=as_value(choice, kind),
        submit="Preview",
        close="Close",
    )


def read_form(view: View) -> tuple[ChartChoice, Wish]:
    """Read the form for a mark back."""
    choice, kind = read_kind(view["private_metadata"])
    month = unpacked(chosen(view, MONTH), date.fromisoformat)
    first = unpacked(chosen(view, FIRST), _day_or_none)
    return choice, Wish(kind, month, _reason(view), on_all=chosen(view, WHERE) == ALL, first=first)


def preview(chart: Sequence[Block], choice: ChartChoice, wish: Wish) -> View:
    """Show the chart as it would be, before anything is kept."""
    words = FORMS[wish.kind]
    where = ALL if wish.on_all else THIS
    begins = f"{FIRST_LABEL}: {wish.first:%B %Y}. " if wish.first else ""
    blocks = [
        section(f"*This is how the chart would look.* {begins}{words.month}: {wish.month:%B %Y}."),
        *chart,
        context("Nothing is kept yet. It can be taken back later; who set it, when and why stays on record."),
    ]
    return modal(
        words.title,
        blocks,
        callback_id=action_ids.MARK_KEEP,
        private_metadata=as_value(choice, wish.kind, _months(wish), where, wish.words),
        submit="Keep it",
        close="Back",
        notify_on_close=True,
    )


def read_preview(view: View) -> tuple[ChartChoice, Wish]:
    """Read back what the preview showed."""
    choice, carried = choice_and(view["private_metadata"])
    kind, months, where, words = unpacked(carried, MarkKind, str, str, str)
    last, _, first = months.partition(BACK_TO)
    month, begins = unpacked(last, date.fromisoformat), unpacked(first, _day_or_none)
    return choice, Wish(kind, month, words, on_all=where == ALL, first=begins)


def take_back_form(marks: Sequence[Mark], choice: ChartChoice) -> View:
    """Ask which mark is to be taken back, and why."""
    options = [option(_mark_words(mark), str(mark.id)) for mark in marks][-MOST_MONTHS:]
    only = options[0]["value"] if len(options) == 1 else ""
    return modal(
        "Take back",
        [
            _back(choice),
            Question(WHICH, "What should go?").select(options, only),
            _why("Why?", "It stays on record, with this."),
        ],
        callback_id=action_ids.MARK_END,
        private_metadata=as_value(choice),
        submit="Take back",
        close="Close",
    )


def read_take_back(view: View) -> tuple[ChartChoice, int, str]:
    """Read back: the chart, the mark's id, and why."""
    return choice_of(view["private_metadata"]), unpacked(chosen(view, WHICH), int), _reason(view)


def read_kind(value: str) -> tuple[ChartChoice, MarkKind]:
    """Read the button that opens a form, and what the form carries."""
    choice, kind = choice_and(value)
    return choice, unpacked(kind, MarkKind)


def _reason(view: View) -> str:
    return " ".join(typed(view, WHY).split())


def _mark_words(mark: Mark) -> str:
    begins = f"{mark.first:%b %Y} to " if mark.first else ""
    return f"{NAMES[mark.kind]} {begins}{mark.month:%b %Y}: {mark.words}"


def _offered(months: Iterable[date]) -> list[Block]:
    return [option(f"{month:%B %Y}", month.isoformat()) for month in months]


def _ends(chart: TeamChart, kind: MarkKind) -> str:
    """Say where a baseline has to end, before anybody chooses."""
    began = tests_began(chart)
    return cycle_words(began) if kind is MarkKind.BASELINE and began else ""


def _too_early(chart: TeamChart, kind: MarkKind) -> str:
    return " ".join(part for part in (TOO_EARLY[kind], _ends(chart, kind)) if part)


def _months(wish: Wish) -> str:
    """A mark's months as one value: the last, and of a baseline the first behind it."""
    return BACK_TO.join(f"{month}" for month in (wish.month, wish.first) if month)


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _back(choice: ChartChoice) -> Block:
    return actions(button("Back to the chart", action_ids.CHART_BACK, as_value(choice)))


def _why(label: str, hint: str) -> Block:
    return Question(WHY, label, hint).text(most=LONGEST_WORDS)
