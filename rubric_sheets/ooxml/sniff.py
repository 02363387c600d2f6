"""What a file is that is no workbook. Loaded only when opening has failed:
each kind gets its own advice."""

from __future__ import annotations

from .faults import PackageFault

_OTHER_KINDS = (
    (b"%PDF", "kind-pdf"),
    (b"{\\rtf", "kind-rtf"),
    (b"\x89PNG", "kind-image"),
    (b"\xff\xd8\xff", "kind-image"),
    (b"GIF8", "kind-image"),
    (b"Rar!", "kind-rar"),
    (b"7z\xbc\xaf", "kind-rar"),
)
_TEXT_CONTROLS = bytes(sign for sign in range(32) if sign not in (9, 10, 12, 13))


def not_a_package(data: bytes, path: str) -> PackageFault:
    """The error for bytes without the end record of a zip file."""
    if not data.strip(b"\0"):
        return PackageFault("truncated", path, "zip-zeros")
    if data.startswith(b"PK"):
        return PackageFault("truncated", path, "zip-no-end")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # [MS-CFB] 2.2
        return _compound(data, path)
    for mark, key in _OTHER_KINDS:
        if data.startswith(mark):
            return PackageFault("other-kind", path, key)
    return _text(data, path)


def _compound(data: bytes, path: str) -> PackageFault:
    """[MS-OFFCRYPTO] 2.3.4: an encrypted .xlsx is a compound file with the stream
    EncryptedPackage."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PackageFault("encrypted", path)
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return PackageFault("not-workbook", path, "kind-xls")
    return PackageFault("other-kind", path, "kind-ole")


def _text(data: bytes, path: str) -> PackageFault:
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")) or data.startswith(b"\x09\x08"):
        return PackageFault("not-workbook", path, "kind-xls")
    if start.translate(None, _TEXT_CONTROLS) != start:
        return PackageFault("other-kind", path, "kind-binary")
    if b"<html" in head or b"<table" in head or head.startswith(b"<!doctype html"):
        return PackageFault("not-workbook", path, "kind-html")
    if head.startswith(b"<"):
        return PackageFault("not-workbook", path, "kind-xml")
    if head.startswith((b"{", b"[")):
        return PackageFault("other-kind", path, "kind-json")
    if b"," in head or b"\t" in head or b";" in head:
        return PackageFault("not-workbook", path, "kind-csv")
    return PackageFault("other-kind", path, "kind-text")


def not_this_package(names: dict[str, object], start: bytes, path: str) -> PackageFault:
    """The error for a zip package without an .xlsx workbook part. `start`:
    the file's first 200 bytes."""
    if "xl/workbook.bin" in names:
        return PackageFault("not-workbook", path, "kind-xlsb")
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in start:
        return PackageFault("not-workbook", path, "kind-ods")
    if b"mimetypeapplication/vnd.oasis.opendocument" in start:
        return PackageFault("other-kind", path, "kind-odt")
    for folder, key in (("word/", "kind-docx"), ("ppt/", "kind-pptx")):
        if any(name.startswith(folder) for name in names):
            return PackageFault("other-kind", path, key)
    if "[Content_Types].xml" in names:
        return PackageFault("truncated", path, "zip-missing", part="xl/workbook.xml")
    return PackageFault("other-kind", path, "kind-zip")
