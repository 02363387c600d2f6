"""The record of a submission's parts, in the file itself: a document's custom properties, a PDF's
information."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

from ..ooxml.container import Container
from ..ooxml.faults import PackageFault
from ..records import Record
from .content import SHORT, Digest, of_package, of_pdf

NAME = "报送码"
SEP = "·"
WHOLE = f"{NAME}{SEP}总"
RUBRIC = f"{NAME}{SEP}指标体系"
PART = "docProps/custom.xml"
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
MOST = 400  # properties that are read


class Stamp(Record):
    """What was recorded: the code, the rubric (id, version, hash), each part's digest, and over all
    of it one more."""

    code: str
    rubric: str
    parts: dict[str, Digest]
    whole: str

    @property
    def is_whole(self) -> bool:
        """Is the record itself as it was made?"""
        return self.whole == whole_of(self.code, self.rubric, self.parts)


def whole_of(code: str, rubric: str, parts: dict[str, Digest]) -> str:
    lines = [code, rubric, *("\t".join((name, *parts[name])) for name in sorted(parts))]
    return sha256("\n".join(lines).encode()).hexdigest()[:SHORT]


def _as_properties(code: str, rubric: str, parts: dict[str, Digest]) -> dict[str, str]:
    out = {NAME: code, RUBRIC: rubric, WHOLE: whole_of(code, rubric, parts)}
    return {**out, **{f"{NAME}{SEP}{SEP}{n}": " ".join(one) for n, one in parts.items()}}


def _from_properties(found: dict[str, str]) -> Stamp | None:
    if NAME not in found:
        return None
    mark = f"{NAME}{SEP}{SEP}"
    parts = {}
    for name, value in found.items():
        if name.startswith(mark):
            figures, _, words = value.partition(" ")
            parts[name.removeprefix(mark)] = Digest(figures, words)
    return Stamp(found[NAME], found.get(RUBRIC, ""), parts, found.get(WHOLE, ""))


def stamped(data: bytes, code: str, rubric: str) -> bytes:
    """A workbook or a Word document with the record of what stands in it."""
    package = Container("", data, (0, 0, 0))
    own = {name: value for name, value in _read(package).items() if not name.startswith(NAME)}
    wanted = {**own, **_as_properties(code, rubric, of_package(package))}
    content = _written(wanted)
    if package.has(PART):
        return package.rewrite({PART: content})
    override = f'<Override PartName="/{PART}" ContentType="{TYPE}"/></Types>'
    link = f'<Relationship Id="rIdSeal" Type="{RELATION}" Target="{PART}"/></Relationships>'
    changed = {
        TYPES: package.read(TYPES).replace(b"</Types>", override.encode()),
        RELATIONS: package.read(RELATIONS).replace(b"</Relationships>", link.encode()),
    }
    return package.rewrite(changed, {PART: content})


def read(package: Container) -> Stamp | None:
    """What a workbook or a Word document records of itself."""
    return _from_properties(_read(package))


def _read(package: Container) -> dict[str, str]:
    if not package.has(PART):
        return {}
    data = package.read(PART)
    if b"<!DOCTYPE" in data:
        raise PackageFault("unusual", package.path, "xml-doctype", part=PART)
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 -- no DOCTYPE, so no entities
    except ElementTree.ParseError:
        raise PackageFault("truncated", package.path, "xml-form", part=PART) from None
    out = {}
    for item in list(root)[:MOST]:
        value = next(iter(item), None)
        out[item.get("name", "")] = "" if value is None else value.text or ""
    return out


def _written(properties: dict[str, str]) -> bytes:
    ElementTree.register_namespace("", PROPERTIES)
    ElementTree.register_namespace("vt", VALUES)
    root = ElementTree.Element(f"{{{PROPERTIES}}}Properties")
    for number, (name, text) in enumerate(properties.items(), 2):
        item = ElementTree.SubElement(root, f"{{{PROPERTIES}}}property")
        item.attrib.update(fmtid=FMTID, pid=str(number), name=name)
        ElementTree.SubElement(item, f"{{{VALUES}}}lpwstr").text = text
    out: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return out


def stamped_pdf(data: bytes, code: str, rubric: str) -> bytes:
    """A PDF with the record of what stands on its pages."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    properties = _as_properties(code, rubric, of_pdf(data))
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_pdf(data: bytes) -> Stamp | None:
    """What a PDF records of itself. ValueError for what cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found: Any = PdfReader(io.BytesIO(data)).metadata or {}
        return _from_properties({key.removeprefix("/"): str(found[key]) for key in found})
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise ValueError(str(problem)) from None
