"""The types of search.yml: how the search understands what citizens type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .record import Record

Action = Literal["new", "renew", "change", "reissue", "cancel", "none"]
"""What one wants done with a licence or a business; it chooses among a family's matters.
``none`` is said of words that only look as if they named an action, as 加 in 加工."""


class ActionWords(Record, frozen=True, kw_only=True):
    """The words that name an action."""

    id: Action
    words: tuple[str, ...]


class FamilyMatters(Record, frozen=True, kw_only=True):
    """The matters of a family by what one wants done, best first."""

    new: tuple[str, ...] = ()
    renew: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    reissue: tuple[str, ...] = ()
    cancel: tuple[str, ...] = ()

    def items(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(action, ids) of the actions that there are."""
        for action in self.__struct_fields__:
            if ids := getattr(self, action):
                yield action, ids


class Family(Record, frozen=True, kw_only=True):
    """One kind of licence or business: what people call it, and its matters."""

    things: tuple[str, ...]
    matters: FamilyMatters


class Elsewhere(Record, frozen=True, kw_only=True):
    """A subject that people ask for and that no matter of the guide is about. Words that
    ``settles`` lists mean it whatever stands beside them: a complaint about a pharmacy is none
    of the matters of pharmacies."""

    about: str
    words: tuple[str, ...]
    settles: tuple[str, ...] = ()


class SearchRules(Record, frozen=True, kw_only=True):
    """search.yml. ``noise`` are words of asking and politeness, which carry no weight;
    ``lookalikes`` are groups of characters that are written for each other; ``examples`` stand in the empty search box."""

    noise: tuple[str, ...]
    actions: tuple[ActionWords, ...]
    families: tuple[Family, ...]
    elsewhere: tuple[Elsewhere, ...]
    lookalikes: tuple[str, ...]
    examples: tuple[str, ...] = ()
