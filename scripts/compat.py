"""What is newer than the oldest browsers that we serve, out of MDN's browser-compat-data.

    npm pack @mdn/browser-compat-data && tar xzf mdn-browser-compat-data-*.tgz
    .venv/bin/python -m scripts.compat package/data.json

writes tests/oldest/newer.json, which the tests read; docs/browsers.md says when. The data
(20 MB, CC0) is not kept here, only the names that one of the browsers of ``FLOOR`` lacks.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLOOR = {
    "chrome": ("Chromium", 77),
    "chrome_android": ("Chromium", 77),
    "webview_android": ("WebView", 77),
    "safari": ("Safari", 14),
    "safari_ios": ("Safari", 14),
    "firefox": ("Firefox", 78),
}
"""The oldest browsers, by their names in the data."""

OUT = Path(__file__).parent.parent / "tests" / "oldest" / "newer.json"

_GLOBAL = ("Window", "WindowOrWorkerGlobalScope", "WorkerGlobalScope", "ServiceWorkerGlobalScope")
_OPTION = re.compile(r"(?:options?_|init_)?([A-Za-z]\w*?)_(?:parameter|option|property)")
_NAME = re.compile(r"[A-Za-z$][A-Za-z0-9$]*")
_CSS_NAME = re.compile(r"-?[A-Za-z][A-Za-z0-9-]*")
# The data names these by what they are, not by how they are written.
_UNITS = {
    "container_query_length_units": ["cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax"],
    "viewport_percentage_units_dynamic": ["dvw", "dvh", "dvi", "dvb", "dvmin", "dvmax"],
    "viewport_percentage_units_large": ["lvw", "lvh", "lvi", "lvb", "lvmin", "lvmax"],
    "viewport_percentage_units_small": ["svw", "svh", "svi", "svb", "svmin", "svmax"],
}

Node = dict[str, Any]


ENGINES = tuple(browser for browser in FLOOR if browser != "webview_android")
"""A WebView reads scripts and styles as Chromium does; only interfaces are missing there."""


def lacking(node: Node, browsers: Any = tuple(FLOOR), whole: bool = False) -> dict[str, float | None]:
    """The browsers of the floor that lack a feature, with the version that brought it.

    ``None``: none has it. Behind a flag, with a prefix or by another name counts as lacking;
    and so does a part of it, for who wants it ``whole``.
    """
    missing: dict[str, float | None] = {}
    for browser in browsers:
        support = node["__compat"]["support"].get(browser)
        if support is None:
            continue
        floor = FLOOR[browser][1]
        entries = support if isinstance(support, list) else [support]
        spans = [_span(entry) for entry in entries if not (whole and entry.get("partial_implementation"))]
        if not any(first <= floor < end for first, end in spans):
            missing[browser] = min(
                (first for first, end in spans if first > floor and end == NEVER and first < NEVER), default=None
            )
    return missing


NEVER = float("inf")


def _span(entry: Node) -> tuple[float, float]:
    """From which version on, and until which, an entry tells of plain support."""
    first = _number(entry.get("version_added"))
    if first is None or any(entry.get(key) for key in ("flags", "prefix", "alternative_name")):
        return NEVER, NEVER
    return first, _number(entry.get("version_removed")) or NEVER


def _number(version: object) -> float | None:
    found = re.match(r"≤?(\d+(?:\.\d+)?)", version) if isinstance(version, str) else None
    return float(found[1]) if found else None


def words(missing: dict[str, float | None]) -> str:
    """``Chromium 86, Safari 14.1, not in Firefox``"""
    latest: dict[str, float] = {}
    for browser, version in missing.items():
        name = FLOOR[browser][0]
        latest[name] = max(latest.get(name, 0), NEVER if version is None else version)
    if latest.get("WebView") == latest.get("Chromium"):
        latest.pop("WebView", None)
    return ", ".join(f"not in {name}" if at == NEVER else f"{name} {at:g}" for name, at in latest.items())


def children(node: Node) -> Iterator[tuple[str, Node]]:
    return ((key, value) for key, value in node.items() if key != "__compat")


def _described(node: Node) -> Iterator[tuple[str, Node]]:
    return ((key, child) for key, child in children(node) if "__compat" in child)


def interfaces(data: Node) -> Iterator[tuple[str, Node]]:
    """Web interfaces and built-in objects, those of Intl and Temporal by their last name."""
    for name, node in children(data["api"]):
        if name[0].isupper():
            yield name, node
    for name, node in children(data["javascript"]["builtins"]):
        yield name, node
        for inner, child in children(node):
            if inner[0].isupper() and name in ("Intl", "Temporal", "WebAssembly"):
                yield inner, child


def scripts(data: Node) -> Node:
    """Names in scripts.

    ``globals``; ``members`` that no older interface has, and ``of`` an interface where another,
    older one has the name; ``options`` of a call, ``events``. ``safari``: what the old Safari
    lacks, by interface; one without members is lacking as a whole, like a global function.
    """
    globals_: dict[str, list[dict]] = {}
    members: dict[str, list[dict]] = {}
    events: dict[str, list[dict]] = {}
    own: dict[str, dict[str, dict]] = {}
    options: dict[str, dict[str, str]] = {}
    safari: dict[str, list[str]] = {}
    for name, node in _described(data["api"]):
        if not name[0].isupper():
            globals_.setdefault(name, []).append(lacking(node))
            _options(name, node, options)
            if lacking(node, ["safari_ios"]):
                safari[name] = []
    for interface, node in interfaces(data):
        gone = False
        if "__compat" in node:
            globals_.setdefault(interface, []).append(lacking(node))
            if gone := bool(lacking(node, ["safari_ios"])):
                safari[interface] = []
        for key, child in _described(node):
            missing = lacking(child)
            if key.endswith("_event"):
                events.setdefault(key.removesuffix("_event"), []).append(missing)
                continue
            name = key.removesuffix("_static")
            if not _NAME.fullmatch(name):
                continue
            _options(name, child, options)
            if name == interface:
                if missing:
                    own.setdefault(interface, {})["new"] = missing
                continue
            if name[0].isupper() and "static" not in key and not name.isupper():
                continue
            if missing:
                own.setdefault(interface, {})[name] = missing
            if interface in _GLOBAL:
                globals_.setdefault(name, []).append(missing)
            if not key.endswith("_static"):
                members.setdefault(name, []).append(missing)
            if not gone and lacking(child, ["safari_ios"]):
                if interface in _GLOBAL:
                    safari[name] = []
                else:
                    safari.setdefault(interface, []).append(key)
    newer = {name: found for name, found in members.items() if all(found)}
    return {
        "globals": {name: words(found[0]) for name, found in sorted(globals_.items()) if all(found)},
        "members": {name: words(_oldest(found)) for name, found in sorted(newer.items())},
        "of": {
            interface: {name: words(missing) for name, missing in sorted(found.items()) if name not in newer}
            for interface, found in sorted(own.items())
            if set(found) - set(newer)
        },
        "options": {name: dict(sorted(found.items())) for name, found in sorted(options.items())},
        "events": {name: words(_oldest(found)) for name, found in sorted(events.items()) if all(found)},
        "safari": {name: sorted(found) for name, found in sorted(safari.items())},
    }


def _oldest(found: list[dict]) -> dict:
    """Of the interfaces that have a name, what the one that is best supported lacks."""
    return min(found, key=lambda missing: (len(missing), [version or 999 for version in missing.values()]))


def _options(name: str, node: Node, options: dict[str, dict[str, str]]) -> None:
    for key, child in children(node):
        if match := _OPTION.fullmatch(key):
            if "__compat" in child and lacking(child) and match[1] not in ("options", "init"):
                options.setdefault(name, {})[match[1]] = words(lacking(child))
            for inner, option in _described(child):
                option_name = _OPTION.fullmatch(inner)
                if lacking(option) and (option_name or _NAME.fullmatch(inner)):
                    options.setdefault(name, {})[option_name[1] if option_name else inner] = words(lacking(option))


def syntax(data: Node) -> Node:
    """What the language itself brought, by its path below ``javascript``."""
    found = {}

    def walk(node: Node, path: str) -> None:
        for key, child in children(node):
            if "__compat" in child and lacking(child, ENGINES, whole=True):
                found[f"{path}{key}"] = words(lacking(child, ENGINES, whole=True))
            walk(child, f"{path}{key}.")

    for room in ("classes", "functions", "grammar", "operators", "regular_expressions", "statements"):
        walk(data["javascript"][room], f"{room}.")
    return dict(sorted(found.items()))


def styles(data: Node) -> Node:
    """Names in style sheets: properties, their values, functions, units, selectors, at-rules."""
    css = data["css"]
    values: dict[str, dict[str, str]] = {}
    for name, node in children(css["properties"]):
        for key, child in _described(node):
            if lacking(child, ENGINES) and (_CSS_NAME.fullmatch(key) or key.endswith("_context")):
                values.setdefault(name, {})[key] = words(lacking(child, ENGINES))
    functions: dict[str, list[dict]] = {}
    units: dict[str, str] = {}

    def walk(node: Node) -> None:
        for key, child in children(node):
            if "__compat" in child and _CSS_NAME.fullmatch(key):
                functions.setdefault(key, []).append(lacking(child, ENGINES))
            walk(child)

    walk(css["types"])
    for key, child in _described(css["types"]["length"]):
        if lacking(child, ENGINES):
            units |= dict.fromkeys(_UNITS.get(key, [key]), words(lacking(child, ENGINES)))
    return {
        "properties": _all_lacking(css["properties"]),
        "values": dict(sorted(values.items())),
        "functions": {name: words(found[0]) for name, found in sorted(functions.items()) if all(found)},
        "units": dict(sorted(units.items())),
        "selectors": _all_lacking(css["selectors"])
        | {
            f"{name}({key})": words(lacking(child, ENGINES))
            for name, node in children(css["selectors"])
            for key, child in _described(node)
            if lacking(child, ENGINES)
        },
        "at-rules": _all_lacking(css["at-rules"]),
        "descriptors": {name: _all_lacking(node) for name, node in children(css["at-rules"]) if _all_lacking(node)},
    }


def markup(data: Node) -> Node:
    """Elements, their attributes, and those of every element (under ``*``)."""
    html = data["html"]
    attributes = {"*": _all_lacking(html["global_attributes"])}
    attributes |= {name: _all_lacking(node) for name, node in children(html["elements"])}
    return {
        "elements": _all_lacking(html["elements"]),
        "attributes": {name: found for name, found in sorted(attributes.items()) if found},
    }


def _all_lacking(node: Node) -> dict[str, str]:
    return {key: words(lacking(child, ENGINES)) for key, child in sorted(_described(node)) if lacking(child, ENGINES)}


def derive(data: Node) -> Node:
    return {
        "source": f"@mdn/browser-compat-data {data['__meta']['version']}, CC0 1.0",
        "floor": {browser: version for browser, (_, version) in FLOOR.items()},
        "scripts": scripts(data),
        "syntax": syntax(data),
        "styles": styles(data),
        "markup": markup(data),
    }


if __name__ == "__main__":
    derived = derive(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    OUT.write_text(json.dumps(derived, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{OUT}: {derived['source']}")
