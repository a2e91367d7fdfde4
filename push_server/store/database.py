"""Opening the database: made once, checked at every start, never replaced.

A file that SQLite cannot read is an operator's decision (restore the backup), not ours.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from ..errors import StartupError
from .migrations import upgrade
from .schema import metadata

FILE = "push.sqlite3"
_OURS = """SELECT 1 FROM sqlite_master WHERE name = 'schema_version' OR name = 'alembic_version' AND EXISTS
           (SELECT 1 FROM sqlite_master WHERE name IN ('announcements', 'tokens'))"""
"""Other programs use Alembic too; the database of one of them is not ours to change."""


def open_database(folder: Path) -> Engine:
    """The engine for the database in ``folder``, migrated. Raises ``StartupError``."""
    path = folder / FILE
    if not path.exists():
        _create(path)
    _check(path)
    engine = _engine(path)
    try:
        with engine.begin() as connection:
            upgrade(connection)
            whole = metadata.tables.keys() <= set(inspect(connection).get_table_names())
        if not whole:
            raise DatabaseError("", None, sqlite3.DatabaseError("a table is missing"))
    except StartupError as error:
        engine.dispose()
        raise StartupError(f"{path}：{error}") from None
    except SQLAlchemyError as error:
        engine.dispose()
        raise _unusable(path, error) from None
    return engine


def copy_database(folder: Path, target: Path) -> None:
    """The database of ``folder`` as it is at one moment, into the folder ``target``."""
    path, copy = folder / FILE, target / FILE
    _check(path)
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(path, timeout=10)) as source, closing(sqlite3.connect(copy)) as written:
            source.backup(written)
            # One file, without a journal beside it, until a server opens it.
            written.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise _unusable(path, error) from None


def need_room(folder: Path, size: int = 1024 * 1024) -> None:
    """Raises ``OSError`` when ``size`` more bytes cannot be written into ``folder``.

    The database alone does not tell: it can write over what it has written before, and so
    for a while on a disk that is full.
    """
    probe = folder / f".room.{os.getpid()}.{threading.get_ident()}"
    handle = os.open(probe, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.posix_fallocate(handle, 0, size)
    finally:
        os.close(handle)
        probe.unlink(missing_ok=True)


def _create(path: Path) -> None:
    """Build the database beside ``path`` and link it into place when it is whole.

    So a file named ``path`` is never half-made, and an empty one is known to be damaged.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        engine = _engine(draft)
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        with suppress(FileExistsError):  # another process was first; its database is as good
            os.link(draft, path)
        draft.unlink()
    except (OSError, SQLAlchemyError) as error:
        for left in path.parent.glob(f"{draft.name}*"):
            with suppress(OSError):
                left.unlink()
        raise _unusable(path, error) from None


def _check(path: Path) -> None:
    try:
        if path.stat().st_size == 0:
            raise sqlite3.DatabaseError("file is empty")
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()
            ours = connection.execute(_OURS).fetchone()
        if verdict is None or verdict[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from None
    if ours is None:
        raise StartupError(f"{path} 不是推送服务的数据库 — 请换一个数据目录，或移走这个文件")


def _unusable(path: Path, error: Exception) -> StartupError:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError) or (isinstance(cause, sqlite3.OperationalError) and "malformed" not in str(cause)):
        return StartupError(f"打不开数据库 {path}（{cause}）— 请检查目录权限和磁盘空间后再启动")
    return StartupError(f"数据库 {path} 已损坏 — 程序没有改动它，请用备份替换这个文件后再启动")


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": 10, "check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a power cut must not take back the note that a message was sent.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later cannot wait for the lock, so those
        # that write take it at once.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
