"""A workbook's package: parts read one by one;
rewritten with every untouched part byte for byte."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache

from . import directory
from .faults import PackageFault

MAX_FILE = 64 << 20
SMALL = 1 << 16  # bytes: of so small parts a few are kept from one workbook to the next
_STAMP = 0x0000, 0x0021  # 1980-01-01 00:00, so that the same edits give the same bytes


Signature = tuple[int, int, int]  # time of the last change in ns, size, inode
NO_FILE: Signature = (0, 0, 0)  # of bytes that stand in no file of their own


def signature_of(found: os.stat_result) -> Signature:
    """Tells whether a file is still the one that was read."""
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_file(path: str) -> tuple[bytes, Signature]:
    """A whole file (at most 64 MB). PackageFault for what cannot be read."""
    try:
        found = os.stat(path)
        if stat.S_ISREG(found.st_mode):
            _check_size(found.st_size, path)
            with open(path, "rb", buffering=0) as file:
                found = os.fstat(file.fileno())
                data = file.read()
            return data, signature_of(found)
    except FileNotFoundError:
        raise PackageFault("not-found", path) from None
    except PermissionError:
        raise PackageFault("no-permission", path) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise PackageFault("truncated", path, "system", error=error) from None
    if stat.S_ISDIR(found.st_mode):
        raise PackageFault("is-folder", path)
    raise PackageFault("other-kind", path, "kind-special")


class Container:
    """Made by `Container.open`. `path` as given; `data` the file's bytes;
    `signature` of that moment."""

    def __init__(self, path: str, data: bytes, signature: Signature) -> None:
        self.path = path
        self.data = data
        self.signature = signature
        self._entries, self._comment = directory.read(data, path)
        self._lower: dict[str, str] | None = None
        self._cache: dict[str, bytes] = {}
        self._inflated = 0

    @classmethod
    def open(cls, path: str) -> Container:
        """Read the whole file (at most 64 MB). PackageFault for what is no zip package."""
        return cls(path, *read_file(path))

    @property
    def names(self) -> list[str]:
        """Names of all entries, in the directory's order."""
        return list(self._entries)

    def has(self, name: str) -> bool:
        return self._find(name) is not None

    def _find(self, name: str) -> directory.Entry | None:
        """[OPC] 6.3.5: part names are the same when they differ in case only,
        and some writers do differ."""
        entry = self._entries.get(name)
        if entry is None:
            if self._lower is None:
                self._lower = {known.lower(): known for known in self._entries}
            actual = self._lower.get(name.lower())
            entry = self._entries[actual] if actual is not None else None
        return entry

    def read(self, name: str) -> bytes:
        """The part's bytes; kept. PackageFault truncated, unusual, too-large."""
        known = self._cache.get(name)
        if known is None:
            entry = self._find(name)
            if entry is None:
                raise self._damaged("zip-missing", name)
            known = self._cache[name] = self._inflate(entry)
        return known

    def _damaged(self, key: str, part: str) -> PackageFault:
        return PackageFault("truncated", self.path, key, part=part)

    def _inflate(self, entry: directory.Entry) -> bytes:
        """Declared sizes are limits only: inflating stops one byte after what was promised."""
        raw = self.data[entry.data : entry.data + entry.packed]
        if entry.method not in (0, 8):
            raise PackageFault("unusual", self.path, "zip-method", part=entry.name)
        is_small = max(entry.packed, entry.size) <= SMALL
        inflate = _shared if is_small and _is_alike(entry.name) else _inflated
        try:
            content = inflate(raw, entry.method, entry.size, entry.crc)
        except ValueError as fault:
            raise self._damaged(str(fault), entry.name) from None
        self._inflated += len(content)
        if self._inflated > directory.MAX_TOTAL:
            raise PackageFault(
                "too-large", self.path, "size-total", limit=directory.MAX_TOTAL >> 20
            )
        return content

    def rewrite(
        self,
        replaced: Mapping[str, bytes],
        added: Mapping[str, bytes] | None = None,
        removed: Collection[str] = (),
    ) -> bytes:
        """New package: parts in the old order, untouched ones copied as they stand (headers and
        compressed bytes), replaced ones deflated, added ones at the end. The same arguments give
        the same bytes. KeyError for a replaced or removed name that does not exist."""
        news = {self._entry(name).name: content for name, content in replaced.items()}
        gone = {self._entry(name).name for name in removed}
        out: list[bytes] = []
        records: list[bytes] = []
        at = 0
        for name, entry in self._entries.items():
            if name in gone:
                continue
            if name in news:
                local, record = _packed(entry.record, news[name], at)
            else:
                local = self.data[entry.start : entry.limit]
                record = b"".join((entry.record[:42], at.to_bytes(4, "little"), entry.record[46:]))
            out.append(local)
            records.append(record)
            at += len(local)
        for name, content in (added or {}).items():
            local, record = _packed(_blank_record(name), content, at)
            out.append(local)
            records.append(record)
            at += len(local)
        size = sum(map(len, records))
        count, note = len(records), self._comment
        end = directory.END.pack(b"PK\x05\x06", 0, 0, count, count, size, at, len(note))
        return b"".join((*out, *records, end, note))

    def _entry(self, name: str) -> directory.Entry:
        entry = self._find(name)
        if entry is None:
            raise KeyError(name)
        return entry


def _inflated(raw: bytes, method: int, size: int, crc: int) -> bytes:
    """The content of an entry, as long as promised. ValueError zip-data, zip-checksum."""
    content = raw
    if method == 8:
        machine = zlib.decompressobj(-15)
        try:
            content = machine.decompress(raw, size + 1)
            # an empty tail may still be due: the end mark of a part whose bytes are all out
            is_whole = machine.eof or (
                len(content) <= size and not machine.decompress(machine.unconsumed_tail, 1)
            )
        except zlib.error:
            is_whole = False
        if not is_whole:
            raise ValueError("zip-data")
    if len(content) != size:
        raise ValueError("zip-data")
    if zlib.crc32(content) != crc:
        raise ValueError("zip-checksum")
    return content


def _is_alike(name: str) -> bool:
    """Are the workbooks of one template likely to have the same part? What people fill in stands
    in the sheets and in their texts."""
    return "/worksheets/" not in name and "sharedStrings" not in name


_shared = lru_cache(maxsize=1 << 5)(_inflated)


def _check_size(size: int, path: str) -> None:
    if not size:
        raise PackageFault("empty", path)
    if size > MAX_FILE:
        raise PackageFault(
            "too-large", path, "size-file", size=(size >> 20) + 1, limit=MAX_FILE >> 20
        )


def _packed(record: bytes, content: bytes, at: int) -> tuple[bytes, bytes]:
    """Local header with data, and central record, of a part deflated anew; name,
    date and attributes stay."""
    # A sheet of 100 kB: level 2 takes a third of the time of level 6 and gives a sixth more.
    machine = zlib.compressobj(2, zlib.DEFLATED, -15)
    raw = machine.compress(content) + machine.flush()
    fields = directory.CENTRAL.unpack_from(record)
    flags = fields[3] & 0x800  # sizes stand in the header now: no data descriptor
    name = record[46 : 46 + fields[10]]
    comment = record[46 + fields[10] + fields[11] :]
    common = (
        20,
        flags,
        8,
        fields[5],
        fields[6],
        zlib.crc32(content),
        len(raw),
        len(content),
        len(name),
    )
    local = directory.LOCAL.pack(b"PK\x03\x04", *common, 0)
    head = directory.CENTRAL.pack(
        b"PK\x01\x02", fields[1], *common, 0, len(comment), 0, *fields[14:16], at
    )
    return b"".join((local, name, raw)), b"".join((head, name, comment))


def _blank_record(name: str) -> bytes:
    raw = name.encode()
    flags = 0 if raw.isascii() else 0x800
    head = directory.CENTRAL.pack(
        b"PK\x01\x02", 20, 20, flags, 8, *_STAMP, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0
    )
    return head + raw
