"""Cuts all connections to one Postgres database, as a server does when it starts anew."""

from sqlalchemy import create_engine, text

from models import engines


def cut_all(url: str) -> None:
    """Have Postgres cut all connections, as it does when it starts anew."""
    named = engines.named(url)
    admin = create_engine(named.set(database="postgres"), isolation_level="AUTOCOMMIT")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with admin.connect() as connection:
        connection.execute(text(cut), {"name": named.database})
    admin.dispose()
