"""What stands in a submission, part by part: the sheets of an .xlsx, the chapters of a .docx, the
pages of a .pdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree

from ..exact.quantities import exact, from_cell
from ..ooxml.book import Book
from ..ooxml.cell import BLANK, NUMBER
from ..ooxml.container import Container
from ..ooxml.faults import PackageFault
from ..places.addresses import letters
from ..records import Record

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
CHAPTER = re.compile("[一二三四五六七八九十]+、")
FIRST = "封面"
SHORT = 12  # hex digits of a digest: what is guarded against is a changed figure


class Digest(Record):
    """Of one part: of the figures that stand there in their order, and of all its words."""

    figures: str
    words: str


def digest(texts: list[tuple[str, str]]) -> Digest:
    """`texts`: (where, what) of everything that stands in the part."""
    figures = [figure for _, text in texts for figure in FIGURE.findall(text)]
    return Digest(_short("\n".join(figures)), _short("\n".join("\t".join(one) for one in texts)))


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def of_package(package: Container) -> dict[str, Digest]:
    """Name → digest of each part of a workbook or a Word document. PackageFault."""
    if package.has(DOCUMENT):
        return of_document(document_root(package))
    book = Book(package)
    return {name: digest(list(_cells(book, name))) for name in book.sheets}


def _cells(book: Book, name: str) -> Iterator[tuple[str, str]]:
    sheet = book.sheet(name)
    for row, column in sorted(sheet.addresses()):
        cell = sheet.cell(row, column)
        if cell is None or cell.kind == BLANK or not cell.text:
            continue
        text = cell.text.replace("\r\n", "\n")
        if cell.kind == NUMBER:
            text = exact(from_cell(cell.text), 15)
        yield f"{letters(column)}{row}", text


def document_root(package: Container) -> ElementTree.Element:
    """The body's XML, without entities. PackageFault."""
    data = package.read(DOCUMENT)
    if b"<!DOCTYPE" in data:
        raise PackageFault("unusual", package.path, "xml-doctype", part=DOCUMENT)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 -- no DOCTYPE, so no entities
    except ElementTree.ParseError:
        raise PackageFault("truncated", package.path, "xml-form", part=DOCUMENT) from None


def of_document(root: ElementTree.Element) -> dict[str, Digest]:
    """By chapter: what begins with 一、 二、 is one, what begins with 附件 too."""
    parts: dict[str, list[tuple[str, str]]] = {FIRST: []}
    name = FIRST
    for block in root.iterfind(f"{WORD}body/*"):
        texts = [_text(paragraph) for paragraph in block.iter(f"{WORD}p")]
        first = texts[0].strip() if texts else ""
        is_paragraph = block.tag == f"{WORD}p"
        if is_paragraph and (CHAPTER.match(first) or (first.startswith("附件") and parts[name])):
            name = first[:40]
            parts.setdefault(name, [])
        parts[name] += [("", text) for text in texts if text]
    return {name: digest(texts) for name, texts in parts.items() if texts}


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))


def of_pdf(data: bytes) -> dict[str, Digest]:
    """By page; the figures of a page in no order, as programs tell the text of a page in theirs.
    ValueError for what cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise ValueError(str(problem)) from None
    out = {}
    for number, text in enumerate(pages, 1):
        figures = sorted(FIGURE.findall(text))
        words = sorted(re.sub(r"\s", "", text))
        out[f"第 {number} 页"] = Digest(_short("\n".join(figures)), _short("".join(words)))
    return out
