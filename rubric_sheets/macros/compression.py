"""Compression of VBA streams ([MS-OVBA] 2.4.1): chunks of 4096 bytes,
copies from earlier in the chunk."""

from __future__ import annotations

import struct

CHUNK = 4096
SHORTEST_COPY = 3
# chunk headers (2.4.1.1.5): signature 0b011, flag above it, size below
COMPRESSED, RAW = (
    0xB000,
    0x3000,
)


class CompressionError(ValueError):
    """The last, short chunk would grow: the format can store only whole chunks uncompressed."""


def compress(data: bytes) -> bytes:
    """The compressed container of `data` (2.4.1.3.6).

    A short last chunk that does not compress is refused: the format would pad it with zero bytes,
    which a reader could not tell from data. Texts and records never come near it.
    """
    container = bytearray(b"\x01")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        body = _tokens(chunk)
        if len(body) <= CHUNK:
            container += struct.pack("<H", COMPRESSED | (len(body) + 2 - 3)) + body
        elif len(chunk) == CHUNK:
            container += struct.pack("<H", RAW | (CHUNK + 2 - 3)) + chunk
        else:
            raise CompressionError(
                f"the last {len(chunk)} bytes, less than a chunk, do not compress"
            )
    return bytes(container)


def _tokens(chunk: bytes) -> bytes:
    """Token sequences (2.4.1.3.8): a flag byte, then eight literals or copy tokens."""
    body = bytearray()
    seen: dict[bytes, list[int]] = {}
    position = 0
    while position < len(chunk):
        flag_at = len(body)
        body.append(0)
        for bit in range(8):
            if position >= len(chunk):
                break
            length, offset = _longest_match(chunk, position, seen)
            if length:
                body[flag_at] |= 1 << bit
                body += _copy_token(position, length, offset)
            else:
                body.append(chunk[position])
            step = length or 1
            for passed in range(position, position + step):
                seen.setdefault(chunk[passed : passed + SHORTEST_COPY], []).append(passed)
            position += step
    return bytes(body)


def _offset_bits(position: int) -> int:
    """How many bits of a copy token hold the offset at this place in the chunk (2.4.1.3.19.1)."""
    return max((position - 1).bit_length(), 4)


def _longest_match(chunk: bytes, position: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """Length and offset of the longest earlier run, nearest of equals; or (0, 0) (2.4.1.3.19.4)."""
    longest = min((0xFFFF >> _offset_bits(position)) + SHORTEST_COPY, len(chunk) - position)
    best, offset = 0, 0
    if longest < SHORTEST_COPY:
        return best, offset
    for candidate in reversed(seen.get(chunk[position : position + SHORTEST_COPY], ())):
        length = SHORTEST_COPY
        while length < longest and chunk[candidate + length] == chunk[position + length]:
            length += 1
        if length > best:
            best, offset = length, position - candidate
            if best == longest:
                break
    return best, offset


def _copy_token(position: int, length: int, offset: int) -> bytes:
    """Pack a copy token (2.4.1.3.19.3)."""
    return struct.pack(
        "<H", (offset - 1) << (16 - _offset_bits(position)) | (length - SHORTEST_COPY)
    )
