"""`/momentum export`: people take home what was reported, with every version and the definitions.

A team its own, a coach that of the teams looked after, coordinator and host all of it.
"""

from typing import cast

import structlog
from slack_bolt import Args

from handlers.context import Deps, visitor
from handlers.drawing import NotDrawn, made_apart
from handlers.errors import say
from handlers.feature import Feature, Word
from handlers.files.export_workbook import export_workbook
from handlers.slack.direct_messages import PrivateFile, send_file
from handlers.slack.words import escape
from models.errors import DomainError
from models.rules.export import Export
from models.services.export import exports

NOTHING_TO_TAKE = (
    "The export is for teams, each its own, for coaches, the coordinator and the host. "
    "You can look at any team's chart: {command} chart."
)
SENT = "Your export is in our direct messages."
NOT_MADE = "I could not make the workbook just now. Please try again in a moment."
LIMIT_S = 120.0  # six times what the largest takes

log = structlog.get_logger(__name__)


def ask(deps: Deps, args: Args) -> None:
    """Send the person who asks a workbook for each collaborative that has something for them."""
    who, now = visitor(args), deps.clock.now()
    workbooks = deps.db.read(lambda db: exports(db, who))
    if not workbooks:
        raise DomainError(NOTHING_TO_TAKE.format(command=deps.commands.momentum))
    for each in workbooks:
        there = each.collaborative
        words = f"{escape(there.name)}: all that was reported until now, each version, and the definitions."
        filename = f"{there.key}-{there.day_of(now)}.xlsx"
        send_file(args.client, who, PrivateFile(filename, _workbook(each), words))
    say(args.body["response_url"], SENT)


def _workbook(export: Export) -> bytes:
    try:
        return cast("bytes", made_apart(f"{export_workbook.__module__}:export_workbook", export, LIMIT_S))
    except NotDrawn as fault:
        log.warning("a workbook could not be made", reason=str(fault))
        raise DomainError(NOT_MADE) from fault


FEATURE = Feature(
    words={"export": Word("sends you a workbook of what your teams reported.", ask)},
)
