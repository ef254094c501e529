"""`/momentum chart`: opens a modal at once, draws the chart of a team, or of all, and shows its numbers."""

import html
from datetime import datetime

from slack_bolt import App, Args

from handlers.charts import earlier_months, marks
from handlers.charts import page as chart_page
from handlers.charts.filling import forget
from handlers.charts.views import page as views
from handlers.context import Deps, accept, visitor
from handlers.drawing import NotDrawn
from handlers.errors import lazily
from handlers.feature import Feature, Word
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import choice_of
from handlers.slack.direct_messages import NOT_SENT, PrivateFile, send_file
from handlers.slack.ids import pressed
from handlers.slack.modals import show
from handlers.slack.notice import notice
from handlers.slack.words import escape
from models.database import Connection
from models.errors import DomainError
from models.rules.charts.choice import ChartChoice
from models.rules.collaborative.people import Visitor

DRAWING = "Drawing"


def open_typed(deps: Deps, args: Args) -> None:
    """Show the chart named after the word, or the person's own first one."""
    typed = html.unescape(str(args.body.get("text") or ""))  # Slack sends & as an entity
    words = typed.split(maxsplit=1)[1:]
    who = visitor(args)
    choice = deps.db.read(lambda db: chart_page.typed(db, who, "".join(words)))
    _open(deps, args, choice)


def open_pressed(deps: Deps, args: Args) -> None:
    """Show the chart a button in a message names."""
    _open(deps, args, choice_of(pressed(args.body)))


def show_chosen(deps: Deps, args: Args) -> None:
    """Show another team or measure in the same modal, or the chart again in place of a form."""
    chart_page.show(deps, args, choice_of(pressed(args.body)), {"view_id": args.body["view"]["id"]})


def numbers(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Lay the data behind the chart on top of it."""
    return views.numbers_view(chart_page.numbers(db, who, choice_of(value), now))


def send_pictures(deps: Deps, args: Args) -> None:
    """Send the person who asks what the window may not show them, to their direct messages."""
    who, choice = visitor(args), choice_of(pressed(args.body))
    drawn = deps.db.read(lambda db: chart_page.pictures(db, who, choice, deps.clock.now()))
    show(args, notice(views.SENT))
    for one in drawn:
        try:
            content = deps.drawing.draw(one.picture.draw, one.picture.spec)
        except NotDrawn as fault:
            raise DomainError(NOT_SENT) from fault
        words = f"*{escape(one.title)}*\n{escape(one.caption)}"
        send_file(args.client, who, PrivateFile(one.picture.filename, content, words))


def _open(deps: Deps, args: Args, choice: ChartChoice) -> None:
    opened = args.client.views_open(trigger_id=args.body["trigger_id"], view=views.waiting(DRAWING))
    chart_page.show(deps, args, choice, {"view_id": opened["view"]["id"]})


def register(app: App, deps: Deps) -> None:
    """Hear of windows that are closed: their pictures are not needed any more."""
    for callback_id in (action_ids.CHART_WINDOW, action_ids.MARK_KEEP):
        app.view_closed(callback_id)(ack=accept, lazy=[lazily(deps, lambda _, args: forget(args))])


FEATURE = Feature(
    register=register,
    presses={
        action_ids.CHART_OPEN: open_pressed,
        action_ids.CHART_TEAM: show_chosen,
        action_ids.CHART_MEASURE: show_chosen,
        action_ids.CHART_LINES: show_chosen,
        action_ids.CHART_BACK: show_chosen,
        action_ids.CHART_NUMBERS: opens(numbers),
        action_ids.CHART_SEND: send_pictures,
        **marks.PRESSES,
        **earlier_months.PRESSES,
    },
    sends={**marks.SENDS, **earlier_months.SENDS},
    follow_ups={**marks.FOLLOW_UPS, **earlier_months.FOLLOW_UPS},
    words={"chart": Word("shows a run chart; name a team, a measure, or “all” after it.", open_typed)},
    home={"charts": lambda _db, reader, _now: views.home_part(reader)},
)
