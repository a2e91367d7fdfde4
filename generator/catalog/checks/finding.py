"""Whether people find a matter by what it is called: advice, no error.

The search puts the matters of a text that was typed as it stands in the order of words.yml,
and equals in that of their ids (``preferExact`` in pwa/app/search/rank.js; a test holds the
real catalogue against it). So what an alias finds first can be told without searching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..lines import Lines
from ..parts import Catalogue
from ..paths import matter_path
from ..problems import Problem

CODES = {
    "alias-shared": "几个事项有同一个别名，没有写明哪个在前",
    "alias-never-first": "事项的别名都先找到别的事项",
}


def check_finding(catalogue: Catalogue, lines_of: Callable[[str], Lines]) -> Iterator[Problem]:
    """What editors may want to decide. ``lines_of`` gives the lines of a file by its path."""
    ranked = {word.word: word.matters for word in catalogue.words}
    owners: dict[str, list[str]] = {}
    for matter in catalogue.matters.values():
        for text in dict.fromkeys((matter.name, *matter.aliases)):
            owners.setdefault(text, []).append(matter.id)

    def first(text: str) -> str:
        order = ranked.get(text, ())
        unranked = [id for id in owners[text] if id not in order]
        return min([*order[:1], *unranked])

    for matter in catalogue.matters.values():
        lines = lines_of(matter_path(matter.section, matter.id))
        for number, alias in enumerate(matter.aliases):
            unranked = [id for id in owners[alias] if id not in ranked.get(alias, ())]
            rivals = [id for id in dict.fromkeys((*ranked.get(alias, ()), *owners[alias])) if id != matter.id]
            if rivals and matter.id in unranked:
                sentence = f"“{alias}”也通向 {rivals[0]}，没有写明哪个在前"
                hint = "在 words.yml 里写这个词，最合适的排在最前；或者删去这个别名"
                yield lines.problem(("aliases", number), "alias-shared", sentence, hint)
        if matter.aliases and all(first(alias) != matter.id for alias in matter.aliases):
            sentence = f"用“{'”“'.join(matter.aliases[:3])}”先找到的都是别的事项"
            hint = "添一个只有这个事项才有的叫法"
            yield lines.problem(("aliases",), "alias-never-first", sentence, hint)
