"""Number formats: their keys, their kinds, and which cells of a block have which."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .calls import traced
from .connection import uno_module
from .values import Kind

# com.sun.star.util.NumberFormat, bit by bit
_DATE, _TIME, _TEXT, _LOGICAL = 2, 4, 256, 1024
_LOCALE_STEP = 5000  # keys of one language start at a multiple of this; the first is General
_LITERAL = re.compile(r'"[^"]*"|\\.|\[(?![HMS]+\])[^\]]*\]')


class Formats:
    """The formats of one workbook.

    Keys never change their meaning, so what was asked once is remembered.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._keys: dict[str, int] = {}
        self._kinds: dict[int, Kind] = {}
        self._texts: dict[int, str] = {}
        # the file speaks English formats whatever the user's language is
        self._english = uno_module().createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")

    @property
    def _formats(self) -> Any:
        return traced(self._document).NumberFormats

    def key(self, text: str) -> int:
        """The key of a format written as in Excel."""
        if text not in self._keys:
            formats = self._formats
            key = formats.queryKey(text, self._english, False)
            try:
                self._keys[text] = key if key >= 0 else formats.addNew(text, self._english)
            except uno_module().getClass(
                "com.sun.star.util.MalformedNumberFormatException"
            ) as error:
                raise ValueError(f"数字格式“{text}”写法不对。") from error
        return self._keys[text]

    def kind(self, key: int) -> Kind:
        """What a format says about its cells."""
        if key % _LOCALE_STEP == 0:
            return Kind.GENERAL
        if key not in self._kinds:
            bits = self._formats.getByKey(key).Type
            self._kinds[key] = _kind(bits)
        return self._kinds[key]

    def text(self, key: int) -> str:
        """A format as Excel writes it, in English."""
        if key % _LOCALE_STEP == 0:
            return "General"
        if key not in self._texts:
            formats = self._formats
            entry = formats.getByKey(key)
            english = formats.addNewConverted(entry.FormatString, entry.Locale, self._english)
            text = formats.getByKey(english).FormatString
            self._texts[key] = _lower(text) if entry.Type & (_DATE | _TIME) else text
        return self._texts[key]


def _kind(bits: int) -> Kind:
    for bit, kind in (
        (_TEXT, Kind.TEXT),
        (_LOGICAL, Kind.BOOLEAN),
        (_DATE, Kind.DATE),
        (_TIME, Kind.TIME),
    ):
        if bits & bit:
            return kind
    return Kind.NUMBER


def _lower(text: str) -> str:
    """YYYY-MM-DD → yyyy-mm-dd, leaving literals alone: Excel writes the letters small."""
    parts, end = [], 0
    for literal in _LITERAL.finditer(text):
        parts += [text[end : literal.start()].lower(), literal[0]]
        end = literal.end()
    return "".join([*parts, text[end:].lower()]).replace("am/pm", "AM/PM")


class Found(NamedTuple):
    """The formats of a block's cells, row by row: what they say, and their keys."""

    kinds: list[list[Kind]]
    keys: list[list[int]]


def formats_of(block: Any, sheet: Any, formats: Formats, rows: int, columns: int) -> Found:
    """The formats of a block's cells.

    A formula's own result may bring a format (=A1>B1 is boolean, =TODAY() a date) that only single
    cells report, so a block is asked look by look, and the General ones through their first cell.
    """
    if rows == columns == 1:
        key = block.NumberFormat
        return Found([[formats.kind(key)]], [[key]])
    looks = block.getUniqueCellFormatRanges()
    count = looks.Count
    kinds = [[Kind.GENERAL] * columns for _ in range(rows)]
    keys = [[0] * columns for _ in range(rows)]
    start: Any = None
    for i in range(count):
        look = looks.getByIndex(i)
        key = shown = look.NumberFormat
        areas = None
        if key % _LOCALE_STEP == 0:
            areas = look.RangeAddresses
            shown = sheet.getCellByPosition(areas[0].StartColumn, areas[0].StartRow).NumberFormat
        kind = formats.kind(shown)
        if count == 1:
            return Found(
                [[kind] * columns for _ in range(rows)], [[key] * columns for _ in range(rows)]
            )
        if kind is Kind.GENERAL and key == 0:
            continue
        start = start or block.RangeAddress
        for area in areas or look.RangeAddresses:
            left, right = (
                area.StartColumn - start.StartColumn,
                area.EndColumn - start.StartColumn + 1,
            )
            for row in range(area.StartRow - start.StartRow, area.EndRow - start.StartRow + 1):
                kinds[row][left:right] = [kind] * (right - left)
                keys[row][left:right] = [key] * (right - left)
    return Found(kinds, keys)
