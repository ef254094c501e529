"""What Momentum does, feature by feature: the table of contents of the product."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TypeVar

from slack_bolt import App

from handlers import door, errors
from handlers.accounts import listeners as accounts
from handlers.aim import listeners as aim
from handlers.charts import listeners as charts
from handlers.context import ClockJob, Deps, accept, promptly
from handlers.delivery import failures, whole
from handlers.delivery.due import due_job
from handlers.delivery.outgoing import Compose
from handlers.digest import listeners as digest
from handlers.errors import lazily
from handlers.export import listeners as export
from handlers.feature import Feature, Section, Word
from handlers.feedback import listeners as feedback
from handlers.flags import listeners as flags
from handlers.help import listeners as help_
from handlers.home import listeners as home
from handlers.measures import listeners as measures
from handlers.participation import listeners as participation
from handlers.pdsa import listeners as pdsa
from handlers.places import listeners as places
from handlers.reminders import listeners as reminders
from handlers.report import listeners as report
from handlers.roll_call import listeners as roll_call
from handlers.signals import listeners as signals
from handlers.slack import cleaning
from handlers.timeline import listeners as timeline
from handlers.turns import Turns
from models.services import letting_go
from models.services.delivery.results import Hooks
from models.services.due import DueSource

T = TypeVar("T")

# What a digest and a Home tab say, in this order.
DIGEST = (
    *("glance", "coaches", "unreachable", "standing", "feedback", "answers"),
    *("flags", "all_flags", "talks", "pdsa", "coming", "charts"),
)
HOME = ("report", "pdsa", "roll_call", "channels", "charts")


def merged(mappings: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """All entries in their order. Raises ValueError where two have one name."""
    entries = [entry for each in mappings for entry in each.items()]
    by_name = dict(entries)
    if len(by_name) < len(entries):
        raise ValueError(f"A name stands twice among {[name for name, _ in entries]}.")
    return by_name


def _ordered(names: Iterable[str], mappings: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """The entries in the order of `names`. Raises KeyError for one that is not brought."""
    by_name = merged(mappings)
    return {name: by_name[name] for name in names}


FAILURES = Feature(presses=failures.PRESSES, composers=failures.COMPOSERS)
# Listeners are tried in this order: what many use at once comes first.
BRINGING = (
    report.FEATURE,
    charts.FEATURE,
    pdsa.FEATURE,
    reminders.FEATURE,
    feedback.FEATURE,
    flags.FEATURE,
    participation.FEATURE,
    measures.FEATURE,
    aim.FEATURE,
    timeline.FEATURE,
    export.FEATURE,
    signals.FEATURE,
    roll_call.FEATURE,
    places.FEATURE,
    FAILURES,
)
SECTIONS: Mapping[str, Section] = _ordered(DIGEST, [digest.OWN, *(each.sections for each in BRINGING)])
HOME_PARTS = _ordered(HOME, (each.home for each in BRINGING))
ON_LEFT = tuple(chain.from_iterable(each.on_left for each in BRINGING))
DIGESTS = digest.feature(SECTIONS)
WORDS: Mapping[str, Word] = merged(each.words for each in (*BRINGING, DIGESTS))
WHOLE = Feature(presses=whole.presses(merged(each.composers for each in (*BRINGING, DIGESTS))))
FEATURES = (
    *BRINGING,
    DIGESTS,
    WHOLE,
    accounts.feature(ON_LEFT),
    home.feature(HOME_PARTS, merged(each.at_home for each in BRINGING)),
    help_.feature(WORDS),
)
COMPOSERS: Mapping[str, Compose] = merged(each.composers for each in FEATURES)
LETTING_GO = Turns(letting_go.is_any, letting_go.take, letting_go.look, letting_go.keep)
HOOKS = Hooks(merged(each.when_failed for each in FEATURES), ON_LEFT)
DUE: tuple[DueSource, ...] = tuple(chain.from_iterable(each.due for each in FEATURES))
CLOCK: Mapping[str, ClockJob] = merged(
    ({"reminders": due_job(DUE), "letting_go": LETTING_GO.turn}, *(each.clock for each in FEATURES))
)


EVENTS = merged(each.events for each in FEATURES)
FOLLOW_UPS = merged(each.follow_ups for each in FEATURES)


def register(app: App, deps: Deps) -> None:
    """Have the app listen for all that the features do, in their order: Bolt tries one after the other.

    What people typed is cleaned and passes the door first, and whatever goes wrong is answered in words.
    """
    cleaning.register(app)
    door.register(app, deps)
    for feature in FEATURES:
        feature.register(app, deps)
        for callback_id, act in feature.sends.items():
            later = [lazily(deps, FOLLOW_UPS[callback_id])] if callback_id in FOLLOW_UPS else []
            app.view(callback_id)(ack=promptly(deps, act), lazy=later)
        for action_id, act in feature.presses.items():
            app.action(action_id)(ack=accept, lazy=[lazily(deps, act)])
        for name, act in feature.events.items():
            app.event(name)(ack=accept, lazy=[lazily(deps, act)])
    merged([*(each.presses for each in FEATURES), *(each.sends for each in FEATURES)])  # no name twice
    errors.register(app)
