"""Page of administrators: what was done, newest first."""

from __future__ import annotations

from flask import Response, request

from ..services import services
from .actions import ACTIONS
from .blueprint import console, needs, page
from .forms import folded

SIZE = 100


@console.get("/audit")
@needs("admin")
def audit() -> Response:
    account, ticket = folded(request.args.get("account")), request.args.get("ticket", "").strip().upper()
    before = request.args.get("before", "")
    entries = services().store.audit.page(
        SIZE,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
        account=account or None,
        ticket=ticket or None,
    )
    older = entries[-1].id if len(entries) == SIZE else None
    return page("audit.html", entries=entries, actions=ACTIONS, account=account, ticket=ticket, older=older)
