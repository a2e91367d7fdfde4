"""What all nodes have to agree on: digests of the keys that each has as a file."""

from __future__ import annotations

from sqlalchemy import Engine, select

from .dialect import alone, put
from .schema import agreed


class Agreed:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def value(self, name: str) -> str | None:
        with self._reading.connect() as connection:
            return connection.execute(select(agreed.c.value).where(agreed.c.name == name)).scalar()

    def first(self, name: str, value: str) -> str:
        """Agree on ``value`` unless something is agreed on; what is agreed on then."""
        with self._engine.begin() as connection:
            alone(connection, f"agreed:{name}")
            known = connection.execute(select(agreed.c.value).where(agreed.c.name == name)).scalar()
            if known is None:
                put(connection, agreed, ("name",), {"name": name, "value": value})
        return value if known is None else str(known)

    def change(self, name: str, value: str) -> None:
        with self._engine.begin() as connection:
            put(connection, agreed, ("name",), {"name": name, "value": value})
