"""What is refused, what is overwritten, and what the command says."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.export.handed_in import is_used
from rubric_sheets.findings.finding import InputError
from rubric_sheets.tasks.submit import Blocked, write

from ..books import FULL, new, run, type_in
from .conftest import made

Capture = pytest.CaptureFixture[str]
NAME = "某县保密局_2021年度_部门整体支出绩效自评.xlsx"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A workbook without errors."""
    return Path(new(tmp_path / "自评.xlsx"))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A workbook with two errors: an amount as text, a claim that is too high."""
    path = new(
        tmp_path / "错误.xlsx",
        {**FULL, "claims": {**dict(FULL["claims"]), "official-card": {"自评得分": 4}}},
    )
    type_in(path, 年末结余="五十万")
    return Path(path)


def refused(code: str, source: Path, out: Path | str, **options: Any) -> InputError:
    """Nothing is written, and the workbook stays as it is."""
    before, folder = digest(source), sorted(os.listdir(source.parent))
    with pytest.raises(InputError) as caught:
        write(str(source), str(out), **options)
    assert caught.value.findings[0].code == code
    assert digest(source) == before
    assert sorted(os.listdir(source.parent)) == folder
    return caught.value


def test_a_good_book(good: Path, capsys: Capture) -> None:
    before, out = digest(good), good.parent / "报送.xlsx"
    done = run(capsys, "export", str(good), str(out))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"已生成 {out}。")
    assert "草稿" not in done.out
    assert digest(good) == before
    assert sorted(os.listdir(good.parent)) == ["报送.xlsx", "自评.xlsx"]


def test_errors_stand_in_the_way(bad: Path, capsys: Capture) -> None:
    problem = refused("export-blocked", bad, bad.parent / "报送.xlsx")
    assert isinstance(problem, Blocked)
    assert {"cell-text", "claim-outside"} <= {one.code for one in problem.findings}
    done = run(capsys, "export", str(bad), str(bad.parent / "报送.xlsx"))
    assert (done.code, done.out) == (1, "")
    assert "“年末结余”填的是“五十万”" in done.err
    assert done.err.count("\n") == len(problem.findings)


def test_a_draft_says_so(bad: Path, capsys: Capture) -> None:
    done = run(capsys, "export", str(bad), str(bad.parent), "--force")
    out = bad.parent / NAME.replace(".xlsx", "_草稿.xlsx")
    assert done.code == 1, "errors stand, as for score"
    assert "草稿" in done.out
    for sheet in openpyxl.load_workbook(out):
        assert sheet["A1"].value.startswith("草稿（尚有 ")
        assert "草稿" in sheet.oddHeader.center.text
    texts = [
        cell.value for row in openpyxl.load_workbook(out)["预算执行"].iter_rows() for cell in row
    ]
    assert "五十万" in texts, "what cannot be read stands there as it is"


def test_force_marks_nothing_where_nothing_is_wrong(good: Path) -> None:
    path = write(str(good), str(good.parent), force=True)
    assert os.path.basename(path) == NAME
    assert openpyxl.load_workbook(path)["评分表"]["A1"].value == "附件3-1"


def test_nothing_is_overwritten_unasked(good: Path, capsys: Capture) -> None:
    out = good.parent / NAME
    out.write_text("别人的文件", encoding="utf-8")
    refused("export-exists", good, out)
    refused("export-exists", good, good.parent)
    done = run(capsys, "export", str(good), str(out))
    assert (done.code, done.out) == (2, "")
    assert "请加 --overwrite" in done.err
    assert out.read_text(encoding="utf-8") == "别人的文件"
    assert write(str(good), str(good.parent), overwrite=True) == str(out)
    assert out.read_bytes().startswith(b"PK")


def test_never_the_workbook_itself(good: Path) -> None:
    refused("export-same-file", good, good, overwrite=True)
    link = good.parent / "又名.xlsx"
    link.symlink_to(good)
    refused("export-same-file", good, link, overwrite=True)
    refused("export-same-file", link, good, overwrite=True)


@pytest.mark.parametrize("name", ["报送.doc", "报送.xlsm", "报送", "报送.xls", "没有的文件夹/"])
def test_other_endings(good: Path, name: str) -> None:
    problem = refused("out-extension", good, os.path.join(good.parent, name))
    assert "请用 .xlsx、.pdf 或 .docx" in str(problem)


@pytest.mark.parametrize("name", ["没有/报送.xlsx", "没有/报送.pdf", "没有/"])
def test_a_folder_that_is_not_there(good: Path, capsys: Capture, name: str) -> None:
    done = run(capsys, "export", str(good), os.path.join(good.parent, name))
    assert (done.code, done.out) == (2, "")
    assert f"文件夹“{good.parent / '没有'}”不存在" in done.err
    assert "原文件" not in done.err
    refused("file-write-failed", good, good.parent / "没有" / "报送.xlsx")


CLAIMED = {**dict(FULL["claims"]), "staff-control": {"自评得分": 5}}
WITHOUT_BASIS = {
    **FULL,
    "facts": {**dict(FULL["facts"]), "编制数": None},
    "claims": CLAIMED,
}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "草稿：25 项没有得分：财政供养人员控制率、"),
        (
            {**FULL, "facts": {**dict(FULL["facts"]), "编制数": None}},
            "草稿：1 项没有得分：财政供养人员控制率，没有定总分和等次，不得报送。",
        ),
        (WITHOUT_BASIS, "未完成：有 1 项指标缺少测算依据。"),
        (FULL, ""),
    ],
)
def test_an_unfinished_book_is_called_so(
    tmp_path: Path, capsys: Capture, facts: dict[str, Any], said: str
) -> None:
    out = tmp_path / "报送.xlsx"
    done = run(capsys, "export", new(tmp_path / "a.xlsx", facts), str(out))
    assert done.code == 0, "nothing is wrong, though much is missing"
    assert done.out.startswith(f"已生成 {out}。{said}")
    assert ("未完成" in done.out or "草稿" in done.out) is bool(said)
    sheet = openpyxl.load_workbook(out)["评分表"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    is_draft = said.startswith("草稿")
    assert ("草稿" in (sheet.oddHeader.center.text or "")) == is_draft
    assert bool(texts & {"优", "良", "中", "差"}) is not is_draft


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    refused("file-empty", path, tmp_path / "b.xlsx")
    with pytest.raises(InputError):
        write(str(tmp_path / "没有.xlsx"), str(tmp_path / "b.xlsx"))


def test_a_macro_workbook(tmp_path: Path) -> None:
    path = new(tmp_path / "自评.xlsm")
    out = write(path, str(tmp_path / "报送.xlsx"))
    with zipfile.ZipFile(out) as package:
        assert not [part for part in package.namelist() if "vba" in part or "customUI" in part]


def test_an_open_workbook_is_read_through_its_reader(good: Path) -> None:
    from rubric_sheets.books.read import open_book

    assert write(open_book(str(good)), str(good.parent)) == str(good.parent / NAME)


def test_several_projects_in_one_book(tmp_path: Path) -> None:
    out = write(str(_projects(tmp_path)), str(tmp_path), force=True)
    assert "_3个项目_" in out
    assert openpyxl.load_workbook(out).sheetnames == [
        "项目总表",
        "评分表",
        "评分表（2）",
        "评分表（3）",
    ]


def _projects(folder: Path) -> Path:
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books.create import workbook

    book = folder / "自评.xlsx"
    one = {"facts": {"实施单位": "某镇", "项目名称": "甲", "评价年度": 2022}}
    book.write_bytes(
        workbook(find("project"), {"projects": [one, {"facts": {"项目名称": "乙"}}, {}]})
    )
    return book


def test_read_only_folders_and_books(good: Path) -> None:
    good.chmod(0o444)
    assert write(str(good), str(good.parent)).endswith(NAME)


@pytest.mark.parametrize(
    "unit",
    [
        "../../etc/passwd",
        "/",
        "..",
        "C:\\Windows\\a",
        "con",
        "NUL.txt",
        "县局.",
        "~$局",
        "\u202e局",
        "局" * 300,
        " ",
    ],
)
def test_a_hostile_unit_stays_in_the_folder(tmp_path: Path, unit: str) -> None:
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books.create import workbook

    folder = tmp_path / "出"
    folder.mkdir()
    book = tmp_path / "自评.xlsx"
    book.write_bytes(workbook(find("xushui-management"), {"facts": {"单位名称": unit}}))
    path = write(str(book), str(folder))
    assert os.listdir(folder) == [os.path.basename(path)]
    assert sorted(os.listdir(tmp_path)) == ["出", "自评.xlsx"]


def test_every_kind_of_rule_in_one_table() -> None:
    """Bonus, penalty, groups, typed weights, own indicators; nobody publishes such a rubric,
    so no book carries it."""
    from rubric_sheets.checks.evaluation import evaluate
    from rubric_sheets.export.book import build
    from rubric_sheets.facts.json_form import apply, blank

    from ..generate import Maker
    from ..rubrics import every_rubric

    rubric = next(one for one in every_rubric() if one["id"] == "every-kind")
    for seed in range(8):
        facts = blank(rubric)
        if seed:
            apply(rubric, facts, Maker(rubric, seed).data())
        evaluation = evaluate(rubric, facts)
        sheet = openpyxl.load_workbook(io.BytesIO(build(evaluation, [{}])))["评分表"]
        texts = {cell.value for row in sheet.iter_rows() for cell in row}
        used = filter(is_used, evaluation.card.results)
        assert {result.spec["levels"][-1] for result in used} <= texts


def test_the_book_as_made_is_never_touched(tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(made("baojing-2019"))
    before = os.stat(book).st_mtime_ns
    write(str(book), str(tmp_path / "o.xlsx"), force=True)
    assert (book.read_bytes(), os.stat(book).st_mtime_ns) == (made("baojing-2019"), before)
