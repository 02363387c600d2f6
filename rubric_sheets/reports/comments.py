"""The original .docx with comments at the places of the findings ([ECMA-376] part 1, 17.13.4).

Marks are put into document.xml at both ends of paragraphs; all other bytes of it, and all other
parts but those that must know of the comments, stay as they are.
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat
from xml.sax.saxutils import escape

from ..findings.finding import SEVERITY, InputError
from ..records import Record
from .output import Result
from .reading.package import Package
from .reading.word import paragraphs_by_spot

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR = "绩效自评核对"


class Ends(Record):
    """Where the content of a paragraph begins and ends, in bytes of document.xml; `prefix` as the
    element bears it: `w:`."""

    start: int
    end: int
    prefix: str


def marked(data: bytes, path: str, result: Result) -> bytes:
    """The bytes of the .docx with comments. Raises InputError for what is no .docx, or has comments
    of its own."""
    package = Package(data, path) if data.startswith(b"PK") else None
    if package is None or DOCUMENT not in package.names:
        raise InputError("report-marked-kind", path=path)
    if COMMENTS in package.names:
        raise InputError("report-marked-has", path=path)
    document = package.part(DOCUMENT)
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("report-marked-kind", path=path)  # marks are put in as bytes of UTF-8
    ends = _paragraphs(document, path)
    spots = paragraphs_by_spot(package)
    texts = _texts(result)
    marks = [
        (number, ends[spots[spot]], text)
        for number, (spot, text) in enumerate(texts.items())
        if spot in spots and spots[spot] < len(ends)
    ]
    parts = {
        DOCUMENT: _with_marks(document, [(number, end) for number, end, _ in marks]),
        COMMENTS: _comments([(number, text) for number, _, text in marks]),
        RELATIONS: _related(package),
        TYPES: _typed(package),
    }
    return _repacked(data, parts)


def _texts(result: Result) -> dict[str, str]:
    """By place, all that is to be said there: a finding stands at its first quote, and is named at
    the others."""
    found: dict[str, list[str]] = {}
    told = [one for one in result.told if one.finding.severity != "note"]
    for number, one in enumerate(told, 1):
        f = one.finding
        head = f"{number}.［{SEVERITY[f.severity]}］"
        for at, each in enumerate(one.evidence[:4]):
            text = f"{head}{f.message}{f.fix}" if at == 0 else f"{head}见第 {number} 条。"
            lines = found.setdefault(str(each.spot), [])
            if not any(line.startswith(head) for line in lines):
                lines.append(text)
    return {spot: "\n".join(lines) for spot, lines in found.items()}


def _paragraphs(data: bytes, path: str) -> list[Ends]:
    """Each paragraph in the order in which they begin."""
    reader = _Reader()
    try:
        reader.read(data)
    except (expat.ExpatError, ValueError):
        raise InputError("report-damaged", path=path, what=f"“{DOCUMENT}”的内容有误") from None
    return [Ends(*one) for one in zip(reader.starts, reader.ends, reader.prefixes)]


class _Reader:
    """Byte places of paragraphs, by expat."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.prefixes: list[str] = []
        self._open: list[int] = []
        self._stack: list[str] = []
        self._waiting = -1  # a paragraph whose content begins at the next event
        self._parser = expat.ParserCreate(namespace_separator=None)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = lambda _: self._settle()
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _refuse(self, *_: object) -> None:
        raise ValueError

    def _settle(self) -> None:
        if self._waiting >= 0:
            self.starts[self._waiting] = self._parser.CurrentByteIndex
            self._waiting = -1

    def _start(self, name: str, _: object) -> None:
        prefix, _mark, local = name.rpartition(":")
        is_properties = local == "pPr" and self._waiting >= 0
        if not is_properties:
            self._settle()
        self._stack.append(local)
        if local == "p" and prefix != "a":
            self._open.append(len(self.starts))
            self._waiting = len(self.starts)
            self.starts.append(0)
            self.ends.append(0)
            self.prefixes.append(prefix + ":" if prefix else "")

    def _end(self, name: str) -> None:
        prefix, _mark, local = name.rpartition(":")
        self._stack.pop()
        inside_properties = "pPr" in self._stack
        if local == "p" and prefix != "a":
            self._settle()
            self.ends[self._open.pop()] = self._parser.CurrentByteIndex
        elif local != "pPr" and not inside_properties:
            self._settle()


def _with_marks(data: bytes, marks: list[tuple[int, Ends]]) -> bytes:
    """The document with a range and a reference for each comment."""
    pieces: list[tuple[int, bytes]] = []
    for number, (start, end, prefix) in marks:
        p = prefix.encode()
        own = str(number).encode()
        begins = b'<%scommentRangeStart %sid="%s"/>' % (p, p, own)
        ends = b'<%scommentRangeEnd %sid="%s"/>' % (p, p, own)
        ends += b'<%sr><%scommentReference %sid="%s"/></%sr>' % (p, p, p, own, p)
        pieces += [(start, begins), (end, ends)]
    out, at = [], 0
    for place, piece in sorted(pieces, key=lambda one: one[0]):
        out += [data[at:place], piece]
        at = place
    return b"".join([*out, data[at:]])


def _comments(given: list[tuple[int, str]]) -> bytes:
    """comments.xml; a line of a comment is a paragraph."""
    out = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:comments xmlns:w="{W}">']
    for number, text in given:
        out.append(f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="核">')
        out += [
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            for line in text.split("\n")
        ]
        out.append("</w:comment>")
    return "".join([*out, "</w:comments>"]).encode()


def _related(package: Package) -> bytes:
    """The document's relationships with one more."""
    one = f'<Relationship Id="rIdComments" Type="{KIND}" Target="comments.xml"/>'.encode()
    if RELATIONS in package.names:
        return _before_end(package.part(RELATIONS), b"</Relationships>", one)
    space = b"http://schemas.openxmlformats.org/package/2006/relationships"
    return b'<?xml version="1.0"?><Relationships xmlns="%s">%s</Relationships>' % (space, one)


def _typed(package: Package) -> bytes:
    one = f'<Override PartName="/word/comments.xml" ContentType="{MIME}"/>'.encode()
    return _before_end(package.part(TYPES), b"</Types>", one)


def _before_end(data: bytes, end: bytes, piece: bytes) -> bytes:
    at = data.rfind(end)
    if at >= 0:
        return data[:at] + piece + data[at:]
    return data.rstrip().removesuffix(b"/>") + b">" + piece + end  # an element without content


def _repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with these parts; all others keep their bytes, order and dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = parts.pop(entry.filename, None)
            new.writestr(entry, old.read(entry) if content is None else content)
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
