"""The directory of a zip package: which entries there are, and which bytes are theirs.

Source: [APPNOTE] 4.3 to 4.5 (the .ZIP File Format Specification). Nothing is inflated here.
"""

from __future__ import annotations

from struct import Struct

from ..records import Record
from .faults import PackageFault

MAX_ENTRIES = 5_000
MAX_PART = 128 << 20
MAX_TOTAL = 512 << 20
MAX_RATIO = 400  # deflate ends at 1032; sheets of thousands of like rows stay below 150
RATIO_FLOOR = 4 << 20

END = Struct("<4s4H2LH")  # 4.3.16
CENTRAL = Struct("<4s6H3L5H2L")  # 4.3.12
LOCAL = Struct("<4s5H3L2H")  # 4.3.7
_END64 = Struct("<4sQ2H2L4Q")  # 4.3.14


class Entry(Record):
    """One entry. `record`: its central record as it stands; `start` to `limit`: its bytes with
    whatever follows them up to the next entry, so that data descriptors are copied along; `data`:
    where the compressed bytes begin."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    data: int
    limit: int
    record: bytes


def read(data: bytes, path: str) -> tuple[dict[str, Entry], bytes]:
    """Entries by name, in the directory's order, and the package's comment.

    PackageFault: truncated, too-large, encrypted, unusual; others from `sniff`."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + END.size > len(data):
        from .sniff import not_a_package

        raise not_a_package(data, path)
    _, disk, _, _, count, size, at, comment = END.unpack_from(data, end)
    stop = end
    if count == 0xFFFF or size == 0xFFFFFFFF or at == 0xFFFFFFFF:
        count, size, at, stop = _zip64_end(data, end, path)
    if disk or at + size != stop:
        raise _damaged("zip-directory", path)
    if count > MAX_ENTRIES:
        raise PackageFault("too-large", path, "size-entries", size=count, limit=MAX_ENTRIES)
    raw = _records(data, at, stop, count, path)
    return _placed(data, raw, at, path), data[end + END.size : end + END.size + comment]


def _damaged(key: str, path: str, part: str = "") -> PackageFault:
    return PackageFault("truncated", path, key, part=part)


def _zip64_end(data: bytes, end: int, path: str) -> tuple[int, int, int, int]:
    """4.3.14, 4.3.15: some programs write these records even for small files."""
    at = data.rfind(b"PK\x06\x06", 0, end)
    if at < 0 or at + _END64.size > end or data[end - 20 : end - 16] != b"PK\x06\x07":
        raise _damaged("zip-directory", path)
    fields = _END64.unpack_from(data, at)
    return fields[7], fields[8], fields[9], at


def _records(data: bytes, at: int, stop: int, count: int, path: str) -> list[Entry]:
    """The central records, before the local headers are known."""
    found = []
    for _ in range(count):
        if at + CENTRAL.size > stop:
            raise _damaged("zip-directory", path)
        head = CENTRAL.unpack_from(data, at)
        length = CENTRAL.size + head[10] + head[11] + head[12]
        if head[0] != b"PK\x01\x02" or at + length > stop:
            raise _damaged("zip-directory", path)
        name = _name(data[at + 46 : at + 46 + head[10]], head[3], path)
        if head[3] & 0x2041:  # encrypted, strongly encrypted, masked headers
            raise PackageFault("unusual", path, "zip-password")
        packed, size, start = head[8], head[9], head[16]
        if 0xFFFFFFFF in (packed, size, start):
            extra = data[at + 46 + head[10] : at + 46 + head[10] + head[11]]
            packed, size = _zip64_sizes(extra, packed, size, start, path, name)
        found.append(
            Entry(name, head[4], head[7], packed, size, start, 0, 0, data[at : at + length])
        )
        at += length
    if at != stop:
        raise _damaged("zip-directory", path)
    return found


def _zip64_sizes(
    extra: bytes, packed: int, size: int, start: int, path: str, name: str
) -> tuple[int, int]:
    """4.5.3. A start beyond 4 GB cannot be in a file that we accept."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = (
            int.from_bytes(extra[at : at + 2], "little"),
            int.from_bytes(extra[at + 2 : at + 4], "little"),
        )
        if (
            kind == 1
            and start != 0xFFFFFFFF
            and length >= 8 * ((packed == 0xFFFFFFFF) + (size == 0xFFFFFFFF))
        ):
            at += 4
            if size == 0xFFFFFFFF:
                size, at = int.from_bytes(extra[at : at + 8], "little"), at + 8
            if packed == 0xFFFFFFFF:
                packed = int.from_bytes(extra[at : at + 8], "little")
            return packed, size
        at += 4 + length
    raise _damaged("zip-entry", path, name)


def _name(raw: bytes, flags: int, path: str) -> str:
    """4.4.17; refuses names that lead out of the package."""
    try:
        name = raw.decode("utf-8" if raw.isascii() or flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        raise _damaged("zip-directory", path) from None
    name = name.replace("\\", "/")  # old .NET writers
    if not name or name[0] == "/" or ":" in name or "\0" in name or ".." in name.split("/"):
        raise PackageFault("unusual", path, "zip-name", part=name[:80])
    return name


def _placed(data: bytes, found: list[Entry], limit: int, path: str) -> dict[str, Entry]:
    """Entries by name, in the directory's order, with their bytes located; no bombs,
    twins, overlaps."""
    total = sum(entry.size for entry in found)
    if total > MAX_TOTAL:
        raise PackageFault("too-large", path, "size-total", limit=MAX_TOTAL >> 20)
    placed = {entry.name: entry for entry in found}
    # [OPC] 6.2.2.3: names differ by more than case
    if len({name.lower() for name in placed}) != len(found):
        seen: set[str] = set()
        twin = next(e.name for e in found if e.name.lower() in seen or seen.add(e.name.lower()))  # type: ignore[func-returns-value]
        raise PackageFault("unusual", path, "zip-duplicate", part=twin)
    for entry in sorted(found, key=lambda entry: entry.start, reverse=True):
        placed[entry.name] = _located(data, entry, limit, path)
        limit = entry.start
    return placed


def _located(data: bytes, entry: Entry, limit: int, path: str) -> Entry:
    name, start = entry.name, entry.start
    if entry.size > MAX_PART:
        raise PackageFault("too-large", path, "size-part", part=name, limit=MAX_PART >> 20)
    if entry.size > RATIO_FLOOR and entry.size > MAX_RATIO * entry.packed:
        raise PackageFault("too-large", path, "size-ratio", part=name)
    if start + LOCAL.size > limit or data[start : start + 4] != b"PK\x03\x04":
        raise _damaged("zip-overlap" if start + LOCAL.size > limit else "zip-entry", path, name)
    length, extra = LOCAL.unpack_from(data, start)[9:]
    first = start + LOCAL.size + length + extra
    if first + entry.packed > limit:
        raise _damaged("zip-overlap", path, name)
    if data[start + 30 : start + 30 + length] != entry.record[46 : 46 + length]:
        raise _damaged("zip-entry", path, name)
    return entry._replace(data=first, limit=limit)
