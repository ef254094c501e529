"""Says what a team is asked for, and hands out the same on paper."""

from datetime import datetime

from slack_bolt import Args

from handlers.context import Deps, stranger, visitor
from handlers.errors import say
from handlers.feature import Feature, Word
from handlers.files.paper import earlier_months_table, report_paper
from handlers.measures.views import asked_view
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.direct_messages import PrivateFile, send_file
from handlers.slack.ids import MONTH_ASKED_FOR, pressed, unpacked
from handlers.slack.modals import tell
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.period import months_before
from models.rules.collaborative.policy import Deed
from models.services.collaborative import measures, periods, visitors
from models.services.report.form import form_for

SENT = "It is in our direct messages."
PAPER = "The form to print. Numbers on it reach everybody only when somebody types them into the report."
TABLE = "Fill in what you have, leave the rest empty, and hand it in under Add earlier months."
MONTHS_OF_TABLE = 12


def asked(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Show what the team is asked for."""
    team_id, period_id = unpacked(value, int, int)
    acting = visitors.insist(db, who, Deed.REPORT, team_id)
    form = form_for(db, acting, now, period_id or None)
    months = periods.of_collaborative(db, acting.collaborative.id)
    return asked_view(form, months, acting.collaborative.day_of(now))


def send_paper(deps: Deps, args: Args) -> None:
    """Hand the month's form to who pressed, and say so above what they look at."""
    who, now = visitor(args), deps.clock.now()
    team_id, period_id = unpacked(pressed(args.body), int, int)
    send_file(
        args.client,
        who,
        deps.db.read(lambda db: _paper(db, visitors.insist(db, who, Deed.REPORT, team_id), period_id, now)),
    )
    tell(args, SENT)


def send_table(deps: Deps, args: Args) -> None:
    """Hand an empty table for the year before this month to who pressed."""
    who, now = visitor(args), deps.clock.now()
    team_id, _ = unpacked(pressed(args.body), int, int)
    send_file(
        args.client,
        who,
        deps.db.read(lambda db: _table(db, visitors.insist(db, who, Deed.REPORT, team_id), now)),
    )
    tell(args, SENT)


def ask(deps: Deps, args: Args) -> None:
    """Hand the month's form of the nearest team to who typed the word."""
    who, now = visitor(args), deps.clock.now()

    def unit(db: Connection) -> PrivateFile:
        acting = visitors.able(db, who, Deed.REPORT)
        if not acting:
            raise DomainError(stranger(db, who))
        return _paper(db, acting[0], MONTH_ASKED_FOR, now)

    send_file(args.client, who, deps.db.read(unit))
    say(args.body["response_url"], SENT)


def _paper(db: Connection, acting: Acting, period_id: int, now: datetime) -> PrivateFile:
    form = form_for(db, acting, now, period_id or None)
    content = report_paper(acting.team, form.period, form.fields)
    return PrivateFile(f"{acting.team.key}-{form.period.first_day:%Y-%m}.xlsx", content, PAPER)


def _table(db: Connection, acting: Acting, now: datetime) -> PrivateFile:
    today = acting.collaborative.day_of(now)
    measures_asked = measures.asked(db, acting.collaborative.id, acting.team.id, today)
    content = earlier_months_table(acting.team, measures_asked, months_before(today, MONTHS_OF_TABLE))
    return PrivateFile(f"{acting.team.key}-earlier-months.xlsx", content, TABLE)


FEATURE = Feature(
    presses={
        action_ids.ASKED_OPEN: opens(asked),
        action_ids.ASKED_PAPER: send_paper,
        action_ids.ASKED_TABLE: send_table,
    },
    words={"form": Word("sends you this month's form to print.", ask)},
)
