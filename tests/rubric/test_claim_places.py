"""Where findings about a unit's own weights and subtotals point to in its workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.findings.finding import Finding
from rubric_sheets.rubric import load


def said(path: Path, rubric_id: str, data: dict[str, Any]) -> dict[str, Finding]:
    path.write_bytes(workbook(load.load(rubric_id), data))
    reader = open_book(str(path))
    return {one.code: one for one in evaluate(reader.rubric, reader.facts).findings}


def test_weights_that_do_not_add_up_point_at_the_weights(tmp_path: Path) -> None:
    row = {
        "一级指标": "产出指标",
        "三级指标": "检查台数",
        "年度指标值": "≥65台",
        "实际完成值": "65台",
        "分值": 50,
    }
    found = said(tmp_path / "a.xlsx", "project", {"tables": {"绩效指标": [row]}})["weights-sum"]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[found.sheet]
    assert sheet[found.cell].value == 50


def test_an_impossible_subtotal_points_at_the_subtotal(tmp_path: Path) -> None:
    claims = {"well-off-goals": {"自评得分": 5}, "subtotals": {"产出": 26}}
    found = said(tmp_path / "a.xlsx", "yueyang-department", {"claims": claims})[
        "subtotal-impossible"
    ]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[found.sheet]
    assert sheet[found.cell].value == 26
