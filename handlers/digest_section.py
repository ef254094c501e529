"""What a feature contributes to digests: a function that looks what there is to say to one reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from handlers.delivery.outgoing import Picture
from handlers.slack.parts import Part
from models.rules.coaching.digest import Reader


@dataclass(frozen=True)
class DigestSection:
    part: Part
    pictures: tuple[Picture, ...] = ()  # for the charts among the part's lines


Section = Callable[[Connection, Reader, datetime], DigestSection | None]
"""(db, who reads, now) -> the section, or None when there is nothing to say to this reader."""
