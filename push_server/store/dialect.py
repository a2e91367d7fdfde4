"""Where SQLite and PostgreSQL say the same differently. Nothing else in this room asks which it is.

SQLite lets one transaction write at a time, so what is read in it stays true until it ends. In
PostgreSQL many write at once; whoever decides by what it has read says so with ``alone``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, Text, literal_column, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Integer

_TRY = text("SELECT pg_try_advisory_xact_lock(:name)")
_LOCK = text("SELECT pg_advisory_xact_lock(name) FROM unnest(CAST(:names AS bigint[])) AS name")


def on_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def alone(connection: Connection, *names: str) -> None:
    """Until the transaction ends no other one is alone for any of ``names``.

    All that a transaction needs are named in one call: they are taken in one order, so that two
    never wait for each other.
    """
    if on_postgresql(connection):
        connection.execute(_LOCK, {"names": sorted({_number(name) for name in names})})


def insert_missing(connection: Connection, table: Table) -> Any:
    """An INSERT that passes over rows that are there."""
    return _insert(connection, table).on_conflict_do_nothing()


def put(connection: Connection, table: Table, key: Collection[str], values: dict[str, Any]) -> None:
    """Write a row, over the one with the same ``key`` if there is one."""
    others = {name: value for name, value in values.items() if name not in key}
    row = _insert(connection, table).values(**values)
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=others))


def learn(connection: Connection, table: Table) -> None:
    """Let PostgreSQL look at what has come into ``table``, unless somebody sees to that just now. By
    itself it does so after a minute, and until then takes ten times as long to find a row."""
    if connection.execute(_TRY, {"name": _number(f"learn:{table.name}")}).scalar():
        connection.exec_driver_sql(f'ANALYZE "{table.name}"')


class position(GenericFunction[int]):
    """Where ``needle`` begins in a text, from 1; 0 where it does not occur."""

    type = Integer()
    inherit_cache = True


@compiles(position)
def _instr(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)})"


@compiles(position, "postgresql")
def _strpos(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)})"


def constant(value: str) -> ColumnElement[str]:
    """A text that stands in the statement itself: what is grouped by has to be the same, letter by
    letter, as what is selected."""
    quoted = value.replace("'", "''")
    return literal_column(f"'{quoted}'", Text)


def _insert(connection: Connection, table: Table) -> Any:
    if on_postgresql(connection):
        from sqlalchemy.dialects import postgresql  # 35 ms that SQLite does without

        return postgresql.insert(table)
    return sqlite.insert(table)


def _number(name: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
