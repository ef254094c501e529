"""The small forms that mark a chart: baseline, phase, cycle, note, take back; and the preview before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
)
from handlers.slack.buttons import as_value, choice_of
from handlers.slack.words import escape, escape_to_fit
from models.rules.charts.charts import (
    LEAST_BASELINE,
    LONGEST_WORDS,
    Mark,
    MarkKind,
    TeamChart,
    Wish,
    may_choose,
)
from models.rules.charts.choice import ChartChoice

MOST_MONTHS = 100  # options of a list (Slack); the newest are offered
MONTH, WHY, WHERE, WHICH = "month", "why", "where", "which"  # blocks
THIS, ALL = "this", "all"


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
        "The median of the first months is kept and carried on, so that later months are compared with the "
        "time before the changes. Freeze it on months in which nothing was tested yet.",
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
    MarkKind.BASELINE: "Baseline to",
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
        return modal(words.title, [section(TOO_EARLY[kind]), _back(choice)], close="Close")
    inputs = [_month_select(words.month, months), _why(words.why, words.hint)]
    if not kind.moves_median:
        inputs.append(_where(chart))
    return modal(
        words.title,
        [*top, *inputs],
        callback_id=action_ids.MARK_FORM,
        private_metadata=f"{as_value(choice)}:{kind.value}",
        submit="Preview",
        close="Close",
    )


def read_form(view: Mapping[str, Any]) -> tuple[ChartChoice, Wish]:
    """Read the form for a mark back."""
    metadata, values = view["private_metadata"], view["state"]["values"]
    where = (values.get(WHERE) or {}).get(WHERE, {}).get("selected_option") or {}
    wish = Wish(
        MarkKind(metadata.split(":")[3]),
        date.fromisoformat(values[MONTH][MONTH]["selected_option"]["value"]),
        _text(values),
        on_all=where.get("value") == ALL,
    )
    return choice_of(metadata), wish


def preview(image: ChartImage, choice: ChartChoice, wish: Wish, caption: str) -> View:
    """Show the chart as it would be, before anything is kept."""
    said = FORMS[wish.kind]
    blocks = [
        section(f"*This is how the chart would look.* {said.month}: {wish.month:%B %Y}."),
        image.block(),
        section(escape_to_fit(caption, 2900)),
        context("Nothing is kept yet. It can be taken back later; who set it, when and why stays on record."),
    ]
    return modal(
        said.title,
        blocks,
        callback_id=action_ids.MARK_KEEP,
        private_metadata=_kept_wish(choice, wish),
        submit="Keep it",
        close="Back",
    )


def read_preview(view: Mapping[str, Any]) -> tuple[ChartChoice, Wish]:
    """Read back what the preview showed."""
    held = json.loads(view["private_metadata"])
    wish = Wish(
        MarkKind(held["kind"]), date.fromisoformat(held["month"]), held["words"], on_all=held["on_all"]
    )
    return choice_of(held["choice"]), wish


def take_back_form(marks: Sequence[Mark], choice: ChartChoice) -> View:
    """Ask which mark is to be taken back, and why."""
    options = [option(_mark_words(mark), str(mark.id)) for mark in marks][-MOST_MONTHS:]
    select: Block = {"type": "static_select", "action_id": WHICH, "options": options}
    if len(options) == 1:
        select["initial_option"] = options[0]
    return modal(
        "Take back",
        [
            _back(choice),
            _input(WHICH, "What should go?", select),
            _why("Why?", "It stays on record, with this."),
        ],
        callback_id=action_ids.MARK_END,
        private_metadata=as_value(choice),
        submit="Take back",
        close="Close",
    )


def read_take_back(view: Mapping[str, Any]) -> tuple[ChartChoice, int, str]:
    """Read back: the chart, the mark's id, and why."""
    values = view["state"]["values"]
    chosen = int(values[WHICH][WHICH]["selected_option"]["value"])
    return choice_of(view["private_metadata"]), chosen, _text(values)


def pressed(value: str) -> tuple[ChartChoice, MarkKind]:
    """Read the button that opens a form."""
    return choice_of(value), MarkKind(value.split(":")[3])


def _text(values: Mapping[str, Any]) -> str:
    return " ".join(str(values[WHY][WHY].get("value") or "").split())


def _kept_wish(choice: ChartChoice, wish: Wish) -> str:
    held = {
        "choice": as_value(choice),
        "kind": wish.kind,
        "month": wish.month.isoformat(),
        "words": wish.words,
    }
    return json.dumps({**held, "on_all": wish.on_all})


def _mark_words(mark: Mark) -> str:
    return f"{NAMES[mark.kind]} {mark.month:%b %Y}: {mark.words}"


def _back(choice: ChartChoice) -> Block:
    return actions(button("Back to the chart", action_ids.CHART_BACK, as_value(choice)))


def _month_select(label: str, months: Sequence[date]) -> Block:
    options = [option(f"{month:%B %Y}", month.isoformat()) for month in reversed(months)]
    return _input(MONTH, label, {"type": "static_select", "action_id": MONTH, "options": options})


def _why(label: str, hint: str) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": WHY,
        "multiline": True,
        "max_length": LONGEST_WORDS,
    }
    return {**_input(WHY, label, element), "hint": plain(hint)}


def _where(chart: TeamChart) -> Block:
    here = option("This chart", THIS)
    everywhere = option(f"All charts of {chart.series.team.name}", ALL)
    element = {
        "type": "static_select",
        "action_id": WHERE,
        "options": [here, everywhere],
        "initial_option": here,
    }
    return _input(WHERE, "Where", element)


def _input(block_id: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
