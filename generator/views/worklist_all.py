"""The whole work list, down to single lines of papers: for the table to download and ``guide confirm``."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.model.matter import Matter
from ..catalog.offers import offers_of
from ..catalog.parts import Parts
from .matter import MatterView
from .summary import asked, summarize
from .worklist import Question, questions, weights
from .worklist_lines import line_questions


def work_list(parts: Parts, matters: Mapping[str, Matter], views: Mapping[str, MatterView]) -> tuple[Question, ...]:
    """Every open question, in the order in which to ask it; ``views`` by the ids of ``matters``."""
    offers = offers_of(parts)
    summaries = [asked(summarize(matter), offers) for matter in matters.values()]
    weigh = weights(parts, summaries)
    return questions(parts, summaries, line_questions(((matters[id], view) for id, view in views.items()), weigh))
