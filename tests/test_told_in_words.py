"""Messages for what rarely happens, as the program itself says them."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.audit.inputs import Input
from rubric_sheets.audit.judging import judge
from rubric_sheets.findings.finding import InputError
from rubric_sheets.ooxml import atomic
from rubric_sheets.tasks.fill import fill_book
from rubric_sheets.tasks.look_at import look_at

from .books import new


def told(call: Any, *given: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        call(*given)
    return [one.code for one in caught.value.findings]


def filled(path: str) -> None:
    fill_book(path, {"facts": {"编制数": 77}})


def test_where_the_old_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = new(tmp_path / "甲.xlsx")
    real, calls = os.replace, []

    def once(*names: str) -> None:
        calls.append(names)
        if len(calls) > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*names)

    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    monkeypatch.setattr(os, "replace", once)
    assert told(filled, str(book)) == ["file-left-behind"]


def test_rights_that_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = new(tmp_path / "甲.xlsx")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fchmod", refuse)
    assert told(filled, str(book)) == ["file-not-alike"]


def test_an_audit_goes_on_after_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = str(new(tmp_path / "甲.xlsx"))
    monkeypatch.setitem(judge.__globals__, "_judged", lambda *_: {}["没有"])  # a fault of ours
    assert "audit-failed" in judge(Input("甲.xlsx", book, str(tmp_path))).check


def test_one_report_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["check", "甲.txt", "乙.txt", "--out", str(tmp_path / "意见.docx")]
    assert told(run_check, call) == ["report-one"]


def run_check(call: list[str]) -> None:
    from rubric_sheets.commands import check

    check.run(call[1:])


def test_a_library_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"%PDF-1.4\n")
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert told(look_at, str(path)) == ["report-library"]


REPORT = """2021年度部门整体支出绩效自评报告
单位名称：某局
人员编制34人，在职人员31人。
项目于2021年2月30日完成验收，2029年投入使用。
投入得13分，过程得59分，产出得26分，总得分99分。
人员编制\t34\t实有人数\t36
"""


def test_what_cannot_be_in_a_report(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, "utf-8")
    result = look_at(str(path))
    codes = {one.finding.code for one in result.told}  # type: ignore[union-attr]
    assert {"report-date", "report-year", "report-points", "report-heads"} <= codes


def test_hidden_sheets_are_named(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["2021年度绩效自评报告，自评总分92分。"], ["单位名称", "某局"]):
        sheet.append(row)
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "底稿"
    hidden.sheet_state = "hidden"
    path = tmp_path / "报告.xlsx"
    book.save(path)
    result = look_at(str(path))
    assert "report-missing" in {one.finding.code for one in result.told}  # type: ignore[union-attr]
