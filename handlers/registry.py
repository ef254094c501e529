"""What Momentum does, feature by feature: the table of contents of the product."""

from collections.abc import Mapping

from slack_bolt import App

from handlers import errors
from handlers.accounts import listeners as accounts
from handlers.aim import listeners as aim
from handlers.charts import earlier_months
from handlers.charts import listeners as chart
from handlers.charts import marks as chart_marks
from handlers.context import ClockJob, Deps
from handlers.delivery import failures
from handlers.delivery.outgoing import Compose
from handlers.digest import charts as digest_charts
from handlers.digest import coming as digest_coming
from handlers.digest import listeners as digest
from handlers.digest import overview as digest_host
from handlers.digest import standing as digest_standing
from handlers.digest_section import Section
from handlers.export import listeners as export
from handlers.feedback import coaches as digest_coaches
from handlers.feedback import listeners as feedback
from handlers.flags import listeners as flags
from handlers.flags import talks
from handlers.help import listeners as momentum
from handlers.home import listeners as home
from handlers.measures import listeners as asked
from handlers.participation import listeners as participation
from handlers.reminders import listeners as reminder
from handlers.report import listeners as report
from handlers.signals import messages as signal
from handlers.timeline import listeners as timeline

# Those that many use at once come first: listeners are tried in this order.
FEATURES = (
    report,
    home,
    chart,
    chart_marks,
    earlier_months,
    reminder,
    feedback,
    flags,
    talks,
    participation,
    digest_coaches,
    accounts,
    asked,
    aim,
    timeline,
    failures,
)
WORDS = {
    **report.WORDS,
    **chart.WORDS,
    **digest.WORDS,
    **asked.WORDS,
    **aim.WORDS,
    **timeline.WORDS,
    **export.WORDS,
}
# What a digest says, in this order.
SECTIONS: Mapping[str, Section] = {
    **digest_host.SECTIONS,
    **digest_coaches.SECTIONS,
    **digest_host.AFTER_COACHES,
    **digest_standing.SECTIONS,
    **feedback.SECTIONS,
    **flags.SECTIONS,
    **talks.SECTIONS,
    **digest_coming.SECTIONS,
    **digest_charts.SECTIONS,
}
COMPOSERS: Mapping[str, Compose] = {
    **report.COMPOSERS,
    **signal.COMPOSERS,
    **reminder.COMPOSERS,
    **feedback.COMPOSERS,
    **timeline.COMPOSERS,
    **digest.composers(SECTIONS),
}
CLOCK: Mapping[str, ClockJob] = {**accounts.CLOCK, **signal.CLOCK, **reminder.CLOCK, **digest.CLOCK}


def register(app: App, deps: Deps) -> None:
    """Have the app listen for all that the features do."""
    for feature in FEATURES:
        feature.register(app, deps)
    digest.register(app, deps, SECTIONS)
    momentum.register(app, deps, WORDS)
    errors.register(app)
