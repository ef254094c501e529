"""What Momentum does, feature by feature: the table of contents of the product."""

from collections.abc import Mapping

from slack_bolt import App

from handlers import errors, home, momentum, report
from handlers.context import Deps
from handlers.messages import Compose

FEATURES = (report, home)  # those that many use at once come first: listeners are tried in this order
WORDS = {**report.WORDS}
COMPOSERS: Mapping[str, Compose] = {**report.COMPOSERS}


def register(app: App, deps: Deps) -> None:
    """Have the app listen for all that the features do."""
    for feature in FEATURES:
        feature.register(app, deps)
    momentum.register(app, deps, WORDS)
    errors.register(app)
