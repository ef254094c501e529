"""The modal that shows a chart: what to look at, what it says, the picture, and what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.slack import action_ids
from handlers.slack.blocks import (
    Block,
    ChartImage,
    View,
    actions,
    button,
    context,
    modal,
    option,
    plain,
    section,
    sections,
    select,
)
from handlers.slack.buttons import as_value, open_button
from handlers.slack.words import clip, escape, escape_to_fit, moment, safe_name
from models.rules.charts.charts import Mark, MarkKind, TeamChart
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.charts.control_chart import NAMES, Kind
from models.rules.collaborative.measure import Measure, Unit, value_words
from models.rules.collaborative.viewers import Viewer
from models.rules.home import HomeReader
from models.rules.report.report import Point

TITLE = "Run chart"
MOST_HISTORY = 20  # lines; the newest are shown
ROWS = 60  # months of a table; a section holds 3,000 characters
MOST_TABLES = 80  # of up to 3,000 characters: a view holds 100 blocks and 250 KB
NO_VALUES = "There are no values yet. They come with the first report; earlier months can be added here."
LAST_STEP = (
    "If you know what changed, and expect it to last, you can begin a new phase with a median of its own."
)


SEND = "Send me the picture"
IF_NOT_SEEN = f"Slack may not show the picture here. “{SEND}” brings it to our direct messages."
SENT = "The picture is on its way to our direct messages."
SPLIT = (
    "The definition is another from {0} on. If the months before and after are not to be compared, begin a "
    "new phase in {0}: median and rules then start afresh."
)


@dataclass(frozen=True)
class Rights:
    """What the person who looks may do with this chart."""

    adds: bool = False  # earlier months, cycles and notes
    steers: bool = False  # freezes the median and begins phases


@dataclass(frozen=True)
class ShownChart:
    """One picture with its words: what it shows, all that it says, and its place."""

    title: str
    caption: str
    image: ChartImage


@dataclass(frozen=True)
class Page:
    """All that the modal shows of one choice."""

    choice: ChartChoice
    viewers: Sequence[Viewer]
    viewer: Viewer
    charts: Sequence[ShownChart]
    chart: TeamChart | None = None  # of one team
    rights: Rights = Rights()
    suggests_phase: bool = False
    kinds: Sequence[Kind] = ()  # of control limits that can be drawn


def chart_view(page: Page) -> View:
    """Build the modal."""
    blocks = [_choices(page), *(block for chart in page.charts for block in chart_blocks(chart))]
    blocks.append(context(IF_NOT_SEEN) if page.charts else section(NO_VALUES))
    if page.suggests_phase:
        blocks.append(context(LAST_STEP))
    if page.rights.steers and page.chart and page.chart.unsplit:
        blocks.append(context(SPLIT.format(f"{page.chart.unsplit:%B %Y}")))
    if page.chart and page.chart.history:
        blocks += sections(["*What people marked here*", *_history(page.chart.history)])
    return modal(
        TITLE,
        [*blocks, *_buttons(page)],
        callback_id=action_ids.CHART_WINDOW,
        private_metadata=as_value(page.choice),
        close="Close",
        notify_on_close=True,
    )


def chart_blocks(chart: ShownChart) -> list[Block]:
    """Show a chart in a window, its words first: whether Slack shows others a file there is not known."""
    words = f"*{escape_to_fit(chart.title, 300)}*\n{escape_to_fit(chart.caption, 2600)}"
    return [section(words), chart.image.block()]


def waiting(words: str, **parts: str) -> View:
    """The modal while something is on its way."""
    return modal(TITLE, [section(f"{escape(words)} …")], close="Close", **parts)


def numbers_view(charts: Sequence[TeamChart]) -> View:
    """Show the data behind a chart, month by month, in lines that stand below one another."""
    if not charts:
        return modal("The numbers", [section("There are no values yet.")], close="Back")
    name = safe_name(charts[0].series.measure.name)
    blocks = [block for chart in charts for block in _table(chart)]
    left_out = len(blocks) - MOST_TABLES
    more = [context("Not all teams fit here: choose one to see its numbers.")] if left_out > 0 else []
    return modal("The numbers", [section(f"*{name}*"), *blocks[:MOST_TABLES], *more], close="Back")


def history_line(mark: Mark) -> str:
    """Say who marked what, when and why; and who took it back."""
    what = {
        MarkKind.BASELINE: f"Median frozen on {mark.since:%B %Y} to {mark.month:%B %Y}",
        MarkKind.PHASE: f"New phase from {mark.month:%B %Y}",
        MarkKind.CYCLE: f"PDSA cycle from {mark.month:%B %Y}",
        MarkKind.NOTE: f"Note on {mark.month:%B %Y}",
    }[mark.kind]
    line = f"{what}, by {_signed(mark.by, mark.words)} ({moment(mark.at, '{date_short_pretty}')})"
    if mark.ended is None:
        return f"• {line}"
    when = moment(mark.ended.at, "{date_short_pretty}")
    return f"• ~{line}~ taken back by {_signed(mark.ended.by, mark.ended.why)} ({when})"


def _signed(by: str, words: str) -> str:
    return f"{escape_to_fit(by, 200)}: “{escape_to_fit(' '.join(words.split()), 600)}”"


def _history(history: Sequence[Mark]) -> list[str]:
    return [history_line(mark) for mark in reversed(history[-MOST_HISTORY:])]


def _choices(page: Page) -> Block:
    median = replace(page.choice, limits=None)
    team = select(action_ids.CHART_TEAM, _team_options(page), as_value(median), "Team")
    of_measure = [
        option(
            _measure_name(each),
            as_value(ChartChoice(page.choice.collaborative_id, page.choice.team_id, each.id)),
        )
        for each in page.viewer.measures
    ]
    measure = select(action_ids.CHART_MEASURE, of_measure, as_value(median), "Measure")
    elements = [team, measure, *([_lines(page, median)] if page.kinds else [])]
    return {"type": "actions", "block_id": f"choice:{as_value(page.choice)}", "elements": elements}


def _measure_name(measure: Measure) -> str:
    return f"{clip(measure.name, 60)} (retired)" if measure.retired_on else measure.name


def _lines(page: Page, median: ChartChoice) -> Block:
    """What to draw the values about: their median, or a mean with limits."""
    options = [option("Median and its rules", as_value(median))]
    options += [
        option(f"Limits, {NAMES[kind]}", as_value(replace(median, limits=kind))) for kind in page.kinds
    ]
    return select(action_ids.CHART_LINES, options, as_value(page.choice), "Lines")


def _team_options(page: Page) -> list[Block]:
    several = len(page.viewers) > 1
    options = []
    for viewer in page.viewers:
        measure = page.choice.measure_id if viewer == page.viewer else next(iter(viewer.measures)).id
        named = [(team.name, team.id) for team in viewer.teams]
        if viewer.sees_all_at_once:
            named.append(("All teams", ALL_TEAMS))
        about = {"description": plain(viewer.collaborative.name, 75)} if several else {}
        options += [
            option(name, as_value(ChartChoice(viewer.collaborative.id, team_id, measure))) | about
            for name, team_id in named
        ]
    return options


def _buttons(page: Page) -> list[Block]:
    value = as_value(replace(page.choice, limits=None))
    shown = [button("Show the numbers", action_ids.CHART_NUMBERS, value)]
    if page.charts:
        shown.insert(0, button(SEND, action_ids.CHART_SEND, as_value(page.choice)))
    if page.rights.adds:
        shown.append(button("Add earlier months", action_ids.CHART_ADD, value))
        if page.charts:
            shown.append(_mark_button("Add a PDSA cycle", MarkKind.CYCLE, page.choice))
            shown.append(_mark_button("Add a note", MarkKind.NOTE, page.choice))
    marks = []
    if page.rights.steers and page.charts:
        marks.append(_mark_button("Freeze the median on a baseline", MarkKind.BASELINE, page.choice))
        marks.append(_mark_button("Begin a new phase", MarkKind.PHASE, page.choice))
    if page.chart and endable(page.chart, page.rights):
        marks.append(button("Take back", action_ids.CHART_TAKE_BACK, value))
    return [actions(*row) for row in (shown, marks) if row]


def endable(chart: TeamChart, rights: Rights) -> list[Mark]:
    """The standing marks a person may take back; a test is corrected on its own card."""
    standing = [mark for mark in chart.history if mark.ended is None and not mark.is_cycle]
    return [m for m in standing if rights.steers or (rights.adds and not m.kind.moves_median)]


def _mark_button(words: str, kind: MarkKind, choice: ChartChoice) -> Block:
    return button(words, f"{action_ids.CHART_MARK}:{kind.value}", as_value(choice, kind))


def _table(chart: TeamChart) -> list[Block]:
    rows = [_row(point, chart.series.measure.unit) for point in chart.series.points] or ["no values yet"]
    parts = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    name = safe_name(chart.series.team.name)
    heads = [f"*{name}*", *([f"*{name}*, continued"] * (len(parts) - 1))]
    tables = ["\n".join(part) for part in parts]
    return [
        section(f"{head}\n```{escape_to_fit(table, 2700)}```")
        for head, table in zip(heads, tables, strict=True)
    ]


def _row(point: Point, unit: Unit) -> str:
    words = "no value" if point.value is None else value_words(point.value, unit)
    return f"{point.period.first_day:%b %Y}  {words}"


def home_part(reader: HomeReader) -> list[Block]:
    """Offer the charts to who acts for no team: all side by side where they may, else the first team's."""
    several = len(reader.looks_on) > 1
    return [
        actions(
            open_button(_all_or_first(each.viewer), each.viewer.collaborative.name if several else "Chart")
        )
        for each in reader.looks_on
        if each.viewer.teams and each.viewer.measures
    ]


def _all_or_first(viewer: Viewer) -> ChartChoice:
    team = ALL_TEAMS if viewer.sees_all_at_once else viewer.teams[0].id
    return ChartChoice(viewer.collaborative.id, team, viewer.measures[0].id)
