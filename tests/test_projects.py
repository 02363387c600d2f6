"""Several projects of one unit in one workbook: one sheet each, an overview,
scores and facts for each."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.books.create import workbook
from rubric_sheets.commands.cli import main
from rubric_sheets.ooxml.book import Book
from rubric_sheets.pages.further_projects import in_formula
from rubric_sheets.places.names import present
from rubric_sheets.rubric.load import load

from .books import with_openpyxl
from .recalc import Sample, formulas_of, libreoffice, values_of

FIRST: dict[str, Any] = {
    "facts": {
        "项目名称": "甲",
        "年度资金总额年初预算数": 100,
        "年度资金总额全年预算数": 100,
        "年度资金总额全年执行数": 90,
    },
    "tables": {
        "绩效指标": [
            {
                "一级指标": "产出指标",
                "三级指标": "台数",
                "年度指标值": "≥65台",
                "实际完成值": "52台",
                "分值": 90,
                "自评得分": 72,
            }
        ]
    },
    "claims": {"execution": {"自评得分": 9}},
}
SECOND: dict[str, Any] = {
    "facts": {
        "项目名称": "乙",
        "年度资金总额年初预算数": 0,
        "年度资金总额全年预算数": 50,
        "年度资金总额全年执行数": 50,
    },
    "tables": {
        "绩效指标": [
            {
                "二级指标": "成本指标",
                "三级指标": "成本",
                "年度指标值": "≤90万元",
                "实际完成值": "100万元",
                "分值": 90,
            }
        ]
    },
}
DATA = {"rubric": "project", "projects": [FIRST, SECOND, {"facts": {"项目名称": "丙"}}]}


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(workbook(load("project"), DATA))
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    main(list(words))
    return json.loads(capsys.readouterr().out)


def test_each_project_has_its_sheet_and_the_overview_comes_first(book: str) -> None:
    sheets = ["填报说明", "项目总表", "评分表", "评分表（2）", "评分表（3）"]
    assert list(Book.open(book).sheets)[:5] == sheets


def test_scores_of_each_and_together(capsys: pytest.CaptureFixture[str], book: str) -> None:
    out = run(capsys, "score", book, "--json")
    assert [(p["name"], p["total"], p["grade"]) for p in out["projects"]] == [
        ("甲", "81", "良"),
        ("乙", "91", "优"),
        ("丙", None, ""),
    ]
    assert (out["raw"], out["base"], out["complete"]) == ("172", "300", False)
    ids = [one["id"] for one in out["indicators"]]
    assert len(ids) == len(set(ids)) == 5
    before = Path(book).read_bytes()
    run(capsys, "score", book, "--json")
    assert Path(book).read_bytes() == before
    sheet = openpyxl.load_workbook(book, data_only=True)["项目总表"]
    assert [[cell.value for cell in row[1:]] for row in sheet.iter_rows(3, 5)] == [
        ["甲", 100, 90, 81, 81, "良"],
        ["乙", 50, 50, None, 91, "优"],
        ["丙", None, None, None, None, None],
    ]


def test_findings_name_the_sheet_of_their_project(
    capsys: pytest.CaptureFixture[str], book: str
) -> None:
    out = run(capsys, "check", book, "--json")
    assert {f["sheet"] for f in out["findings"] if f["code"] == "not-scored"} == {"评分表（3）"}


def test_facts_come_back_and_build_the_same_workbook(
    capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path
) -> None:
    facts = run(capsys, "facts", book, "--json")
    assert [part["facts"]["项目名称"] for part in facts["projects"]] == ["甲", "乙", "丙"]
    assert workbook(load("project"), facts) == Path(book).read_bytes()


def test_fill_by_project(capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(
        json.dumps({"projects": [{}, {"facts": {"年度资金总额全年执行数": 25}}]}), "utf-8"
    )
    assert main(["fill", book, "--facts", str(file)]) == 0
    capsys.readouterr()
    out = run(capsys, "score", book, "--json")
    assert [p["total"] for p in out["projects"]] == ["81", "86", None]


def test_too_many_projects_are_refused(
    capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path
) -> None:
    file, before = tmp_path / "facts.json", Path(book).read_bytes()
    file.write_text(json.dumps({"projects": [{}, {}, {}, {}]}), "utf-8")
    assert main(["fill", book, "--facts", str(file)]) == 2
    assert "4 个项目" in capsys.readouterr().err
    assert Path(book).read_bytes() == before


def test_the_cached_values_are_those_of_the_formulas(book: str, tmp_path: Path) -> None:
    data = Path(book).read_bytes()
    ((_, recalculated),) = libreoffice(tmp_path, [Sample("projects", data, {})])
    ours, theirs = values_of(data), values_of(recalculated)
    for address in formulas_of(data):
        a, b = ours.get(address) or "", theirs.get(address) or ""
        same = (
            abs(a - b) < 1e-7
            if isinstance(a, (int, float)) and isinstance(b, (int, float))
            else a == b
        )
        assert same, (address, a, b)


# what is typed as (number, format) in 年度指标值 and 实际完成值 → what the row says
PASTED: list[tuple[Any, Any, str | None, str]] = [
    ("≥95%", (0.96, "0%"), "10", "完成值“96%”"),
    ((0.95, "0%"), "96%", "10", "指标值“95%”"),
    ((0.95, "0.00%"), (0.76, "0.00%"), "8", "完成值“76%”"),
    ("≥95%", (0.96, "General"), None, "分不清是 0.96% 还是 96%"),
    ("12月31日前", (datetime.date(2022, 12, 5), "yyyy-mm-dd"), "10", "“2022年12月5日”未晚于"),
    (
        (datetime.date(2022, 12, 31), "yyyy/m/d"),
        (datetime.date(2023, 1, 5), "yyyy/m/d"),
        None,
        "晚于“2022年12月31日”",
    ),
    ("12月31日前", "2023年1月5日", None, "“2023年1月5日”晚于"),
    ("≥0.3", (1 / 3, "General"), "10", "完成值“0.3333333333”"),
    (" ≥65台", "65台 ", "10", "完成值“65台”"),
]


def test_cells_pasted_from_another_workbook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [
        {"三级指标": str(number), "年度指标值": "?", "实际完成值": "?", "分值": 10}
        for number, _ in enumerate(PASTED)
    ]
    data = {"rubric": "project", "facts": {"评价年度": 2022}, "tables": {"绩效指标": rows}}
    path = tmp_path / "项目.xlsx"
    path.write_bytes(workbook(load("project"), data))
    first = Book.open(str(path)).names["绩效指标"].first_row

    def paste(book: Any) -> None:
        for row, pair in enumerate(PASTED, first):
            for column, entry in zip((4, 5), pair[:2], strict=True):
                cell = book["评分表"].cell(row, column)
                cell.value, cell.number_format = (
                    entry if isinstance(entry, tuple) else (entry, "General")
                )

    with_openpyxl(str(path), paste)
    out = run(capsys, "score", str(path), "--json")
    own = [one for one in out["indicators"] if one["id"].startswith("row-")]
    for (*_, points, said), one in zip(PASTED, own, strict=True):
        assert one["computed"] == points, one
        assert said in one["reason"], one
    facts = run(capsys, "facts", str(path), "--json")["tables"]["绩效指标"]
    assert [row["实际完成值"] for row in facts[:5]] == [
        "96%",
        "96%",
        "76%",
        "0.96",
        "2022年12月5日",
    ]
    ours = values_of(path.read_bytes())
    ((_, recalculated),) = libreoffice(tmp_path, [Sample("pasted", path.read_bytes(), {})])
    theirs = values_of(recalculated)
    for row, (*_, points, _said) in enumerate(PASTED, first):
        shown = "无法计算" if points is None else float(points)
        assert ours["评分表", f"I{row}"] == theirs["评分表", f"I{row}"] == shown, row


def test_names_in_formulas_get_the_ending_outside_of_texts_only() -> None:
    formula = 'IF(总分="","总分",总分+自评总分)'
    assert in_formula(formula, {"总分"}, "__2") == 'IF(总分__2="","总分",总分__2+自评总分)'


# -- a sheet of one project deleted by hand


@pytest.mark.parametrize("trace", ["gone", "#REF!"])
def test_the_projects_after_a_deleted_sheet_stay(
    capsys: pytest.CaptureFixture[str], book: str, trace: str
) -> None:
    """Excel leaves the names of a deleted sheet as #REF!, LibreOffice may drop them."""
    edited = openpyxl.load_workbook(book)
    del edited["评分表（2）"]
    for name in [
        one for one in edited.defined_names if one.endswith("__2") and not one.startswith("总表_")
    ]:
        if trace == "gone":
            del edited.defined_names[name]
        else:
            edited.defined_names[name].attr_text = "#REF!$A$1"
    edited.save(book)
    out = run(capsys, "score", book, "--json")
    assert [(one["name"], one["total"]) for one in out["projects"]] == [("甲", "81"), ("丙", None)]
    assert {f["sheet"] for f in out["findings"] if f["code"] == "not-scored"} == {"评分表（3）"}
    assert not [f for f in out["findings"] if f["code"] in ("name-lost", "sheet-missing")]
    file = Path(book).with_suffix(".json")
    facts = {"年度资金总额全年预算数": 10, "年度资金总额全年执行数": 5}
    file.write_text(json.dumps({"projects": [{}, {"facts": facts}]}), "utf-8")
    assert main(["fill", book, "--facts", str(file)]) == 0, (
        "projects are counted as they stand in the workbook"
    )
    capsys.readouterr()
    assert [one["total"] for one in run(capsys, "check", book, "--json")["projects"]] == [
        "81",
        "5",
    ]


def test_a_project_that_lost_its_heading_only_is_not_dropped(
    capsys: pytest.CaptureFixture[str], book: str
) -> None:
    edited = openpyxl.load_workbook(book)
    del edited.defined_names["评分表头__2"]
    edited.save(book)
    out = run(capsys, "check", book, "--json")
    assert [one["name"] for one in out["projects"]] == ["甲", "乙", "丙"]
    assert [f["code"] for f in out["findings"] if f["severity"] == "error"] == ["name-lost"]


@pytest.mark.parametrize(
    ("names", "units"),
    [
        (["总分", "总分__3", "总表_总分__2"], [1, 3]),
        (["总分__2"], [2]),
        (["总分", "总分__x", "我的__4"], [1]),
        ([], [1]),
    ],
)
def test_which_projects_a_workbook_holds(names: list[str], units: list[int]) -> None:
    assert present(dict.fromkeys(names)) == units
