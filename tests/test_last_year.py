"""`new --from`: what comes over from last year's workbook, and how it stays marked until somebody
has confirmed it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from rubric_sheets.authoring.changes import changes
from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.findings.finding import InputError
from rubric_sheets.tasks.fill import fill_book
from rubric_sheets.tasks.last_year import from_last_year

from .books import FULL, new, run, type_at, type_in
from .recalc import Sample, libreoffice
from .rubrics import handmade

Capture = pytest.CaptureFixture[str]
RUBRIC = "yueyang-department"
SHEET = "上年带入"
FACTS = Path(__file__).parents[1] / "examples" / "facts"


def made_from(tmp_path: Path, capsys: Capture, data: Any = FULL, *more: str) -> tuple[str, str]:
    """(this year's workbook, what the command said)."""
    old, book = new(tmp_path / "去年.xlsx", data), str(tmp_path / "今年.xlsx")
    done = run(capsys, "new", RUBRIC, book, "--from", old, *more)
    assert (done.code, done.err) == (0, "")
    return book, done.out


def held(book: str) -> dict[str, Any]:
    return open_projects(book)[0].facts.values


def unconfirmed(capsys: Capture, book: str) -> list[str]:
    found = json.loads(run(capsys, "check", book, "--json").out)["findings"]
    return [one["message"] for one in found if one["code"] == "carried-unconfirmed"]


def test_figures_come_to_where_they_belong(tmp_path: Path, capsys: Capture) -> None:
    book, said = made_from(tmp_path, capsys)
    old, now = held(str(tmp_path / "去年.xlsx")), held(book)
    assert now["单位名称"] == old["单位名称"]
    assert now["评价年度"] == old["评价年度"] + 1
    assert now["上年三公经费"] == old["三公经费"]
    assert now["上年三公经费预算"] == old["三公经费预算"]
    assert now["上年结转"] == old["累计结余"]
    assert now["三公经费"] is None
    assert now["支出合计"] is None
    assert "见“上年带入”表，请逐项核对。" in said


def test_what_is_given_for_this_year_counts(tmp_path: Path, capsys: Capture) -> None:
    facts = tmp_path / "今年.json"
    facts.write_text('{"facts": {"编制数": 99}}', encoding="utf-8")
    book, _ = made_from(tmp_path, capsys, FULL, "--facts", str(facts))
    assert held(book)["编制数"] == 99
    assert held(book)["上年三公经费"] == held(str(tmp_path / "去年.xlsx"))["三公经费"]


def test_blanks_do_not_come_over(tmp_path: Path, capsys: Capture) -> None:
    book, _ = made_from(tmp_path, capsys, {"facts": {"单位名称": "甲", "评价年度": 2021}})
    sheet = openpyxl.load_workbook(book)[SHEET]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == ["部门（单位）名称", "评价年度", None]
    assert sheet["D4"].value == "基本情况!B4"


def test_every_name_of_the_mapping_is_one_of_the_form() -> None:
    import tomllib

    from rubric_sheets.rubric.load import FORMS, form_facts

    for path in Path(FORMS).glob("*.toml"):
        form = tomllib.loads(path.read_text("utf-8"))
        facts, tables = form_facts(form)
        rules = form.get("last_year", {})
        names = [*rules.get("keep", ()), *rules.get("facts", {}), *rules.get("facts", {}).values()]
        assert set(names) | {rules["year"]} <= set(facts), path.name
        for table, columns in rules.get("tables", {}).items():
            for target, source in columns.items():
                old, _, column = source.partition(".")
                for one, name in ((table, target), (old, column)):
                    known = {spec["name"] for spec in tables[one]["columns"]} | {"机构名称"}
                    assert name in known, (path.name, one, name)


def test_marked_until_confirmed(tmp_path: Path, capsys: Capture) -> None:
    book, _ = made_from(tmp_path, capsys)
    sheet = openpyxl.load_workbook(book)[SHEET]
    count = sum(
        sheet.cell(row, 2).value is not None for row in range(4, 60) if sheet.cell(row, 5).value
    )
    [message] = unconfirmed(capsys, book)
    assert message.startswith(f"{count} 项数据是从上年的工作簿带来的，还没有核对：")
    type_at(book, SHEET, {"E4": "已核对"})
    [message] = unconfirmed(capsys, book)
    assert message.startswith(f"{count - 1} 项")
    type_at(book, SHEET, {f"E{row}": "已核对" for row in range(4, 4 + count)})
    assert unconfirmed(capsys, book) == []


def test_another_figure_is_a_confirmation_too(tmp_path: Path, capsys: Capture) -> None:
    """Its own formula says so in a spreadsheet program; all cells are marked by it."""
    book, _ = made_from(tmp_path, capsys)
    marks = openpyxl.load_workbook(book)["三公"].conditional_formatting
    assert any("核对_" in rule.formula[0] for area in marks for rule in area.rules)
    type_in(book, 上年三公经费="77.5")
    [(_, again)] = libreoffice(tmp_path, [Sample("今年", Path(book).read_bytes(), {})])
    Path(book).write_bytes(again)
    sheet = openpyxl.load_workbook(book, data_only=True)[SHEET]
    rows = {sheet.cell(row, 2).value: sheet.cell(row, 5).value for row in range(4, 30)}
    assert rows["上年“三公”经费决算数"] == "已改"
    assert rows["部门（单位）名称"] in ("", None)


def test_office_would_open_it(tmp_path: Path, capsys: Capture) -> None:
    book, _ = made_from(tmp_path, capsys)
    assert OpenXmlValidator().validate(book).errors == []
    assert fill_book(book, {"facts": {"编制数": 20}}) == 1


def test_the_list_of_a_project_comes_over(tmp_path: Path) -> None:
    data = json.loads((FACTS / "ziyang-2022.json").read_text("utf-8"))
    old = tmp_path / "去年.xlsx"
    old.write_bytes(workbook(find("project"), data))
    found, carried = from_last_year(str(old), find("project"))
    rows = found["tables"]["绩效指标"]
    assert [row["三级指标"] for row in rows][:2] == ["替代计算机终端", "全区保密工作专项检查"]
    assert not any("实际完成值" in row or "自评得分" in row for row in rows)
    assert found["facts"]["评价年度"] == 2023
    assert carried.changes == []


def test_several_projects_come_over(tmp_path: Path, capsys: Capture) -> None:
    data = json.loads((FACTS / "ziyang-2022.json").read_text("utf-8"))
    old, book = tmp_path / "去年.xlsx", tmp_path / "今年.xlsx"
    both = {"rubric": "project", "projects": [data, data]}
    old.write_bytes(workbook(find("project"), both))
    done = run(capsys, "new", "project", str(book), "--from", str(old))
    assert (done.code, done.err) == (0, "")
    names = [reader.facts.values["项目名称"] for reader in open_projects(str(book))]
    assert names == ["机要密码专项", "机要密码专项"]
    assert len(unconfirmed(capsys, str(book))) == 1


def test_what_is_new_in_the_rubric_is_listed(tmp_path: Path, capsys: Capture) -> None:
    old = new(tmp_path / "去年.xlsx")
    done = run(
        capsys,
        "new",
        "examples/rubrics/our-county-2024.toml",
        str(tmp_path / "a.xlsx"),
        "--from",
        old,
    )
    assert "指标体系由“部门整体支出绩效评价评分表”（yueyang-department）改为" in done.out
    assert "“财政供养人员控制率”的评分标准改了：" in done.out
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[SHEET]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("的评分标准改了：" in str(text) for text in texts)


def test_changes_between_rubrics() -> None:
    told = changes(find("hunan-county-department"), find("baojing-2019"))
    assert "新增：“绩效目标合理性”（6 分）。" in told
    assert "“在职人员控制率”的分值由 5 分改为 3 分。" in told
    assert changes(find(RUBRIC), find(RUBRIC)) == []


def test_a_project_does_not_become_a_department(tmp_path: Path) -> None:
    old = tmp_path / "去年.xlsx"
    old.write_bytes(workbook(find("project")))
    with pytest.raises(InputError) as caught:
        from_last_year(str(old), find(RUBRIC))
    assert [one.code for one in caught.value.findings] == ["from-other-form"]


def test_a_department_that_scores_its_own_targets_is_still_a_department(tmp_path: Path) -> None:
    old = tmp_path / "去年.xlsx"
    old.write_bytes(workbook(find(RUBRIC), {"facts": {"单位名称": "某局", "累计结余": "12.5"}}))
    data, _ = from_last_year(str(old), handmade("own-list"))
    assert data["facts"]["单位名称"] == "某局"


def test_a_file_that_is_no_workbook(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    done = run(capsys, "new", RUBRIC, str(tmp_path / "b.xlsx"), "--from", str(tmp_path / "a.xlsx"))
    assert (done.code, done.out) == (2, "")
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_what_was_handed_in_last_year_is_as_good(
    tmp_path: Path, capsys: Capture, ending: str
) -> None:
    """The figures that come over are those of the workbook; their source is the file."""
    old, book = new(tmp_path / "去年.xlsx", FULL), str(tmp_path / "今年.xlsx")
    handed_in, other = str(tmp_path / f"报送{ending}"), str(tmp_path / "另一册.xlsx")
    run(capsys, "export", old, handed_in, "--force")
    done = run(capsys, "new", RUBRIC, book, "--from", handed_in)
    assert (done.code, done.err) == (0, "")
    run(capsys, "new", RUBRIC, other, "--from", old)
    names = ("单位名称", "编制数", "在职人员数", "上年三公经费", "上年结转")
    assert [held(book)[name] for name in names] == [held(other)[name] for name in names]
    rows = list(openpyxl.load_workbook(book)[SHEET].iter_rows(min_row=4, values_only=True))
    assert {row[3] for row in rows if row[1] and row[3]} == {f"报送{ending}"}


def test_a_finished_report_is_carried_over_too(tmp_path: Path, capsys: Capture) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(
        "2021年度部门整体支出绩效自评报告\n单位名称\t某局\n人员编制14人，年末在职14人。\n"
        "本年“三公”经费决算2.11万元。\n",
        encoding="utf-8",
    )
    book = str(tmp_path / "今年.xlsx")
    done = run(capsys, "new", RUBRIC, book, "--from", str(report))
    assert (done.code, done.err) == (0, "")
    assert "从 " in done.out


def test_a_file_that_says_nothing_is_refused(tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "别的.xlsx"
    book = openpyxl.Workbook()
    book.save(other)
    out = tmp_path / "今年.xlsx"
    done = run(capsys, "new", RUBRIC, str(out), "--from", str(other))
    assert done.code == 2
    assert done.err.count("\n") <= 2
    assert not out.exists()
