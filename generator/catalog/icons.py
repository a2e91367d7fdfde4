"""The symbols that a section may have on the home page; the theme brings them."""

from __future__ import annotations

from typing import Literal

Icon = Literal[
    "account-group-outline",
    "bank-outline",
    "book-open-variant",
    "briefcase-outline",
    "bus",
    "cash-multiple",
    "crane",
    "domain",
    "factory",
    "door-open",
    "gavel",
    "hand-heart-outline",
    "human-male-child",
    "leaf",
    "map-outline",
    "pill",
    "road-variant",
    "scale-balance",
    "school-outline",
    "silverware-fork-knife",
    "stethoscope",
    "storefront-outline",
    "text-box-outline",
    "tree-outline",
    "truck-outline",
    "water-outline",
]
"""By their names in Material Design Icons."""
