"""Which files a catalogue has, and what their paths say."""

from __future__ import annotations

import re

FOLDER = "catalog"
"""How messages call the catalogue's folder, wherever it lies."""

FILES = {
    "cases": f"{FOLDER}/cases.yml",
    "centre": f"{FOLDER}/centre.yml",
    "deferral": f"{FOLDER}/deferral.yml",
    "duty": f"{FOLDER}/duty.yml",
    "hall": f"{FOLDER}/hall.yml",
    "laws": f"{FOLDER}/laws.yml",
    "papers": f"{FOLDER}/materials.yml",
    "places": f"{FOLDER}/places.yml",
    "search": f"{FOLDER}/search.yml",
    "sections": f"{FOLDER}/sections.yml",
    "supervision": f"{FOLDER}/supervision.yml",
    "words": f"{FOLDER}/words.yml",
    "zero_visit": f"{FOLDER}/zero-visit.yml",
}
"""Part → its file."""

OPTIONAL = frozenset(("cases", "deferral", "duty", "hall", "supervision", "zero_visit"))
"""Parts whose file may be missing: the guide then has nothing on them
(``services.NOTHING``)."""

# Compiled when first asked for: the build of one changed matter asks for none of them.
_YEAR = rf"{FOLDER}/calendar/[0-9]{{4}}\.yml"
_CHANGE = rf"{FOLDER}/changes/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:-[1-9][0-9]*)?\.yml"
_MATTERS, _JOURNEYS, _TEXTS = f"{FOLDER}/matters/", f"{FOLDER}/journeys/", f"{FOLDER}/texts/"


def is_matter(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the file of a matter."""
    return path.startswith(_MATTERS) and path.endswith(".yml") and path.count("/") == 3


def meant(path: str) -> str:
    """``path`` as it was meant: ``x.yaml``, ``x.YML`` and ``x.yml.txt`` are ``x.yml``."""
    return re.sub(r"\.ya?ml(?:\.txt)?$", ".yml", path, flags=re.IGNORECASE)


def matter_path(section: str, id: str) -> str:
    return f"{FOLDER}/matters/{section}/{id}.yml"


def is_year(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the calendar of a year."""
    return re.fullmatch(_YEAR, path) is not None


def year_path(year: int) -> str:
    return f"{FOLDER}/calendar/{year}.yml"


def is_journey(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the file of a journey."""
    return path.startswith(_JOURNEYS) and path.endswith(".yml") and path.count("/") == 2


def journey_path(id: str) -> str:
    return f"{FOLDER}/journeys/{id}.yml"


def is_text(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) holds the words of a law."""
    return path.startswith(_TEXTS) and path.endswith(".yml") and path.count("/") == 2


def text_path(law: str) -> str:
    return f"{FOLDER}/texts/{law}.yml"


def is_change(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the record of a publication's changes."""
    return re.fullmatch(_CHANGE, path) is not None


def stem(path: str) -> str:
    """The name of a file without folder and suffix."""
    return path.rsplit("/", 1)[-1].removesuffix(".yml")


def matter_id(path: str) -> str:
    """The id that the name of a matter's file promises."""
    return stem(path)
