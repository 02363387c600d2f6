"""Random edits: what was set is read back, nothing else changes,
and doing it twice is doing it once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_sheets.ooxml import markup, values
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.cell import Cell, decode
from rubric_sheets.ooxml.render import _string
from rubric_sheets.ooxml.save import Changes
from rubric_sheets.ooxml.values import KEEP, NOTHING, Value
from rubric_sheets.places import addresses as refs
from rubric_sheets.places.addresses import Area

from . import handmade

GRID = Area("", 1, 1, 40, 40)
MASTERS = {(3, 2), (9, 1)}

texts = st.one_of(
    st.text(),
    st.sampled_from(["=1+1", "_x0041_", "__x000D_", "a\r\nb", '<c r="A1">&amp;', "]]>", "_x"]),
)
decimals = (
    st.decimals(allow_nan=False, allow_infinity=False, places=4)
    .map(str)
    .filter(lambda d: abs(float(d)) < 1e300)
)
contents = st.one_of(
    texts.map(values.text),
    decimals.map(values.number),
    st.booleans().map(values.boolean),
    st.just(NOTHING),
    st.sampled_from(["#N/A", "#DIV/0!"]).map(values.error),
)
formulas = st.one_of(st.just(KEEP), st.none(), st.sampled_from(["A1+1", '"<&>"', "SUM(A1:B2)"]))
places = st.tuples(st.integers(1, 15), st.integers(1, 9))
edits = st.dictionaries(places, st.tuples(contents, formulas), max_size=12)


def cells(data: bytes, name: str) -> dict[tuple[int, int], Cell]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        return Book.open(file.name).sheet(name).cells(GRID)


def wanted(old: Cell | None, value: Value, formula: str | None) -> tuple[str, str, str | None]:
    return *value, (old.formula if old else None) if formula == KEEP else formula


@settings(max_examples=150, deadline=None)
@given(edits=edits, name=st.sampled_from(["收支 & '表'额", "第二"]))
def test_edits_are_read_back_and_others_stay(
    edits: dict[tuple[int, int], tuple[Value, str | None]], name: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = handmade.write(Path(folder) / "a.xlsm", handmade.excel_parts())
        first = Changes(Book.open(path))
        for place, (value, formula) in edits.items():
            first.set(name, *place, value, KEEP if place in MASTERS else formula)
        before = first.book.sheet(name).cells(GRID)
        data = first.package()
        Path(path).write_bytes(data)
        second = Changes(Book.open(path))
        after = second.book.sheet(name).cells(GRID)
        for place, (value, formula) in edits.items():
            second.set(name, *place, value, KEEP if place in MASTERS else formula)
            new = after.get(place, Cell("blank", "", None, 0))
            old = before.get(place)
            assert new[:3] == wanted(old, value, KEEP if place in MASTERS else formula)
            assert old is None or new.style == old.style
        assert second.package() == data
        untouched = {place: cell for place, cell in before.items() if place not in edits}
        assert untouched == {place: cell for place, cell in after.items() if place not in edits}
        others = Book.open(path)
        for other in others.container.names:
            if other not in (others.sheets[name], "xl/workbook.xml", "xl/calcChain.xml"):
                assert others.container.read(other) == handmade.excel_parts()[other]


@given(texts)
def test_text_survives_xml(content: str) -> None:
    legal = values.text(content).text
    assert decode(_string(legal)) == legal
    assert markup.unescape(markup.escape_attribute(legal)) == legal


@given(st.integers(1, refs.LAST_ROW), st.integers(1, refs.LAST_COL))
def test_addresses(row: int, col: int) -> None:
    assert refs.cell(refs.ref(row, col)) == (row, col)
    assert refs.area(refs.ref(row, col)) == Area("", row, col, row, col)
