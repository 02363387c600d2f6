"""IronCalc: a spreadsheet engine in Rust. It reads names in ASCII only (0.9 answers #ERROR! to
every formula with another one), so it is given a workbook whose names are other ones."""

from __future__ import annotations

import os
import tempfile

from ...facts.model import Place
from ...ooxml.book import Book
from ..compare import Answer
from ..live import Live
from ..names import in_ascii

NAME, PACKAGE = "IronCalc", "ironcalc"


def version() -> str:
    from importlib.metadata import version as installed

    return installed(PACKAGE)


def answers(book: bytes, cells: list[Live]) -> dict[Place, Answer]:
    import ironcalc

    opened = Book.of("book.xlsx", book)
    with tempfile.TemporaryDirectory(prefix="rubric-verify-") as folder:
        path = os.path.join(folder, "book.xlsx")
        with open(path, "wb") as file:
            file.write(opened.container.rewrite(in_ascii(opened)))
        model = ironcalc.load_from_xlsx(path)
    model.evaluate()
    sheets = {sheet["name"]: at for at, sheet in enumerate(model.get_worksheets_properties())}
    return {
        cell.place: model.get_cell_value(
            sheets[cell.place.sheet], cell.place.row, cell.place.column
        )
        for cell in cells
        if cell.place.sheet in sheets
    }
