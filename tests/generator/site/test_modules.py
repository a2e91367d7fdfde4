"""The browser's modules joined into two scripts."""

from __future__ import annotations

import esprima
import pytest

from generator.site.modules import ModulesError, imported, joined

from ...test_app import MODULES, names

FRAME = {
    "page/elder.js": 'import { say } from "./page.js";\nexport function enhance() {\n  say("elder");\n}\n',
    "page/page.js": "export const say = (text) => text;\n",
    "search/finder.js": 'export const enhance = () => new URL("./finder.css", import.meta.url);\n',
    "offline/updates.js": "export class Told {}\nexport async function enhance() {}\n",
}
MAIN = 'const MODULES = {\n  elder: () => import("./page/elder.js"),\n  due: () => import("./limits/due.js"),\n};\n'
DUE = 'import {\n  say as tell,\n} from "../page/page.js";\nexport function enhance() {\n  tell("due");\n}\n'


def scripts(due: str = DUE) -> dict[str, str]:
    return FRAME | {"main.js": MAIN, "limits/due.js": due, "early.js": "var early = 1;\n"}


def test_what_every_page_starts_is_in_the_first() -> None:
    made = joined(scripts())
    assert sorted(made) == ["early.js", "main.js", "more.js"]
    for path in FRAME:
        made_here = f"export const ${path.removesuffix('.js').replace('/', '_')} = "
        assert made_here in made["main.js"] and made_here not in made["more.js"]
    assert "elder: () => $page_elder()" in made["main.js"]
    assert 'due: () => import("./more.js").then((more) => more.$limits_due())' in made["main.js"]
    assert "say: tell" in made["more.js"]
    assert 'new URL("./search/finder.css", import.meta.url)' in made["main.js"]


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ('import * as page from "../page/page.js";\n', r"limits/due\.js: import \* as page"),
        ("export default 1;\n", r"limits/due\.js: export default 1"),
        ('import { x } from "./none.js";\n', r"limits/due\.js imports limits/none\.js, which is not there"),
        ('export const here = () => new URL("x", import.meta.url);\n', r"import\.meta"),
        ('import { y } from "./due.js";\n', "in a circle: limits/due.js → limits/due.js"),
    ],
)
def test_what_cannot_be_joined_is_named(due: str, told: str) -> None:
    with pytest.raises(ModulesError, match=told):
        joined(scripts(due))


def test_our_own_are_read_as_a_parser_reads_them() -> None:
    for path, text in MODULES.items():
        assert sorted(set(imported(path, text))) == sorted(one.path for one in names(path) if one.kind == "import")
    for script in joined(MODULES).values():
        esprima.parseModule(script)
