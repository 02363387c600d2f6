"""A click from the macro to the cell: the built workbook, the add-in's own process,
the open document."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.places.names import FINDINGS_SHEET, META_SHEET, SCORE_SHEET
from rubric_sheets.tasks.score import score_book
from tests.books import FULL, new
from xlwings_libreoffice import protection

from .conftest import ROOT
from .sheets import differing, everything, in_file, named, on_screen
from .test_live_messages import says

BUILT = ROOT / "workbook" / "评分表.xlsm"
NAME = "2024年度 评分表（财政局）.xlsm"


@pytest.fixture
def book(open_book: Any, tmp_path: Path) -> Any:
    """A filled workbook under a name as people give it."""
    return open_book(Path(new(tmp_path / NAME)))


def test_the_macros_of_the_built_workbook_compile_and_a_press_leaves_the_message(
    open_book: Any, tmp_path: Path
) -> None:
    book = open_book(Path(shutil.copy(BUILT, tmp_path / NAME)))
    assert book.macro("CanarySum")(3, 4) == 7, (
        "a module that does not compile makes every macro answer None"
    )
    # no xlwings add-in in LibreOffice: the documented message (nobody sees it here) and the request
    # stays
    book.macro("SelfCalculate")()
    assert str(named(book, "握手请求").value).startswith("T")
    assert "xlwings 加载项" in book.macro("FailureText")("libreoffice", "")


def test_a_click_scores_the_open_document_as_the_command_line_scores_the_file(
    book: Any, click: Any, tmp_path: Path
) -> None:
    done = click(book, "calculate")
    assert (done.returncode, done.stderr) == (0, "")
    path = new(tmp_path / "命令行.xlsx")
    evaluation, _ = score_book(path, write=True)
    assert named(book, "总分").value == pytest.approx(float(evaluation.card.total or 0))
    assert differing(on_screen(book), in_file(path)) == []


def test_a_long_finding_gets_a_higher_row(book: Any, click: Any) -> None:
    kinds = ("财经法规", "审批程序", "项目论证", "批复用途", "截留挪用")
    for kind in kinds:
        named(book, f"违规例数_{kind}").value = 1
    row = named(book, "指标_fund_compliance")
    row.sheet[f"G{row.row}"].value = 3
    named(book, "编制数").value = "十四"
    click(book, "check")
    sheet = book.sheets[FINDINGS_SHEET]

    def heights() -> dict[int, float]:
        texts = sheet.range("D4:D40").value
        return {
            len(text): sheet.range((row, 4)).row_height for row, text in enumerate(texts, 4) if text
        }

    tall = heights()
    assert tall[max(tall)] > 75
    assert tall[min(tall)] == pytest.approx(48, abs=0.5)
    for kind in kinds:
        named(book, f"违规例数_{kind}").value = 0
    click(book, "check")
    assert max(heights().values()) < 75


def test_the_request_of_the_macro_is_answered(book: Any, click: Any) -> None:
    named(book, "握手请求").value = "T63-5"
    click(book, "check")
    assert named(book, "握手应答").value == "T63-5"


def test_locks_status_bar_and_the_hidden_sheet_are_as_before(book: Any, click: Any) -> None:
    before = {sheet.name: protection.is_protected(sheet) for sheet in book.sheets}
    scratch = book.sheets[META_SHEET].range("F1:P20").formula
    click(book, "calculate")
    assert {sheet.name: protection.is_protected(sheet) for sheet in book.sheets} == before
    assert before[SCORE_SHEET]
    assert before[FINDINGS_SHEET]
    assert book.sheets[META_SHEET].range("F1:P20").formula == scratch
    assert not book.api.hasControllersLocked()


def test_another_book_in_front_is_left_alone(
    book: Any, open_book: Any, click: Any, tmp_path: Path
) -> None:
    other = open_book(
        Path(new(tmp_path / "另一份.xlsx", {**FULL, "facts": {**FULL["facts"], "实有人数": 99}}))
    )
    other.activate()
    before = everything(other)
    click(book, "calculate")
    assert everything(other) == before
    assert "总分" in named(book, "校验摘要").value


def test_wrong_inputs_are_shown_with_links_and_notes(book: Any, click: Any) -> None:
    named(book, "编制数").value = "十四"
    named(book, "年末结余").value = -5
    own = named(book, "在职人员数")
    protection.unprotect(own.sheet)
    own.value = "约20"
    own.add_note("我自己的批注")
    protection.unprotect(book.sheets[SCORE_SHEET])
    book.sheets[SCORE_SHEET]["J6"].add_note("扣分原因上的批注")
    protection.protect(book.sheets[SCORE_SHEET])
    protection.protect(own.sheet)
    assert click(book, "check").returncode == 0
    rows = [row for row in book.sheets[FINDINGS_SHEET].range("A4:G40").value if row[0]]
    wrong = {row[2]: row for row in rows}
    cell = named(book, "编制数")
    place = f"{cell.sheet.name}!{cell.get_address(False, False)}"
    assert wrong[place][1] == "错误"
    assert "十四" in wrong[place][3]
    row = next(index for index, one in enumerate(rows, 4) if one[2] == place)
    formula = book.sheets[FINDINGS_SHEET].range((row, 3)).formula
    assert (
        formula
        == f'=HYPERLINK("#\'{cell.sheet.name}\'!{cell.get_address(False, False)}","{place}")'
    )
    assert cell.note.text.startswith("【校验】")
    assert named(book, "在职人员数").note.text == "我自己的批注"
    cell.value = 14
    click(book, "calculate")
    assert book.sheets[SCORE_SHEET]["J6"].note.text == "扣分原因上的批注"
    assert named(book, "编制数").note is None, "ours goes with its cell"
    assert named(book, "在职人员数").note.text == "我自己的批注"
    assert named(book, "年末结余").note.text.startswith("【校验】")


def test_undo_restores_values_links_and_notes(book: Any, click: Any) -> None:
    named(book, "编制数").value = "十四"
    before = everything(book)
    click(book, "calculate")
    assert everything(book) != before
    done = click(book, "undo")
    assert (done.returncode, done.stderr) == (0, "")
    assert everything(book) == before
    assert says("live-nothing-to-undo", click(book, "undo").stderr)


def test_undo_leaves_alone_what_was_changed_since(book: Any, click: Any) -> None:
    click(book, "calculate")
    cell = named(book, "校验摘要")
    protection.unprotect(cell.sheet)
    cell.value = "手写的"
    protection.protect(cell.sheet)
    click(book, "undo")
    assert named(book, "校验摘要").value == "手写的"


def test_a_second_click_changes_nothing(book: Any, click: Any) -> None:
    click(book, "calculate")
    after = everything(book)
    click(book, "calculate")
    assert everything(book) == after


def test_rows_inserted_and_sheets_renamed_without_saving_are_followed(
    book: Any, click: Any, tmp_path: Path
) -> None:
    sheet = named(book, "编制数").sheet
    protection.unprotect(sheet)
    sheet.range("2:3").insert("down")
    sheet.name = "基本 情况'改"
    protection.protect(sheet)
    named(book, "编制数").value = "十四"
    done = click(book, "calculate")
    assert done.stderr == ""
    cell = named(book, "编制数")
    assert cell.note.text.startswith("【校验】")
    places = [row[2] for row in book.sheets[FINDINGS_SHEET].range("A4:G40").value]
    assert f"{cell.sheet.name}!{cell.get_address(False, False)}" in places


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("calculate", "book-not-ours"),
        ("check", "book-not-ours"),
        ("undo", "live-nothing-to-undo"),
        ("export", "book-not-ours"),
        ("change_rubric", "live-cannot-ask"),
    ],
)
def test_a_book_that_is_not_ours_gets_a_sentence(
    open_book: Any, click: Any, tmp_path: Path, action: str, code: str
) -> None:
    import openpyxl

    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    book = open_book(path)
    before = everything(book)
    done = click(book, action)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert says(code, done.stderr)
    assert everything(book) == before


def test_a_password_is_respected(book: Any, click: Any) -> None:
    sheet = book.sheets[SCORE_SHEET].api
    sheet.unprotect("")
    sheet.protect("秘密")
    before = everything(book)
    done = click(book, "calculate")
    assert says("live-sheet-password", done.stderr)
    assert everything(book) == before
    sheet.unprotect("秘密")


def test_a_missing_sheet_is_said(book: Any, click: Any) -> None:
    book.sheets[SCORE_SHEET].delete()
    done = click(book, "calculate")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert any(
        "缺少工作表" in str(row[3]) for row in book.sheets[FINDINGS_SHEET].range("A4:G40").value
    )


def test_saved_as_xlsx_it_keeps_names_validations_and_formats(
    book: Any, click: Any, tmp_path: Path
) -> None:
    import openpyxl

    click(book, "calculate")
    total, path = named(book, "总分").value, tmp_path / "保存后.xlsx"
    before = openpyxl.load_workbook(tmp_path / NAME)
    book.save(str(path))
    after = openpyxl.load_workbook(path)
    assert set(before.defined_names) <= set(after.defined_names)
    for sheet in before:
        kept = after[sheet.title]
        assert sum(len(v.sqref.ranges) for v in sheet.data_validations.dataValidation) <= sum(
            len(v.sqref.ranges) for v in kept.data_validations.dataValidation
        ), sheet.title
        assert bool(list(sheet.conditional_formatting)) == bool(
            list(kept.conditional_formatting)
        ), sheet.title
        assert sheet.protection.sheet == kept.protection.sheet
        assert sheet.protection.formatColumns == kept.protection.formatColumns
    evaluation, _ = score_book(str(path), write=False)
    assert float(evaluation.card.total or 0) == pytest.approx(total)


def test_export_and_another_rubric_say_what_to_do(book: Any, click: Any, tmp_path: Path) -> None:
    assert says("live-cannot-ask", click(book, "change_rubric").stderr)
    said = click(book, "export").stderr
    made = list(tmp_path.glob("*（报送）*"))
    assert [one.name for one in made] == ["2024年度 评分表（财政局）（报送）.xlsx"], said


def test_facts_survive_a_change_of_rubric(book: Any, cache: Path, tmp_path: Path) -> None:
    from pyaddin.files import carry_over
    from pyaddin.session import host_of
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books.read import open_book as read_file
    from rubric_sheets.facts.json_form import dump

    text = carry_over(host_of(book), find("yueyang-department"), str(tmp_path))
    [made] = tmp_path.glob("*（yueyang-department）.xlsm")
    assert made.name in text
    old, again = read_file(str(tmp_path / NAME)), read_file(str(made))
    assert json.dumps(dump(old.rubric, old.facts)) == json.dumps(dump(again.rubric, again.facts))
    text = carry_over(host_of(book), find("mof-2013-53-department"), str(tmp_path))
    [other] = tmp_path.glob("*（mof-2013-53-department）.xlsm")
    assert other.name in text
    assert read_file(str(other)).rubric["id"] == "mof-2013-53-department"


def test_every_project_of_a_workbook_is_scored(open_book: Any, click: Any, tmp_path: Path) -> None:
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books.create import workbook
    from tests.generate import Maker

    rubric = find("project")
    parts = [Maker(rubric, f"project {number}").data() for number in range(3)]
    content = workbook(rubric, {"projects": parts})
    live, filed = tmp_path / "界面.xlsx", tmp_path / "命令行.xlsx"
    live.write_bytes(content)
    filed.write_bytes(content)
    book = open_book(live)
    assert click(book, "calculate").stderr == ""
    score_book(str(filed), write=True)
    assert differing(on_screen(book), in_file(filed)) == []


def test_a_book_that_is_calculated_by_hand(book: Any, click: Any, tmp_path: Path) -> None:
    book.api.enableAutomaticCalculation(False)
    named(book, "编制数").value = 20
    assert click(book, "calculate").stderr == ""
    book.api.enableAutomaticCalculation(True)
    after = on_screen(book)
    path = new(tmp_path / "命令行.xlsx", {**FULL, "facts": {**FULL["facts"], "编制数": 20}})
    score_book(path, write=True)
    assert differing(after, in_file(path)) == []
