"""The application: switches, status bar, alerts, macros, protection."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlwings_libreoffice import MacroNotFound, SheetProtected, Unsupported
from xlwings_libreoffice import protection as guard
from xlwings_libreoffice.books import Books

# LibreOffice takes Chinese names for procedures only in VBA mode, in which it loads .xlsm files
BASIC = """Option VBASupport 1
Function 合计(a, b)
    合计 = a + b
End Function
Sub 写入(文本)
    ThisComponent.Sheets(0).getCellRangeByName("A1").String = 文本
End Sub
Function 求和(行)
    Dim x, 和
    For Each x In 行
        和 = 和 + x
    Next
    求和 = 和
End Function
"""


def test_switches(book):
    app = book.app
    assert app.version >= 15
    assert xw.apps.keys() == [app.pid]
    assert xw.apps[app.pid] == app
    with app.properties(screen_updating=False, calculation="manual", display_alerts=False):
        assert (app.screen_updating, app.calculation, app.display_alerts) == (
            False,
            "manual",
            False,
        )
        assert book.api.hasControllersLocked()
        book.sheets[0]["A1"].value = 5
        book.sheets[0]["B1"].formula = "=A1"
        app.calculate()
        assert book.sheets[0]["B1"].value == 5.0
    assert (app.screen_updating, app.calculation, app.display_alerts) == (True, "automatic", True)
    assert not book.api.hasControllersLocked()
    for name in ("enable_events", "interactive"):
        assert getattr(app, name) is True
        with pytest.raises(Unsupported, match=name):
            setattr(app, name, False)
    with pytest.raises(Unsupported, match="semiautomatic"):
        app.calculation = "semiautomatic"


def test_status_bar(book):
    app = book.app
    assert app.status_bar is False
    app.status_bar = "正在评分…"
    app.status_bar = "正在评分（2/3）…"
    assert app.status_bar == "正在评分（2/3）…"
    app.status_bar = False
    assert app.status_bar is False


def test_alerts_are_answered_and_recorded(book):
    app = book.app
    answers = [
        app.alert("要覆盖吗？", "评分", buttons)
        for buttons in ("ok", "ok_cancel", "yes_no", "yes_no_cancel")
    ]
    assert answers == ["ok", "cancel", "no", "cancel"], (
        "nobody can be asked: the answer that changes nothing"
    )
    assert app.impl.alerts[-1].prompt == "要覆盖吗？"
    with pytest.raises(Unsupported, match="callback"):
        app.alert("a", callback="b")


def test_windows(book):
    book.app.visible = True
    book.app.activate(steal_focus=True)
    assert book.app.visible is True


@pytest.fixture
def macros(book):
    libraries = book.api.BasicLibraries
    if not libraries.hasByName("Standard"):
        libraries.createLibrary("Standard")
    libraries.getByName("Standard").insertByName("Module1", BASIC)
    return book


def test_macros(macros):
    assert macros.macro("合计")(3, 4) == 7
    assert macros.macro("Module1.合计")(2**40, 1) == 2**40 + 1
    assert macros.macro("求和")([1, 2, 3.5]) == 6.5
    assert macros.app.macro("合计")("甲", "乙") == "甲乙"
    macros.macro("写入")("写入成功")
    assert macros.sheets[0]["A1"].value == "写入成功"


def test_macro_problems(macros):
    with pytest.raises(MacroNotFound, match="没有这个宏"):
        macros.macro("没有这个宏")()
    with pytest.raises(MacroNotFound):
        macros.macro("Module1.没有这个宏")()
    with pytest.raises(MacroNotFound, match="写法不对"):
        macros.app.macro("甲!乙!丙")()


def test_protection(sheet):
    assert guard.is_protected(sheet) is False
    guard.set_locked(sheet["B1"], False)
    guard.protect(sheet)
    assert guard.is_protected(sheet) is True
    sheet["B1"].value = 5
    assert sheet["B1"].value == 5.0
    assert (guard.is_locked(sheet["A1"]), guard.is_locked(sheet["B1"])) == (True, False)
    assert guard.is_locked(sheet["A1:B1"]) is None
    for change in (
        lambda: setattr(sheet["A1"], "value", 1),
        lambda: setattr(sheet["A1"], "formula", "=1+1"),
        lambda: setattr(sheet["A1"], "color", (1, 2, 3)),
        lambda: setattr(sheet["A1"].font, "bold", True),
        lambda: setattr(sheet["A1"], "number_format", "0.0"),
        lambda: sheet["A1"].clear(),
        lambda: sheet["A1"].add_note("x"),
        lambda: sheet["A1:B1"].merge(),
    ):
        with pytest.raises(SheetProtected, match="受保护"):
            change()
    guard.unprotect(sheet)
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0


def test_a_password_is_not_ours_to_remove(sheet):
    sheet.api.protect("密码")
    with pytest.raises(SheetProtected, match="密码"):
        guard.unprotect(sheet)
    sheet.api.unprotect("密码")


def test_books_by_number_and_name(book):
    books = Books(book.app.impl)
    assert books(1).name
    assert book.name in books
    with pytest.raises(KeyError):
        books("没有.xlsx")
