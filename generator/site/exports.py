"""The whole catalogue in one file, in the forms that people ask for.

They depend on every matter, and a build that renews one page in a moment cannot afford
them: ``guide build --exports`` writes them, plain ``guide build`` does not
(docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.model.matter import Matter
from ..catalog.parts import Parts
from ..render.api import catalogue_json
from ..render.hsds import services_json
from ..render.tables import MATTERS, PAPERS, TO_CONFIRM, csv_bytes, matter_row, paper_rows, question_row
from ..views.context import context_of
from ..views.matter import matter_view
from ..views.words import EVIDENCE_MEANING
from ..views.worklist_all import work_list

JSON = "data/catalogue.json"
MATTERS_CSV = "data/matters.csv"
PAPERS_CSV = "data/papers.csv"
TO_CONFIRM_CSV = "data/to-confirm.csv"
XLSX = "data/catalogue.xlsx"
HSDS = "data/hsds/services.json"


def export_files(parts: Parts, matters: Mapping[str, Matter], address: str | None) -> dict[str, bytes]:
    """The files by path; ``matters`` by id, in the order of ids. ``address`` is that of the site."""
    # Here, since openpyxl takes 95 ms to load, and a build without exports needs none of it.
    from ..render.workbook import workbook

    context = context_of(parts, {id: matter.name for id, matter in matters.items()})
    views = {id: matter_view(matter, context) for id, matter in matters.items()}
    rows = [matter_row(matter, views[id]) for id, matter in matters.items()]
    papers = [row for id, matter in matters.items() for row in paper_rows(matter, views[id])]
    asked = [question_row(item) for item in work_list(parts, matters, views)]
    checked = max(matter.checked_on for matter in matters.values())
    about = [
        ("来源", f"{parts.centre.guide_name}，由公开资料整理；办事以前打 {parts.centre.hotline} 问清"),
        ("资料核对到", checked.isoformat()),
        ("待中心确认", "没有公开来源的不猜"),
        *EVIDENCE_MEANING,
    ]
    return {
        JSON: catalogue_json(parts, matters.values()),
        MATTERS_CSV: csv_bytes(MATTERS, rows),
        PAPERS_CSV: csv_bytes(PAPERS, papers),
        TO_CONFIRM_CSV: csv_bytes(TO_CONFIRM, asked),
        HSDS: services_json(parts.centre, ((matters[id], view) for id, view in views.items()), address),
        XLSX: workbook(
            [
                ("事项", MATTERS, rows),
                ("材料", PAPERS, papers),
                ("待确认清单", TO_CONFIRM, asked),
                ("说明", ("项目", "内容"), about),
            ],
            checked,
        ),
    }
