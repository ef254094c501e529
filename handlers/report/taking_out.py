"""**Take words out** on a report's card: for the team's own people, their coach and the hosts."""

from datetime import datetime

from handlers.context import Deps
from handlers.form import Form, Press
from handlers.report.views import taking_out as views
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.rules.report.taking_out import ReportWords
from models.services.report import taking_out


def form(db: Connection, who: Visitor, value: str, _now: datetime) -> View:
    """Which words there are to take out; all can press the button."""
    return views.words_form(taking_out.of_report(db, who, unpacked(value, int)))


def takeable(db: Connection, press: Press[views.Chosen]) -> ReportWords:
    """The words of a report as they stand, for who may take them out."""
    return taking_out.of_report(db, press.who, press.answers.report_id)


def take_out(db: Connection, words: ReportWords, press: Press[views.Chosen]) -> None:
    """Take out those that were ticked."""
    taking_out.take_out(db, words.acting, words.report_id, press.answers.keys, press.now)


def sweep(deps: Deps) -> None:
    """Have the words that were taken out be in none of the database's files any more."""
    ids = deps.db.read(taking_out.unswept)
    if ids and deps.db.sweep(taking_out.HOLDING_WORDS):
        deps.db.write(lambda db: taking_out.keep_swept(db, ids, deps.clock.now()))


TAKE_OUT = Form(
    callback_id=action_ids.WORDS_OUT_FORM,
    read=views.read_form,
    check=views.nothing_chosen,
    may=takeable,
    keep=take_out,
    say=lambda db, _, press: views.taken_out_view(takeable(db, press)),
)
