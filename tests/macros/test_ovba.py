"""The VBA project: what olevba reads from it, its protection fields, the texts that it refuses."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import olefile
import pytest
from oletools.olevba import VBA_Parser, VBA_Project

from rubric_sheets.macros import ovba
from rubric_sheets.macros.ovba import Kind, MacroSourceError, Module, build_project, encrypt
from rubric_sheets.macros.source import macro_modules, vba_project

SHEETS = ["Sheet1", "Sheet2", "Sheet3"]


def decrypt(text: str) -> tuple[int, int, bytes]:
    """[MS-OVBA] 2.4.3.3: version, project key and data."""
    raw = bytes.fromhex(text)
    seed, key = raw[0], raw[2] ^ raw[0]
    plain, plain_before = bytearray(), key
    for at in range(3, len(raw)):
        plain_before = raw[at] ^ ((raw[at - 2] + plain_before) & 0xFF)
        plain.append(plain_before)
    start = (seed & 6) // 2
    size = int.from_bytes(plain[start : start + 4], "little")
    data = bytes(plain[start + 4 :])
    assert len(data) == size
    return raw[1] ^ seed, key, data


def test_olevba_reads_every_module_exactly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "vbaProject.bin"
    path.write_bytes(vba_project(SHEETS))
    with caplog.at_level(logging.WARNING):
        parser = VBA_Parser(str(path))
        found = {name.rsplit("/", 1)[1]: code for _, name, _, code in parser.extract_all_macros()}
        found = {name: code.replace("\r\n", "\n") for name, code in found.items()}
    assert found == {
        module.name: module.text.replace("\r\n", "\n") for module in macro_modules(SHEETS)
    }
    assert caplog.records == []


def test_the_dir_stream_satisfies_olevba_in_strict_mode() -> None:
    with olefile.OleFileIO(
        io.BytesIO(vba_project(SHEETS)), raise_defects=olefile.DEFECT_UNSURE
    ) as ole:
        assert ole.parsing_issues == []
        project = VBA_Project(ole, "", "PROJECT", "VBA/dir", relaxed=False)
        project.parse_project_stream()
        assert project.codepage == 936
        for _ in project.parse_modules():
            pass
        assert [module.name_str for module in project.modules] == [
            m.name for m in macro_modules(SHEETS)
        ]
        names = ole.openstream("PROJECTwm").read()
        for module in macro_modules(SHEETS):
            assert module.name.encode() + b"\0" + module.name.encode("utf-16-le") + b"\0\0" in names
        assert ole.openstream("VBA/_VBA_PROJECT").read() == ovba.NO_CACHE


def test_two_builds_are_equal() -> None:
    assert vba_project(SHEETS) == vba_project(list(SHEETS))


def test_the_project_stream_lists_modules_by_kind() -> None:
    kinds = {"ThisWorkbook": Kind.WORKBOOK, "S1": Kind.SHEET, "C1": Kind.CLASS, "M1": Kind.STANDARD}
    modules = [Module(name, "", kind) for name, kind in kinds.items()]
    with olefile.OleFileIO(io.BytesIO(build_project(modules))) as ole:
        lines = ole.openstream("PROJECT").read().decode("ascii").split("\r\n")
    assert lines[0] == f'ID="{ovba.PROJECT_ID}"'
    assert lines[1:5] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=S1/&H00000000",
        "Class=C1",
        "Module=M1",
    ]
    fields = dict(line.split("=", 1) for line in lines if line[:3] in ("CMG", "DPB", "GC="))
    key = sum(ovba.PROJECT_ID.encode()) & 0xFF
    expected = {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}
    assert {name: decrypt(text.strip('"')) for name, text in fields.items()} == {
        name: (2, key, data) for name, data in expected.items()
    }


def test_encryption_is_undone_for_every_seed() -> None:
    data = b"\x00\x01\xfe\xff"
    assert all(decrypt(encrypt(data, seed))[2] == data for seed in range(256))


@pytest.mark.parametrize(
    ("project_id", "text", "data"),
    [
        ("{8D807122-0657-42C8-BC6F-4B5FD08031C9}", "DBD966ECE4F0E4F0E4F0E4F0", bytes(4)),
        ("{8D807122-0657-42C8-BC6F-4B5FD08031C9}", "5557E86E18E919E919E9", bytes(1)),
        ("{5890DC02-A2E6-42E1-A051-700029FB26BD}", "8B893FEA17EB17EBE8", b"\xff"),
    ],
)
def test_the_same_reading_fits_what_excel_writes(project_id: str, text: str, data: bytes) -> None:
    assert decrypt(text) == (2, sum(project_id.encode()) & 0xFF, data)


def test_a_sign_outside_gbk_is_named_with_its_place() -> None:
    with pytest.raises(
        MacroSourceError, match=r"Bridge, line 3 of its code: '✓' \(U\+2713\) is not in GBK"
    ):
        build_project([Module("Bridge", "Option Explicit\n\n' 完成 ✓\n")])
    with pytest.raises(MacroSourceError, match="module Book, line 1 of its code"):
        build_project([Module("Book", "' é ✓", Kind.WORKBOOK)])


@pytest.mark.parametrize("name", ["计分", "1st", "a-b", "", "x" * 32])
def test_module_names_are_ascii_identifiers(name: str) -> None:
    with pytest.raises(MacroSourceError, match="module name"):
        build_project([Module(name, "")])


@pytest.mark.parametrize("names", [("Dir",), ("_VBA_PROJECT",), ("Main", "MAIN")])
def test_names_that_clash_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(MacroSourceError, match="module name"):
        build_project([Module(name, "") for name in names])


def test_any_line_end_becomes_cr_lf() -> None:
    assert Module("M", "a\nb\r\nc\rd").text.split("\r\n")[1:] == ["a", "b", "c", "d", ""]
