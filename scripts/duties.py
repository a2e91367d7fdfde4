"""For each law, the matters of the same groups that cite no article of it: read a law that is new in
laws.yml against this list, and write what binds the others into its ``duties``.

    python -m scripts.duties          every law, in numbers
    python -m scripts.duties ZBG GSD  these laws, with the matters that do not cite them
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.catalog.checks.duties import cited_laws
from generator.catalog.load import load
from generator.catalog.parts import Catalogue

CATALOG = Path(__file__).parent.parent / "catalog"


def uncited(catalogue: Catalogue, laws: Iterable[str]) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """(law, group, matters that cite it, matters that do not) for every group in which some matter does."""
    cited = {id: set(cited_laws(matter)) for id, matter in catalogue.matters.items()}
    groups: dict[str, list[str]] = {}
    for id, matter in catalogue.matters.items():
        groups.setdefault(matter.group, []).append(id)
    for law in laws:
        for group, members in groups.items():
            citing = [id for id in members if law in cited[id]]
            if citing:
                yield law, group, citing, [id for id in members if law not in cited[id]]


def main(arguments: list[str]) -> int:
    catalogue = load(CATALOG).catalogue
    if catalogue is None:
        print("目录还有问题，先运行 guide check", file=sys.stderr)
        return 1
    if unknown := sorted(set(arguments) - set(catalogue.laws)):
        print(f"laws.yml 里没有 {'、'.join(unknown)}", file=sys.stderr)
        return 1
    for law, group, citing, others in uncited(catalogue, arguments or catalogue.laws):
        title = catalogue.laws[law].title
        print(f"{law} {title} {group}：{len(citing)} 项引用，{len(others)} 项没有")
        if arguments:
            print("".join(f"  {id} {catalogue.matters[id].name}\n" for id in others), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
