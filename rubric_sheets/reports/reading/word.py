"""Word documents (.docx), as they read with all changes accepted ([ECMA-376] part 1, 17).

Merged cells are resolved to the grid, nested tables stand after the one that they are in, a text
box is read once, content controls and fields give what they show. What automatic numbering adds is
not part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from .document import Cell, Document, Passage, Spot, Table
from .package import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = frozenset(("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "commentReference"))
LARGE = (3_600_000, 1_080_000)  # 10 cm by 3 cm, in English metric units
SHORT = 12  # digits of a length
DEPTH = 60  # of elements in each other


def read(package: Package) -> Document:
    """Raises InputError."""
    reader = _read(package)
    document = Document(reader.blocks)
    if pictures := _pictures(reader.body):
        document.missing = [f"{pictures} 张大图片（其中的表格和文字）"]
    return document


def _pictures(body: Any) -> int:
    """How many pictures are as large as a table would be."""
    if body is None:
        return 0
    sizes = [one for one in body.iter() if _name(one) == "extent"]
    return sum(
        _length(one, "cx") >= LARGE[0] and _length(one, "cy") >= LARGE[1]
        for one in sizes
        if any(_name(each) == "blip" for each in one.getparent().iter())
    )


def _length(element: Any, name: str) -> int:
    text = element.get(name) or ""
    return int(text) if text.isdecimal() and len(text) < SHORT else 0


def paragraphs_by_spot(package: Package) -> dict[str, int]:
    """Place in words → which of all the paragraphs of document.xml stands there, counted from 0 as
    they begin; of a cell the first."""
    reader = _read(package)
    order: dict[Any, int] = {}
    for element in reader.body.getroottree().iter() if reader.body is not None else ():
        if _name(element) == "p":
            order[element] = len(order)
    return {str(spot): order[element] for spot, element in reader.places if element in order}


def _read(package: Package) -> _Reader:
    reader = _Reader()
    body = next(
        (child for child in package.xml("word/document.xml") if _name(child) == "body"), None
    )
    reader.body = body
    if body is not None:
        reader.blocks_of(body)
    if "word/footnotes.xml" in package.names:
        for note in package.xml("word/footnotes.xml"):
            if not note.get(W + "type") and not note.get(STRICT + "type"):
                reader.blocks_of(note)
    return reader


def _name(element: Any) -> str:
    """The local name; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: Any) -> Iterator[Any]:
    """Child elements; of alternatives the first one."""
    for child in element:
        if child.tag == MC + "AlternateContent":
            chosen = next(iter(child), None)
            if chosen is not None:
                yield from _children(chosen)
        elif _name(child) in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"):
            yield from _children(child)
        else:
            yield child


class _Reader:
    """Collects blocks in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Passage | Table] = []
        self.places: list[tuple[Spot, Any]] = []  # and the elements of their paragraphs
        self.body: Any = None
        self.paragraphs = self.tables = 0

    def blocks_of(self, parent: Any) -> None:
        for child in _children(parent):
            if _name(child) == "p":
                self.paragraph(child)
            elif _name(child) == "tbl":
                self.table(child)

    def paragraph(self, element: Any) -> None:
        boxes: list[Any] = []
        text = text_of(element, boxes)
        if text.strip():
            self.paragraphs += 1
            spot = Spot(paragraph=self.paragraphs)
            self.blocks.append(Passage(text, spot))
            self.places.append((spot, element))
        for box in boxes:
            self.blocks_of(box)

    def table(self, element: Any) -> None:
        self.tables += 1
        number = self.tables
        inside: list[Any] = []
        cells = _cells(element, number, inside, self.places)
        if cells:
            self.blocks.append(Table(cells, number))
        for nested in inside:
            if _name(nested) == "tbl":
                self.table(nested)
            else:
                self.blocks_of(nested)


def text_of(element: Any, boxes: list[Any], depth: int = 0) -> str:
    """What a paragraph shows; the contents of its text boxes are added to `boxes`."""
    out: list[str] = []
    for child in _children(element):
        name = _name(child)
        if name in GONE or depth > DEPTH:
            continue
        if name == "t":
            out.append(child.text or "")
        elif name == "tab":
            out.append("\t")
        elif name in ("br", "cr"):
            out.append("\n")
        elif name == "noBreakHyphen":
            out.append("-")
        elif name == "txbxContent":
            boxes.append(child)
        else:
            out.append(text_of(child, boxes, depth + 1))
    return "".join(out)


def _cells(
    element: Any, number: int, inside: list[Any], places: list[tuple[Spot, Any]]
) -> list[Cell]:
    """The cells of a table in its grid; `inside`: nested tables and text boxes; `places`: their
    first paragraphs."""
    found: list[Cell] = []
    open_: dict[int, int] = {}  # column → the cell that goes on downwards, in `found`
    top = 0
    for row in _children(element):
        if _name(row) != "tr" or _is_deleted(row):
            continue
        left = _before(row)
        ordinal = 0
        for cell in _children(row):
            if _name(cell) != "tc":
                continue
            ordinal += 1
            width, merge = _shape(cell)
            if merge == "continue" and left in open_:
                above = found[open_[left]]
                found[open_[left]] = above._replace(height=top - above.top + 1)
                left += width
                continue
            spot = Spot(table=number, row=top + 1, column=ordinal)
            found.append(Cell(_cell_text(cell, inside), spot, top, left, 1, width))
            places += [(spot, one) for one in _first_with_text(cell)]
            open_.pop(left, None)
            if merge == "restart":
                open_[left] = len(found) - 1
            left += width
        top += 1
    return found


def _is_deleted(row: Any) -> bool:
    """Was the row taken out under tracked changes?"""
    properties = next((child for child in row if _name(child) == "trPr"), None)
    return properties is not None and any(_name(child) == "del" for child in properties)


def _before(row: Any) -> int:
    properties = next((child for child in row if _name(child) == "trPr"), None)
    for child in properties if properties is not None else ():
        if _name(child) == "gridBefore":
            return _number(child)
    return 0


def _shape(cell: Any) -> tuple[int, str]:
    """(columns, how it is merged downwards: restart, continue or "")."""
    properties = next((child for child in cell if _name(child) == "tcPr"), None)
    width, merge = 1, ""
    for child in properties if properties is not None else ():
        if _name(child) == "gridSpan":
            width = max(1, min(_number(child), 200))
        elif _name(child) == "vMerge":
            merge = child.get(W + "val") or child.get(STRICT + "val") or "continue"
    return width, merge


def _number(element: Any) -> int:
    text = element.get(W + "val") or element.get(STRICT + "val") or ""
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _first_with_text(cell: Any) -> list[Any]:
    """The first paragraph of a cell that shows something."""
    given = (child for child in _children(cell) if _name(child) == "p" and text_of(child, []))
    return list(given)[:1]


def _cell_text(cell: Any, inside: list[Any]) -> str:
    """The paragraphs of a cell, a line for each."""
    lines = []
    for child in _children(cell):
        if _name(child) == "p":
            lines.append(text_of(child, inside))
        elif _name(child) == "tbl":
            inside.append(child)
    return "\n".join(lines).strip("\n")
