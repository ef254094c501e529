"""Forms half filled: what a person typed, kept by the kind of form and by what it is filled in for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, select

from models.services import columns
from models.services.upsert import Upsert
from models.tables.draft import drafts


@dataclass(frozen=True)
class DraftKey:
    """Whose draft of which form."""

    collaborative_id: int
    kind: str
    about: str
    member_id: int


def save(db: Connection, key: DraftKey, answers: Mapping[str, Any], now: datetime) -> None:
    """Keep what the person typed so far; `answers` are of the form's own shape, as JSON has it."""
    db.execute(_SAVE.on(db), {**vars(key), "saved_at": now, "answers": answers})


def find(db: Connection, key: DraftKey) -> columns.AnyRow | None:
    """The person's draft with its `answers` and `saved_at`; None when there is none."""
    return db.execute(_FIND, vars(key)).one_or_none()


def is_begun(db: Connection, collaborative_id: int, kind: str, about: str) -> bool:
    """Whether anybody has begun this form."""
    known = {"collaborative_id": collaborative_id, "kind": kind, "about": about}
    return bool(db.execute(_BEGUN, known).scalar_one())


def drop(db: Connection, key: DraftKey) -> None:
    """Forget a person's draft."""
    db.execute(_DROP, vars(key))


def drop_all(db: Connection, collaborative_id: int, kind: str, about: str) -> None:
    """Forget everybody's drafts; a % in `about` stands for anything."""
    known = {"collaborative_id": collaborative_id, "kind": kind, "about": about}
    db.execute(_DROP_ALL, known)


_SAVE = Upsert(drafts, ("collaborative_id", "kind", "about", "member_id"), replace=("saved_at", "answers"))
_OF_KIND = (drafts.c.collaborative_id == bindparam("collaborative_id"), drafts.c.kind == bindparam("kind"))
_OF_FORM = (*_OF_KIND, drafts.c.about == bindparam("about"))
_OF_PERSON = (*_OF_FORM, drafts.c.member_id == bindparam("member_id"))
_FIND = select(drafts.c.answers, drafts.c.saved_at).where(*_OF_PERSON)
_BEGUN = select(exists().where(*_OF_FORM))
_DROP = delete(drafts).where(*_OF_PERSON)
_DROP_ALL = delete(drafts).where(*_OF_KIND, drafts.c.about.like(bindparam("about")))
