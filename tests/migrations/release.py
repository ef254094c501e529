"""A database and a Slack as a release left them: kept in a file, and brought back."""

import json
import lzma
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from playground.client import Playground
from playground.clock import Clock
from playground.server import Served, running

DATA = Path(__file__).with_name("data")
MANIFEST = Path(__file__).parents[2] / "manifest.yml"
TWO_MONTHS_S = 62 * 24 * 3600  # what is older nobody presses, nor is it edited
HALF_A_MICROSECOND = 5e-7  # the playground cuts its clock to microseconds: a message gets the ts it had
Json = dict[str, Any]


@dataclass(frozen=True)
class Release:
    """What stood when a release was stopped."""

    revision: str  # of the schema
    at: str  # when, as an ISO moment
    tables: Mapping[str, list[Json]]  # rows by column, in the order of their keys
    people: list[Json]
    channels: list[Json]
    messages: list[Json]  # of the app in the last two months, oldest first, without their pictures

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def keep(self, file: Path) -> None:
        written = json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)
        file.write_bytes(lzma.compress(written.encode(), preset=9 | lzma.PRESET_EXTREME))

    @staticmethod
    def read(file: Path) -> "Release":
        return Release(**json.loads(lzma.decompress(file.read_bytes())))


def taken(db: Connection, slack: Playground) -> Release:
    """Take what stands now."""
    screen = slack.screen_of(slack.app["bot_user_id"])
    since = f"{screen['now'] - TWO_MONTHS_S:.6f}"
    shown = ((channel, one) for channel, said in screen["messages"].items() for one in said)
    said = (_message(*one) for one in shown if _is_ours(one[1], since))
    return Release(
        revision=str(db.scalar(text("SELECT version_num FROM alembic_version"))),
        at=datetime.fromtimestamp(screen["now"], UTC).isoformat(),
        tables=tables_of(db),
        people=[_some(one, "id name real_name tz") for one in screen["people"] if not one["is_bot"]],
        channels=[_some(one, "id name kind topic members person") for one in screen["channels"]],
        messages=sorted(said, key=lambda one: one["ts"]),
    )


def tables_of(db: Connection) -> dict[str, list[Json]]:
    """All rows as plain values, by the name of their table."""
    return {table.name: _rows(db, table) for table in _tables(db)}


def lay_down(db: Connection, release: Release) -> None:
    """Lay the rows down in the tables of their time, which are empty."""
    for table in _tables(db):
        if rows := release.tables[table.name]:
            db.execute(insert(table), [_bound(table, row) for row in rows])
            if db.dialect.name == "postgresql" and "id" in table.c:
                _count_on(db, table)


@contextmanager
def slack_of(release: Release) -> Iterator[tuple[Served, Clock]]:
    """A playground with the same people, channels and messages, its clock standing at the same moment.

    The teams' channels are private, as hosts are told to make them: in open ones less would be said.
    """
    own = {team["channel"] for team in release.tables["teams"]}
    clock = Clock(float(release.messages[0]["ts"]) - 1, running=False)
    with running(MANIFEST, clock=clock) as slack:
        client = WebClient(slack.client.app["bot_token"], slack.api_url)
        for person in release.people:
            slack.client.add_person(**person)
        for channel in release.channels:
            _open(
                slack.client, client, **{**channel, **({"kind": "private"} if channel["id"] in own else {})}
            )
        for message in release.messages:
            _say(slack.client, client, **message)
        slack.client.set_clock(to=release.moment.timestamp())
        yield slack, clock


def _open(slack: Playground, client: WebClient, kind: str, **channel: Any) -> None:
    bot = slack.app["bot_user_id"]
    if kind == "im":
        opened = client.conversations_open(users=channel["person"])["channel"]["id"]
        assert opened == channel["id"], "posts name a direct message by its id"
        return
    others = [one for one in channel.pop("members") if one != bot]
    slack.add_channel(channel.pop("name"), others, private=kind == "private", **channel)


def _say(slack: Playground, client: WebClient, ts: str, **message: Any) -> None:
    slack.set_clock(to=float(ts) + HALF_A_MICROSECOND)
    assert client.chat_postMessage(**message)["ts"] == ts, "posts name a message by its ts"


def _tables(db: Connection) -> list[Table]:
    """As the database has them, each after those it refers to."""
    found = MetaData()
    found.reflect(db)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _rows(db: Connection, table: Table) -> list[Json]:
    rows = db.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in rows
    ]


def _bound(table: Table, row: Json) -> Json:
    days = {column.name for column in table.c if column.type.python_type is date and row[column.name]}
    return row | {name: date.fromisoformat(row[name]) for name in days}


def _count_on(db: Connection, table: Table) -> None:
    """Have Postgres give the next row an id above those laid down."""
    last = select(func.max(table.c.id)).scalar_subquery()
    db.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))


def _some(shown: Json, names: str) -> Json:
    return {name: shown[name] for name in names.split() if name in shown}


def _is_ours(message: Json, since: str) -> bool:
    """Whether the app posted it since; what it handed to one person as a file has no buttons."""
    is_there = message["ts"] > since and not message["ephemeral"]
    return bool(message["is_bot"] and is_there and not message["files"])


def _message(channel: str, shown: Json) -> Json:
    blocks = [block for block in shown["blocks"] if block["type"] != "image"]
    thread = _some(shown, "thread_ts") if shown["thread_ts"] not in (None, shown["ts"]) else {}
    return {"channel": channel, "ts": shown["ts"], "text": shown["text"], "blocks": blocks, **thread}
