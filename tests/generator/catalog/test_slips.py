"""What happens at a desk: files saved by other programs, merged by halves, renamed, mistyped.

Each slip is made in the small catalogue and told by ``guide check``: one clear line for each
place, with what to write instead, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.generator.catalog.snippets import MATTER, SHARED, edit, write_tree
from tests.generator.catalog.test_journeys import BUILD

Y = "matters/construction/y-permit.yml"
X = "matters/construction/x-permit.yml"
Slip = Callable[[Path], None]


def typed(path: str, old: str, new: str) -> Slip:
    """``old`` became ``new``."""

    def slip(catalog: Path) -> None:
        text = (catalog / path).read_text(encoding="utf-8")
        (catalog / path).write_text(edit(text, old, new), encoding="utf-8")

    return slip


def saved(path: str, change: Callable[[bytes], bytes]) -> Slip:
    """A program wrote other bytes."""
    return lambda catalog: (catalog / path).write_bytes(change((catalog / path).read_bytes())) and None


def renamed(catalog: Path) -> None:
    (catalog / X).unlink()
    new = catalog / "matters/construction/building.yml"
    new.write_text(MATTER.replace("id: x-permit", "id: building"), encoding="utf-8")


def told(catalog: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The problems, one a line, without the folder."""
    code = main(["check", "--catalog", str(catalog)])
    *lines, count, more = capsys.readouterr().err.splitlines()
    assert code == 1
    assert count.startswith(f"共 {len(lines)} 处")
    assert "docs/checks.md" in more
    return [line.removeprefix("catalog/") for line in lines]


SLIPS: dict[str, tuple[Slip, str]] = {
    "tab": (
        typed(X, "  - law: JZF\n", "\t- law: JZF\n"),
        f"{X}:13: [yaml-character] 有制表符（Tab） — 缩进和间隔请用空格",
    ),
    "wide indent": (
        typed(X, "    article: 第七条\n", "　　article: 第七条\n"),
        f"{X}:14: [yaml-character] 缩进里有全角空格 — 缩进请用半角空格，每层两个",
    ),
    "no-break space": (
        typed(X, "    article: 第七条\n", "\u00a0   article: 第七条\n"),
        f"{X}:14: [yaml-character] 有看不见的字符 U+00A0 — 删去这个字符，多半是从网页或者文档粘贴带来的",
    ),
    "half a quote around a time": (
        typed("centre.yml", "{at: 08:30,", '{at: "08:30,'),
        "centre.yml:19: [yaml-quote] 引号没有成对 — 补上另一半引号；引号里面再用引号，请改用中文引号“”",
    ),
    "the other half": (
        typed("centre.yml", "{at: 08:30,", '{at: 08:30",'),
        "centre.yml:19: [value-time] “at”“08:30\"”不是时刻 — 改为 08:30",
    ),
    "full-width colon": (
        typed(X, "name: 施工许可\n", "name：施工许可\n"),
        f"{X}:2: [yaml-colon] “name” 后面用了全角冒号“：” — 改为半角冒号加空格：`name: …`",
    ),
    "no space behind the colon": (
        typed(X, "name: 施工许可\n", "name:施工许可\n"),
        f"{X}:2: [yaml-colon] “name:” 后面少了空格 — 冒号后面加一个空格：`name: …`",
    ),
    "a paper that a matter needs is gone": (
        typed("materials.yml", "id: power-of-attorney", "id: proxy"),
        "matters/construction/x-permit.yml:38: [paper-unknown] 没有常用材料“power-of-attorney” — "
        "改正编号，或者先写进 materials.yml\n"
        "matters/construction/y-permit.yml:38: [paper-unknown] 没有常用材料“power-of-attorney” — "
        "改正编号，或者先写进 materials.yml",
    ),
    "key twice": (
        typed(X, "visits: 1\n", "visits: 1\nvisits: 2\n"),
        f"{X}:70: [yaml-duplicate-key] “visits” 写了两次，第一次在第 69 行 — 只留一处",
    ),
    "indented too far": (
        typed(X, "section: construction\n", " section: construction\n"),
        f"{X}:6: [yaml-indent] 缩进没有和上面对齐 — 同一层的键左边对齐，列表的 `- ` 也要对齐，每层缩进两个空格",
    ),
    "GBK": (
        saved(X, lambda data: data.decode().encode("gbk")),
        f"{X}:2: [yaml-encoding] 文件不是 UTF-8 编码 — 请用编辑器把文件另存为 UTF-8（无 BOM）",
    ),
    "UTF-16": (
        saved(X, lambda data: data.decode().encode("utf-16")),
        f"{X}:1: [yaml-encoding] 文件不是 UTF-8 编码 — 请用编辑器把文件另存为 UTF-8（无 BOM）",
    ),
    "BOM": (
        saved(X, lambda data: b"\xef\xbb\xbf" + data),
        f"{X}:1: [yaml-encoding] 文件开头有 BOM — 请用编辑器把文件另存为 UTF-8（无 BOM）",
    ),
    "empty": (
        saved(X, lambda data: b""),
        f"{X}:1: [yaml-empty] 文件是空的 — 照着同类文件补上内容",
    ),
    "list for a text": (
        typed(X, "name: 施工许可\n", "name:\n  - 施工许可\n"),
        f"{X}:2: [type-text] “name”应当是文字，不是列表 — 文字以 `[`、`{{` 或者 `- ` 开头时请加引号",
    ),
    "colon in a sentence": (
        typed(X, "  - 到咨询区预审材料\n", "  - 注意: 先预审\n"),
        f"{X}:52: [type-text] “steps”应当是文字，不是若干“键: 内容” — 一句话里的冒号用全角“：”，或者整句加引号",
    ),
    "hash": (
        typed(X, "  - 到咨询区预审材料\n", "  - #1 窗口\n"),
        f"{X}:52: [value-missing] “steps”不能为空 — 写上文字；以 `#` 开头的文字要加引号",
    ),
    "half a list": (
        typed(X, "aliases: [开工证, 施工证]", "aliases: 开工证, 施工证]"),
        f"{X}:4: [type-list] “aliases”应当是列表 — 开头补上 `[`",
    ),
    "Chinese comma in a list": (
        typed(X, "aliases: [开工证, 施工证]", "aliases: [开工证，施工证]"),
        f"{X}:4: [alias-comma] “开工证，施工证”里有“，” — 每个别名之间用半角逗号加空格：`[开工证, 施工证]`",
    ),
    "unknown in words": (
        typed(X, "authority: null\n", "authority: 待定\n"),
        f"{X}:10: [value-missing] “authority”写了“待定” — 未知请写 null",
    ),
    "no number": (
        typed(X, "visits: 1\n", "visits: 无\n"),
        f"{X}:69: [value-int] “visits”“无”不是整数 — 没有写 0；不知道的，能写 null 的地方写 null",
    ),
    "number with its unit": (
        typed(X, "    value: 5\n", "    value: 5个工作日\n"),
        f"{X}:61: [value-int] “value”“5个工作日”不是整数 — 只写数字：5",
    ),
    "no such day": (
        typed(X, "checked_on: 2026-11-23", "checked_on: 2026-13-01"),
        f"{X}:84: [value-date] “checked_on”“2026-13-01”，没有这一天 — 核对月份和日子",
    ),
    "Chinese date": (
        typed(X, "checked_on: 2026-11-23", "checked_on: 2026年3月1日"),
        f"{X}:84: [value-date] “checked_on”“2026年3月1日”不是日期 — 改为 2026-03-01",
    ),
    "merged by halves": (
        typed(X, "name: 施工许可\n", "<<<<<<< HEAD\nname: 施工许可\n=======\nname: 开工许可\n>>>>>>> b\n"),
        f"{X}:2: [yaml-conflict] 这里留着合并冲突的标记 — "
        "两边比一比，留下对的内容，删去 `<<<<<<<`、`=======`、`>>>>>>>` 这几行",
    ),
    "half a pair of quotes": (
        typed(X, "    answer: 可以。\n", "    answer: “可以。\n"),
        f"{X}:81: [punctuation-pair] 有 `“`，后面没有对应的 `”` — 补上 `”`，或者删去 `“`",
    ),
    "no blank behind the dash": (
        typed(X, "  - 取号后到窗口提交\n", "  -取号后到窗口提交\n"),
        f"{X}:53: [yaml-syntax] “-取号后到窗口提交”不是列表的一项 — 写成半角的 `- `，后面空一格：`- 取号后到窗口提交`",
    ),
    "full-width dash": (
        typed(X, "  - 取号后到窗口提交\n", "  －取号后到窗口提交\n"),
        f"{X}:53: [yaml-syntax] “－取号后到窗口提交”不是列表的一项 — 写成半角的 `- `，后面空一格：`- 取号后到窗口提交`",
    ),
    "no dash": (
        typed(X, "  - 取号后到窗口提交\n", "  取号后到窗口提交\n"),
        f"{X}:53: [yaml-syntax] “取号后到窗口提交”前面少了 `- ` — 列表每项一行，写成 `- 取号后到窗口提交`",
    ),
    "an entry below another": (
        typed(X, "  - 取号后到窗口提交\n", "    - 取号后到窗口提交\n"),
        f"{X}:53: [yaml-indent] “- 取号后到窗口提交”接在上一行后面了 — `- ` 和上一行的 `- ` 左边对齐",
    ),
    "first of the words without a dash": (
        typed(X, "  - 到咨询区预审材料\n", "  到咨询区预审材料\n"),
        f"{X}:52: [yaml-indent] “到咨询区预审材料”前面少了 `- ` — 列表每项一行，写成 `- 到咨询区预审材料`",
    ),
    "first entry without a dash": (
        typed(X, "  - name: 申请表\n", "    name: 申请表\n"),
        f"{X}:29: [yaml-indent] 这一项前面少了 `- ` — 列表的每一项都以 `- ` 开头，`- ` 左边对齐",
    ),
    "second entry without a dash": (
        typed(X, "  - name: 授权委托书\n", "    name: 授权委托书\n"),
        f"{X}:37: [yaml-duplicate-key] “name” 写了两次，第一次在第 29 行 — 新的一项前面补上 `- `；不是新的一项，只留一处",
    ),
    "one blank more": (
        typed(X, "    article: 第七条\n", "     article: 第七条\n"),
        f"{X}:14: [yaml-indent] “article”比上一行多缩进了 — 和上一行的“law”左边对齐；是上一行的文字，整句加引号",
    ),
    "less than the lines around it": (
        typed(X, "  document: 施工许可证\n", "document: 施工许可证\n"),
        f"{X}:77: [yaml-indent] “document”比下一行少缩进了 — 和下一行的“validity”左边对齐",
    ),
    "less than the lines above and below": (
        typed(X, "  completed: null\n", "completed: null\n"),
        f"{X}:66: [yaml-indent] “completed”比下一行少缩进了 — 和下一行的“source”左边对齐",
    ),
    "Chinese comma between keys": (
        typed(X, "{national: null, local", "{national: null，local"),
        f"{X}:5: [yaml-syntax] “local”前面的逗号“，”是全角 — 改为半角逗号加空格：`, local: …`",
    ),
    "full-width braces": (
        typed(X, "place: {kind: window}\n", "place: ｛kind: window｝\n"),
        f"{X}:86: [yaml-syntax] 括号“｛”是全角 — 改为半角的 `{{`、`}}`、`[`、`]`",
    ),
    "full-width brackets": (
        typed(X, "aliases: [开工证, 施工证]", "aliases: 【开工证, 施工证】"),
        f"{X}:4: [type-list] “aliases”应当是列表 — 改为半角的方括号 `[`、`]`，各项之间用半角逗号加空格",
    ),
    "full-width blank behind the colon": (
        typed(X, "name: 施工许可\n", "name:　施工许可\n"),
        f"{X}:2: [yaml-colon] “name:” 后面少了空格 — 冒号后面加一个空格：`name: …`",
    ),
    "begins with a sign": (
        typed(X, "    answer: 可以。\n", "    answer: - 可以。\n"),
        f"{X}:81: [yaml-syntax] 内容不能以“- ”开头 — 整句加引号",
    ),
    "a sign that begins a comment": (
        typed(X, "  - 取号后到窗口提交\n", "  - 取号后到窗口提交 #1窗口\n"),
        f"{X}:53: [yaml-comment] “#1窗口”是注释，不会显示 — 要显示的，整句加引号；是注释，`#` 后面空一格",
    ),
    "quotes around the hotline": (
        typed("centre.yml", 'hotline: "12345"', "hotline: “12345”"),
        "centre.yml:10: [phone-form] ““12345””不是电话号码 — "
        "写数字，区号后面可以有一个连字符，例如 0431-80000000；整个加引号",
    ),
    "address with the stop that ended the sentence": (
        typed(X, "online: {value: unknown}", "online: {value: yes, basis: 窗口说, address: https://zwfw.jl.gov.cn/a。}"),
        f"{X}:71: [address-form] “https://zwfw.jl.gov.cn/a。”里的“。”不是网址的一部分 — 删去“。”\n"
        f"{X}:71: [value-unsourced] online.address 没有说是谁说的 — 补上 answers："
        "`- {field: online.address, by: 谁说的, on: 哪天}`（guide confirm 会写），不知道的改回 null",
    ),
    "year that is another than the file's": (
        typed("calendar/2026.yml", "year: 2026", "year: 2027"),
        "calendar/2026.yml:1: [year-file] 年份 2027 和文件名不一致 — 改为 `year: 2026`，或者改文件名",
    ),
    "law by its title": (
        typed(X, "    basis: {law: JZF, article: 第八条}\n    evidence: law\nsit", "    basis: {law: 《建筑法》, article: 第八条}\n    evidence: law\nsit"),
        f"{X}:18: [law-unknown] 没有法律“《建筑法》” — 改为 JZF",
    ),
    "article in digits": (
        typed(X, "    article: 第七条\n", "    article: 第7条\n"),
        f"{X}:14: [article-form] “第7条”不是条款的写法 — 改为 第七条",
    ),
    "matter by its name": (
        typed(X, "related: [y-permit]", "related: [竣工备案]"),
        f"{X}:83: [related-unknown] 没有事项“竣工备案” — 改为编号 y-permit",
    ),
    "section by its name": (
        typed(X, "section: construction\n", "section: 工程建设\n"),
        f"{X}:6: [section-folder] 栏目“工程建设”和文件夹“construction”不一致 — 改为 `section: construction`",
    ),
    "yaml for yml": (
        lambda catalog: (catalog / X).with_name("z.yaml").write_text(MATTER, encoding="utf-8") and None,
        "matters/construction/z.yaml:1: [file-unexpected] 这里不应有这个文件 — "
        "文件名要以小写的 .yml 结尾：改名为 z.yml，不用的移走",
    ),
    "matter among the journeys": (
        lambda catalog: (catalog / "journeys").mkdir() or ((catalog / Y).rename(catalog / "journeys/y-permit.yml") and None),
        "journeys/y-permit.yml:1: [file-unexpected] 里面写的是别的内容（aliases、codes、section、group…），不是这个文件夹里的 — "
        "移到该放的地方：事项放在 catalog/matters/<栏目>/，一件事放在 journeys/，条文放在 texts/",
    ),
    "yaml for yml, of a matter that others name": (
        lambda catalog: (catalog / Y).rename((catalog / Y).with_suffix(".YML")) and None,
        "matters/construction/y-permit.YML:1: [file-unexpected] 这里不应有这个文件 — "
        "文件名要以小写的 .yml 结尾：改名为 y-permit.yml，不用的移走",
    ),
    "matter without its section, that others name": (
        lambda catalog: (catalog / Y).rename(catalog / "matters/y-permit.yml") and None,
        "matters/y-permit.yml:1: [file-unexpected] 这里不应有这个文件 — 事项放在 catalog/matters/<栏目>/<编号>.yml，"
        "一件事放在 journeys/<编号>.yml，条文放在 texts/<法律>.yml；其余移走",
    ),
    "yaml for yml, of a record": (
        lambda catalog: (catalog / "changes").mkdir()
        or ((catalog / "changes/2026-11-01.yaml").write_text("date: 2026-11-01\n", "utf-8") and None),
        "changes/2026-11-01.yaml:1: [file-unexpected] 这里不应有这个文件 — "
        "文件名要以小写的 .yml 结尾：改名为 2026-11-01.yml，不用的移走",
    ),
    "year of two digits": (
        typed(X, "checked_on: 2026-11-23", "checked_on: 26-11-23"),
        f"{X}:84: [value-date] “checked_on”“26-11-23”不是日期 — 年份写四位：2026-11-23",
    ),
    "list without brackets": (
        typed(X, "applicants: [法人]", "applicants: 法人、自然人"),
        f"{X}:9: [type-list] “applicants”应当是列表 — 写成 `[法人, 自然人]`，或者每项一行，以 `- ` 开头",
    ),
    "full-width comma between choices": (
        typed(X, "applicants: [法人]", "applicants: [法人，自然人]"),
        f"{X}:9: [value-choice] “applicants”不能是“法人，自然人” — 几项之间用半角逗号加空格：`[法人, 自然人]`",
    ),
    "mark of a merge that was left": (
        typed(X, "name: 施工许可\n", "name: 施工许可\n=======\n"),
        f"{X}:3: [yaml-conflict] 这里留着合并冲突的标记 — 两边比一比，留下对的内容，"
        "删去 `<<<<<<<`、`=======`、`>>>>>>>` 这几行",
    ),
    "dash of a word processor": (
        typed(X, "  - question: 可以代办吗？\n", "  – question: 可以代办吗？\n"),
        f"{X}:80: [yaml-syntax] “–”不是列表的短横线 — 写成半角的 `- `，后面空一格：`- question: 可以代办吗？`",
    ),
    "dash without its blank": (
        typed(X, "  - question: 可以代办吗？\n", "  -question: 可以代办吗？\n"),
        f"{X}:80: [yaml-syntax] “-question:”的 `-` 后面少了空格 — 写成 `- question: …`，和上一项的 `- ` 左边对齐",
    ),
    "name in Chinese quotes": (
        typed(X, "name: 施工许可\n", "name: “施工许可”\n"),
        f'{X}:2: [quotes-around] “施工许可”两边的引号会显示在页面上 — 删去两边的“”；要给 YAML 加引号，用半角的 `"`',
    ),
    "matter copied, name kept": (
        lambda catalog: (catalog / X).with_name("a b.yml").write_text(MATTER, encoding="utf-8") and None,
        "matters/construction/a b.yml:1: [id-duplicate] 编号“x-permit”还在 catalog/matters/construction/x-permit.yml"
        " 里使用 — 换一个编号，文件也相应改名\n"
        "matters/construction/a b.yml:1: [id-file] 编号“x-permit”和文件名“a b”不一致 — 把文件改名为 x-permit.yml\n"
        "matters/construction/x-permit.yml:1: [id-duplicate] 编号“x-permit”还在 catalog/matters/construction/a b.yml"
        " 里使用 — 换一个编号，文件也相应改名",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_in_one_clear_line(name, tmp_path, capsys):
    slip, expected = SLIPS[name]
    catalog = write_tree(tmp_path)
    slip(catalog)
    assert "\n".join(told(catalog, capsys)) == expected


def test_a_renamed_matter_is_missed_wherever_it_is_named(tmp_path, capsys):
    """Everything at once, in one run, each at its own line."""
    catalog = write_tree(tmp_path, {"journeys/build.yml": BUILD})
    renamed(catalog)
    lines = told(catalog, capsys)
    assert [line.partition("] ")[0] for line in lines] == [
        "cases.yml:4: [case-matter",
        "journeys/build.yml:23: [journey-matter",
        "search.yml:6: [search-matter",
        "words.yml:3: [word-unknown",
    ]
    assert all("“x-permit”" in line for line in lines)
    assert all("改正编号" in line for line in lines)


def test_a_mistyped_id_is_guessed(tmp_path, capsys):
    catalog = write_tree(tmp_path, {"words.yml": edit(SHARED["words.yml"], "[x-permit]", "[x-permitt]")})
    (line,) = told(catalog, capsys)
    assert line.endswith(" — 是不是“x-permit”？不是就改正编号（事项改过编号的写新的），或者删去")


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_of_other_systems_are_fine(end, tmp_path, capsys):
    catalog = write_tree(tmp_path)
    saved(X, lambda data: data.replace(b"\n", end))(catalog)
    assert main(["check", "--catalog", str(catalog)]) == 0
    assert "目录没有问题" in capsys.readouterr().out
    saved(X, lambda data: data.replace(b"visits: 1", "visits: 一".encode()))(catalog)
    (line,) = told(catalog, capsys)
    assert line.startswith(f"{X}:69: [value-int]")


def test_no_catalogue_at_all(tmp_path, capsys):
    (line,) = told(tmp_path / "nowhere", capsys)
    assert line.endswith("nowhere — 用 --catalog 写明目录在哪里")
