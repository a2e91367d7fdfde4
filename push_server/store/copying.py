"""From the file of a centre that has grown into PostgreSQL: every row, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from ..errors import StartupError
from .dialect import alone, put
from .schema import agreed, metadata, releases, shards

AT_ONCE = 2000
"""Rows in one statement."""
_OWN = (shards, releases, agreed)
"""What nodes make themselves."""
_MARK = "copied"


def copy_rows(source: Engine, target: Engine) -> dict[str, int]:
    """Copy all of ``source`` into ``target``, over what an earlier copy left there; rows by table.

    Raises ``StartupError`` when ``target`` holds anything else, when a node has worked with it since, or
    when the numbers of rows differ in the end. Then it is as it was.
    """
    tables = [table for table in metadata.sorted_tables if table not in _OWN]
    with source.connect() as old, target.begin() as new:
        alone(new, "copy")
        _need_free(new, tables)
        for table in reversed(tables):
            new.execute(table.delete())
        for table in tables:
            for rows in _batches(old, table):
                _write(new, table, rows)
            _count_on(new, table)
        counts = {table.name: (_count(old, table), _count(new, table)) for table in tables}
        if wrong := [f"{name} {had} 条变成 {has} 条" for name, (had, has) in counts.items() if had != has]:
            raise StartupError(f"拷贝后条数不对：{'，'.join(wrong)} — 新数据库没有改动，请再拷一次")
        put(new, agreed, ("name",), {"name": _MARK, "value": "yes"})
    return {name: has for name, (_, has) in counts.items()}


def _need_free(new: Connection, tables: Sequence[Table]) -> None:
    known = dict(new.execute(select(agreed.c.name, agreed.c.value)).all())
    if known.keys() - {_MARK}:
        raise StartupError("目标数据库已经有服务在用 — 再拷会丢掉它的数据；确实要重来，请换一个空的数据库")
    if _MARK not in known and any(_count(new, table) for table in tables):
        raise StartupError("目标数据库里已经有数据，不是从这里拷过去的 — 请换一个空的数据库")


def _batches(old: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    rows = old.execute(select(table).order_by(*table.primary_key)).mappings()
    while some := rows.fetchmany(AT_ONCE):
        yield [dict(row) for row in some]


def _write(new: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    try:
        new.execute(insert(table), rows)
    except (DBAPIError, ValueError) as error:
        # SQLite keeps anything in any column; the values may be secret and are not repeated.
        key = "、".join(column.name for column in table.primary_key)
        cause = type(getattr(error, "orig", None) or error).__name__
        raise StartupError(
            f"表 {table.name} 里有 PostgreSQL 存不下的内容（{cause}）— 请按 {key} 检查这张表；新数据库没有改动"
        ) from None


def _count_on(new: Connection, table: Table) -> None:
    """New rows get numbers after those that were copied."""
    (key, *more) = table.primary_key
    if not more and isinstance(key.type, Integer):
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :key), :last, :used)")
        last = new.execute(select(func.max(key))).scalar()
        new.execute(sequence, {"table": table.name, "key": key.name, "last": last or 1, "used": last is not None})


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
