"""What a database needs now and then."""

from sqlalchemy import Connection

ROWS_COUNTED = 400  # of an index at most: it takes milliseconds however large a table is


def count_anew(db: Connection) -> None:
    """Have SQLite count what its plans go by, where that has changed; Postgres does so by itself."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"PRAGMA analysis_limit = {ROWS_COUNTED}")
        # of all tables, not those alone that this connection read
        db.exec_driver_sql("PRAGMA optimize = 0x10002")
