"""Opening a database in PostgreSQL, which several nodes share. Made by the first that comes."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from ..errors import StartupError
from .dialect import alone
from .migrations import upgrade
from .schema import metadata

SCHEME = "postgresql+psycopg"
POOL = 8
"""Connections that a node keeps; as many again when it needs them."""
MOST = 2 * POOL
CONNECT = {
    "connect_timeout": 5,
    # A node that has lost the line has to notice: else it waits, and holds what others wait for.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "guide",
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC",
}


def open_postgres(url: str, keep: int = POOL) -> tuple[Engine, Engine]:
    """The engine for ``url``, migrated, and the same for reading; ``keep`` connections stay open. Raises
    ``StartupError``; the password of ``url`` is in no message."""
    shown = shown_url(url)
    engine = connect(url, keep)
    try:
        with engine.begin() as connection:
            alone(connection, "upgrade")
            _need_ours(connection)
            upgrade(connection)
            whole = metadata.tables.keys() <= set(inspect(connection).get_table_names())
        if not whole:
            raise StartupError("缺了表，数据库不完整 — 请从备份恢复")
    except StartupError as error:
        engine.dispose()
        raise StartupError(f"{shown}：{error}") from None
    except SQLAlchemyError as error:
        engine.dispose()
        raise StartupError(f"打不开数据库 {shown}（{_cause(error)}）— 请检查 DATABASE_URL 和数据库服务") from None
    # What is read together is read of one moment, as in SQLite.
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine, reading


def connect(url: str, keep: int = POOL) -> Engine:
    """An engine for ``url`` as it is. Raises ``StartupError``."""
    try:
        parsed = make_url(url)
        if parsed.drivername != SCHEME or not parsed.database:
            raise ArgumentError
        return create_engine(
            parsed,
            connect_args=CONNECT,
            hide_parameters=True,
            pool_size=keep,
            max_overflow=MOST - keep,
            # Connections from before the database was restarted are replaced, not reported.
            pool_pre_ping=True,
        )
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise StartupError(
            f"DATABASE_URL 写法不对 — 请写成 {SCHEME}://用户:密码@主机:5432/数据库，不用它就不要设"
        ) from None
    except ModuleNotFoundError:
        raise StartupError(
            "连 PostgreSQL 要用的程序库没有安装 — 请运行 .venv/bin/pip install --require-hashes -r requirements-postgres.lock"
        ) from None


def shown_url(url: str) -> str:
    """``url`` without its password."""
    with suppress(ArgumentError, ValueError):
        return make_url(url).set(query={}).render_as_string(hide_password=True)
    return "DATABASE_URL"


def _need_ours(connection: Connection) -> None:
    """Other programs use Alembic too, and names like ours."""
    there = set(inspect(connection).get_table_names())
    ours = {"announcements", "tokens", "alembic_version"} <= there
    if not ours and there & ({"alembic_version"} | metadata.tables.keys()):
        raise StartupError("这里有别的程序的表，不是推送服务的数据库 — 请换一个空的数据库")


def _cause(error: SQLAlchemyError) -> str:
    """The first line of what the database said: where it was sought, or what it lacks."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip()
    return said.splitlines()[0] if said else type(error).__name__
