"""Just enough XML for the parts of a workbook, on bytes, without a parser.

`checked` refuses everything this small reading would get wrong (DOCTYPE, CDATA, other encodings,
prefixed elements, undeclared entities), so that what follows never reads a part by halves.
All offsets refer to the bytes that `checked` returns, which are as long as those it was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Record
from .faults import PackageFault

_DELIMITERS = b" \t\r\n/>"
_KNOWN = (b"lt;", b"gt;", b"amp;", b"quot;", b"apos;")
_OFTEN = (b"&quot;", b"&amp;", b"&lt;", b"&gt;", b"&apos;")  # the most frequent first
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Node(Record):
    """An element: `start` at its "<", `inner` after its start tag, `end` after its end tag."""

    name: bytes
    start: int
    inner: int
    end: int


def checked(data: bytes, root: bytes, path: str, part: str) -> bytes:
    """The part with its comments blanked out (same length). PackageFault unusual, truncated."""
    start = _prolog(data, path, part)
    scan = data
    if data.find(b"!") >= 0 and data.find(b"<!") >= 0:  # a single sign is found much faster
        scan = _without_comments(data, path, part)
    if scan.find(b"?", start) >= 0 and scan.find(b"<?", start) >= 0:
        raise _unusual("xml-instruction", path, part)
    at = scan.find(b"<", start)
    if at < 0 or scan.rstrip()[-1:] != b">":
        raise PackageFault("truncated", path, "xml-cut", part=part)
    name = name_at(scan, at)
    if name != root:
        raise _unusual("xml-prefix" if name.endswith(b":" + root) else "xml-root", path, part)
    try:
        prefix = _prefix_in_use(scan, at)
    except ValueError:
        raise PackageFault("truncated", path, "xml-form", part=part) from None
    if prefix:
        raise _unusual("xml-prefix", path, part)
    if scan.find(b"&") >= 0:
        _check_entities(scan, path, part)
    return scan


def _unusual(key: str, path: str, part: str) -> PackageFault:
    return PackageFault("unusual", path, key, part=part)


def _prolog(data: bytes, path: str, part: str) -> int:
    """Offset after the XML declaration; refuses other encodings than UTF-8 ([XML] 4.3.3)."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        if not data.isascii():  # a tenth of the time
            data.decode()
    except UnicodeDecodeError:
        raise _unusual("xml-encoding", path, part) from None
    if b"\0" in data[:4]:  # UTF-16 without a mark; pure ASCII in UTF-16 is valid UTF-8
        raise _unusual("xml-encoding", path, part)
    if data.startswith(b"<?xml", start):
        end = data.find(b"?>", start)
        declared = data[start:end].lower()
        if b"encoding" in declared and b"utf-8" not in declared and b"ascii" not in declared:
            raise _unusual("xml-encoding", path, part)
        start = end + 2
    return start


def _without_comments(data: bytes, path: str, part: str) -> bytes:
    """Blank comments out in place; a comment amid text could hide a part of a value,
    so it is refused."""
    pieces, at = [], 0
    while (mark := data.find(b"<!", at)) >= 0:
        if not data.startswith(b"<!--", mark):
            raise _unusual("xml-doctype" if b"<!DOCTYPE" in data else "xml-cdata", path, part)
        end = data.find(b"-->", mark + 4) + 3
        if end < 3:
            raise PackageFault("truncated", path, "xml-cut", part=part)
        before, after = data[at:mark].rstrip(), data.find(b"<", end)
        # a value ends with </t>, </v> or </f>;
        # a comment right before one stands inside of the value
        inside = data.startswith((b"</t", b"</v", b"</f"), after)
        if before[-1:] not in (b">", b"") or inside or data[end:after].strip():
            raise _unusual("xml-cdata", path, part)
        pieces += [data[at:mark], b" " * (end - mark)]
        at = end
    pieces.append(data[at:])
    return b"".join(pieces)


def _prefix_in_use(scan: bytes, at: int) -> bool:
    """The main namespace may have a prefix too, as long as no element uses it.
    ValueError when malformed."""
    inside = scan[at + 1 + len(name_at(scan, at)) : tag_end(scan, at) - 1]
    if inside.count(b"xmlns") < 2:
        return False
    spaces = attributes(inside)
    main = spaces.get(b"xmlns")
    return any(
        name.startswith(b"xmlns:") and value == main and b"<" + name[6:] + b":" in scan
        for name, value in spaces.items()
    )


def _check_entities(scan: bytes, path: str, part: str) -> None:
    """Every reference is one of the five or a number: there is nothing else to resolve."""
    rest = scan.count(b"&")
    for known in _OFTEN:
        rest -= scan.count(known)
        if not rest:
            return
    for piece in scan.split(b"&")[1:]:
        if piece.startswith(_KNOWN):
            continue
        digits = piece[1 : piece.find(b";")].decode("ascii", "replace") if piece[:1] == b"#" else ""
        try:
            chr(_code_point(digits)).encode()
        except (ValueError, OverflowError):
            raise _unusual("xml-entity", path, part) from None


def _code_point(digits: str) -> int:
    return int(digits[1:], 16) if digits[:1] in ("x", "X") else int(digits)


# -- text


def unescape(raw: bytes) -> str:
    """Character data or an attribute value → text ([XML] 2.11 line ends, 4.1 references)."""
    text = raw.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    text = text.replace("&quot;", '"')  # what formulas are full of
    if "&" not in text:
        return text
    first, *rest = text.split("&")
    out = [first]
    for piece in rest:
        name, _, tail = piece.partition(";")
        out += [chr(_code_point(name[1:])) if name[:1] == "#" else _ENTITIES[name], tail]
    return "".join(out)


def escape(text: str) -> bytes:
    """Text → character data. A carriage return must be a reference,
    or reading would make it a line feed."""
    if "&" in text or "<" in text or ">" in text or "\r" in text:
        text = (
            text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\r", "&#13;")
        )
    return text.encode()


def escape_attribute(text: str) -> bytes:
    """Text → value for double quotes; white space as references,
    or reading would turn it into blanks."""
    return escape(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


# -- tags


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """What stands between the element's name and ">" → raw values by name.
    ValueError when malformed."""
    found: dict[bytes, bytes] = {}
    at = 0
    while (equals := tag.find(b"=", at)) >= 0:
        name = tag[at:equals].strip()
        at = equals + 1
        while tag[at : at + 1].isspace():
            at += 1
        quote = tag[at : at + 1]
        if quote not in (b'"', b"'"):
            raise ValueError("attribute without quotes")
        end = tag.index(quote, at + 1)
        found[name] = tag[at + 1 : end]
        at = end + 1
    return found


def name_at(data: bytes, start: int) -> bytes:
    """Name of the element whose "<" is at `start`."""
    end = start + 1
    while data[end : end + 1] not in (b" ", b"\t", b"\r", b"\n", b"/", b">", b""):
        end += 1
    return data[start + 1 : end]


def tag_end(data: bytes, start: int) -> int:
    """Offset after the ">" of the tag that begins at `start`; a ">" inside of quotes is no end."""
    end = data.index(b">", start)
    tag = data[start:end]
    if b"'" not in tag and not tag.count(b'"') % 2:
        return end + 1
    quote = 0
    for at in range(start, len(data)):
        sign = data[at]
        if quote:
            quote = 0 if sign == quote else quote
        elif sign in b"\"'":
            quote = sign
        elif sign == 62:
            return at + 1
    raise ValueError("tag without end")


def tags(data: bytes, name: bytes, start: int = 0, end: int | None = None) -> Iterator[Node]:
    """Start tags of that name between the offsets, at any depth; `end` is that of the start tag."""
    stop = len(data) if end is None else end
    mark = b"<" + name
    at = data.find(mark, start, stop)
    while at >= 0:
        after = at + len(mark)
        if data[after : after + 1] in _DELIMITERS:
            after = tag_end(data, at)
            yield Node(name, at, after, after)
        at = data.find(mark, after, stop)


def attributes_of(data: bytes, node: Node) -> dict[bytes, bytes]:
    inside = data[node.start + 1 + len(node.name) : node.inner - 1]
    return attributes(inside[:-1] if inside.endswith(b"/") else inside)


def children(data: bytes, inner: int) -> list[Node]:
    """The elements directly inside of the element whose start tag ends at `inner`, in order."""
    found = []
    at = data.find(b"<", inner)
    while at >= 0 and data[at + 1] != 47:
        name, opened = name_at(data, at), tag_end(data, at)
        end = opened if data[opened - 2] == 47 else _close(data, name, opened)
        found.append(Node(name, at, opened, end))
        at = data.find(b"<", end)
    return found


def _close(data: bytes, name: bytes, inner: int) -> int:
    """Offset after the end tag of the element whose start tag ends at `inner`;
    like may nest in like."""
    depth, at, shut = 1, inner, b"</" + name
    while True:
        end = data.index(shut, at)
        after = end + len(shut)
        if data[after : after + 1] in _DELIMITERS:
            depth += sum(data[node.inner - 2] != 47 for node in tags(data, name, at, end)) - 1
            after = tag_end(data, end)
            if not depth:
                return after
        at = after


def root_inner(data: bytes) -> int:
    """Offset after the start tag of the root element."""
    at = data.find(b"<")
    while data[at + 1 : at + 2] in (b"?", b"!"):
        at = data.index(b"<", at + 1)
    return tag_end(data, at)
