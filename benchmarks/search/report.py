"""The figures as tables, and the goals that they are held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .browser import SLOWER, Run
from .large import Large
from .queries import ELSEWHERE, Query
from .score import Figures, by_kind, misses

DOCUMENT = "docs/search.md"
MARK = "<!-- measured -->"
QUESTIONS = ("wish", "question")
FIRST_FILE, FIRST_FILE_MANY = 15_000, 80_000
"""Compressed bytes."""
READY, QUERY = 50, 16
"""Milliseconds on the slowed CPU."""


@dataclass(frozen=True, slots=True)
class Report:
    """``runs`` are the engines with their compressed sizes, the guide's own first."""

    queries: Sequence[Query]
    runs: Mapping[str, tuple[Run, int]]
    sizes: Mapping[str, int]
    notes: Sequence[str]
    large: Large | None = None

    def text(self) -> str:
        parts = [
            self._kinds(),
            self._halves(),
            self._engines(),
            self._many(),
            self._goals(),
            self._misses(),
            *self.notes,
        ]
        return "\n\n".join(part for part in parts if part)

    def _figures(self, name: str) -> dict[str, Figures]:
        return by_kind(self.queries, self.runs[name][0].answers)

    def _kinds(self) -> str:
        columns = {name: self._figures(name) for name in self.runs}
        rows = [["hit@1 / hit@3 / MRR, %", "queries", *self.runs]]
        for kind, own in columns["guide"].items():
            if kind != ELSEWHERE:
                rows.append([kind, str(own.queries), *(_hits(one[kind]) for one in columns.values())])
        if ELSEWHERE in columns["guide"]:
            own = columns["guide"][ELSEWHERE]
            rows.append(
                [
                    "answered though not here",
                    str(own.queries),
                    *(_percent(one[ELSEWHERE].first) for one in columns.values()),
                ]
            )
        rows.append(["nothing found", "", *(_percent(one["all"].nothing) for one in columns.values())])
        return _table(rows)

    def _halves(self) -> str:
        rows = [
            ["the guide by halves", "queries", "hit@1", "hit@3", "MRR", "nothing found", "answered though not here"]
        ]
        pairs = list(zip(self.queries, self.runs["guide"][0].answers, strict=True))
        for half in ("tune", "check"):
            own = [pair for pair in pairs if pair[0].half == half]
            if own:
                one = by_kind([query for query, _ in own], [answer for _, answer in own])
                every, away = one["all"], one.get(ELSEWHERE)
                told = [_percent(value) for value in (every.first, every.third, every.mrr, every.nothing)]
                rows.append([half, str(every.queries), *told, _percent(away.first) if away else ""])
        return _table(rows)

    def _engines(self) -> str:
        rows = [
            ["engine", "compressed, kB", f"ready, ms ({SLOWER}× slower)", f"95 % of queries, ms ({SLOWER}× slower)"]
        ]
        for name, (one, size) in self.runs.items():
            told = (
                f"{self.sizes['search'] / 1000:.1f} first, {size / 1000:.1f} in all"
                if name == "guide"
                else f"{size / 1000:.1f}"
            )
            rows.append([name, told, f"{one.ready:.0f}", f"{one.p95:.1f}"])
        return _table(rows)

    def _many(self) -> str:
        if self.large is None:
            return ""
        rows = [[f"{self.large.matters} matters, by name", "answered, %", "95 % of queries, ms"]]
        for name, one in (("guide", self.large.guide), ("MiniSearch, names alone", self.large.names)):
            if one is not None:
                answered = sum(bool(answer.found) for answer in one.answers) / len(one.answers)
                rows.append([name, _percent(answered), f"{one.p95:.1f}"])
        return _table(rows)

    def goals(self) -> list[tuple[str, str, bool]]:
        """(what, measured, met)."""
        one = self._figures("guide")
        every, (own, _) = one["all"], self.runs["guide"]
        made = [
            ("hit@1 ≥ 92 %", _percent(every.first), every.first >= 0.92),
            ("hit@3 ≥ 98 %", _percent(every.third), every.third >= 0.98),
            ("nothing found ≤ 2 %", _percent(every.nothing), every.nothing <= 0.02),
        ]
        for kind, figures in one.items():
            if kind in QUESTIONS:
                met = figures.first >= 0.85 and figures.third >= 0.95
                made.append((f"{kind}: hit@1 ≥ 85 %, hit@3 ≥ 95 %", _hits(figures), met))
            elif kind == ELSEWHERE:
                made.append(("answered though not here ≤ 10 %", _percent(figures.first), figures.first <= 0.1))
            elif kind != "all":
                goal = 0.92 if kind == "english" else 0.97
                made.append((f"{kind}: hit@3 ≥ {goal:.0%}", _percent(figures.third), figures.third >= goal))
        made += [
            (
                "first file ≤ 15 kB compressed",
                f"{self.sizes['search'] / 1000:.1f} kB",
                self.sizes["search"] <= FIRST_FILE,
            ),
            (f"ready ≤ {READY} ms", f"{own.ready:.0f} ms", own.ready <= READY),
            (f"95 % of queries ≤ {QUERY} ms", f"{own.p95:.1f} ms", own.p95 <= QUERY),
        ]
        if self.large is not None:
            first = self.large.first
            made.append(("first file ≤ 80 kB at 3,000 matters", f"{first / 1000:.1f} kB", first <= FIRST_FILE_MANY))
            if self.large.names is not None:
                mine, theirs = self.large.guide.p95, self.large.names.p95
                made.append(
                    ("at 3,000 matters no slower than MiniSearch", f"{mine:.1f} to {theirs:.1f} ms", mine <= theirs)
                )
        return made

    def met(self) -> bool:
        return all(met for _, _, met in self.goals())

    def _goals(self) -> str:
        return _table(
            [
                ["goal", "measured", "verdict"],
                *([what, told, "met" if met else "missed"] for what, told, met in self.goals()),
            ]
        )

    def _misses(self) -> str:
        lines = ["The guide's misses, by name:", ""]
        for query, answer in misses(self.queries, self.runs["guide"][0].answers):
            found = ", ".join(answer.found[:3]) or "nothing"
            wanted = f"wanted {' or '.join(query.right)}" if query.right else "not here"
            lines.append(f"- {query.kind} ({query.half}): {query.text} – {wanted}; found {found}")
        return "\n".join(lines)


def written(document: str, report: Report) -> str:
    """The document with the report in place of the last one, between the two marks."""
    return re.sub(f"{MARK}.*?{MARK}", lambda _: f"{MARK}\n{report.text()}\n{MARK}", document, count=1, flags=re.DOTALL)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _hits(one: Figures) -> str:
    return f"{one.first * 100:.0f}/{one.third * 100:.0f}/{one.mrr * 100:.0f}"


def _table(rows: list[list[str]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)
