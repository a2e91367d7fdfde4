"""The steps by which a database of any earlier version reaches the tables of today (Alembic).

A step is a file in ``versions/``, named after its number; a published one is never changed.
It rests on the tables as the step before left them, not on ``schema.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from ...errors import StartupError

NUMBERED = {1: "0001", 2: "0002"}
"""What a table ``schema_version`` said before Alembic kept the account, and which step that is."""


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest step, all in the caller's transaction.

    Raises ``StartupError`` for a database that is newer than this program.
    """
    script = _steps()
    context = MigrationContext.configure(connection)
    if inspect(connection).has_table("schema_version"):
        (number,) = connection.execute(text("SELECT version FROM schema_version")).one()
        if number not in NUMBERED:
            raise _newer(number, max(NUMBERED))
        context.stamp(script, NUMBERED[number])
        connection.execute(text("DROP TABLE schema_version"))
    known = {step.revision for step in script.walk_revisions()}
    reached = context.get_current_heads()
    for found in reached:
        if found not in known:
            raise _newer(found, script.get_current_head())
    if reached != (script.get_current_head(),):
        command.upgrade(_config(connection), "head")


@cache
def _steps() -> ScriptDirectory:
    """Read once: every centre of a process has the same, and to read them takes 10 ms."""
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _newer(found: object, newest: object) -> StartupError:
    return StartupError(f"数据库是更新版本的程序写的（{found} 版，本程序只认到 {newest} 版）— 请升级程序")
