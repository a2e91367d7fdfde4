"""The browser's modules joined into two scripts: what every page starts, and the rest.

A browser learns what a module imports when it has it: a page's fifty took six round trips, half a second each
on a slow line, and asked for at once they still took as long, for each weighs on a slow phone. In two files they
are there 1.2 s sooner, and the most used pages fetch one of them.

Every module becomes a function that runs when it is first needed and gives what it exports, so one that fails
stops no other. It is read as text: modules import by name, and export functions, classes and constants where
they are declared; anything else is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from posixpath import dirname, join, normpath

from ..errors import BuildError

ENTRY, REST = "main.js", "more.js"
CLASSIC = "early.js"
EVERYWHERE = ("page/elder.js", "search/finder.js", "offline/updates.js", "device/install.js")
"""What the frame of every page starts (site_src/overrides/main.html)."""
ONCE = "export const $once = (make) => { let made; return () => made || (made = make()); };\n"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[^"]+)";$', re.M)
_RENAMED = re.compile(r"\b(\w+) as (\w+)")
_ASKED = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.M)
_FILE = re.compile(r'new URL\("(\./[^"]+)", import\.meta\.url\)')
_LEFT = re.compile(r"^(?:import|export)\b.*|^.*\bimport(?:\.meta|\((?!\"\./more\.js\")).*", re.M)


class ModulesError(BuildError):
    """A module is written in a way that the build does not know."""


def joined(scripts: Mapping[str, str]) -> dict[str, str]:
    """The scripts that pages get, by path, of ``scripts`` by path. Raises ``ModulesError``."""
    modules = {path: text for path, text in scripts.items() if path != CLASSIC}
    if ENTRY not in modules:
        return dict(scripts)
    imports = {path: imported(path, text) for path, text in modules.items()}
    for path, names in imports.items():
        if strangers := sorted(set(names) - set(modules)):
            raise ModulesError(f"pwa/app/{path} imports {strangers[0]}, which is not there")
    try:
        order = [path for path in TopologicalSorter(imports).static_order() if path != ENTRY]
    except CycleError as error:
        raise ModulesError(f"modules of pwa/app import one another in a circle: {' → '.join(error.args[1])}") from error
    first = _behind((path for path in EVERYWHERE if path in modules), imports)
    here = [path for path in order if path in first]
    there = [path for path in order if path not in first]
    entry = _asking(ENTRY, modules[ENTRY], first)
    shared = f'import {{ $once, {", ".join(map(_name, here))} }} from "./{ENTRY}";\n'
    made = {
        ENTRY: ONCE + "".join(_wrapped(path, modules[path], first) for path in here) + entry,
        REST: shared + "".join(_wrapped(path, modules[path], frozenset(modules)) for path in there),
    }
    return {path: text for path, text in scripts.items() if path == CLASSIC} | made


def imported(path: str, script: str) -> list[str]:
    """The paths of the modules that the one at ``path`` imports before it runs."""
    return [_path(path, found[2]) for found in _IMPORT.finditer(script)]


def _behind(paths: Iterable[str], imports: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found, pending = set(), list(paths)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending += imports[path]
    return frozenset(found)


def _wrapped(path: str, text: str, here: frozenset[str]) -> str:
    script = _asking(path, text, here)
    exports = [found[1] for found in _EXPORT.finditer(script)]
    script = _IMPORT.sub(lambda found: _taken(path, found), _EXPORT.sub("", script))
    if left := _LEFT.search(_FILE.sub("", script)):
        raise ModulesError(f"pwa/app/{path}: {left[0].strip()} cannot be joined; import and export by name")
    script = _FILE.sub(lambda found: f'new URL("./{_path(path, found[1])}", import.meta.url)', script)
    return f"export const {_name(path)} = $once(() => {{\n{script}\nreturn {{ {', '.join(exports)} }};\n}});\n"


def _asking(path: str, script: str, here: frozenset[str]) -> str:
    """``script`` with what it asks for while it runs, of this file or of the other."""

    def asked(found: re.Match[str]) -> str:
        name = _path(path, found[1])
        return f"{_name(name)}()" if name in here else f'import("./{REST}").then((more) => more.{_name(name)}())'

    return _ASKED.sub(asked, script)


def _taken(path: str, found: re.Match[str]) -> str:
    names = " ".join(_RENAMED.sub(r"\1: \2", found[1]).split())
    return f"const {{ {names} }} = {_name(_path(path, found[2]))}();" + "\n" * found[0].count("\n")


def _path(path: str, name: str) -> str:
    return normpath(join(dirname(path), name))


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))
