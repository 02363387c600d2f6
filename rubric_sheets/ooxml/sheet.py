"""One worksheet: its cells by address, found in one pass over the XML and decoded one by one on
demand.

Source: [ECMA-376] 18.3.1.80 sheetData, 18.3.1.73 row, 18.3.1.4 c. The fast pass holds for every
program known to write `<c r="A1" …>`; anything else that the standard allows goes through `_walk`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from ..places import addresses as refs
from . import cell as cells
from . import markup
from .cell import Cell
from .faults import PackageFault
from .strings import SharedStrings

_START = b'<c r="'  # the beginning of every regular cell


@lru_cache(maxsize=1 << 14)  # the workbooks of one rubric are asked for the same cells
def _key(row: int, col: int) -> bytes:
    """A cell's address: the index is made of these."""
    return b"%s%d" % (refs.letters(col).encode(), row)


class Sheet:
    """`data`: the part as stored; `scan`: the same without comments, same offsets.
    Nothing is parsed yet."""

    def __init__(
        self, path: str, name: str, part: str, data: bytes, strings: SharedStrings
    ) -> None:
        self.path = path
        self.name = name
        self.part = part
        self.data = data
        self.scan = markup.checked(data, b"worksheet", path, part)
        self._strings = strings
        self._index: dict[bytes, int] | None = None  # address → number of the piece
        self._keys: list[bytes] = []
        self._pieces: list[bytes] = []
        self._parsed: dict[int, Cell] = {}  # by number of the piece
        self._starts: list[int] | None = None  # offset of each cell's "<c"
        self.shared: dict[bytes, tuple[str, int, int]] | None = None  # see `shared_formulas`
        self.body = self._bounds()

    def cell(self, row: int, col: int) -> Cell | None:
        """None when the file has no such cell.
        PackageFault truncated when it cannot be understood."""
        index = self._index if self._index is not None else self._scan()
        number = index.get(_key(row, col))
        if number is None:
            return None
        return self._parsed.get(number) or self._parse(number)

    def cells(self, area: refs.Area) -> dict[tuple[int, int], Cell]:
        """The cells present in the rectangle, by (row, column);
        the area's sheet name is not looked at."""
        index = self._index if self._index is not None else self._scan()
        found = {}
        _, row, col, last_row, last_col = area
        if (last_row - row + 1) * (last_col - col + 1) <= 4 * len(index):
            for r in range(row, last_row + 1):
                for c in range(col, last_col + 1):
                    number = index.get(_key(r, c))
                    if number is not None:
                        found[r, c] = self._parsed.get(number) or self._parse(number)
            return found
        for r, c in sorted(self.addresses()):
            if area.covers(r, c):
                number = index[_key(r, c)]
                found[r, c] = self._parsed.get(number) or self._parse(number)
        return found

    def addresses(self) -> list[tuple[int, int]]:
        """(row, column) of every cell present, in the file's order."""
        index = self._index if self._index is not None else self._scan()
        try:
            return [refs.cell(key.decode()) for key in index]
        except ValueError:
            raise self._unusual("cell-twice") from None

    @property
    def is_empty(self) -> bool:
        return not (self._index if self._index is not None else self._scan())

    def locate(self, row: int, col: int) -> tuple[int, int] | None:
        """Offsets in `data` of the cell's element, from "<c" to after its end;
        None when it is absent."""
        index = self._index if self._index is not None else self._scan()
        number = index.get(_key(row, col))
        if number is None:
            return None
        start = self._offsets()[number]
        end = markup.tag_end(self.scan, start)
        if self.scan[end - 2] != 47:
            end = self.scan.index(b">", cells.body_end(self.scan, end)) + 1
        return start, end

    def columns(self, start: int, end: int) -> list[tuple[int, int]]:
        """Column and offset of each cell whose element begins between the offsets (those of one
        row)."""
        index = self._index if self._index is not None else self._scan()
        starts, keys = self._offsets(), self._keys or list(index)
        self._keys = keys
        low, high = 1, len(starts)
        while low < high:  # the first cell of the row
            middle = (low + high) // 2
            low, high = (middle + 1, high) if starts[middle] < start else (low, middle)
        found = []
        while low < len(starts) and starts[low] < end:
            found.append((refs.cell(keys[low - 1].decode())[1], starts[low]))
            low += 1
        return found

    def damaged(self, key: str = "xml-form") -> PackageFault:
        return PackageFault("truncated", self.path, key, part=self.part)

    def _unusual(self, key: str) -> PackageFault:
        return PackageFault("unusual", self.path, key, part=self.part)

    def _parse(self, number: int) -> Cell:
        try:
            cell = self._parsed[number] = cells.parse(self._pieces[number], self._strings)
            return cell
        except IndexError:
            address = self._pieces[number].partition(b'"')[0].decode()
            raise PackageFault(
                "truncated", self.path, "cell-string", part=self.part, cell=address
            ) from None
        except (ValueError, KeyError):
            raise self.damaged() from None

    def _bounds(self) -> markup.Node:
        """The sheetData element; `inner` equals `end` when it is `<sheetData/>`."""
        for node in markup.tags(self.scan, b"sheetData"):
            if self.scan[node.inner - 2] == 47:
                return node
            stop = self.scan.rfind(b"</sheetData", node.inner)
            if stop < 0:
                break
            return node._replace(end=stop)
        raise self.damaged("xml-cut")

    def _scan(self) -> dict[bytes, int]:
        body = self.scan[self.body.inner : self.body.end]
        pieces = body.split(_START)
        index, is_known = _indexed(pieces)
        # other attributes first, none, `<color`
        if body.count(b"<c") != len(pieces) - 1 or not (is_known or _are_addresses(index)):
            self._starts, pieces = self._walk()
            index, is_known = _indexed(pieces)
        if not is_known:
            if len(index) != len(pieces) - 1 or not _are_addresses(index):
                raise self._unusual("cell-twice")
            _remember(pieces, index)
        self._pieces, self._index = pieces, index
        return index

    def _offsets(self) -> list[int]:
        """Where the "<c" of each piece stands; the first piece precedes all cells."""
        if self._starts is None:
            behind = accumulate(map(len, self._pieces), initial=self.body.inner)
            self._starts = [at + len(_START) * cut for cut, at in enumerate(behind, -1)]
        return self._starts

    def _walk(self) -> tuple[list[int], list[bytes]]:
        """The slow pass: any attribute order, quotes and white space;
        positions derived where `r` is missing.

        Gives the same as the fast pass: offsets,
        and pieces that begin with the address and a quote."""
        import re

        scan, at, end = self.scan, self.body.inner, self.body.end
        starts, pieces = [0], [b""]
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
                    b' %s="%s"' % (name, value.replace(b'"', b"&quot;"))
                    for name, value in found.items()
                )
                at = inner if closed else scan.index(b">", cells.body_end(scan, inner)) + 1
                head = b'%s"%s%s>' % (_key(row, col), rest, b"/" if closed else b"")
                starts.append(match.start())
                pieces.append(head + scan[inner:at])
        except ValueError:
            raise self.damaged() from None
        return starts, pieces


# Layouts met lately, by number of pieces and by how the first and the last begin: the index of
# all, and how each piece begins, worked out when a second sheet may have the same. The sheets of
# one template have the same cells; to see that is quicker than to cut each address out.
_LAYOUTS: dict[tuple[int, bytes, bytes], tuple[dict[bytes, int], list[bytes]]] = {}
MAX_LAYOUTS, MAX_CELLS = 64, 5_000


def _ends(pieces: list[bytes]) -> tuple[int, bytes, bytes]:
    first, last = (piece.partition(b'"')[0] for piece in (pieces[1 % len(pieces)], pieces[-1]))
    return len(pieces), first, last


def _indexed(pieces: list[bytes]) -> tuple[dict[bytes, int], bool]:
    """Each piece but the first, which precedes all cells, by the address that it begins with; is it
    a layout that is known to be right? Not to be changed."""
    index, beginnings = _LAYOUTS.get(_ends(pieces), ({}, []))
    if index and not beginnings:
        beginnings += [b"", *(address + b'"' for address in index)]
    if index and all(map(bytes.startswith, pieces, beginnings)):
        return index, True
    index = {piece.partition(b'"')[0]: number for number, piece in enumerate(pieces)}
    index.pop(pieces[0].partition(b'"')[0], None)
    return index, False


def _remember(pieces: list[bytes], index: dict[bytes, int]) -> None:
    if len(pieces) > MAX_CELLS:
        return
    if len(_LAYOUTS) >= MAX_LAYOUTS:
        _LAYOUTS.clear()
    _LAYOUTS[_ends(pieces)] = index, []


def _are_addresses(index: dict[bytes, int]) -> bool:
    """Are all keys made like `C6`?"""
    joined = b"".join(index)
    return not index or (joined.isalnum() and joined.isupper())
