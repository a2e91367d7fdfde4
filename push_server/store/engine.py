"""The tables of the task engine, in a schema of their own beside ours.

Nothing in them has to be kept: what is to be done stands in the ledger. So they are not migrated;
each version of the engine gets its own, and two versions may run at once while nodes are replaced.
"""

from __future__ import annotations

from sqlalchemy import Engine, text

from .dialect import alone

PREFIX = "engine_"


def open_engine_schema(engine: Engine, version: str, statements: str) -> str:
    """The name of the schema for ``version``, made by ``statements`` where it is missing."""
    name = PREFIX + "".join(letter if letter.isalnum() else "_" for letter in version)
    with engine.begin() as connection:
        alone(connection, "engine")
        known = text("SELECT 1 FROM information_schema.schemata WHERE schema_name = :name")
        if connection.execute(known, {"name": name}).first() is None:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
            connection.exec_driver_sql(f"SET LOCAL search_path = {name}")
            # Many statements in one text, which only the driver itself takes.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(statements)
    return name
