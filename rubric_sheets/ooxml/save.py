"""Changes to a workbook, collected first and written in one step, or not at all."""

from __future__ import annotations

from ..places import addresses as refs
from . import links, patch
from .book import Book
from .faults import PackageFault
from .values import KEEP, Edit, Value


class Changes:
    """What is to change in `book`. Nothing is written before `save`;
    the book itself does not change."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._edits: dict[str, dict[tuple[int, int], Edit]] = {}
        self._links: dict[str, tuple[links.Links, refs.Area]] = {}
        self._heights: dict[str, dict[int, float]] = {}
        self._shown: dict[str, tuple[int, int]] = {}
        self._formats: dict[tuple[int, int], int] = {}  # (old style, number format) → new style
        self._styles: bytes | None = None  # the part, with what was added to it

    def set(self, sheet: str, row: int, col: int, value: Value, formula: str | None = KEEP) -> None:
        """Set a cell; the last call for a cell holds. See `Edit` for `formula`. KeyError: no such
        sheet; ValueError: outside of the grid."""
        self.book.sheets[sheet]
        refs.check(row, col)
        if formula is not None and not formula.removeprefix("="):
            raise ValueError("empty formula")
        self._edits.setdefault(sheet, {})[row, col] = Edit(value, formula)

    def set_format(self, sheet: str, row: int, col: int, number: int) -> None:
        """Give a cell that was set the number format `numFmtId`, one of those that every program
        has: 0 General, 10 0.00%. All else of its look stays. KeyError: it was not set."""
        edit = self._edits[sheet][row, col]
        old = self.book.sheet(sheet).cell(row, col)
        style = old.style if old is not None else 0
        if (style, number) not in self._formats:
            self._formats[style, number] = self._new_style(style, number)
        self._edits[sheet][row, col] = edit._replace(style=self._formats[style, number])

    def _new_style(self, style: int, number: int) -> int:
        """PackageFault truncated where there are no styles to begin with."""
        from . import styles  # few workbooks need it

        part = self.book.part_of_kind("styles")
        try:
            data = self._styles or self.book.container.read(part or "")
            self._styles, made = styles.with_format(data, style, number)
        except (ValueError, KeyError, IndexError, StopIteration):
            raise PackageFault("truncated", self.book.path, "xml-form", part="styles.xml") from None
        return made

    def set_hyperlinks(self, sheet: str, links: links.Links, within: refs.Area) -> None:
        """Replace the internal links of a rectangle, by (row, column) → location (`'收支表'!C6`)
        and tooltip. One rectangle a sheet: a second call for the sheet replaces the first.
        KeyError: no such sheet."""
        self.book.sheets[sheet]
        self._links[sheet] = (dict(links), within)

    def set_height(self, sheet: str, row: int, points: float) -> None:
        """Give a row that holds cells this height. KeyError: no such sheet; ValueError:
        outside of the grid."""
        self.book.sheets[sheet]
        refs.check(row, 1)
        self._heights.setdefault(sheet, {})[row] = points

    def show_rows(self, area: refs.Area) -> None:
        """Nobody is to overlook what is written into these rows, one area a sheet: they are hidden
        no longer, and a filter over them shows them all. KeyError: no such sheet."""
        self.book.sheets[area.sheet]
        self._shown[area.sheet] = (area.first_row, area.last_row)

    @property
    def is_empty(self) -> bool:
        """Has nothing been asked for? (What is asked for may still be there already.)"""
        return not (self._edits or self._links or self._heights or self._shown)

    def package(self) -> bytes:
        """The bytes of the whole changed file, calculating anew when opened; the old bytes when
        nothing changes. PackageFault unusual, truncated."""
        book, container = self.book, self.book.container
        replaced: dict[str, bytes] = {}
        freed: dict[str, list[tuple[int, int]]] = {}
        for name in dict.fromkeys((*self._edits, *self._links, *self._heights, *self._shown)):
            sheet = book.sheet(name)
            edits, heights = self._edits.get(name, {}), self._heights.get(name, {})
            data, gone = patch.patched(sheet, edits, heights, self._link_splices(name))
            if name in self._shown:
                from . import hidden_rows

                data = hidden_rows.shown(sheet, data, *self._shown[name])
            if data != sheet.data:
                replaced[sheet.part] = data
            if gone:
                freed[name] = gone
        if not replaced:
            return container.data
        if self._styles is not None:
            replaced[self.book.part_of_kind("styles") or ""] = self._styles
        from . import calc

        removed: list[str] = []
        try:
            flagged = calc.recalculating(book)
            if flagged != book.data:
                replaced[book.part] = flagged
            if freed:
                chain, removed = calc.without(book, freed)
                replaced.update(chain)
        except (ValueError, KeyError):
            raise PackageFault("truncated", book.path, "xml-form", part=book.part) from None
        return container.rewrite(replaced, removed=removed)

    def _link_splices(self, name: str) -> list[patch.Splice]:
        if name not in self._links:
            return []
        sheet = self.book.sheet(name)
        try:
            return links.splices(sheet, *self._links[name])
        except (ValueError, KeyError):
            raise sheet.damaged() from None


def save(changes: Changes, *, backup: bool = True) -> bool:
    """Write the changes into the book's file; False when it holds them all already and nothing was
    written.

    The old file stays whole until the new one is complete on the disk, and then as NAME.bak with
    `backup`. PackageFault locked, changed, no-permission, write-failed; the file is then as it was.
    Read the book again before further changes: this one is of the file before."""
    container = changes.book.container
    content = changes.package()
    if content == container.data:
        return False
    from .atomic import replace_file  # most runs find nothing to write

    replace_file(
        container.path, content, old=container.data, signature=container.signature, backup=backup
    )
    return True
