"""What the hosts and the engine underneath leave alone: notes inside a block,
protection on a Mac."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

from pyaddin.hosts import protocol
from pyaddin.hosts.calc.host import CalcHost
from pyaddin.hosts.calc.lock import CalcLock
from pyaddin.hosts.excel.host import ExcelHost
from pyaddin.hosts.excel.locks import Lock, MacLock
from pyaddin.session import host_of
from rubric_sheets.findings.finding import InputError
from rubric_sheets.places.addresses import Area
from xlwings_libreoffice import SheetProtected, count_calls, protection


@pytest.fixture
def sheet(open_book: Any, tmp_path: Path) -> Any:
    import openpyxl

    path = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(path)
    return open_book(path).sheets[0]


@pytest.mark.parametrize(
    "rows", [[[1, 2], [3, "四"]], [["=1+1", "=A1"], ["=A1", "=B1"]], [[1, "=A1"], ["三", None]]]
)
def test_writing_a_block_keeps_the_notes_inside(sheet: Any, rows: list[list[Any]]) -> None:
    for at in ("A1", "B2", "C3"):
        sheet[at].add_note(f"批注 {at}")
    sheet["B2"].note.api.setIsVisible(True)
    sheet["A1:B2"].value = rows
    sheet["A1:B2"].formula = rows
    assert {note.location.address: note.text for note in sheet.notes} == {
        "$A$1": "批注 A1",
        "$B$2": "批注 B2",
        "$C$3": "批注 C3",
    }
    assert [sheet[at].note.api.IsVisible for at in ("A1", "B2", "C3")] == [False, True, False]
    sheet["A1:C3"].clear()
    assert len(sheet.notes) == 0, "clear() is meant to take them"


def test_notes_stay_where_the_write_is_refused(sheet: Any) -> None:
    sheet["A1"].add_note("批注")
    protection.protect(sheet)
    with pytest.raises(SheetProtected, match="受保护"):
        sheet["A1:B2"].value = [[1, 2], [3, 4]]
    protection.unprotect(sheet)
    assert sheet["A1"].note.text == "批注"


def test_a_sheet_without_notes_is_only_asked_whether_it_has_some(sheet: Any) -> None:
    with count_calls() as calls:
        sheet["A1:B2"].value = [[1, 2], [3, 4]]
    assert calls.names["setDataArray"] == 1
    assert calls.names["get Annotations"] == 1
    assert calls.names["insertNew"] == 0


class Answer:
    """An appscript property."""

    def __init__(self, sheet: MacSheet) -> None:
        self.sheet = sheet

    def get(self) -> bool:
        return self.sheet.is_protected


class MacSheet:
    """As much of Excel for Mac's worksheet as protection needs."""

    def __init__(self, *, is_protected: bool = True, password: str = "") -> None:
        self.is_protected, self.password = is_protected, password
        self.calls: list[str] = []
        self.protect_contents = Answer(self)

    def unprotect(self, password: str) -> None:
        self.calls.append("unprotect")
        if password != self.password:
            raise RuntimeError("Parameter error.")
        self.is_protected = False

    def protect_worksheet(self, **options: bool) -> None:
        assert all(options.values())
        self.calls.append("protect")
        self.is_protected = True


def mac_host(**sheets: MacSheet) -> ExcelHost:
    class Book:
        fullname = "/Users/ls/评分表.xlsm"
        app = type("App", (), {})()

    Book.sheets = {name: type("Sheet", (), {"api": api}) for name, api in sheets.items()}  # type: ignore[attr-defined]
    return ExcelHost(Book())


def test_a_mac_has_its_own_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    locked, free, secret = MacSheet(), MacSheet(is_protected=False), MacSheet(password="秘密")
    host = mac_host(locked=locked, free=free, secret=secret)
    host.unlock(["locked", "free"])
    assert not locked.is_protected
    with pytest.raises(InputError, match="设有保护密码"):
        host.unlock(["secret"])
    host.finish()
    assert locked.calls == ["unprotect", "protect"]
    assert free.calls == []
    assert secret.is_protected
    assert isinstance(host._lock("free"), MacLock)
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(host._lock("free"), Lock)


def test_in_libreoffice_a_password_is_noticed(sheet: Any) -> None:
    sheet.api.protect("秘密")
    lock = CalcLock(sheet.api)
    assert not lock.open()
    lock.close()
    sheet.api.unprotect("秘密")
    sheet.api.protect("")
    assert lock.open()
    assert not protection.is_protected(sheet)
    lock.close()
    assert protection.is_protected(sheet)


class CalcSheet:
    """As much of LibreOffice's sheet as protection needs;
    what `unprotect` does with a wrong password is given."""

    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def isProtected(self) -> bool:
        return True

    def unprotect(self, password: str) -> None:
        raise self.problem


def test_what_is_not_a_wrong_password_is_not_taken_for_one() -> None:
    with pytest.raises(RuntimeError, match="连接断了"):
        CalcLock(CalcSheet(RuntimeError("连接断了"))).open()


def test_error_values_have_the_texts_that_the_engine_gives(sheet: Any) -> None:
    formulas = ["=10^999", '="a"+1', "=#REF!+1", "=foo()", "=1/0", "=NA()"]
    cells = sheet[f"A1:A{len(formulas)}"]
    for cell, formula in zip(cells, formulas):
        cell.api.setFormula(formula)
    [block] = host_of(sheet.book).read([Area(sheet.name, 1, 1, len(formulas), 1)])
    texts = ["#NUM!", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#N/A"]
    assert [row[0].text for row in block] == cells.options(err_to_str=True).value == texts


@pytest.mark.parametrize("kind", [ExcelHost, CalcHost])
def test_both_hosts_offer_all_that_a_host_is_asked(kind: type) -> None:
    promised = [name for name in vars(protocol.Host) if not name.startswith("_")]
    assert {"read", "write", "finish", "ask"} <= set(promised)
    for name in promised:
        theirs, ours = getattr(protocol.Host, name), inspect.getattr_static(kind, name)
        assert isinstance(ours, property) == isinstance(theirs, property), name
        if inspect.isfunction(theirs):
            wanted = list(inspect.signature(theirs).parameters)
            assert list(inspect.signature(ours).parameters) == wanted, name


def test_no_host_inherits_from_another() -> None:
    assert ExcelHost.__mro__[1:] == CalcHost.__mro__[1:] == (object,)
