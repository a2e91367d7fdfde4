"""Scripts: each has to parse, and what a module imports has to be there.

A worker that does not parse is never installed, and a module that does not takes all others with
it: every feature of every page is gone, and nothing says so. The parser knows the early errors
of ECMAScript but for names that are declared twice, which is what a merge leaves behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import Any

import esprima
from esprima.nodes import Node

from ..catalog.problems import Problem
from .files import MODULES, WORKER, below

CODES = {
    "script-syntax": "脚本有语法错误，浏览器读不懂",
    "script-duplicate": "同一个名字声明了两次",
    "script-import": "引用的模块或者名字不存在",
    "script-release": "离线脚本里没有放文件清单的位置",
}

PLACEHOLDER = "self.__RELEASE__"
_SKIPPED = frozenset(("loc", "range", "type", "regex", "raw", "tokens", "comments", "errors"))
_COMPARE = "和上一版比一比：git diff；多半是少了或者多了括号、引号、逗号"


@dataclass(frozen=True, slots=True)
class _Script:
    """What has to be known of a script to judge it and those that import it."""

    problems: tuple[Problem, ...] = ()
    """Its faults as far as it stands alone."""
    exports: frozenset[str] = frozenset()
    imports: tuple[_Import, ...] = ()
    fetched: tuple[tuple[int, str, str], ...] = ()
    """(line, 模块 or 文件, name) of what a module asks for only when it runs."""
    declares: tuple[tuple[str, int], ...] = ()
    """(name, line) of what it declares outside its functions."""


@dataclass(frozen=True, slots=True)
class _Import:
    line: int
    source: str
    names: tuple[str, ...]


def check_scripts(texts: Mapping[str, str]) -> Iterator[Problem]:
    """The faults of the scripts among ``texts``, which hold what else modules fetch, too. Where each
    node stands is asked only of scripts with a fault: it takes as long as to parse them."""
    texts_of = dict(below(texts, "pwa/", ".js"))
    scripts = {path: _read(path, text) for path, text in texts_of.items()}
    if wrong := {problem.path for problem in _faults(scripts, texts)}:
        scripts |= {path: _read(path, texts_of[path], lines=True) for path in wrong}
        yield from _faults(scripts, texts)


def _faults(scripts: Mapping[str, _Script | Problem], texts: Mapping[str, str]) -> Iterator[Problem]:
    for path, script in scripts.items():
        if isinstance(script, Problem):
            yield script
            continue
        yield from script.problems
        yield from _imports(path, script, scripts)
        for line, what, name in script.fetched:
            if not _is_there(path, name, scripts if what == "模块" else texts):
                yield _missing(path, line, what, name)
    yield from _shared({path: one for path, one in scripts.items() if path.startswith(WORKER)})
    worker = "pwa/sw.js"
    if isinstance(scripts.get(worker), _Script) and (count := texts[worker].count(PLACEHOLDER)) != 1:
        hint = f"文件清单写进 {PLACEHOLDER} 的位置，正好要一处"
        yield Problem(worker, 1, "script-release", f"{PLACEHOLDER} 有 {count} 处", hint)


@lru_cache(maxsize=256)  # a save in the preview changes one of a hundred scripts, and each takes 10 ms
def _read(path: str, text: str, lines: bool = False) -> _Script | Problem:
    """A script, or why it cannot be read."""
    tree = _parsed(path, text, lines)
    if isinstance(tree, Problem):
        return tree
    problems: list[Problem] = []
    fetched: list[tuple[int, str, str]] = []
    pending = [(tree, True)]
    while pending:
        node, top = pending.pop()
        if node.type in _SCOPES:
            problems += _declared_twice(path, node, top)
        elif path.startswith(MODULES) and (one := _fetched(node)) is not None:
            fetched.append(one)
        function = node.type.endswith(("FunctionExpression", "FunctionDeclaration"))
        pending += ((child, function) for child in _children(node))
    return _Script(
        problems=tuple(problems),
        exports=frozenset(_exports(tree)),
        imports=tuple(_imported(tree)),
        fetched=tuple(fetched),
        declares=tuple((name, line) for statement in tree.body for name, line, _ in _declares(statement, True)),
    )


def _parsed(path: str, text: str, lines: bool = False) -> Any:
    """The tree of a script, or what is wrong with it. Only what lies in ``app/`` is a module."""
    parse = esprima.parseModule if path.startswith(MODULES) else esprima.parseScript
    try:
        return parse(text, {"loc": lines})
    except esprima.Error as error:
        said = re.sub(r"^Line \d+: ", "", str(error))
        line = max(getattr(error, "lineNumber", None) or 1, 1)
        return Problem(path, line, "script-syntax", f"脚本读不懂（{said}）", _COMPARE)
    except RecursionError:
        return Problem(path, 1, "script-syntax", "脚本嵌套太深", _COMPARE)


def _line(node: Any) -> int:
    where = getattr(node, "loc", None)
    return where.start.line if where is not None else 1


def _children(node: Any) -> Iterator[Any]:
    for name, child in vars(node).items():
        if name in _SKIPPED:
            continue
        for one in child if type(child) is list else (child,):
            if isinstance(one, Node) and one.type:
                yield one


# --- names declared twice -----------------------------------------------------------------

_SCOPES = frozenset(("Program", "BlockStatement", "StaticBlock", "SwitchStatement"))


def _shared(parts: Mapping[str, _Script | Problem]) -> Iterator[Problem]:
    """Names that two parts of the worker declare, which become one script."""
    seen: dict[str, str] = {}
    for path, part in parts.items():
        for name, line in () if isinstance(part, Problem) else part.declares:
            if seen.setdefault(name, path) != path:
                sentence = f"“{name}”在 {seen[name]} 里已经声明"
                yield Problem(path, line, "script-duplicate", sentence, "这些部分拼成一个脚本：换一个名字")


def _declared_twice(path: str, scope: Any, top: bool) -> Iterator[Problem]:
    """``top`` is the body of a script or function, where functions may be declared again."""
    statements = scope.body if scope.type != "SwitchStatement" else [s for case in scope.cases for s in case.consequent]
    firm: dict[str, int] = {}
    loose: dict[str, int] = {}
    for statement in statements:
        one = getattr(statement, "declaration", None) or statement
        for name, line, lexical in _declares(one, top):
            before = firm.get(name) or (loose.get(name) if lexical else None)
            if before is not None:
                sentence = f"“{name}”声明了两次，第一次在第 {before} 行"
                yield Problem(path, line, "script-duplicate", sentence, "只留一处，多半是合并时两边都留下了")
            (firm if lexical else loose).setdefault(name, line)


def _declares(node: Any, top: bool) -> Iterator[tuple[str, int, bool]]:
    """(name, line, whether it may be declared only once) of what a statement declares."""
    line = _line(node)
    if node.type == "VariableDeclaration":
        for one in node.declarations:
            yield from ((name, _line(one), node.kind != "var") for name in _names(one.id))
    elif node.type == "ClassDeclaration" and node.id:
        yield node.id.name, line, True
    elif node.type == "FunctionDeclaration" and node.id:
        yield node.id.name, line, not top
    elif node.type == "ImportDeclaration":
        yield from ((one.local.name, line, True) for one in node.specifiers)


def _names(pattern: Any) -> Iterator[str]:
    if pattern is None:
        return
    if pattern.type == "Identifier":
        yield pattern.name
    for name in ("argument", "left", "value"):
        below_ = getattr(pattern, name, None)
        if pattern.type != "Identifier" and hasattr(below_, "type"):
            yield from _names(below_)
    for name in ("elements", "properties"):
        for one in getattr(pattern, name, None) or ():
            yield from _names(one)


# --- modules ------------------------------------------------------------------------------


def _exports(tree: Any) -> Iterator[str]:
    for node in tree.body:
        if node.type == "ExportDefaultDeclaration":
            yield "default"
        elif node.type == "ExportAllDeclaration":
            yield "*"
        elif node.type == "ExportNamedDeclaration":
            yield from (one.exported.name for one in node.specifiers or ())
            if node.declaration:
                yield from (name for name, _, _ in _declares(node.declaration, True))


def _imported(tree: Any) -> Iterator[_Import]:
    for node in tree.body:
        source = getattr(node, "source", None)
        if source is None or not node.type.startswith(("Import", "Export")):
            continue
        specifiers = node.specifiers if node.type == "ImportDeclaration" else ()
        names = (
            {"ImportDefaultSpecifier": "default", "ImportNamespaceSpecifier": None}.get(
                one.type, one.imported.name if hasattr(one, "imported") and one.imported else None
            )
            for one in specifiers
        )
        yield _Import(_line(node), source.value, tuple(name for name in names if name is not None))


def _imports(path: str, script: _Script, scripts: Mapping[str, _Script | Problem]) -> Iterator[Problem]:
    for one in script.imports:
        if not _is_there(path, one.source, scripts):
            yield _missing(path, one.line, "模块", one.source)
            continue
        other = scripts.get(normpath(join(dirname(path), one.source)))
        if not isinstance(other, _Script) or "*" in other.exports:
            continue
        for name in one.names:
            if name not in other.exports:
                sentence = f"{one.source} 没有导出 {name}"
                yield Problem(path, one.line, "script-import", sentence, "改正名字，或者在那个模块里写上 export")


def _fetched(node: Any) -> tuple[int, str, str] | None:
    """What a module asks for only when it runs: ``import("…")`` and ``new URL("…", import.meta.url)``."""
    if node.type == "CallExpression" and node.callee.type == "Import":
        what = "模块"
    elif node.type == "NewExpression" and len(node.arguments) == 2 and _is_own_address(node.arguments[1]):
        what = "文件"
    else:
        return None
    name = getattr(node.arguments[0], "value", None)
    return (_line(node), what, name) if isinstance(name, str) else None


def _is_own_address(node: Any) -> bool:
    return bool(node.type == "MemberExpression" and node.object.type == "MetaProperty" and node.property.name == "url")


def _is_there(path: str, name: str, files: Mapping[str, Any]) -> bool:
    """Whether ``name`` leads to one of ``files`` that is published beside the modules."""
    target = normpath(join(dirname(path), name))
    return name.startswith(("./", "../")) and target.startswith(MODULES) and target in files


def _missing(path: str, line: int, what: str, name: str) -> Problem:
    return Problem(path, line, "script-import", f"没有{what} {name}", "改正路径，或者把文件放回去")
