"""Files that are no workbook, damaged or made to do harm: each refused with its own code,
in little memory."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from rubric_sheets.findings.file_faults import in_words
from rubric_sheets.findings.finding import Finding
from rubric_sheets.ooxml import directory
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.container import Container
from rubric_sheets.ooxml.faults import PackageFault

from . import handmade

GOOD = handmade.zipped(handmade.excel_parts())
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
END = GOOD.rfind(b"PK\x05\x06")
CENTRAL = struct.unpack_from("<L", GOOD, END + 16)[0]


def opened(path: Path | str) -> None:
    """Open a book and read everything in it."""
    book = Book.open(str(path))
    for name in book.container.names:
        book.container.read(name)
    for name in book.sheets:
        book.sheet(name).cell(1, 1)


def refusal(path: Path | str) -> Finding:
    tracemalloc.start()
    with pytest.raises(PackageFault) as caught:
        opened(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 << 20
    return in_words(caught.value).findings[0]


def package(*names: str, mimetype: str = "") -> bytes:
    parts = {"mimetype": mimetype.encode()} if mimetype else {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in (parts | dict.fromkeys(names, b"<a/>")).items():
            made.writestr(name, content)
    return buffer.getvalue()


def poked(at: int, form: str, value: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into(form, data, at, value)
    return bytes(data)


def of_sheet(field: int, form: str, value: int) -> bytes:
    """The good file with one field of the first sheet's central record changed."""
    at = GOOD.rfind("xl/worksheets/第一.xml".encode()) - 46
    return poked(at + field, form, value)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "file-empty", "0 字节"),
        (bytes(5000), "file-truncated", "全是零"),
        (CFB + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", "密码"),
        (CFB + "Workbook".encode("utf-16-le"), "file-not-workbook", ".xls"),
        (CFB + "WordDocument".encode("utf-16-le"), "file-other-kind", "Office"),
        (b"\x09\x08\x10\x00\x00\x06" + bytes(50), "file-not-workbook", ".xls"),
        ("单位,金额\n甲,5\n".encode("gbk"), "file-not-workbook", "CSV"),
        ("\ufeff单位\t金额\n甲\t5\n".encode("utf-16"), "file-not-workbook", "CSV"),
        (b"<html><table>", "file-not-workbook", "HTML"),
        (b"\xef\xbb\xbf\r\n<meta charset=utf-8><TABLE>", "file-not-workbook", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "file-not-workbook", "XML"),
        (b"%PDF-1.7 ...", "file-other-kind", "PDF"),
        (b"\x89PNG\r\n", "file-other-kind", "图片"),
        (b"Rar!\x1a\x07", "file-other-kind", "压缩包"),
        (b"\x7fELF" + bytes(range(256)), "file-other-kind", "无法识别"),
        (GOOD[:-200], "file-truncated", "末尾缺失"),
        (GOOD[:2000], "file-truncated", "末尾缺失"),
        (GOOD[100:], "file-truncated", "目录"),
        (GOOD[:CENTRAL] + bytes(20) + GOOD[CENTRAL:], "file-truncated", "目录"),
        (package("[Content_Types].xml", "word/document.xml"), "file-other-kind", "Word"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "file-other-kind", "PowerPoint"),
        (package("[Content_Types].xml"), "file-truncated", "xl/workbook.xml"),
        (
            package("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "file-not-workbook",
            ".ods",
        ),
        (
            package("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "file-other-kind",
            "ODF",
        ),
        (package("xl/workbook.bin"), "file-not-workbook", ".xlsb"),
        (package("自评表.xlsx"), "file-other-kind", "解压"),
        (package("../../etc/passwd"), "file-unusual", "非法的文件名"),
        (package("/etc/passwd"), "file-unusual", "非法的文件名"),
        (package("a/..\\b"), "file-unusual", "非法的文件名"),
        (package("C:\\b"), "file-unusual", "非法的文件名"),
        (package("a.xml", "A.XML"), "file-unusual", "两次"),
        (package(*map(str, range(5001))), "file-too-large", "5001"),
        (of_sheet(8, "<H", 0x801), "file-unusual", "密码"),
        (of_sheet(10, "<H", 12), "file-unusual", "压缩方法"),
        (of_sheet(16, "<L", 12345), "file-truncated", "校验码"),
        (of_sheet(20, "<L", 40), "file-truncated", "无法解压"),
        (of_sheet(20, "<L", 1 << 20), "file-truncated", "重叠"),
        (of_sheet(24, "<L", 40), "file-truncated", "无法解压"),
        (of_sheet(24, "<L", 1 << 20), "file-truncated", "无法解压"),
        (of_sheet(24, "<L", 100 << 20), "file-too-large", "压缩比"),
        (of_sheet(24, "<L", 200 << 20), "file-too-large", "128 MB"),
        (of_sheet(24, "<L", 600 << 20), "file-too-large", "512 MB"),
        (of_sheet(42, "<L", 0), "file-truncated", "重叠|压缩记录"),
        (of_sheet(42, "<L", CENTRAL - 10), "file-truncated", "重叠|压缩记录"),
        (of_sheet(42, "<L", 0xFFFFFFFF), "file-truncated", "压缩记录"),
        (poked(END + 10, "<H", 9), "file-truncated", "目录"),
        (poked(END + 16, "<L", 77), "file-truncated", "目录"),
        (poked(GOOD.find(b"<?xml") if b"<?xml" in GOOD else 70, "<L", 0), "file-truncated", ""),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, code: str, words: str) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(data)
    found = refusal(path)
    assert found.code == code
    assert any(word in found.message + found.fix for word in words.split("|"))
    assert str(path) in found.message


def test_no_such_file_folder_pipe(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.xlsx").code == "file-not-found"
    assert refusal(tmp_path).code == "file-is-folder"
    assert refusal(str(tmp_path) + "\0").code == "file-truncated"
    os.mkfifo(tmp_path / "管道.xlsx")
    assert refusal(tmp_path / "管道.xlsx").code == "file-other-kind"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "stat", denied)
    assert refusal(tmp_path / "a.xlsx").code == "file-no-permission"


def test_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate((64 << 20) + 1)
    assert refusal(path).code == "file-too-large"


def test_bomb_that_tells_its_size(tmp_path: Path) -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"".join([*(bomb.compress(bytes(1 << 20)) for _ in range(100)), bomb.flush()])
    assert refusal(_with_raw(tmp_path, raw, 100 << 20)).message.count("压缩比")


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """Inflating ends one byte after the declared size, whatever is behind."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"".join([*(bomb.compress(bytes(1 << 20)) for _ in range(100)), bomb.flush()])
    assert refusal(_with_raw(tmp_path, raw, 5000)).code == "file-truncated"


def test_many_parts_over_the_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsm"
    path.write_bytes(GOOD)
    monkeypatch.setattr(directory, "MAX_TOTAL", 12_000)
    assert refusal(path).code == "file-too-large"


def _with_raw(tmp_path: Path, raw: bytes, size: int) -> Path:
    """A workbook whose sheet has these compressed bytes and this declared size."""
    parts = handmade.minimal("")
    data = bytearray(handmade.zipped(parts))
    name = b"xl/sheet.xml"
    local = data.find(name) + len(name)
    central = data.rfind(name) - 46
    grown = len(raw) - struct.unpack_from("<L", data, central + 20)[0]
    old = len(raw) - grown
    struct.pack_into("<LL", data, central + 20, len(raw), size)
    end = data.rfind(b"PK\x05\x06")
    at = struct.unpack_from("<L", data, end + 16)[0]
    struct.pack_into("<L", data, end + 16, at + grown)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bytes(data[:local]) + raw + bytes(data[local + old :]))
    return path


def test_entity_expansion_is_refused(tmp_path: Path) -> None:
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{"&a;" * 10}">' for i in range(9))
        + "]>"
    )
    for part in ("xl/sheet.xml", "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
        parts = handmade.minimal(handmade.sheet_xml(""))
        content = parts[part].decode()
        start = content.find("?>") + 2 if "?>" in content else 0
        parts[part] = (content[:start] + laughs + content[start:]).encode()
        found = refusal(handmade.write(tmp_path / "a.xlsx", parts))
        assert (found.code, "DOCTYPE" in found.message) == ("file-unusual", True)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b'r:id="r1"', b'r:id="r9"'),
        ("xl/workbook.xml", b'r:id="r1"', b""),
        ("xl/workbook.xml", b"<sheets>", b"<sheet>"),
        ("xl/workbook.xml", b'name="', b'nam="'),
        ("xl/_rels/workbook.xml.rels", b'Target="', b'Goal="'),
        ("xl/_rels/workbook.xml.rels", b"sheet.xml", b"nowhere.xml"),
        ("xl/_rels/workbook.xml.rels", b"/worksheet", b"/chartsheet"),
    ],
)
def test_broken_structure(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    parts = handmade.minimal(handmade.sheet_xml(""))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    assert refusal(handmade.write(tmp_path / "a.xlsx", parts)).code == "file-truncated"


def test_zip64_records_of_a_small_file(tmp_path: Path) -> None:
    """Some programs write 64-bit sizes for every part."""
    parts = handmade.minimal(handmade.sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            with made.open(name, "w", force_zip64=True) as file:
                file.write(content)
    data = bytearray(buffer.getvalue())
    end = data.rfind(b"PK\x05\x06")
    count, size, at = struct.unpack_from("<HLL", data, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    struct.pack_into("<HHLL", data, end + 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(data[:end]) + record + locator + bytes(data[end:]))
    book = Book.open(str(path))
    assert book.sheet("表").cell(1, 1) is not None
    again = book.container.rewrite({"xl/sheet.xml": b"x" * 100})
    assert zipfile.ZipFile(io.BytesIO(again)).testzip() is None


@pytest.mark.parametrize("streamed", [False, True])
def test_rewriting_nothing_gives_the_same_file(tmp_path: Path, streamed: bool) -> None:
    path = tmp_path / "a.xlsm"
    path.write_bytes(handmade.zipped(handmade.excel_parts(), streamed=streamed))
    package = Container.open(str(path))
    assert package.rewrite({}) == package.data
    news = package.rewrite(
        {"XL/styles.xml": b"new"}, {"xl/中.xml": b"added"}, ["customUI/customUI.xml"]
    )
    assert news == package.rewrite(
        {"XL/styles.xml": b"new"}, {"xl/中.xml": b"added"}, ["customUI/customUI.xml"]
    )
    made = zipfile.ZipFile(io.BytesIO(news))
    assert made.testzip() is None
    assert made.read("xl/styles.xml") == b"new"
    assert made.namelist() == [
        *(name for name in package.names if name != "customUI/customUI.xml"),
        "xl/中.xml",
    ]
    with pytest.raises(KeyError):
        package.rewrite({"none": b""})


def test_comment_of_the_zip_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsm"
    path.write_bytes(GOOD[:-2] + b"\x05\0" + b"hello")
    package = Container.open(str(path))
    assert package.rewrite({}) == package.data
    assert package.rewrite({"xl/styles.xml": b""}).endswith(b"hello")


def _cut(data: bytes, at: int) -> bytes:
    return data[:at]


def _zeroed(data: bytes, at: int) -> bytes:
    return data[:at] + bytes(16) + data[at + 16 :]


@pytest.mark.parametrize("harm", [_cut, _zeroed])
def test_damage_anywhere_is_a_fault_or_harmless(
    tmp_path: Path, harm: Callable[[bytes, int], bytes]
) -> None:
    path = tmp_path / "a.xlsm"
    for at in range(0, len(GOOD), 61):
        path.write_bytes(harm(GOOD, at))
        with suppress(PackageFault):  # any other exception fails the test
            opened(path)


def test_heavy_modules_are_not_imported() -> None:
    """A click has milliseconds: reading and saving load none of these,
    in an interpreter without site packages."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import rubric_sheets.ooxml.save\n"
        "print(*[name for name in ('dataclasses', 'zipfile', 'pathlib', 'tempfile', 'shutil', 'xml', 'html', 'inspect',"
        " 'logging', 'openpyxl', 'json', 'decimal') if name in sys.modules])"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", program, root],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""
