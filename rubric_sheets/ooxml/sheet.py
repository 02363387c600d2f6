"""One worksheet: its cells by address, found in one pass over the XML and decoded one by one on demand.

Source: [ECMA-376] 18.3.1.80 sheetData, 18.3.1.73 row, 18.3.1.4 c. The fast pass holds for every program
known to write `<c r="A1" …>`; anything else that the standard allows goes through `_walk`.
"""

from __future__ import annotations

from ..findings import InputError
from . import cell as cells
from . import markup, refs
from .cell import Cell, Head
from .faults import fault
from .strings import SharedStrings

_START = b'<c r="'


class Sheet:
    """`data`: the part as stored; `scan`: the same without comments, same offsets. Nothing is parsed yet."""

    def __init__(self, path: str, name: str, part: str, data: bytes, strings: SharedStrings) -> None:
        self.path = path
        self.name = name
        self.part = part
        self.data = data
        self.scan = markup.checked(data, b"worksheet", path, part)
        self._strings = strings
        self._heads: dict[bytes, Head] = {}
        self._index: dict[bytes, int] | None = None  # address → number of the piece
        self._pieces: list[bytes] = []
        self._starts: list[int] | None = None  # offset of each piece's "<c"
        self.body = self._bounds()

    def cell(self, row: int, col: int) -> Cell | None:
        """None when the file has no such cell. InputError file-truncated when it cannot be understood."""
        index = self._index if self._index is not None else self._scan()
        number = index.get(b"%s%d" % (refs.letters(col).encode(), row))
        return None if number is None else self._parse(number)

    def cells(self, area: refs.Area) -> dict[tuple[int, int], Cell]:
        """The cells present in the rectangle, by (row, column); the area's sheet name is not looked at."""
        index = self._index if self._index is not None else self._scan()
        found = {}
        _, row, col, last_row, last_col = area
        if (last_row - row + 1) * (last_col - col + 1) <= 4 * len(index):
            for r in range(row, last_row + 1):
                for c in range(col, last_col + 1):
                    number = index.get(b"%s%d" % (refs.letters(c).encode(), r))
                    if number is not None:
                        found[r, c] = self._parse(number)
            return found
        for r, c in sorted(self.addresses()):
            if area.covers(r, c):
                found[r, c] = self._parse(index[refs.ref(r, c).encode()])
        return found

    def addresses(self) -> list[tuple[int, int]]:
        """(row, column) of every cell present, in the file's order."""
        index = self._index if self._index is not None else self._scan()
        try:
            return [refs.cell(address.decode()) for address in index]
        except ValueError:
            raise self._unusual("cell-twice") from None

    def locate(self, row: int, col: int) -> tuple[int, int] | None:
        """Offsets in `data` of the cell's element, from "<c" to after its end; None when it is absent."""
        index = self._index if self._index is not None else self._scan()
        number = index.get(refs.ref(row, col).encode())
        if number is None:
            return None
        if self._starts is None:
            self._starts = self._offsets()
        start = self._starts[number]
        end = markup.tag_end(self.scan, start)
        if self.scan[end - 2] != 47:
            end = self.scan.index(b">", cells.body_end(self.scan, end)) + 1
        return start, end

    def damaged(self, key: str = "xml-form") -> InputError:
        return fault("file-truncated", self.path, key, part=self.part)

    def _unusual(self, key: str) -> InputError:
        return fault("file-unusual", self.path, key, part=self.part)

    def _parse(self, number: int) -> Cell:
        try:
            return cells.parse(self._pieces[number], self._strings, self._heads)
        except IndexError:
            address = self._pieces[number].partition(b'"')[0].decode()
            raise fault("file-truncated", self.path, "cell-string", part=self.part, cell=address) from None
        except (ValueError, KeyError):
            raise self.damaged() from None

    def _bounds(self) -> markup.Node:
        """The sheetData element; `inner` equals `end` when it is `<sheetData/>`."""
        for node in markup.tags(self.scan, b"sheetData"):
            if self.scan[node.inner - 2] == 47:
                return node
            stop = self.scan.find(b"</sheetData", node.inner)
            if stop < 0:
                break
            return node._replace(end=stop)
        raise self.damaged("xml-cut")

    def _scan(self) -> dict[bytes, int]:
        body = self.scan[self.body.inner : self.body.end]
        pieces = body.split(_START)
        count = len(pieces) - 1
        if body.count(b"<c") != count and _irregular(body, count):
            self._starts, pieces = self._walk()
            count = len(pieces) - 1
        pieces[0] = b'"'  # what precedes the first cell
        index = {piece[: piece.find(b'"')]: number for number, piece in enumerate(pieces)}
        del index[b""]
        if len(index) != count:
            raise self._unusual("cell-twice")
        joined = b"".join(index)
        if count and not (joined.isalnum() and joined.isupper()):
            raise self._unusual("cell-twice")
        self._pieces, self._index = pieces, index
        return index

    def _offsets(self) -> list[int]:
        """Where each piece of the fast pass begins."""
        body = self.scan.find(_START, self.body.inner, self.body.end)
        starts, at = [0], body
        for piece in self._pieces[1:]:
            starts.append(at)
            at += len(_START) + len(piece)
        return starts

    def _walk(self) -> tuple[list[int], list[bytes]]:
        """The slow pass: any attribute order, quotes and white space; positions derived where `r` is missing.

        Gives the same as the fast pass: offsets, and pieces that begin with the address and a quote."""
        import re

        scan, at, end = self.scan, self.body.inner, self.body.end
        starts, pieces = [0], [b'"']
        row = col = 0
        tag = re.compile(rb"<(row|c)(?=[\s/>])")
        try:
            while (match := tag.search(scan, at, end)) is not None:
                inner = markup.tag_end(scan, match.start())
                found = markup.attributes(scan[match.end() : inner - 1].rstrip(b"/"))
                address = found.pop(b"r", None)
                at = inner
                if match[1] == b"row":
                    row, col = int(address) if address else row + 1, 0
                    continue
                row, col = refs.cell(address.decode()) if address else (row, col + 1)
                closed = scan[inner - 2] == 47
                rest = b"".join(
                    b' %s="%s"' % (name, value.replace(b'"', b"&quot;")) for name, value in found.items()
                )
                at = inner if closed else scan.index(b">", cells.body_end(scan, inner)) + 1
                head = b'%s"%s%s>' % (refs.ref(row, col).encode(), rest, b"/" if closed else b"")
                starts.append(match.start())
                pieces.append(head + scan[inner:at])
        except ValueError:
            raise self.damaged() from None
        return starts, pieces


def _irregular(body: bytes, count: int) -> bool:
    """Are there cells that do not begin with `<c r="`? Others, such as `<color`, only look alike."""
    others = sum(body.count(b"<c" + sign) for sign in (b" ", b">", b"/", b"\t", b"\r", b"\n"))
    return others != count
