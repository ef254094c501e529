"""The aim of a collaborative: shown to all who take part, changed by its host."""

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select, update

from models.rules.collaborative.aim import Aim, StatedAim
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed, Kind, refusal
from models.rules.collaborative.viewers import Viewer
from models.services.collaborative import viewers
from models.tables.collaborative import collaboratives


def aims(db: Connection, visitor: Visitor) -> tuple[StatedAim, ...]:
    """One for each collaborative the person takes part in today; none for a stranger."""
    return tuple(
        _stated(db, each) for each in viewers.viewers(db, visitor) if each.participant.sees(Kind.FRAME)
    )


def changeable(db: Connection, visitor: Visitor, collaborative_id: int) -> StatedAim:
    """The aim as it stands, for who may change it. Raises DomainError for anybody else."""
    for each in aims(db, visitor):
        if each.collaborative.id == collaborative_id and each.may_change:
            return each
    raise refusal(Deed.CHANGE_AIM)


def change(db: Connection, stated: StatedAim, aim: Aim) -> None:
    """Keep an aim in place of one that is `changeable`; the next load of the file compares with it."""
    db.execute(_CHANGE, {"collaborative": stated.collaborative.id, "aim": asdict(aim)})


def _stated(db: Connection, viewer: Viewer) -> StatedAim:
    scope = viewer.collaborative.id
    aim = Aim(**db.scalars(_AIM, {"collaborative": scope}).one())
    measures = tuple(measure for measure in viewer.measures if measure.retired_on is None)
    return StatedAim(viewer.collaborative, aim, measures, viewer.participant.may(Deed.CHANGE_AIM))


_AIM = select(collaboratives.c.aim).where(collaboratives.c.id == bindparam("collaborative"))
_CHANGE = update(collaboratives).where(collaboratives.c.id == bindparam("collaborative"))
