"""Folders, patterns and archives: each file once, and nothing that an archive says is believed."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.audit import archives
from rubric_sheets.audit.inputs import Input, gather, shown
from rubric_sheets.audit.judging import judge

from ..books import new
from .helpers import audit, lines, unit


def names(*paths: Path | str) -> list[str]:
    return [given.name for given in gather(list(map(str, paths)))]


def test_each_file_once_and_in_order(tmp_path: Path) -> None:
    for name in ("乙/2.xlsx", "乙/10.xlsx", "甲/1.xlsx", ".藏/3.xlsx", "乙/~$2.xlsx", "乙/a.bak"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [f"{tmp_path}/{name}" for name in ("乙/10.xlsx", "乙/2.xlsx", "甲/1.xlsx")]
    assert names(tmp_path) == found
    assert names(tmp_path / "甲", tmp_path, tmp_path / "甲/1.xlsx") == [found[2], *found[:2]]
    assert names(tmp_path / "*/[0-9].xlsx") == found[1:]
    assert names(tmp_path / "**/1*.xlsx") == [found[0], found[2]]
    assert list(gather([str(tmp_path)], leave_out=[found[0]])) == [
        Input(found[1], found[1], str(tmp_path)),
        Input(found[2], found[2], str(tmp_path)),
    ]


def test_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "自评[1].xlsx").write_bytes(b"x")
    assert names(tmp_path / "自评[1].xlsx") == [f"{tmp_path}/自评[1].xlsx"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert names(tmp_path) == [f"{tmp_path}/a.xlsx"]


def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    raw = "自评".encode("gbk")
    assert shown(raw.decode("utf-8", "surrogateescape")) == "自评"
    assert shown("a\x1b[31m\nb") == "a�[31m�b"


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def gbk_archive(path: Path, members: dict[str, bytes]) -> Path:
    """Written by hand, as 2345 or an old WinRAR do: GBK names, no flag."""
    out, central = io.BytesIO(), io.BytesIO()
    for name, data in members.items():
        raw, crc = name.encode("gbk"), zipfile.crc32(data)
        start = out.tell()
        common = struct.pack("<HHHHLLLHH", 0, 0, 0, 33, crc, len(data), len(data), len(raw), 0)
        out.write(b"PK\x03\x04" + struct.pack("<H", 20) + common + raw + data)
        central.write(b"PK\x01\x02" + struct.pack("<HH", 20, 20) + common)
        central.write(struct.pack("<HHHLL", 0, 0, 0, 0, start) + raw)
    at, listed = out.tell(), central.getvalue()
    end = struct.pack("<HHHHLLH", 0, 0, len(members), len(members), len(listed), at, 0)
    path.write_bytes(out.getvalue() + listed + b"PK\x05\x06" + end)
    return path


def book(tmp_path: Path, name: str) -> bytes:
    return Path(new(tmp_path / "made.xlsx", unit(name))).read_bytes()


def test_an_archive_with_gbk_names(capsys: Any, tmp_path: Path) -> None:
    members = {"教育局/自评表.xlsx": book(tmp_path, "教育局"), "水利局.xlsx": b"\x00no"}
    path = gbk_archive(tmp_path / "全县.zip", members)
    outcome = audit(capsys, path, "--out", tmp_path / "汇总.xlsx", "--json")
    good, bad = lines(outcome)
    assert good["book"] == f"{path}/教育局/自评表.xlsx"
    assert good["total"] is not None
    assert bad["book"] == f"{path}/水利局.xlsx"
    assert bad["findings"][0]["message"].startswith(f"“{path}/水利局.xlsx”")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        ("全县.zip", "made.xlsx", "汇总.xlsx", "汇总.duckdb")
    )


def test_nothing_of_an_archive_becomes_a_path(tmp_path: Path) -> None:
    data = book(tmp_path, "某局")
    path = packed(
        tmp_path / "a.zip",
        {"../../out.xlsx": data, "/etc/b.xlsx": data, "C:\\x\\c.xlsx": data, "__MACOSX/d": b""},
    )
    found = list(gather([str(path)]))
    assert [given.inside for given in found] == ["../../out.xlsx", "/etc/b.xlsx", "C:/x/c.xlsx"]
    assert all('"usable"' not in judge(given).check for given in found)
    assert {one.name for one in tmp_path.iterdir()} == {"a.zip", "made.xlsx"}


def test_the_same_name_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xlsx", book(tmp_path, "一"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xlsx", book(tmp_path, "二"))
    found = list(gather([str(path)]))
    assert [given.inside for given in found] == ["a.xlsx", "a.xlsx（2）"]
    assert judge(found[0]).digest != judge(found[1]).digest


def reason(path: Path) -> str:
    (given,) = gather([str(path)])
    return judge(given).check


def test_archives_that_are_not_to_be_trusted(tmp_path: Path, monkeypatch: Any) -> None:
    bomb = packed(tmp_path / "炸弹.zip", {"a.xlsx": bytes(80 << 20)})
    assert "压缩比异常" in reason(bomb)
    monkeypatch.setattr(archives, "MAX_FILE", 1 << 20)
    large = packed(tmp_path / "大.zip", {"a.xlsx": bytes(2 << 20)})
    assert "文件有 3 MB，上限为 1 MB" in reason(large)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    assert "内含 2 个部件" in reason(packed(tmp_path / "多.zip", {"a": b"1", "b": b"2"}))
    monkeypatch.setattr(archives, "MAX_TOTAL", 1 << 20)
    assert "全部内容解压后超过" in reason(packed(tmp_path / "重.zip", {"a": bytes(2 << 20)}))


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "空.zip").touch()
    assert "压缩包目录有误" in reason(tmp_path / "空.zip")
    assert "找不到文件" in reason(tmp_path / "没有.zip")
    whole = packed(tmp_path / "坏.zip", {"a.xlsx": book(tmp_path, "某局")})
    data = bytearray(whole.read_bytes())
    data[200:260] = bytes(60)
    whole.write_bytes(data)
    assert "无法解压" in reason(whole)
    locked = packed(tmp_path / "密.zip", {"a.xlsx": b"secret"})
    data = bytearray(locked.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    locked.write_bytes(data)
    assert "压缩包带有密码" in reason(locked)
    strange = packed(tmp_path / "怪.zip", {"a.xlsx": b"strange"})
    data = bytearray(strange.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + offset] = 99
    strange.write_bytes(data)
    assert "不支持的压缩方法" in reason(strange)


def test_a_workbook_that_is_called_zip(tmp_path: Path) -> None:
    path = tmp_path / "自评.zip"
    path.write_bytes(book(tmp_path, "某局"))
    (given,) = gather([str(path)])
    assert given.member == -1
    assert '"usable"' not in judge(given).check


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    inner = packed(tmp_path / "内.zip", {"a.xlsx": b"x"})
    outer = packed(tmp_path / "外.zip", {"内.zip": inner.read_bytes()})
    assert '"usable": false' in reason(outer)
    assert "压缩包里没有 Word 文档或工作簿" in reason(outer)
