"""The papers that answers leave, and the short code of a list: on the phone as in the catalogue."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page

from generator.catalog.limits import first_of
from generator.catalog.model.matter import Matter, Situation
from generator.catalog.parts import Catalogue
from generator.catalog.when import WhenError, holds, parse
from tests.phone import call

MOST = 200
"""Bytes of a whole link, with the longest address that the centre's guide may get."""

ADDRESS = "https://zwfw.ccjk.example.gov.cn/guide"
BROKEN = ("", "a", "a=", "=b", "a = b", "a=b&c=d", "a=b | ", " & a=b", "a=b | & c=d", "A=b", "a=b|c=d", "a=b  | c=d")

MATTER = """
const matter = async (id) => {
  const page = new DOMParser().parseFromString(await (await fetch(`matters/${id}/`)).text(), "text/html");
  const { readPapers, readQuestions } = await app("papers/on-page");
  const root = page.querySelector("[data-matter]");
  return { root, matter: id, papers: readPapers(root), questions: readQuestions(root) };
};
"""
"""A function that reads a matter's page as the phone does."""


def test_conditions_hold_alike(modules: Page) -> None:
    random = Random(7)

    def some(count: int) -> str:
        return " & ".join(f"q{random.randrange(4)}={random.choice('abc')}" for _ in range(count))

    texts = [" | ".join(some(random.randint(1, 3)) for _ in range(random.randint(1, 3))) for _ in range(1500)]

    def answered() -> str | list[str]:
        return random.choice("abc") if random.random() < 0.5 else random.sample("abc", random.randint(1, 3))

    cases: list[tuple[str, dict[str, str | list[str]]]] = [
        (text, {f"q{at}": answered() for at in range(4) if random.random() < 0.6}) for text in [*texts, *BROKEN[1:]]
    ]
    told = call(
        modules,
        """async (api, app, cases) => {
          const { parse, holds } = await app("catalog/when");
          return cases.map(([text, answers]) => {
            try { return String(holds(parse(text), answers)); } catch { return "broken"; }
          });
        }""",
        cases,
    )

    def answer(text: str, given: dict[str, str | list[str]]) -> str:
        try:
            return {True: "true", False: "false", None: "null"}[holds(parse(text), given)]
        except WhenError:
            return "broken"

    expected = [answer(*case) for case in cases]
    assert {word: expected.count(word) > 10 for word in ("true", "false", "null", "broken")} == dict.fromkeys(
        ("true", "false", "null", "broken"), True
    )
    assert [case for case, mine, theirs in zip(cases, expected, told, strict=True) if mine != theirs] == []


def test_the_first_case_that_holds_is_the_same_one(modules: Page) -> None:
    random = Random(11)

    def some() -> str:
        return " & ".join(f"q{random.randrange(3)}={random.choice('ab')}" for _ in range(random.randint(1, 2)))

    cases = [
        (
            [*(some() for _ in range(random.randint(0, 3))), None],
            {f"q{at}": [random.choice("ab")] for at in range(3) if random.random() < 0.6},
        )
        for _ in range(500)
    ]
    told = call(
        modules,
        """async (api, app, cases) => {
          const { parse, firstOf } = await app("catalog/when");
          return cases.map(([whens, answers]) => firstOf(whens.map(parse), answers));
        }""",
        cases,
    )
    expected = [list(first_of([parse(when) for when in whens], given)) for whens, given in cases]
    assert told == expected
    assert {len(found) for found in expected} >= {1, 2, 3}


def chosen(item: Situation, random: Random) -> list[str]:
    """An answer: one option, or some where several may hold."""
    ids = [option.id for option in item.options]
    count = random.randint(1, len(ids)) if item.choose == "many" else 1
    return sorted(random.sample(ids, count), key=ids.index)


def answers_of(matter: Matter, random: Random) -> list[dict[str, list[str]]]:
    """No answer, complete ones, and half of them."""
    given: list[dict[str, list[str]]] = [{}]
    for _ in range(8 if matter.situations else 0):
        full = {item.id: chosen(item, random) for item in matter.situations}
        given += [full, dict(random.sample(sorted(full.items()), len(full) // 2))]
    return given


def test_the_phone_leaves_the_papers_that_the_catalogue_asks_for(modules: Page, real: Catalogue) -> None:
    random = Random(124)
    cases = {id: answers_of(matter, random) for id, matter in real.matters.items()}
    told = call(
        modules,
        """async (api, app, cases) => {"""
        + MATTER
        + """
          const { filterPapers } = await app("papers/on-page");
          const told = {};
          for (const id of Object.keys(cases)) {
            const { root, papers } = await matter(id);
            told[id] = cases[id].map((answers) => {
              filterPapers(root, papers, answers);
              return Object.fromEntries(papers.map(({ n, item }) =>
                [n, item.hidden ? false : item.classList.contains("maybe") ? null : true]));
            });
          }
          return told;
        }""",
        cases,
    )
    for id, matter in real.matters.items():
        for given, shown in zip(cases[id], told[id], strict=True):
            expected = {str(n): holds(parse(line.when), given) for n, line in enumerate(matter.materials, 1)}
            assert shown == expected, (id, given)


@pytest.fixture(scope="module")
def codes(modules: Page, real: Catalogue) -> dict[str, dict[str, Any]]:
    """For every matter a list with all answers and half the papers ticked, as a code."""
    return call(
        modules,
        """async (api, app, ids) => {"""
        + MATTER
        + """
          const { encodeList, decodeList } = await app("papers/code");
          const { id: release } = await api("release");
          const told = {};
          for (const id of ids) {
            const page = await matter(id);
            const answers = Object.fromEntries(page.questions.map(({ id, many, options }) =>
              [id, options.slice(many ? -2 : -1).map((option) => option.id)]));
            const ticks = new Set(page.papers.filter((_, at) => at % 2).map(({ n }) => n));
            const deferred = new Set(page.papers.filter((_, at) => at % 6 === 4).map(({ n }) => n));
            const wrong = new Set(page.papers.filter((_, at) => at % 6 === 2).map(({ n }) => n));
            const list = { ...page, release, at: Date.parse("2026-11-23T00:00:00+08:00"), answers, ticks, deferred, wrong };
            const code = encodeList(list);
            const back = decodeList(code, page);
            told[id] = {
              code, answers, ticks: [...ticks], deferred: [...deferred], wrong: [...wrong], release,
              back: { ...back, ticks: [...back.ticks], deferred: [...back.deferred], wrong: [...back.wrong] },
            };
          }
          return told;
        }""",
        sorted(real.matters),
    )


def test_every_list_comes_back_as_it_was(codes: dict[str, dict[str, Any]], real: Catalogue) -> None:
    assert set(codes) == set(real.matters)
    for id, told in codes.items():
        back = told["back"]
        assert back["answers"] == told["answers"] and len(back["answers"]) == len(real.matters[id].situations), id
        assert sorted(back["ticks"]) == sorted(told["ticks"]), id
        assert sorted(back["deferred"]) == sorted(told["deferred"]), id
        assert sorted(back["wrong"]) == sorted(told["wrong"]), id
        assert (back["release"], back["changed"], back["added"], back["removed"]) == (
            told["release"][:8],
            False,
            [],
            0,
        ), id


def test_a_link_with_everything_in_it_is_short(codes: dict[str, dict[str, Any]]) -> None:
    links = {id: f"{ADDRESS}/matters/{id}/#l={told['code']}" for id, told in codes.items()}
    assert {id: len(link) for id, link in links.items() if len(link.encode()) > MOST} == {}


def test_a_damaged_code_is_refused(modules: Page, codes: dict[str, dict[str, Any]]) -> None:
    """Every single wrong character, every shortened code, another matter's code."""
    code = codes["food-business-permit"]["code"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    random = Random(3)
    wrong = [
        code[:at] + random.choice(alphabet.replace(letter, "")) + code[at + 1 :] for at, letter in enumerate(code[:-1])
    ]
    wrong += [code[:at] for at in range(len(code))]
    wrong += [code + "A" * 4, code + "!", "%E4%BD%A0", codes["construction-permit"]["code"]]
    told = call(
        modules,
        """async (api, app, wrong) => {"""
        + MATTER
        + """
          const { decodeList, Unreadable } = await app("papers/code");
          const page = await matter("food-business-permit");
          return wrong.map((code) => {
            try { decodeList(code, page); return "read"; }
            catch (error) { return error instanceof Unreadable ? "unreadable" : String(error); }
          });
        }""",
        wrong,
    )
    assert [(text, answer) for text, answer in zip(wrong, told, strict=True) if answer != "unreadable"] == []


def test_an_older_list_is_laid_over_newer_papers(modules: Page) -> None:
    """A paper was dropped, one is new, one changed its place; ticks go with the names."""
    told = call(
        modules,
        """async (api, app) => {"""
        + MATTER
        + """
          const { encodeList, decodeList } = await app("papers/code");
          const page = await matter("food-business-permit");
          const papers = (names) => names.map((name, at) => ({ n: String(at + 1), name, detail: "1 份" }));
          const questions = [{ id: "kind", many: false, options: [{ id: "new" }, { id: "renewal" }] }];
          const before = { matter: "x", questions, papers: papers(["甲", "乙", "丙", "丁"]) };
          const code = encodeList({ ...before, release: "00ab34cd00000000", at: 0, answers: { kind: ["renewal"] },
            ticks: new Set(["1", "3"]), deferred: new Set(["4"]), wrong: new Set(["2"]) });
          const read = (now) => {
            const back = decodeList(code, { matter: "x", questions, papers: papers(["甲", "乙", "丙", "丁"]), ...now });
            return { ...back, ticks: [...back.ticks], deferred: [...back.deferred], wrong: [...back.wrong] };
          };
          return {
            same: read({}),
            moved: read({ papers: papers(["丁", "丙", "戊", "乙"]) }),
            asked: read({ questions: [{ id: "kind", many: false, options: [{ id: "new" }, { id: "other" }, { id: "renewal" }] }] }),
            several: read({ questions: [{ ...questions[0], many: true }] }),
            twice: read({ papers: papers(["甲", "甲", "丙", "丁"]) }),
          };
        }""",
        None,
    )
    same = {
        "release": "00ab34cd",
        "at": 0,
        "answers": {"kind": ["renewal"]},
        "ticks": ["1", "3"],
        "deferred": ["4"],
        "wrong": ["2"],
    }
    assert told["same"] == {**same, "added": [], "removed": 0, "changed": False}
    moved = {**same, "ticks": ["2"], "deferred": ["1"], "wrong": ["4"], "added": ["戊"], "removed": 1, "changed": True}
    assert told["moved"] == moved
    # An option moved: what was chosen cannot be told any more, and is asked again.
    assert told["asked"] == {**same, "answers": {}, "added": [], "removed": 0, "changed": True}
    # A question that takes several answers by now still knows the one.
    assert told["several"] == told["same"]
    assert told["twice"]["changed"] is True


OLD_CODE = "AQCrNM0AAAErhyAEh0F2pEKh5gZeAvYBbP2W"
"""Written by the release before questions with several answers: the list of the test above."""


def test_a_code_of_the_release_before_opens_and_one_answer_each_is_still_written_so(modules: Page) -> None:
    told = call(
        modules,
        """async (api, app, code) => {
          const { decodeList, encodeList } = await app("papers/code");
          const papers = ["甲", "乙", "丙", "丁"].map((name, at) => ({ n: String(at + 1), name, detail: "1 份" }));
          const page = (many) => ({ matter: "x", papers, questions: [{ id: "kind", many, options: [{ id: "new" }, { id: "renewal" }] }] });
          const back = decodeList(code, page(true));
          const again = (answers) => encodeList({ ...page(true), ...back, release: "00ab34cd00000000", answers });
          const both = again({ kind: ["new", "renewal"] });
          return {
            answers: back.answers, ticks: [...back.ticks], changed: back.changed, same: again(back.answers),
            both: decodeList(both, page(true)).answers, one: decodeList(both, page(false)),
          };
        }""",
        OLD_CODE,
    )
    assert (told["answers"], told["ticks"], told["changed"]) == ({"kind": ["renewal"]}, ["1", "3"], False)
    assert told["same"] == OLD_CODE
    assert told["both"] == {"kind": ["new", "renewal"]}
    # Both answers to a question that takes one only by now: it is asked again.
    assert (told["one"]["answers"], told["one"]["changed"]) == ({}, True)
