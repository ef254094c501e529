"""`momentum outbox`: what waits or failed, for whoever runs the bot."""

from rich.table import Column, Table

from models.database import Database
from models.errors import DomainError
from models.services.delivery import waiting


def listing(database: Database) -> Table | str:
    """Make a table of all that is neither sent nor dropped; words when there is nothing."""
    rows = database.read(waiting.messages)
    if not rows:
        return "Nothing waits and nothing failed."
    columns = ("id", "state", "kind", "channel", "due (UTC)", "tries")
    table = Table(*(Column(name, no_wrap=True) for name in columns), Column("last error", overflow="fold"))
    for row in rows:
        due = f"{row.due_at:%Y-%m-%d %H:%M}"
        table.add_row(str(row.id), row.state, row.kind, row.channel, due, str(row.attempts), row.last_error)
    return table


def try_again(database: Database, message_id: int) -> str:
    """Let a failed message go again; the words to show.

    Raises DomainError when no failed message has this id.
    """
    if not database.write(lambda db: waiting.retry(db, message_id)):
        raise DomainError(f"There is no failed message {message_id}. See them all: momentum outbox")
    return f"Message {message_id} will be tried again by the running bot."
