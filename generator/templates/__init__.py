"""The templates of all HTML, and what fills them."""

from __future__ import annotations


def html(template: str, **given: object) -> str:
    """``template`` filled with what is ``given``."""
    from .engine import ENVIRONMENT  # costs 30 ms, which a build that finds nothing to do must not pay

    return ENVIRONMENT.get_template(template).render(given)


def blocks(template: str, **given: object) -> dict[str, str]:
    """Every block of ``template`` by its name, each for itself."""
    from .engine import ENVIRONMENT

    made = ENVIRONMENT.get_template(template)
    context = made.new_context(given)
    return {name: "".join(block(context)) for name, block in made.blocks.items()}
