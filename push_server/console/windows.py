"""Page of administrators: which windows there are, and which tickets each calls."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..services import services
from .blueprint import console, needs, note, page
from .forms import WindowForm, options


@console.get("/windows")
@needs("admin")
def declared_windows() -> Response:
    return _windows(_form(fresh=True))


@console.post("/windows")
@needs("admin")
def declare_window() -> ResponseReturnValue:
    """Add a window; one that is there serves these kinds from now on."""
    form = _form()
    if not form.validate_on_submit():
        return _windows(form, 422)
    services().hall.declare(form.window.data, form.kinds.data)
    note("window-declared", window=form.window.data, detail=" ".join(form.kinds.data))
    return redirect(url_for("console.declared_windows"))


@console.post("/windows/withdraw")
@needs("admin")
def withdraw_window() -> ResponseReturnValue:
    window = request.form.get("window", "")
    if services().hall.withdraw(window):
        note("window-withdrawn", window=window)
    return redirect(url_for("console.declared_windows"))


def _form(fresh: bool = False) -> WindowForm:
    form = WindowForm(formdata=None) if fresh else WindowForm()
    form.kinds.choices = options(_kinds())
    return form


def _kinds() -> dict[str, str]:
    return {kind.id: kind.name for kind in services().published.current().centre.counter_kinds if kind.queue}


def _windows(form: WindowForm, status: int = 200) -> Response:
    hall = services().hall
    return page("windows.html", status, windows=hall.windows(), form=form, names=_kinds())
