"""提醒我: every topic of the push server, with a message as it really comes."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from generator.catalog.parts import Catalogue
from generator.render.pages import slots
from push_server.voice.kinds import KINDS
from push_server.wish import TOPICS

OF = {
    "noon": "noon",
    "hours": "closure",
    "queue": "queue",
    "ticket": "ticket",
    "matter": "matter",
    "renewal": "renewal",
}
OF["news"] = "news"
"""The kind of message that is the example of a topic."""


@pytest.fixture(scope="module")
def examples(site: Path) -> dict[str, tuple[str, str]]:
    """Title and body by topic."""
    page = (site / "reminders/index.html").read_text("utf-8")
    label = "<small>例子，收到的像这样：</small>"
    found = re.findall(rf'data-topic="(\w+)".*?<blockquote>{label}<br><b>(.*?)</b><br>(.*?)</blockquote>', page, re.S)
    return {topic: (title, body) for topic, title, body in found}


def test_every_topic_has_a_real_example(examples: dict[str, tuple[str, str]]) -> None:
    real = {topic: (KINDS[OF[topic]].title, KINDS[OF[topic]].body) for topic in TOPICS}
    # Which matter it is, no other centre wants to read.
    real["matter"] = (re.sub("“.*”", "“某某许可（延续）”", real["matter"][0]), real["matter"][1])
    assert examples == real


def test_a_centre_without_numbers_offers_no_word_of_a_queue(real: Catalogue) -> None:
    centre = real.centre
    kinds = tuple(msgspec.structs.replace(kind, queue=False) for kind in centre.counter_kinds)
    topics = slots(msgspec.structs.replace(centre, counter_kinds=kinds))["topics"]
    assert re.findall(r'data-topic="(\w+)"', topics) == ["noon", "hours", "matter", "renewal", "news"]
    assert "排队" not in topics and "ticket/" not in topics
