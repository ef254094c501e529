"""`/momentum aim`: what the collaborative wants to reach, in four parts; its host can change them."""

from datetime import datetime

from handlers.aim import views
from handlers.context import stranger
from handlers.feature import Feature, Word
from handlers.form import Form, Press
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from handlers.slack.modals import instead
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.aim import Aim, StatedAim
from models.rules.collaborative.people import Visitor
from models.services.collaborative import aim


def stated_aims(db: Connection, who: Visitor, _typed: str, _now: datetime) -> View:
    """Show the aim of each collaborative the person takes part in."""
    if aims := aim.aims(db, who):
        return views.aims_view(aims)
    raise DomainError(stranger(db, who))


def form(db: Connection, who: Visitor, value: str, _now: datetime) -> View:
    """The form in the aim's place."""
    return views.aim_form(aim.changeable(db, who, unpacked(value, int)))


def changeable(db: Connection, press: Press[tuple[int, Aim]]) -> StatedAim:
    """The aim as it stands, for its host."""
    return aim.changeable(db, press.who, press.answers[0])


CHANGE = Form(
    callback_id=action_ids.AIM_FORM,
    read=views.read_form,
    may=changeable,
    keep=lambda db, stated, press: aim.change(db, stated, press.answers[1]),
    say=lambda db, _, press: views.kept_view(changeable(db, press)),
)


FEATURE = Feature(
    presses={action_ids.AIM_CHANGE: opens(form, instead)},
    sends={CHANGE.callback_id: CHANGE.take},
    words={
        "aim": Word(
            "shows what the collaborative wants to reach; its host can change it.", opens(stated_aims)
        )
    },
)
