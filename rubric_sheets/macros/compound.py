"""Compound files, version 3, write-only ([MS-CFB]): the container around a VBA project.

A tree of names and bytes goes in, the file comes out, the same bytes every time: no times,
no class ids.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]

SECTOR, MINI_SECTOR, MINI_STREAM_CUTOFF = 512, 64, 4096
FREE_SECTOR, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NO_STREAM = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
ENTRIES_PER_SECTOR = SECTOR // 128
FAT_SECTORS_IN_HEADER = 109


class CompoundError(ValueError):
    """The tree cannot be written as a compound file."""


@dataclass(slots=True)
class _Entry:
    """One directory entry, [MS-CFB] 2.6.1; `left`, `right` and `child` are indexes of entries."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    color: int = BLACK
    left: int = NO_STREAM
    right: int = NO_STREAM
    child: int = NO_STREAM
    start: int = 0

    def pack(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        size = 0 if self.kind == STORAGE else len(self.data)
        links = struct.pack(
            "<HBBIII", len(name), self.kind, self.color, self.left, self.right, self.child
        )
        return name.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", self.start, size)


EMPTY_ENTRY = (
    bytes(64) + struct.pack("<HBBIII", 0, 0, 0, NO_STREAM, NO_STREAM, NO_STREAM) + bytes(48)
)


@dataclass(slots=True)
class _Chains:
    """Units of one size, stored in chains; `table` is the FAT (2.3) or the mini FAT (2.4) that
    links them."""

    unit: int
    table: list[int] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    def add(self, data: bytes) -> int:
        """Append `data` as one chain and return its first unit."""
        if not data:
            return END_OF_CHAIN
        start, count = len(self.table), -(-len(data) // self.unit)
        self.table += [*range(start + 1, start + count), END_OF_CHAIN]
        self.body += data.ljust(count * self.unit, b"\0")
        return start


def sort_key(name: str) -> tuple[int, bytes]:
    """The order of siblings, [MS-CFB] 2.6.4: shorter first,
    then by upper-cased UTF-16 code units."""
    upper = name.upper().encode("utf-16-be")
    return len(upper), upper


def write_compound(tree: Tree) -> bytes:
    """Write `tree` (name → bytes for a stream, mapping for a storage) as one compound file."""
    entries: list[_Entry] = []
    _collect("Root Entry", tree, ROOT, entries)
    for entry in entries:
        entry.child = _link(
            entries, sorted(entry.children, key=lambda i: sort_key(entries[i].name))
        )
    mini, sectors = _Chains(MINI_SECTOR), _Chains(SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (mini if len(entry.data) < MINI_STREAM_CUTOFF else sectors).add(
                entry.data
            )
    entries[0].data = bytes(mini.body)
    entries[0].start = sectors.add(entries[0].data)
    mini_fat = _pack_table(mini.table)
    mini_fat_start = sectors.add(mini_fat)
    directory = b"".join(entry.pack() for entry in entries)
    directory_start = sectors.add(directory + EMPTY_ENTRY * (-len(entries) % ENTRIES_PER_SECTOR))
    fat_start, fat_count = _add_fat(sectors)
    counts = (
        0,
        fat_count,
        directory_start,
        0,
        MINI_STREAM_CUTOFF,
        mini_fat_start,
        len(mini_fat) // SECTOR,
    )
    return _header(counts, range(fat_start, fat_start + fat_count)) + bytes(sectors.body)


def _collect(name: str, content: bytes | Tree, kind: int, entries: list[_Entry]) -> int:
    """Append the entry and everything below it; its index."""
    if not name or len(name.encode("utf-16-le")) > 62 or set(name) & set("/\\:!"):
        raise CompoundError(f"not a valid name for a stream or storage: {name!r}")
    index = len(entries)
    if isinstance(content, bytes):
        entries.append(_Entry(name, STREAM, content))
        return index
    if len({child.upper() for child in content}) < len(content):
        raise CompoundError(f"names in {name!r} differ only in case: {sorted(content)}")
    entries.append(_Entry(name, kind))
    for child, below in content.items():
        entries[index].children.append(_collect(child, below, STORAGE, entries))
    return index


def _link(
    entries: list[_Entry], ordered: Sequence[int], depth: int = 0, red_depth: int | None = None
) -> int:
    """Make a red-black tree of siblings ([MS-CFB] 2.6.4) and return its top.

    Halving leaves only the lowest level incomplete: that level is red, all others black, so every
    path has as many black entries and no red entry has a red child. A full tree is all black.
    """
    if not ordered:
        return NO_STREAM
    if red_depth is None:
        is_full = (len(ordered) + 1).bit_count() == 1
        red_depth = -1 if is_full else len(ordered).bit_length() - 1
    middle = len(ordered) // 2
    top = entries[ordered[middle]]
    top.color = RED if depth == red_depth else BLACK
    top.left = _link(entries, ordered[:middle], depth + 1, red_depth)
    top.right = _link(entries, ordered[middle + 1 :], depth + 1, red_depth)
    return ordered[middle]


def _pack_table(table: Sequence[int]) -> bytes:
    """A FAT or mini FAT, filled up to whole sectors with free marks."""
    packed = struct.pack(f"<{len(table)}I", *table)
    return packed + b"\xff" * (-len(packed) % SECTOR)


def _add_fat(sectors: _Chains) -> tuple[int, int]:
    """Append the FAT, which lists its own sectors too; first sector and count."""
    start, count, per_sector = len(sectors.table), 1, SECTOR // 4
    while count * per_sector < start + count:
        count += 1
    if count > FAT_SECTORS_IN_HEADER:
        raise CompoundError(
            f"{start * SECTOR} bytes need {count} FAT sectors; "
            f"the header names {FAT_SECTORS_IN_HEADER} "
            "and DIFAT sectors ([MS-CFB] 2.5) are not written"
        )
    sectors.table += [FAT_SECTOR] * count
    sectors.body += _pack_table(sectors.table)
    return start, count


def _header(counts: tuple[int, ...], fat: range) -> bytes:
    """[MS-CFB] 2.2; `counts` are its fields from the directory sectors to the mini FAT sectors."""
    versions = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    difat = [*fat, *[FREE_SECTOR] * (FAT_SECTORS_IN_HEADER - len(fat))]
    fields = struct.pack("<9I", *counts, END_OF_CHAIN, 0)
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + versions
        + fields
        + struct.pack("<109I", *difat)
    )
