"""Which kind of file a report is, by its content, and the reader for it."""

from __future__ import annotations

import os

from ...findings.finding import InputError, unreadable
from .document import Document

LIMIT = 60_000_000  # bytes of a file
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
SHEETS, TEXTS = (".xls", ".et"), (".doc", ".wps", ".rtf", ".odt")


def of_bytes(path: str, data: bytes) -> Document:
    """`data`: those of a file that is called `path`. Raises InputError."""
    if not data.strip(b"\0 \r\n\t"):
        raise InputError("report-damaged", path=path, what="文件是空的")
    if data.startswith(b"%PDF"):
        from . import pdf

        return _with_text(pdf.read(data, path), path)
    if data.startswith(b"PK"):
        return _with_text(_package(data, path), path)
    if data.startswith((COMPOUND, b"{\\rtf")):
        return _with_text(_old(data, path), path)
    if _is_binary(data):
        raise InputError("report-other-kind", path=path, what="内容不是文字")
    from . import text

    return _with_text(text.read(data, path), path)


def content(path: str) -> bytes:
    """The bytes of a file. Raises InputError."""
    try:
        if os.path.isdir(path):
            raise InputError("report-other-kind", path=path, what="是文件夹")
        size = os.path.getsize(path)
        if size > LIMIT:
            what = f"文件有 {size // 1_000_000} MB，上限为 {LIMIT // 1_000_000} MB"
            raise InputError("report-too-large", path=path, what=what)
        with open(path, "rb") as file:
            data = file.read(LIMIT)
    except OSError as error:
        raise unreadable(path, error) from None
    return data


def _package(data: bytes, path: str) -> Document:
    from .package import Package

    package = Package(data, path)
    if "word/document.xml" in package.names:
        from . import word

        return word.read(package)
    if "xl/workbook.xml" in package.names:
        from . import sheets

        return sheets.read(data, path)
    if "mimetype" in package.names:
        return _converted(data, path)
    raise InputError("report-other-kind", path=path, what="压缩包里没有 Word 文档或工作簿")


def _old(data: bytes, path: str) -> Document:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError("report-encrypted", path=path)
    return _converted(data, path)


def _converted(data: bytes, path: str) -> Document:
    from . import office

    ending = os.path.splitext(path)[1].lower()
    is_sheet = ending in SHEETS or (ending not in TEXTS and "Workbook".encode("utf-16-le") in data)
    made = office.convert(data, path, "xlsx" if is_sheet else "docx")
    return _package(made, path)


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = data[:4000]
    zeros = start.count(b"\0")
    even, odd = start[::2].count(b"\0"), start[1::2].count(b"\0")
    if zeros and min(even, odd) < zeros // 10 and zeros > len(start) // 50:
        return False  # UTF-16 without a mark
    signs = sum(start.count(bytes([sign])) for sign in range(32) if sign not in (9, 10, 11, 12, 13))
    return signs > len(start) // 100


def _with_text(document: Document, path: str) -> Document:
    if not any(passage.text.strip() for passage in document.passages()):
        raise InputError("report-no-text", path=path)
    return document
