"""草稿 across every page of a draft: the same picture under the pages of a workbook, a document and
a PDF. `scripts/watermark.py` draws it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

PICTURE = Path(__file__).with_name("draft.png")
WIDE = 400  # points: 14 cm
GREY = 0.87
NAME = "/Draft"
ID = 9000  # of the picture in a document, beyond those of its own


def on_document(document: Any) -> None:
    """Of python-docx: in the header of every section, behind the text."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KINDS

    for section in document.sections:
        section.header.is_linked_to_previous = False  # there is one now
        if section.different_first_page_header_footer:
            section.first_page_header.is_linked_to_previous = False
    picture = document.part.package.get_or_add_image_part(str(PICTURE))
    # docxtpl has put other parts in the place of those that the sections know
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == KINDS.HEADER]
    for number, part in enumerate(parts, 1):
        _behind(part.element, part.relate_to(picture, KINDS.IMAGE), number)


def _behind(header: Any, relation: str, number: int) -> None:
    """The picture in the middle of the page; no text gives way to it. `relation`: to its part."""
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.oxml.shape import CT_Inline
    from docx.shared import Pt

    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="2" behindDoc="1" locked="0" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:align>center</wp:align></wp:positionV>'
        "</wp:anchor>"
    )
    wide = Pt(WIDE)
    extent, *rest = CT_Inline.new_pic_inline(ID + number, relation, PICTURE.name, wide, wide)
    for part in (extent, parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"), *rest):
        anchor.append(part)
    run, drawing = OxmlElement("w:r"), OxmlElement("w:drawing")
    drawing.append(anchor)
    run.append(drawing)
    paragraph = header.find(qn("w:p"))
    if paragraph is None:
        paragraph = OxmlElement("w:p")
        header.append(paragraph)
    paragraph.append(run)


def on_pdf(data: bytes) -> bytes:
    """Under what stands on every page: the picture's own bits, as a stencil."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    stencil = writer._add_object(_stencil())  # noqa: SLF001 - pypdf has no other word for it
    for page in writer.pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        mark = DecodedStreamObject()
        at = f"{WIDE} 0 0 {WIDE} {(wide - WIDE) / 2:.2f} {(high - WIDE) / 2:.2f}"
        mark.set_data(f"q {GREY} g {at} cm {NAME} Do Q\n".encode())
        resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
        pictures = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        pictures[NameObject(NAME)] = stencil
        old = page.get("/Contents")
        inside = old.get_object() if old is not None else ArrayObject()
        parts = list(inside) if isinstance(inside, ArrayObject) else [page.raw_get("/Contents")]
        first = writer._add_object(mark)  # noqa: SLF001
        page[NameObject("/Contents")] = ArrayObject([first, *parts])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stencil() -> Any:
    """The picture as a PDF takes it: both keep bits in the same way."""
    from pypdf.generic import (
        BooleanObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
    )

    size, bits = _bits(PICTURE.read_bytes())
    numbers = {"/Predictor": 15, "/Colors": 1, "/BitsPerComponent": 1, "/Columns": size}
    stencil = StreamObject()
    stencil._data = bits  # noqa: SLF001
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/FlateDecode"}
    stencil.update({NameObject(key): NameObject(name) for key, name in names.items()})
    stencil[NameObject("/ImageMask")] = BooleanObject(True)
    for key, number in (("/Width", size), ("/Height", size), ("/BitsPerComponent", 1)):
        stencil[NameObject(key)] = NumberObject(number)
    stencil[NameObject("/DecodeParms")] = DictionaryObject(
        {NameObject(key): NumberObject(number) for key, number in numbers.items()}
    )
    return stencil


def _bits(png: bytes) -> tuple[int, bytes]:
    """(dots a side, the compressed rows) of a PNG."""
    at, found, size = 8, b"", 0
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            size = int.from_bytes(body[:4])
        if kind == b"IDAT":
            found += body
        at += 12 + length
    return size, found
