"""The digest: each week to coaches, coordinators and hosts at their own time, and when they ask for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from slack_bolt import Args

from handlers.context import Deps, visitor
from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.digest import charts, coming, overview, standing, views
from handlers.errors import say
from handlers.feature import DigestSection, Feature, Section, Word
from handlers.presses import opens
from handlers.slack.action_ids import DIGEST_MORE
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from handlers.slack.modals import is_in_modal, redraw, show
from handlers.slack.notice import notice
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed, refusal
from models.services import digest

ON_ITS_WAY = "Your digest is on its way to our direct messages."
NOTHING_LEFT = "Nothing is left here. Well done."

Sections = Mapping[str, Section]


def ask(deps: Deps, args: Args) -> None:
    """Send the one who asks their digest, in each collaborative where they have one."""
    who, now = visitor(args), deps.clock.now()

    def unit(db: Connection) -> int:
        readers = digest.readers(db, who)
        return sum(digest.ask(db, reader, args.body["trigger_id"], now) for reader in readers)

    if not deps.db.write(unit):
        raise refusal(Deed.READ_DIGEST)
    say(args.body["response_url"], ON_ITS_WAY)


OWN: Sections = {
    "glance": overview.glance,
    "unreachable": overview.unreachable,
    "standing": standing.standing,
    "coming": coming.coming,
    "charts": charts.changed,
}


def feature(sections: Sections) -> Feature:
    """The digest with these sections in their order, its own among them."""
    word = Word("sends coaches, coordinators and hosts a digest of their teams.", ask)
    return Feature(
        presses={
            f"{DIGEST_MORE}:{way}": opens(partial(part, sections), put) for way in ("on", "back", "all")
        },
        words={"digest": word},
        composers=composers(sections),
        due=(digest.due_weekly,),
    )


def put(args: Args, view: View) -> None:
    """Show the rest of a part in the window it was asked for in, or in one of its own."""
    (redraw if is_in_modal(args) else show)(args, view)


def composers(sections: Sections) -> Mapping[str, Compose]:
    """What turns a digest's row into words: all that the features have to say to its reader."""

    def compose(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
        reader = digest.reader(db, args["member_id"])
        return None if reader is None else written(db, sections, reader, now)

    return {digest.KIND: compose}


def written(db: Connection, sections: Sections, reader: Reader, now: datetime) -> Outgoing:
    """A reader's digest as it stands now."""
    shown_sections = _found(db, sections, reader, now)
    text, blocks = views.digest_message(_digest(reader, shown_sections, now))
    shown = {block.get("block_id") for block in blocks}
    pictures = [picture for _, section in shown_sections for picture in section.pictures]
    needed = tuple(picture for picture in pictures if picture.block_id in shown)
    return Outgoing(  # its lines have the charts' buttons
        text, blocks, needed, new_ones_follow=False, is_urgent=False
    )


def part(sections: Sections, db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """The rest of a part of the reader's digest, or all of it."""
    collaborative_id, key, start = unpacked(value, int, str, int)
    for reader in digest.readers(db, who):
        if reader.collaborative.id != collaborative_id:
            continue
        if not key:
            brought = _found(db, sections, reader, now)
            return views.whole_view(_digest(reader, brought, now)) if brought else notice(NOTHING_LEFT)
        if key in sections:
            section = sections[key](db, reader, now)
            if section is None or not 0 <= start < len(section.part.lines):
                return notice(NOTHING_LEFT)
            return views.part_view(_digest(reader, [(key, section)], now), start)
    raise refusal(Deed.READ_DIGEST)


def _found(
    db: Connection, sections: Sections, reader: Reader, now: datetime
) -> list[tuple[str, DigestSection]]:
    return [(key, section) for key, look in sections.items() if (section := look(db, reader, now))]


def _digest(reader: Reader, brought: Sequence[tuple[str, DigestSection]], now: datetime) -> views.Digest:
    parts = tuple((key, section.part) for key, section in brought)
    collaborative = reader.collaborative
    return views.Digest(collaborative.id, collaborative.name, collaborative.day_of(now), parts)
