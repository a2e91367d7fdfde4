"""The templates of all HTML, and what fills them."""

from __future__ import annotations

from typing import Any


def html(template: str, **given: object) -> str:
    """``template`` filled with what is ``given``."""
    return _template(template).render(given)


def blocks(template: str, **given: object) -> dict[str, str]:
    """Every block of ``template`` by its name, each for itself."""
    made = _template(template)
    context = made.new_context(given)
    return {name: "".join(block(context)) for name, block in made.blocks.items()}


def _template(name: str) -> Any:
    """A template as the engine gives it."""
    # Here, since Jinja takes 27 ms to load, which a build that finds nothing to do must not pay.
    from .engine import ENVIRONMENT

    return ENVIRONMENT.get_template(name)
