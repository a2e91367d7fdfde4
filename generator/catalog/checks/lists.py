"""laws.yml, materials.yml, sections.yml and words.yml: no entry twice, no dead reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..index import Index
from ..lines import Lines
from ..model.lists import Laws, Papers, Section, Sections, Word, Words
from ..problems import Problem, instead
from .centre import unique_ids, unknown_commitment

CODES = {
    "word-unknown": "词语指向不存在的事项",
    "word-common": "首页的两个词去同一个事项",
    "word-empty": "词语没有指向任何事项",
}


def check_laws_file(laws: Laws, lines: Lines) -> Iterator[Problem]:
    """Each law once, each article of a law once."""
    yield from unique_ids([law.id for law in laws.laws], "laws", lines)
    for position, law in enumerate(laws.laws):
        articles = [item.article for item in law.articles]
        for number, article in enumerate(articles):
            if article in articles[:number]:
                where = ("laws", position, "articles", number)
                sentence = f"{law.id} {article}写了两次"
                yield lines.problem(where, "entry-duplicate", sentence, "合并成一处")


def check_papers_file(papers: Papers, lines: Lines) -> Iterator[Problem]:
    """Each recurrent paper once."""
    yield from unique_ids([paper.id for paper in papers.papers], "papers", lines)


def check_sections_file(sections: Sections, lines: Lines) -> Iterator[Problem]:
    """Each section once, each group of a section once."""
    yield from unique_ids([section.id for section in sections.sections], "sections", lines)
    for position, section in enumerate(sections.sections):
        for number, group in enumerate(section.groups):
            if group in section.groups[:number]:
                where = ("sections", position, "groups", number)
                yield lines.problem(where, "entry-duplicate", f"“{group}”写了两次", "只留一处")


def check_section_promises(sections: Sequence[Section], lines: Lines, index: Index) -> Iterator[Problem]:
    """That papers may wait for the on-site check is a promise of centre.yml."""
    for position, section in enumerate(sections):
        if section.on_site_papers is not None:
            where = ("sections", position, "on_site_papers")
            yield from unknown_commitment(section.on_site_papers, lines, index, where)


def check_words_file(words: Words, lines: Lines) -> Iterator[Problem]:
    """Each word once, and it leads somewhere; on the home page each to a matter of its own."""
    yield from unique_ids([word.word for word in words.words], "words", lines)
    for position, word in enumerate(words.words):
        if not word.matters:
            where = ("words", position, "matters")
            hint = "写出事项编号，或者删去这个词"
            yield lines.problem(where, "word-empty", f"“{word.word}”没有指向事项", hint)
    shown: dict[str, str] = {}
    for position, word in enumerate(words.words):
        if word.common and word.matters and (other := shown.setdefault(word.matters[0], word.word)) != word.word:
            sentence = f"首页上“{word.word}”和“{other}”去的是同一个事项“{word.matters[0]}”"
            hint = "只留一个词的 common: true"
            yield lines.problem(("words", position, "common"), "word-common", sentence, hint)


def check_word_targets(words: Sequence[Word], lines: Lines, index: Index) -> Iterator[Problem]:
    """A word leads to matters that exist."""
    for position, word in enumerate(words):
        where = ("words", position, "matters")
        for number, matter in enumerate(word.matters):
            if matter not in index.matters:
                sentence = f"“{word.word}”指向的事项“{matter}”不存在"
                hint = instead(matter, index.matters, "改正编号（事项改过编号的写新的），或者删去", index.names)
                yield lines.problem((*where, number), "word-unknown", sentence, hint)
