"""Sheets of one template are indexed by the layout that is known: never wrongly so."""

from __future__ import annotations

import pytest

from rubric_sheets.ooxml import sheet as sheets
from rubric_sheets.ooxml.faults import PackageFault
from rubric_sheets.ooxml.sheet import Sheet
from rubric_sheets.ooxml.strings import SharedStrings

START = b'<worksheet xmlns="x"><sheetData>'
END = b"</sheetData></worksheet>"


def opened(*addresses: str, values: str = "1") -> Sheet:
    cells = "".join(f'<c r="{at}"><v>{values}</v></c>' for at in addresses).encode()
    data = START + b'<row r="1">' + cells + b"</row>" + END
    return Sheet("a.xlsx", "表", "xl/worksheets/sheet1.xml", data, SharedStrings(b""))


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_LAYOUTS", {})


def test_the_second_of_a_template_has_its_own_values() -> None:
    first, second = opened("A1", "B1", "D1"), opened("A1", "B1", "D1", values="2")
    assert first.cell(1, 4).text == "1"  # type: ignore[union-attr]
    assert second.cell(1, 4).text == "2"  # type: ignore[union-attr]
    assert first.addresses() == second.addresses() == [(1, 1), (1, 2), (1, 4)]
    assert len(sheets._LAYOUTS) == 1


def test_one_that_only_begins_and_ends_alike() -> None:
    assert opened("A1", "B1", "D1").addresses() == [(1, 1), (1, 2), (1, 4)]
    other = opened("A1", "C1", "D1")
    assert other.cell(1, 2) is None
    assert other.addresses() == [(1, 1), (1, 3), (1, 4)]


def test_a_longer_address_that_begins_alike() -> None:
    assert opened("A1", "B1", "D1").cell(1, 2) is not None
    other = opened("A1", "B11", "D1")
    assert other.cell(1, 2) is None
    assert other.cell(11, 2) is not None


def test_an_address_twice_beside_a_known_layout() -> None:
    opened("A1", "B1", "D1").addresses()
    twice = opened("A1", "A1", "D1")
    with pytest.raises(PackageFault):
        twice.cell(1, 1)


def test_more_cells_between_the_known_ones() -> None:
    """A cell that is written in another way is seen by its count."""
    opened("A1", "B1").addresses()
    cells = b'<row r="1"><c r="A1"><v>1</v></c><c  r="C1"><v>3</v></c><c r="B1"/></row>'
    other = Sheet("a.xlsx", "表", "s.xml", START + cells + END, SharedStrings(b""))
    assert sorted(other.addresses()) == [(1, 1), (1, 2), (1, 3)]


def test_layouts_are_bounded() -> None:
    for number in range(2, 3 * sheets.MAX_LAYOUTS):
        opened(*(f"A{row}" for row in range(1, number))).addresses()
        assert len(sheets._LAYOUTS) <= sheets.MAX_LAYOUTS
    opened(*(f"A{row}" for row in range(1, sheets.MAX_CELLS + 3))).addresses()
    assert all(len(known[0]) <= sheets.MAX_CELLS for known in sheets._LAYOUTS.values())


def test_no_cells_at_all() -> None:
    assert opened().addresses() == opened().addresses() == []
