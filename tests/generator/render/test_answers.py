"""The seven questions of a visitor, on every page of the built site.

May I come over noon, which papers, which of them may follow, how long does it take, what
does it cost, what do I get, by which article: each page says it, in its own section and in
plain text. What nobody has said is 待中心确认 where one has to know it before one leaves home; it
is silent where one has not: what one gets, for how long, and a second limit beside a known one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.catalog.limits import limits
from generator.catalog.model.matter import Matter
from generator.catalog.parts import Catalogue

ASK = "待中心确认"


class Page(HTMLParser):
    """A page's text: of each section by its id, of each ``dt`` of a section, and of each
    list of papers by where it is due. Hidden elements and scripts count for nothing."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sections: dict[str, str] = {}
        self.terms: dict[tuple[str, str], str] = {}
        self.lists: dict[str, list[str]] = {}
        self._open: list[tuple[str, bool]] = []
        self._section = self._list = ""
        self._term = self._word = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        hidden = "hidden" in given or tag in ("script", "template") or any(hidden for _, hidden in self._open)
        if tag not in ("input", "br", "hr", "wbr", "meta", "link", "img"):
            self._open.append((tag, hidden))
        if tag == "section":
            self._section = given.get("id") or ""
            self.sections[self._section] = ""
        elif tag == "ul":
            self._list = given.get("data-needed") or ""
        elif tag == "li" and self._list:
            self.lists.setdefault(self._list, []).append("")
        elif tag == "dt":
            self._word, self._term = "", ""
        elif tag == "dd":
            self._term = self._word.strip()
            self.terms[self._section, self._term] = ""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "section":
            self._section = ""
        elif tag == "ul":
            self._list = ""
        elif tag == "dd":
            self._term = ""

    def handle_data(self, data: str) -> None:
        if any(hidden for _, hidden in self._open):
            return
        if self._section:
            self.sections[self._section] += data
        if names := self.lists.get(self._list):
            names[-1] += data
        if self._open and self._open[-1][0] == "dt":
            self._word += data
        if self._term:
            self.terms[self._section, self._term] += data


def answers(html: str) -> dict[str, str]:
    """What the page answers to each of the questions; empty where it does not."""
    page = Page(html)
    papers = page.sections.get("papers", "")
    later = page.lists.get("deferrable", [])
    unsaid = re.search(f"哪些能后补：{ASK}", papers)
    return {
        "noon": page.terms.get(("where", "午间"), ""),
        "where": page.terms.get(("where", "在哪儿"), ""),
        "deadlines": page.sections.get("time", "") + page.sections.get("expiry", ""),
        "papers": "\n".join(name for names in page.lists.values() for name in names),
        "later": "\n".join(later) or (unsaid[0] if unsaid else ""),
        "statutory": page.terms.get(("time", "法定"), "") or page.terms.get(("time", "一般期限"), ""),
        "promised": page.terms.get(("time", "承诺"), ""),
        "fee": page.terms.get(("fee", "收费"), ""),
        "result": page.terms.get(("fee", "拿到"), ""),
        "validity": page.terms.get(("fee", "有效期"), ""),
        "law": re.sub(r"^\s*依据和把握", "", page.sections.get("basis", "")),
    }


def quoted(title: str) -> str:
    """A title as it stands within its marks: one that names another law has single marks inside."""
    return title.strip("《》").replace("《", "〈").replace("》", "〉")


def check_page(html: str, matter: Matter, catalogue: Catalogue) -> list[str]:
    """The questions that the page leaves open, or answers otherwise than the catalogue."""
    found = answers(html)
    limit, noon = matter.time_limit, matter.noon_service
    running = {item.id for item in catalogue.centre.commitments if item.status == "running"}
    running |= {item.id for item in catalogue.centre.sources}
    promised = limit.promised if limit.promised and limit.promised.source in running else None
    known = {
        "noon": [ASK] if noon.accepted is None else ["午间能受理" if noon.accepted else "午间不办"],
        "papers": [material.name for material in matter.materials],
        "later": [item.name for item in matter.materials if item.needed == "deferrable"] or [ASK],
        "statutory": [str(item.value or "当天办结") for item in limits(limit.statutory)],
        "deadlines": [item.text for item in matter.deadlines or ()],
        "promised": ["即来即办" if promised.on_the_spot else str(promised.value)]
        if promised
        else [ASK] * (limit.statutory is None or limit.promised is not None),
        "fee": [ASK if matter.fee is None else "不收费" if matter.fee.amount == 0 else "收"],
        "result": [word for word in (matter.result.document,) if word],
        "validity": [word for word in (matter.result.validity,) if word],
        "law": [quoted(catalogue.laws[basis.law].title) for basis in matter.legal_basis]
        + [basis.article or "条款待确认" for basis in matter.legal_basis],
    }
    if matter.place is None or matter.place.kind != "window":
        # Noon, and papers that follow, are the centre's; elsewhere one is told where.
        del known["noon"], known["later"]
        known["where"] = [(matter.place and matter.place.name) or ASK]
    silent = {name for name, wanted in known.items() if not wanted}
    assert silent <= {"statutory", "deadlines", "promised", "result", "validity"}
    return [
        name
        for name, wanted in known.items()
        if not all(word in found[name] for word in wanted) or (name in silent - {"deadlines"} and found[name])
    ]


@pytest.fixture(scope="module")
def page(site: Path) -> Callable[[str], str]:
    return lambda id: (site / "matters" / id / "index.html").read_text(encoding="utf-8")


def test_every_page_answers_every_question(page, real):
    assert len(real.matters) == 124
    left = {id: check_page(page(id), matter, real) for id, matter in real.matters.items()}
    assert {id: open_ for id, open_ in left.items() if open_} == {}


@pytest.mark.parametrize(
    ("id", "question", "cut"),
    [
        ("food-business-permit", {"noon"}, r"<dt>午间</dt>\s*<dd>.*?</dd>"),
        ("food-business-permit", {"noon"}, r"这件事午间能不能办：<a[^>]*>待中心确认</a>"),
        ("food-business-permit", {"papers"}, r'<ul class="papers" data-needed="on_site">.*?</ul>'),
        ("food-business-permit", {"later"}, r"哪些能后补：.*?<br>"),
        ("food-business-permit", {"papers", "later"}, r'<section id="papers".*?</section>'),
        ("limited-company-registration", {"papers", "later"}, r'<ul class="papers" data-needed="deferrable">.*?</ul>'),
        ("limited-company-registration", {"statutory"}, r"<dt>法定</dt>\s*<dd>.*?</dd>"),
        ("limited-company-registration", {"statutory", "promised"}, r'<section id="time".*?</section>'),
        ("company-change-registration", {"deadlines"}, r"<dt>期限</dt>\s*<dd>.*?</dd>"),
        ("construction-permit-change", {"statutory"}, r'<div data-case="what=owner.*?</div>'),
        ("annual-report", {"where"}, r"<dt>在哪儿</dt>\s*<dd>.*?</dd>"),
        ("limited-company-registration", {"fee"}, r"<dt>收费</dt>\s*<dd>.*?</dd>"),
        ("limited-company-registration", {"result"}, r"<dt>拿到</dt>\s*<dd>.*?</dd>"),
        ("limited-company-registration", {"fee", "result"}, r'<section id="fee".*?</section>'),
        ("food-business-permit", {"fee", "result", "validity"}, r'<section id="fee".*?</section>'),
        ("food-business-permit", {"statutory"}, r"<dt>(?:法定|一般期限)</dt>\s*<dd>.*?</dd>"),
        ("limited-company-registration", {"law"}, r'<section id="basis".*?</section>'),
        ("limited-company-registration", {"law"}, r"第十六条"),
    ],
)
def test_an_answer_that_is_cut_out_is_missed(page, real, id, question, cut):
    whole = page(id)
    rest, count = re.subn(cut, "", whole, flags=re.S)
    assert count
    assert set(check_page(rest, real.matters[id], real)) == question


def test_what_is_hidden_or_stands_elsewhere_is_no_answer(page, real):
    id = "limited-company-registration"
    matter, whole = real.matters[id], page(id)
    hidden = whole.replace("<dt>收费</dt><dd>", "<dt>收费</dt><dd hidden>")
    assert hidden != whole
    assert check_page(hidden, matter, real) == ["fee"]
    moved = whole.replace('<section id="fee">', '<section id="price">')
    assert moved != whole
    assert set(check_page(moved, matter, real)) == {"fee", "result"}
    told = whole.replace("<dt>收费</dt>", f"<dt>有效期</dt><dd>{ASK}</dd><dt>收费</dt>")
    assert check_page(told, matter, real) == ["validity"]
