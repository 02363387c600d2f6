"""Error values: LibreOffice's numbers mean what LibreOffice itself writes into a file for Excel."""

from __future__ import annotations

import openpyxl

FORMULAS = {
    502: "=INDEX(B1:B2;5)",
    503: "=10^999",
    504: "=ROW(1)",  # wants a reference, and is no #REF! all the same
    519: '="a"+1',
    521: "=#NULL!",
    524: "=#REF!+1",
    525: "=foo()",
    532: "=1/0",
    32767: "=NA()",
}


def test_every_number_has_the_text_that_is_saved(book, sheet, tmp_path):
    cells = sheet[f"A1:A{len(FORMULAS)}"]
    for cell, formula in zip(cells, FORMULAS.values()):
        cell.api.setFormula(formula)
    assert [cell.api.getError() for cell in cells] == list(FORMULAS)
    path = tmp_path / "错误值.xlsx"
    book.save(path)
    saved = [cell.value for cell in openpyxl.load_workbook(path, data_only=True).active["A"]]
    assert saved[2] == "#VALUE!"
    assert cells.options(err_to_str=True).value == saved
