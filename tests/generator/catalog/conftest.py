"""The small catalogue of the snippets, and the repository's own."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest

from generator.catalog.checks import check_matter
from generator.catalog.index import make_index
from generator.catalog.load import load
from generator.catalog.model.matter import Matter
from generator.catalog.parts import Catalogue, Parts
from generator.catalog.record import load_record
from tests.generator.catalog.snippets import PATH, found, write_tree

# The same examples everywhere, however busy the machine.
hypothesis.settings.register_profile("catalog", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("catalog")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small sound catalogue."""
    loaded = load(write_tree(tmp_path_factory.mktemp("small")))
    assert loaded.problems == ()
    assert loaded.catalogue is not None
    return loaded.catalogue


@pytest.fixture
def judge(small: Catalogue) -> Callable[..., list[tuple[int, str]]]:
    """(line, code) of all problems of a matter's text amid the small catalogue."""

    def judge(text: str, path: str = PATH) -> list[tuple[int, str]]:
        matter, lines, problems = load_record(text, path, Matter)
        if matter is not None:
            others = [
                (other.id, other.name, f"catalog/matters/{other.section}/{other.id}.yml")
                for other in small.matters.values()
                if other.id != "x-permit"
            ]
            parts = Parts(
                centre=small.centre,
                years=small.years,
                texts=small.texts,
                laws=small.laws,
                sections=small.sections,
                places=small.places,
                papers=small.papers,
                words=small.words,
                search=small.search,
                hall=small.hall,
                zero_visit=small.zero_visit,
                supervision=small.supervision,
                deferral=small.deferral,
                duty=small.duty,
                cases=small.cases,
                journeys=small.journeys,
                changes=small.changes,
            )
            index = make_index(parts, [*others, (matter.id, matter.name, path)])
            problems += check_matter(matter, lines, index)
        return found(problems)

    return judge
