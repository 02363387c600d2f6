"""Formulas in Excel's grammar, both ways."""

from __future__ import annotations

import pytest

from xlwings_libreoffice.formulas import to_shown, to_xlsx

FORMULAS = [
    "=SUM(A1:B2)*3",
    "=SUM($A1:A$9)",
    '=IFERROR(A1/0,"x;y,z")',
    "=CEILING(1.2,1)",
    "=STDEV.S(A1:A3)",
    "=IFNA(A1,1)",
    '=TEXTJOIN(",",TRUE,A1:A3)',
    "={1,2;3,4}",
    "=IF(TRUE,1,FALSE)",
    '=A1&"中文""引号"""',
    "=-A1^2",
    "=10%",
    "=A1<>B1",
    "='收 支'!$A$1+得分",
    "=VLOOKUP(A1,'收 支'!A:B,2,FALSE)",
    '=SUMPRODUCT((A1:A3="甲")*(B1:B3))',
    "=EDATE(A1,1)",
    '=CONVERT(1,"m","ft")',
    "=PDURATION(0.1,2,3)",
    "=NETWORKDAYS(A1,B1)",
    '=TEXT(A1,"0.00")',
    '=IF(A1="_xlfn.STDEV.S(TRUE())",1,2)',
    "=ROUNDUP(ROUND((A1-1)*100,8),0)",
]


@pytest.fixture
def prepared(book):
    book.sheets.add("收 支", after=book.sheets[0])
    book.names.add("得分", "='收 支'!$B$2")
    return book.sheets[0]


@pytest.mark.parametrize("formula", FORMULAS)
def test_one_formula_is_read_as_written(prepared, formula):
    cell = prepared["E5"]
    cell.formula = formula
    assert cell.formula == formula
    assert cell.options(err_to_str=True).value != "#NAME?"


def test_a_block_of_formulas_and_constants(prepared):
    block = [FORMULAS[:4], ["文字", "3", "=A1+1", None], [*FORMULAS[16:19], "2024-01-02"]]
    prepared["E5:H7"].formula = block
    read = prepared["E5:H7"].formula
    assert read[0] == tuple(FORMULAS[:4])
    assert read[1] == ("文字", "3", "=A1+1", "")
    assert read[2] == (*FORMULAS[16:19], "45293")


def test_one_formula_is_filled_with_relative_references(sheet):
    sheet["A1:A4"].options(transpose=True).value = [1, 2, 3, 4]
    sheet["B1:C4"].formula = "=A1*$A$1+COLUMN()"
    assert sheet["C3"].formula == "=B3*$A$1+COLUMN()"
    assert sheet["B1:B4"].value == [3.0, 4.0, 5.0, 6.0]


def test_a_filled_formula_that_needs_tokens(sheet):
    sheet["A1:A2"].options(transpose=True).value = [1, 2]
    sheet["B1:B2"].formula = '=CONVERT(A1,"m","cm")'
    assert sheet["B1:B2"].value == [100.0, 200.0]


def test_value_takes_formulas_too(sheet):
    sheet["A1"].value = [[2, "=A1*2"], [3, "=A2*2"]]
    assert sheet["B1:B2"].value == [4.0, 6.0]


def test_an_error_value_inside_a_formula(sheet):
    sheet["A1"].formula = "=IF(TRUE,#N/A,1)"
    assert sheet["A1"].options(err_to_str=True).value == "#N/A"


def test_array_formulas(sheet):
    sheet["A1:A3"].options(transpose=True).value = [1, 2, 3]
    sheet["B1"].formula_array = "=SUM(A1:A3*A1:A3)"
    assert sheet["B1"].value == 14.0
    assert sheet["B1"].has_array
    assert sheet["B1"].formula_array == "=SUM(A1:A3*A1:A3)"
    assert sheet["A1"].formula_array is None


@pytest.mark.parametrize("formula", ["=#REF!", "=SUM(1", "=SUM(1))", '="未完', "=IF(A1,#REF!,1)"])
def test_a_wrong_formula_is_refused(sheet, formula):
    with pytest.raises(ValueError, match="写法不对"):
        sheet["A1"].formula = formula


def test_formula2_is_the_same(sheet):
    sheet["A1"].formula2 = "=1+1"
    assert sheet["A1"].formula2 == "=1+1"


def test_a_changed_function_table_is_noticed(sheet):
    """Another script may have spoilt the office-wide table; then tokens are used throughout."""
    formulas = sheet.book.impl.formulas
    formulas._text_is_safe = False
    sheet["A1:A2"].formula = "=MAX(1,ROW())"
    assert sheet["A1:A2"].value == [1.0, 2.0]
    assert sheet["A1"].formula == "=MAX(1,ROW())"


def test_prefixes_only_outside_texts():
    assert to_xlsx('STDEV.S(A1)&"STDEV.S(A1)"&_xlfn.IFNA(A1,#N/A)') == (
        '_xlfn.STDEV.S(A1)&"STDEV.S(A1)"&_xlfn.IFNA(A1,NA())'
    )
    assert to_shown('_xlfn.STDEV.S(A1)&"_xlfn.X()"&TRUE()') == 'STDEV.S(A1)&"_xlfn.X()"&TRUE'
