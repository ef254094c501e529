"""What Momentum does, feature by feature: the table of contents of the product."""

from collections.abc import Mapping

from slack_bolt import App

from handlers import (
    accounts,
    aim,
    asked,
    chart,
    chart_marks,
    delivery_notice,
    digest,
    digest_charts,
    digest_coaches,
    digest_coming,
    digest_host,
    digest_standing,
    earlier_months,
    errors,
    export,
    feedback,
    flags,
    home,
    momentum,
    participation,
    reminder,
    report,
    signal,
    talks,
    timeline,
)
from handlers.context import ClockJob, Deps
from handlers.digest_section import Section
from handlers.messages import Compose

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
    delivery_notice,
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
