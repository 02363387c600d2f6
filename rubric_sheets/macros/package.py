"""Macros and ribbon in a workbook: what XlsxWriter takes,
and what is added to the package after it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from .source import WORKBOOK_MODULE, source_folder, vba_project

NAMESPACE_2007 = "http://schemas.microsoft.com/office/2006/01/customui"
NAMESPACE_2010 = "http://schemas.microsoft.com/office/2009/07/customui"
RELATIONSHIP = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
# Part, relationship id, relationship type, namespace; Excel 2010 and later prefer the second.
RIBBONS = (
    ("customUI/customUI.xml", "rIdRibbon", RELATIONSHIP.format(2006), NAMESPACE_2007),
    ("customUI/customUI14.xml", "rIdRibbon14", RELATIONSHIP.format(2007), NAMESPACE_2010),
)
CONTENT_TYPES, ROOT_RELATIONSHIPS = "[Content_Types].xml", "_rels/.rels"
XML_DEFAULT = b'<Default Extension="xml" ContentType="application/xml"/>'
DATE = (1980, 1, 1, 0, 0, 0)


def attach_macros(workbook: Any) -> list[str]:
    """Give an `xlsxwriter.Workbook` the project, and every sheet a code name;
    the code names in order.

    Call it when all worksheets exist; the file name must end in `.xlsm`.
    """
    code_names = [f"Sheet{number}" for number, _ in enumerate(workbook.worksheets(), 1)]
    for sheet, code_name in zip(workbook.worksheets(), code_names):
        sheet.set_vba_name(code_name)
    workbook.add_vba_project(io.BytesIO(vba_project(code_names)), is_stream=True)
    workbook.set_vba_name(WORKBOOK_MODULE)
    return code_names


def ribbon_xml(namespace: str = NAMESPACE_2007) -> bytes:
    """The ribbon in one of the two namespaces;
    `workbook/ribbon.xml` is the one text behind both."""
    text = (source_folder() / "ribbon.xml").read_bytes().replace(b"\r\n", b"\n")
    return text.replace(NAMESPACE_2007.encode(), namespace.encode())


def add_ribbon(data: bytes) -> bytes:
    """Add both ribbon parts to a workbook; dates and order are fixed,
    so equal input gives equal bytes.

    Dates inside the document (`docProps/core.xml`) are the caller's.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    relationships = b""
    for part, identifier, kind, namespace in RIBBONS:
        if part in parts:
            raise ValueError(f"the workbook already has a ribbon: {part}")
        parts[part] = ribbon_xml(namespace)
        relationships += f'<Relationship Id="{identifier}" Type="{kind}" Target="{part}"/>'.encode()
    parts[ROOT_RELATIONSHIPS] = _insert(
        parts[ROOT_RELATIONSHIPS], relationships, before=b"</Relationships>"
    )
    if b'Extension="xml"' not in parts[CONTENT_TYPES]:
        parts[CONTENT_TYPES] = _insert(parts[CONTENT_TYPES], XML_DEFAULT, before=b"<Override")
    return _zip(parts)


def _insert(text: bytes, addition: bytes, *, before: bytes) -> bytes:
    head, mark, tail = text.partition(before)
    if not mark:
        raise ValueError(f"not a workbook as XlsxWriter writes it: {before.decode()} not found")
    return head + addition + mark + tail


def _zip(parts: dict[str, bytes]) -> bytes:
    """Write the package: content types first, then relationships, then the parts in their order."""
    first = [CONTENT_TYPES, ROOT_RELATIONSHIPS]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in [*first, *(name for name in parts if name not in first)]:
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(entry, parts[name])
    return out.getvalue()
