"""The metadata all tables share: names of constraints, exact numbers, instants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.schema import Column
from sqlalchemy.types import TypeDecorator, UserDefinedType
from typing_extensions import override

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime kept as whole milliseconds: the same order and exactness on every database."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // timedelta(milliseconds=1)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(milliseconds=value)


class Exact(UserDefinedType[Decimal]):
    """A number kept as it was typed: SQLite would make a float of it.

    A form reads a hundred of them, so they are made without the two calls more that a TypeDecorator takes.
    """

    cache_ok = True

    @override
    def get_col_spec(self, **_options: Any) -> str:
        return "VARCHAR(40)"

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Decimal | None], str | None]:
        return lambda value: None if value is None else str(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], Decimal | None]:
        return lambda value: None if value is None else Decimal(value)


def key_column() -> Column[int]:
    """A primary key that both databases count up."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def belongs_to(table: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    """A reference to a row of `table`, named after it in the singular."""
    singular = table.removesuffix("s")
    return Column(f"{singular}_id", ForeignKey(f"{table}.id"), nullable=nullable, index=index)
