"""`/momentum timeline`: the timetable with a calendar file, to who asks; milestones are marked done."""

from datetime import datetime
from functools import partial

from slack_bolt import Args
from slack_sdk.webhook import WebhookClient

from handlers.context import Deps, stranger, visitor
from handlers.delivery.outgoing import Outgoing, RowArgs
from handlers.errors import say
from handlers.feature import Feature, Word
from handlers.files.ics import calendar_file
from handlers.slack import action_ids
from handlers.slack.blocks import TextAndBlocks
from handlers.slack.direct_messages import PrivateFile, send_file
from handlers.slack.ids import pressed, unpacked
from handlers.timeline import views
from models.database import Connection
from models.errors import DomainError
from models.services.reminders import milestones, timeline

ON_ITS_WAY = "The timetable is on its way to the shared channel."
_TIMEOUT = 3  # seconds


def ask(deps: Deps, args: Args) -> None:
    """Hand who asks the timetable of each collaborative they take part in, and offer what they may mark."""
    who, now = visitor(args), deps.clock.now()
    timelines = deps.db.read(lambda db: timeline.timelines(db, who, now))
    if not timelines:
        raise DomainError(deps.db.read(lambda db: stranger(db, who)))
    for each in timelines:
        name = f"{each.collaborative.key}-timetable.ics"
        send_file(args.client, who, PrivateFile(name, calendar_file(each, now), views.as_words(each)))
    _answer(args.body["response_url"], views.to_mark(timelines))


def post(deps: Deps, args: Args) -> None:
    """Have the timetable posted in the shared channel."""
    who, now = visitor(args), deps.clock.now()
    scope, request = unpacked(pressed(args.body), int), args.body["trigger_id"]
    deps.db.write(lambda db: timeline.post(db, who, scope, request, deps.commands.momentum, now))
    say(args.body["response_url"], ON_ITS_WAY)


def posted(db: Connection, args: RowArgs, now: datetime) -> Outgoing:
    """Show the timetable to all."""
    shown = timeline.posted(db, args["collaborative_id"], now)
    return Outgoing(*views.posted_message(shown, args["command"]))


def reminder(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Remind of a day of the timetable; not after it is done, moved or was dropped."""
    milestone = milestones.still_ahead(db, args, now)
    return Outgoing(*views.milestone_message(*milestone)) if milestone else None


def marked(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Say in a reminder that stands how its milestone stands."""
    milestone = milestones.marked(db, args, now)
    return Outgoing(*views.marked_message(*milestone)) if milestone else None


def mark(deps: Deps, args: Args, *, is_done: bool) -> None:
    """Mark a milestone; the list it was pressed in says so at once, a reminder when delivery comes to it."""
    who, now = visitor(args), deps.clock.now()
    milestone_id = unpacked(pressed(args.body), int)
    deps.db.write(lambda db: timeline.mark(db, who, milestone_id, is_done=is_done, now=now))
    if args.body["container"].get("is_ephemeral"):
        timelines = deps.db.read(lambda db: timeline.timelines(db, who, now))
        _answer(args.body["response_url"], views.to_mark(timelines), replaces=True)


def _answer(response_url: str, message: TextAndBlocks, *, replaces: bool = False) -> None:
    text, blocks = message
    hook = WebhookClient(response_url, timeout=_TIMEOUT, retry_handlers=[])
    hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=replaces)


FEATURE = Feature(
    presses={
        action_ids.MILESTONE_DONE: partial(mark, is_done=True),
        action_ids.MILESTONE_OPEN: partial(mark, is_done=False),
        action_ids.TIMELINE_POST: post,
        action_ids.TIMELINE_SEND: ask,
    },
    words={"timeline": Word("sends you the timetable, with a calendar file.", ask)},
    composers={timeline.KIND: posted, timeline.MARKED: marked, "milestone": reminder},
    due=(milestones.due_reminders,),
)
