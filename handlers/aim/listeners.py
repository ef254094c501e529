"""`/momentum aim`: what the collaborative wants to reach, in four parts; its host can change them."""

from slack_bolt import Args

from handlers.aim import views
from handlers.context import Deps, stranger, visitor
from handlers.feature import Feature, Word
from handlers.form import Form, Press
from handlers.slack import action_ids
from handlers.slack.ids import pressed, unpacked
from handlers.slack.modals import show
from models.database import Connection
from models.errors import DomainError
from models.rules.collaborative.aim import Aim, StatedAim
from models.rules.collaborative.people import Visitor
from models.services.collaborative import aim


def open_typed(deps: Deps, args: Args) -> None:
    """Show the aim of each collaborative the person takes part in."""
    who = visitor(args)
    show(args, views.aims_view(deps.db.read(lambda db: _aims(db, who))))


def open_form(deps: Deps, args: Args) -> None:
    """Put the form in the aim's place."""
    who = visitor(args)
    collaborative_id = unpacked(pressed(args.body), int)
    stated = deps.db.read(lambda db: aim.changeable(db, who, collaborative_id))
    args.client.views_update(view_id=args.body["view"]["id"], view=views.aim_form(stated))


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


def _aims(db: Connection, who: Visitor) -> tuple[StatedAim, ...]:
    aims = aim.aims(db, who)
    if not aims:
        raise DomainError(stranger(db, who))
    return aims


FEATURE = Feature(
    presses={action_ids.AIM_CHANGE: open_form},
    sends={CHANGE.callback_id: CHANGE.take},
    words={"aim": Word("shows what the collaborative wants to reach; its host can change it.", open_typed)},
)
