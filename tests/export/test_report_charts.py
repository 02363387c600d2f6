"""The charts of a report: Word's own, with the figures that are handed in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from rubric_sheets.commands.cli import main

from ..books import FULL, JUDGED, new, run

Capture = pytest.CaptureFixture[str]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WHOLE = {**FULL, "claims": {name: {"自评得分": points} for name, points in JUDGED.items()}}
HOSTILE = '<x>&"=1+1{{ 单位名称 }}'


def made(tmp_path: Path, data: dict[str, Any]) -> Path:
    book, out = new(tmp_path / "评分表.xlsx", data), tmp_path / "报告.docx"
    assert main(["export", book, str(out), "--force"]) in (0, 1)
    assert OpenXmlValidator().validate(str(out)).is_valid
    return out


def drawn(path: Path) -> dict[str, dict[str, float]]:
    """Title → name → figure, as stored in the charts; and the same in the workbooks beside them."""
    found = {}
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if not name.startswith("word/charts/chart"):
                continue
            root = ElementTree.fromstring(package.read(name))
            names, values = (
                [
                    point.findtext(f"{C}v")
                    for point in root.iter(f"{C}{kind}")
                    for point in point.iter(f"{C}pt")
                ]
                for kind in ("cat", "val")
            )
            title = "".join(
                part.text or ""
                for part in root.find(f"{C}chart/{C}title").iter()
                if part.tag.endswith("}t")
            )  # type: ignore[union-attr]
            found[title] = {str(one): float(value or 0) for one, value in zip(names, values)}
            number = name.removeprefix("word/charts/chart").removesuffix(".xml")
            book = openpyxl.load_workbook(
                io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))
            )
            beside = {row[0].value: row[1].value for row in book.active.iter_rows()}  # type: ignore[union-attr]
            assert found[title].items() <= beside.items()
    return found


def test_they_show_what_is_handed_in(tmp_path: Path, capsys: Capture) -> None:
    charts = drawn(made(tmp_path, WHOLE))
    assert list(charts) == [
        "一级指标得分率",
        "二级指标得分率",
        "收入、支出与结余（万元）",
        "“三公”经费（万元）",
    ]
    assert list(charts["一级指标得分率"]) == ["投入", "过程", "产出", "效果"]
    assert charts["一级指标得分率"]["产出"] == 1
    assert charts["“三公”经费（万元）"]["上年决算"] == float(FULL["facts"]["上年三公经费"])


def test_what_is_not_known_is_not_drawn(tmp_path: Path, capsys: Capture) -> None:
    out = made(tmp_path, {"facts": {"单位名称": HOSTILE}})
    assert drawn(out) == {}
    body = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert "情况图" not in body
    assert "\ue000" not in body


def test_a_project_has_its_own(tmp_path: Path, capsys: Capture) -> None:
    rows = [
        {
            "一级指标": level,
            "二级指标": HOSTILE,
            "三级指标": HOSTILE,
            "年度指标值": "≥1台",
            "实际完成值": "1台",
            "分值": points,
        }
        for level, points in (("产出指标", 50), ("效益指标", 30))
    ]
    book, out = str(tmp_path / "项目.xlsx"), str(tmp_path / "项目.docx")
    facts = tmp_path / "facts.json"
    facts.write_text(
        json.dumps(
            {"rubric": "project", "facts": {"项目名称": HOSTILE}, "tables": {"绩效指标": rows}}
        ),
        encoding="utf-8",
    )
    assert run(capsys, "new", "project", book, "--facts", str(facts)).code == 0
    run(capsys, "export", book, out, "--force")
    charts = drawn(Path(out))
    assert charts["一级指标得分率"] == {"产出指标": 1, "效益指标": 1}
    assert OpenXmlValidator().validate(out).is_valid
