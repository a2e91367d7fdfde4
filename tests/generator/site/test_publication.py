"""``guide publish``: from each of the last releases to the one in the site."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.digest import digest
from generator.cli import main
from generator.published.files import PARTS
from generator.site.differences import apply, patch
from generator.site.inventory import read_inventory, unbundled
from generator.site.publication import KEPT
from generator.site.worker import named_in
from tests.kit import REPO, Project, files


def publish(out: Path, *more: str) -> int:
    return main(["publish", "--out", str(out), *more])


def build(project: Project, out: Path) -> None:
    assert main(project.arguments("build", out)) == 0


def release_of(out: Path) -> str:
    return str(named_in((out / "sw.js").read_bytes())["id"])


def led(out: Path, past: Path, old: str) -> None:
    """What a phone with ``old`` comes to is the release in ``out``, record by record."""
    (kept,) = past.glob(f"*-{old}.br")
    inventory, records = unbundled(brotli.decompress(kept.read_bytes()))
    since = json.loads((out / f"since/{old}.json").read_bytes())
    listed = apply(inventory.decode(), since["inventory"]).encode()
    named = named_in((out / "sw.js").read_bytes())
    assert (since["to"], digest(listed)) == (named["id"], named["inventory"])
    have = {digest(record) for record in records}
    have |= {digest(apply(records[number].decode(), change).encode()) for number, change in since["changed"]}
    have |= {digest(text.encode()) for text in since["added"] if isinstance(text, str)}
    assert {hash for _, hash in read_inventory(listed).records()} <= have


def test_phones_are_led_on_from_release_to_release(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    past = out.with_name("site.releases")
    build(project, out)
    assert publish(out) == 0
    assert "以前 0 版" in capsys.readouterr().out
    first = release_of(out)
    project.write("m1", days=15)
    build(project, out)
    assert not (out / "since").exists()
    assert publish(out) == 0
    second = release_of(out)
    led(out, past, first)
    assert len((out / f"since/{first}.json").read_bytes()) < 2000
    assert {path.name for path in (out / "since").iterdir()} == {f"{first}.json{end}" for end in ("", ".br", ".gz")}
    # A new name is in lists, another matter is not there any more.
    project.write("m2", name="改过名的事项")
    project.path("m3").unlink()
    build(project, out)
    assert not list((out / "since").glob("*"))
    assert publish(out) == 0
    for old in (first, second):
        led(out, past, old)
    before = files(out)
    assert publish(out) == 0
    assert files(out) == before
    # Back to the release before.
    project.write("m2")
    project.write("m3")
    build(project, out)
    assert release_of(out) == second
    assert publish(out) == 0
    led(out, past, first)
    assert len(list((out / "since").glob("*.json"))) == 2


def test_thirty_releases_are_led_on_and_no_more_are_kept(project: Project, out: Path, tmp_path: Path) -> None:
    build(project, out)
    past = tmp_path / "past"
    assert publish(out, "--past", str(past)) == 0
    (kept,) = past.iterdir()
    for number in range(2, 40):
        shutil.copy(kept, past / f"{number:06}-{number:016x}.br")
    project.write("m1", days=15)
    build(project, out)
    assert publish(out, "--past", str(past)) == 0
    since = {path.name.removesuffix(".json") for path in (out / "since").glob("*.json")}
    assert since == {f"{number:016x}" for number in range(40 - KEPT, 40)}
    assert len(list(past.iterdir())) == KEPT + 1


def test_what_was_changed_by_hand_is_not_published(
    project: Project, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(tmp_path / "nothing") == 1
    assert "先运行 guide build" in capsys.readouterr().err
    build(project, out)
    (out / "offline/skeleton/matter.html").write_text("changed")
    assert publish(out) == 1
    assert "offline/skeleton/matter.html 和清单对不上" in capsys.readouterr().err
    assert not (out / "since").exists()


def test_with_the_kill_switch_out_nobody_is_led_on(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(project, out)
    shutil.copy(out / "sw-kill.js", out / "sw.js")
    assert publish(out) == 0
    assert "离线功能是关着的" in capsys.readouterr().err
    assert not (out / "since").exists()


TEXTS = st.text(alphabet="ab<>,\n证照𠮷", max_size=40)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_patch_makes_the_new_text_of_the_old(before: str, one: str, other: str, after: str) -> None:
    assert apply(before + one + after, patch(before + one + after, before + other + after)) == before + other + after


def test_a_small_change_takes_few_words() -> None:
    old = "".join(f"<li>第{number}项，二十个工作日</li>" for number in range(300))
    new = old.replace("第7项，二十", "第7项，十五").replace("第150项", "第一百五十项")
    made = patch(old, new)
    assert apply(old, made) == new
    assert len(json.dumps(made, ensure_ascii=False)) < 60


def test_every_part_of_the_worker_is_joined() -> None:
    assert {path.stem for path in (REPO / "pwa/worker").glob("*.js")} == set(PARTS)
