"""Compound files: what olefile reads, and the trees as the specification wants them."""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_sheets.macros.compound import (
    FAT_SECTOR,
    NO_STREAM,
    RED,
    SECTOR,
    CompoundError,
    sort_key,
    write_compound,
)

names = st.text("abcdefghijXYZ_0123456789", min_size=1, max_size=31)
trees = st.dictionaries(names, st.binary(max_size=200), max_size=40).filter(
    lambda tree: len({name.upper() for name in tree}) == len(tree)
)


class Node(NamedTuple):
    name: str
    color: int
    left: int
    right: int
    child: int


def directory(data: bytes) -> list[Node]:
    (first,) = struct.unpack_from("<I", data, 48)
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        count = len(ole.direntries)
    nodes = []
    for index in range(count):  # the writer puts the directory into one run of sectors
        entry = data[(first + 1) * SECTOR + 128 * index :][:128]
        length, _, color, left, right, child = struct.unpack_from("<HBBIII", entry, 64)
        nodes.append(
            Node(entry[: max(length - 2, 0)].decode("utf-16-le"), color, left, right, child)
        )
    return nodes


def check_red_black(
    nodes: list[Node], index: int, parent_is_red: bool = False
) -> tuple[int, list[str]]:
    """The number of black nodes down to any leaf, and the names in order."""
    if index == NO_STREAM:
        return 1, []
    node = nodes[index]
    is_red = node.color == RED
    assert not (is_red and parent_is_red), "a red node has a red child"
    left_black, before = check_red_black(nodes, node.left, is_red)
    right_black, after = check_red_black(nodes, node.right, is_red)
    assert left_black == right_black, "paths differ in their black nodes"
    return left_black + (not is_red), [*before, node.name, *after]


def search(nodes: list[Node], name: str) -> bool:
    index = nodes[0].child
    while index != NO_STREAM and nodes[index].name != name:
        index = (
            nodes[index].left
            if sort_key(name) < sort_key(nodes[index].name)
            else nodes[index].right
        )
    return index != NO_STREAM


@given(trees)
def test_siblings_form_a_red_black_tree(tree: dict[str, bytes]) -> None:
    nodes = directory(write_compound(tree))
    _, in_order = check_red_black(nodes, nodes[0].child)
    assert in_order == sorted(tree, key=sort_key)
    assert all(search(nodes, name) for name in tree)
    assert nodes[0].child == NO_STREAM or nodes[nodes[0].child].color != RED


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 4095, 4096, 4097, 70_000])
def test_olefile_reads_streams_of_every_size(size: int) -> None:
    content = bytes(i * 7 & 0xFF for i in range(size))
    data = write_compound({"below": {"stream": content, "other": b"x" * 5000}, "small": b"abc"})
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as ole:
        assert ole.openstream("below/stream").read() == content
        assert ole.openstream("below/other").read() == b"x" * 5000
        assert ole.openstream("small").read() == b"abc"
        assert ole.parsing_issues == []
    assert data == write_compound(
        {"below": {"stream": content, "other": b"x" * 5000}, "small": b"abc"}
    )


def test_sectors_are_whole_and_the_fat_marks_its_own() -> None:
    data = write_compound({"big": b"x" * 200_000})
    assert len(data) % SECTOR == 0
    (count,) = struct.unpack_from("<I", data, 44)
    own = struct.unpack_from(f"<{count}I", data, 76)
    fat = b"".join(data[(sector + 1) * SECTOR :][:SECTOR] for sector in own)
    table = struct.unpack(f"<{len(fat) // 4}I", fat)
    assert {sector for sector, mark in enumerate(table) if mark == FAT_SECTOR} == set(own)


def test_the_largest_file_and_the_first_that_is_too_large() -> None:
    # all that 109 FAT sectors list, less themselves and the directory
    sectors = 109 * 128 - 109 - 1
    data = write_compound({"big": b"x" * sectors * SECTOR})
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        assert ole.get_size("big") == sectors * SECTOR
    with pytest.raises(CompoundError, match=r"110 FAT sectors.*DIFAT"):
        write_compound({"big": b"x" * (sectors + 1) * SECTOR})


@pytest.mark.parametrize("name", ["", "a/b", "a:b", "x" * 32])
def test_bad_names_are_refused(name: str) -> None:
    with pytest.raises(CompoundError, match="not a valid name"):
        write_compound({name: b""})


def test_names_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(CompoundError, match="only in case"):
        write_compound({"Dir": b"", "dir": b""})
