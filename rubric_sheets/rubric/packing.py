"""The text of a rubric as a workbook carries it: deflated, in base64, in short cells of ASCII.

A spreadsheet program breaks a long text into paragraphs and writes a text of two scripts in
hundreds of runs; a short cell of letters comes back as it went. The first character of a cell is
a letter, so that no program takes it for a formula. Workbooks of version 0.1.0 hold the plain text
in cells of 30,000 characters.
"""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

PACKED, PLAIN = "packed", "json"  # keys of the cells, followed by a number from 0
MARK = "z"
ROOM = 8000  # characters of one cell, the mark aside; LibreOffice breaks paragraphs at 16,383


def cells(text: str) -> list[tuple[str, str]]:
    """(key, text) of the cells that carry this rubric."""
    code = b2a_base64(zlib.compress(text.encode(), 9), newline=False).decode("ascii")
    starts = range(0, len(code), ROOM)
    return [
        (f"{PACKED}{number}", MARK + code[start : start + ROOM])
        for number, start in enumerate(starts)
    ]


def stored(values: Mapping[str, str]) -> tuple[bool, str]:
    """(whether it is packed, the cells' texts in one): cheap, and the same for the same rubric.
    White space that a program put into a cell goes."""
    found = _joined(values, PACKED, len(MARK))
    if found:
        return True, found
    return False, _joined(values, PLAIN, 0)


def _joined(values: Mapping[str, str], kind: str, skip: int) -> str:
    keys = [key for key in values if key.startswith(kind) and key[len(kind) :].isdecimal()]
    keys.sort(key=lambda key: int(key[len(kind) :]))
    parts = [values[key].replace("\n", "").replace("\r", "") for key in keys]
    return "".join(part[skip:] for part in parts)


def unpacked(code: str, most: int) -> str:
    """The rubric's text. ValueError where the code is damaged, or gives more than `most` bytes."""
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(a2b_base64(code), most)
    except zlib.error as problem:
        raise ValueError(str(problem)) from None
    if not unpacker.eof:
        raise ValueError("the code ends early, or is too long")
    return data.decode()
