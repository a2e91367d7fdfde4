"""Where a citation leads: to the article's own words on the page of its law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..catalog.articles import anchor, spoken

FOLDER = "laws/"


def page_of(law: str) -> str:
    return f"{FOLDER}{law}/"


def place_of(law: str, article: str | None) -> str:
    """laws/JZF/#8 of an article; the whole page where none is named."""
    return page_of(law) + (f"#{anchor(article)}" if article else "")


def pieces(text: str, titles: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """``text`` cut where it names a law of ``titles``: each piece with the place that it leads to, ``None``
    for what stands between."""
    if "《" not in text or not titles:
        yield text, None
        return
    done = 0
    for found, title, article in spoken(text):
        law = titles.get(title)
        if law is None:
            continue
        if found.start() > done:
            yield text[done : found.start()], None
        yield found[0], place_of(law, article)
        done = found.end()
    if done < len(text):
        yield text[done:], None


def sole_place(text: str, titles: Mapping[str, str]) -> str | None:
    """Where ``text`` leads if it is one citation and nothing else."""
    found = list(pieces(text, titles))
    return found[0][1] if len(found) == 1 else None
