"""The view of the commitments: what is promised, whether it runs already, and who said so."""

from __future__ import annotations

from msgspec import Struct

from ..catalog.model.centre import Commitment
from .words import LIST_STATUS, Context


class Promise(Struct, frozen=True, kw_only=True):
    """A commitment with its source in words."""

    commitment: Commitment
    origin: str | None

    @property
    def list_status(self) -> str | None:
        """Where the guide's list of what is promised comes from, if it needs saying."""
        return LIST_STATUS.get(self.commitment.list_status or "")

    @property
    def planned(self) -> bool:
        return self.commitment.status == "announced"


class CommitmentsView(Struct, frozen=True, kw_only=True):
    """The promises by status."""

    guide: str
    hotline: str
    running: tuple[Promise, ...]
    announced: tuple[Promise, ...]


def commitments_view(context: Context) -> CommitmentsView:
    def of(status: str) -> tuple[Promise, ...]:
        return tuple(
            Promise(commitment=item, origin=context.origin(item.source))
            for item in context.centre.commitments
            if item.status == status
        )

    return CommitmentsView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        running=of("running"),
        announced=of("announced"),
    )
