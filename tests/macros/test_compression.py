"""Compression, read back by an independent decompressor written from [MS-OVBA] 2.4.1.3.1,
and by oletools."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from rubric_sheets.macros.compression import CHUNK, CompressionError, compress


def decompress(container: bytes) -> bytes:
    assert container[0] == 1
    out, at = b"", 1
    while at < len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        size = (header & 0x0FFF) + 3
        assert header >> 12 & 7 == 3, "signature"
        body = container[at + 2 : at + size]
        assert len(body) == size - 2, "chunk cut short"
        chunk = expand(body) if header & 0x8000 else body
        assert len(chunk) == CHUNK or at + size == len(container), (
            "only the last chunk may be short"
        )
        out, at = out + chunk, at + size
    return out


def expand(body: bytes) -> bytes:
    chunk, at = bytearray(), 0
    while at < len(body):
        flags, at = body[at], at + 1
        for bit in range(8):
            if at >= len(body):
                break
            if not flags >> bit & 1:
                chunk.append(body[at])
                at += 1
                continue
            bits = max(4, math.ceil(math.log2(len(chunk))))
            token = int.from_bytes(body[at : at + 2], "little")
            offset, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
            assert offset <= len(chunk), "copies from before the chunk"
            for _ in range(length):
                chunk.append(chunk[-offset])
            at += 2
    return bytes(chunk)


# texts made of few words compress well; random bytes do not
words = st.sampled_from([b"Public Sub ", b"\r\n", b"\xbc\xc6\xcb\xe3", b"x", b"    "])
texts = st.lists(words, max_size=3000).map(b"".join)


@given(st.one_of(st.binary(max_size=3000), texts))
@example(b"")
@example(b"a" * 3 * CHUNK)
@example(b"ab" * (CHUNK // 2) + b"c")
def test_round_trip(data: bytes) -> None:
    container = compress(data)
    assert decompress(container) == data
    assert bytes(decompress_stream(bytearray(container))) == data


@pytest.mark.parametrize("tail", [0, 1, 3640])
def test_incompressible_chunks_are_stored_as_they_are(tail: int) -> None:
    data = random.Random(1).randbytes(3 * CHUNK + tail)
    container = compress(data)
    assert container[1:3] == b"\xff\x3f", "the first chunk is raw"
    assert decompress(container) == data


def test_an_incompressible_short_last_chunk_is_refused() -> None:
    with pytest.raises(CompressionError, match="last 4000 bytes"):
        compress(random.Random(1).randbytes(CHUNK + 4000))


def test_repetition_is_found() -> None:
    assert len(compress(b"Option Explicit\r\n" * 200)) < 200


def test_example_of_the_specification() -> None:
    """[MS-OVBA] 3.2.3, maximum compression: 73 times the same letter."""
    assert compress(b"a" * 73).hex() == "0103b002614500"
