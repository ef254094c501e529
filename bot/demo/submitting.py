"""A made-up clinic sends a report through the service, as the form does."""

from datetime import date, datetime

from bot.demo.reports import DemoReport
from models.database import Connection
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Entry
from models.services.collaborative import periods, visitors
from models.services.report import submit as report_submit
from models.services.report.form import form_for


def submit(db: Connection, sent: DemoReport, slack_team: str, now: datetime, month: date) -> int:
    """Send it for the month that begins on `month`, or correct what was sent; answer the report's id."""
    mine = visitors.able(db, Visitor(slack_team, sent.slack_user), Deed.REPORT)
    acting = next(each for each in mine if each.team.key == sent.team)
    months = periods.of_collaborative(db, acting.collaborative.id)
    period = next(each for each in months if each.first_day == month)
    form = form_for(db, acting, now, period.id)
    entries = [
        _entry(field.measure.id, sent.values[field.measure.key])
        for field in form.fields
        if field.measure.key in sent.values
    ]
    receipt = report_submit.submit(db, form, entries, sent.narrative, now)
    return receipt.report_id


def _entry(measure_id: int, given: Value | str) -> Entry:
    return Entry(measure_id, None, given) if isinstance(given, str) else Entry(measure_id, given)
