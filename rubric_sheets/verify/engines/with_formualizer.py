"""formualizer: a spreadsheet engine in Rust; whole workbooks in milliseconds."""

from __future__ import annotations

from ...facts.model import Place
from ..compare import Answer
from ..live import Live

NAME, PACKAGE = "formualizer", "formualizer"


def version() -> str:
    from importlib.metadata import version as installed

    return installed(PACKAGE)


def answers(book: bytes, cells: list[Live]) -> dict[Place, Answer]:
    import formualizer

    workbook = formualizer.load_workbook_bytes(book)
    workbook.evaluate_all()
    return {
        cell.place: _plain(workbook.get_value(cell.place.sheet, cell.place.row, cell.place.column))
        for cell in cells
    }


def _plain(value: object) -> Answer:
    """An error comes as a dictionary that names its kind."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return f"#{value.get('kind', 'ERROR')}"
    return f"#{value}"
