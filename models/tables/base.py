"""The metadata all tables share: names of constraints, exact numbers, instants."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.schema import Column, ColumnCollectionConstraint, SchemaItem
from sqlalchemy.types import TypeEngine, UserDefinedType
from typing_extensions import override

T = TypeVar("T")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_IS_SOUGHT = "is sought"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class Kept(UserDefinedType[T], Generic[T]):
    """A Python value kept as a plain type of SQL.

    Not a TypeDecorator: it takes two calls more for each value, and a form reads a hundred.
    """

    plain: ClassVar[TypeEngine[Any]]

    @override
    def get_col_spec(self, **_options: Any) -> str:
        return str(self.plain)


class Instant(Kept[datetime]):
    """An aware UTC datetime kept as whole milliseconds: the same order and exactness on every database."""

    plain = BigInteger()
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return lambda value: None if value is None else (value - EPOCH) // MILLISECOND

    @override
    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[int | None], datetime | None]:
        return lambda value: None if value is None else EPOCH + timedelta(milliseconds=value)


class Exact(Kept[Decimal]):
    """A number kept as it was typed: SQLite would make a float of it."""

    plain = String(40)
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Decimal | None], str | None]:
        return lambda value: None if value is None else str(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], Decimal | None]:
        return lambda value: None if value is None else Decimal(value)


def written_out(*words: str) -> list[ColumnElement[str]]:
    """Words of ours for an IN, as text in the statement instead of parameters.

    A database takes an index of some rows only where it reads that they are the ones, and an IN with
    parameters is written anew at each call.
    """
    return [literal_column(f"'{word}'") for word in words]


def key_column() -> Column[int]:
    """A primary key that both databases count up."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def belongs_to(table: str, name: str = "", *, nullable: bool = False) -> Column[int]:
    """A reference to the row of `table` that a row is of: rows are sought by it, so it begins an index."""
    return Column(
        name or f"{table.removesuffix('s')}_id",
        ForeignKey(f"{table}.id"),
        nullable=nullable,
        info={_IS_SOUGHT: True},
    )


def by_member(name: str = "member_id", *, nullable: bool = False) -> Column[int]:
    """A reference to who did it, read along with the row: no row is sought by it."""
    return Column(name, ForeignKey("members.id"), nullable=nullable)


def indexed(table: Table) -> Table:
    """The table, with an index that begins with each column a row belongs by, where none does."""
    sought = [*(each.columns for each in table.indexes), *(each.columns for each in _keys(table))]
    begun = {next(iter(columns)).name for columns in sought}
    for column in table.columns:
        if column.info.get(_IS_SOUGHT) and column.name not in begun:
            Index(None, column)
    return table


def _keys(table: Table) -> Iterable[ColumnCollectionConstraint]:
    kinds = PrimaryKeyConstraint, UniqueConstraint
    return (each for each in table.constraints if isinstance(each, kinds) and len(each.columns))


def named(table: FromClause, *names: str) -> tuple[ColumnElement[Any], ...]:
    """Some columns of a table, in this order."""
    return tuple(table.c[name] for name in names)


def texts(*names: str) -> tuple[Column[str], ...]:
    """Columns of text, "" where nothing was written."""
    return tuple(Column(name, Text, nullable=False) for name in names)


def of_collaborative(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows each belong to a collaborative."""
    return indexed(Table(name, metadata, key_column(), belongs_to("collaboratives"), *columns))
