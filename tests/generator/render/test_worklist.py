"""The order in which the centre is asked: what one has to know first, then by what the catalogue knows of
how often a matter is sought."""

from __future__ import annotations

import msgspec
import pytest

from generator.catalog.parts import Catalogue
from generator.views.summary import Summary, summarize
from generator.views.work_fields import EXAMPLES, FIELDS, MUST
from generator.views.worklist import pressing, questions, weights


@pytest.fixture(scope="module")
def summaries(real: Catalogue) -> list[Summary]:
    return [summarize(matter) for matter in real.matters.values()]


def test_a_matter_weighs_by_home_page_journeys_cases_and_sayings(real: Catalogue, summaries: list[Summary]) -> None:
    weigh = weights(real, summaries)
    assert weigh.keys() == real.matters.keys() and min(weigh.values()) >= 1
    plain = msgspec.structs.replace(real, words=(), journeys={}, cases=())
    promised = {item.id: 3 if item.promised_source else 1 for item in summaries}
    assert weights(plain, summaries) == promised
    with_words = weights(msgspec.structs.replace(plain, words=real.words), summaries)
    leads = [word for word in real.words if word.matters[0] == "small-grocery"]
    assert with_words["small-grocery"] == 1 + len(leads) // 10


@pytest.mark.parametrize("number", [0, 1, 40, 300])
@pytest.mark.parametrize("matters", [0, 3, 124])
def test_the_pressing_ones_are_the_first_of_all(
    real: Catalogue, summaries: list[Summary], number: int, matters: int
) -> None:
    few = summaries[:matters]
    everything = questions(real, few)
    assert pressing(real, few, number) == (everything[:number], len(everything))


def test_what_has_to_be_known_before_leaving_home_is_asked_first(real: Catalogue, summaries: list[Summary]) -> None:
    asked = questions(real, summaries)
    assert [one.rank for one in asked] == sorted(one.rank for one in asked)
    assert {one.field for one in asked if one.rank == MUST} >= {"address", "fee", "noon_service.accepted", "needed"}
    unlimited = {
        item.id for item in summaries if not item.statutory and item.promised is None and not item.on_the_spot
    }
    promised = {one.matters[0]: one.rank for one in asked if one.field == "time_limit.promised"}
    assert {id for id, rank in promised.items() if rank == MUST} == {
        id for id in unlimited if "time_limit.promised" in next(one for one in summaries if one.id == id).unknown_fields
    }


def test_every_kind_of_answer_says_what_one_may_write() -> None:
    assert {asked.kind for asked in FIELDS.values()} <= EXAMPLES.keys()
