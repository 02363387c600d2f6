"""Writing is whole or not at all: locks, foreign changes,
full disks and broken calls leave the old file."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rubric_sheets.findings.file_faults import in_words
from rubric_sheets.findings.finding import InputError
from rubric_sheets.ooxml.atomic import write_new
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.faults import PackageFault
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.ooxml.values import number

FIRST = "收支 & '表'额"


def changes_to(path: str, digits: str = "7") -> Changes:
    changes = Changes(Book.open(path))
    changes.set(FIRST, 2, 1, number(digits))
    return changes


def refused(call: Callable[[], object]) -> InputError:
    with pytest.raises(PackageFault) as caught:
        call()
    return in_words(caught.value)


def test_backup_mode_and_no_litter(excel: str) -> None:
    before = Path(excel).read_bytes()
    os.chmod(excel, 0o640)
    assert save(changes_to(excel))
    first = Path(excel).read_bytes()
    assert Path(excel + ".bak").read_bytes() == before
    assert stat.S_IMODE(os.stat(excel).st_mode) == 0o640
    assert save(changes_to(excel, "8"))
    assert Path(excel + ".bak").read_bytes() == first
    assert not save(changes_to(excel, "8"))
    assert Path(excel + ".bak").read_bytes() == first
    assert sorted(os.listdir(os.path.dirname(excel))) == ["自评表.xlsm", "自评表.xlsm.bak"]


def test_no_backup(excel: str) -> None:
    assert save(changes_to(excel), backup=False)
    assert os.listdir(os.path.dirname(excel)) == ["自评表.xlsm"]


def test_backup_without_hard_links(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path(excel).read_bytes()
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    assert save(changes_to(excel))
    assert Path(excel + ".bak").read_bytes() == before
    assert len(os.listdir(os.path.dirname(excel))) == 2


def test_symbolic_link_is_followed(excel: str, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "链接.xlsm"
    link.symlink_to(excel)
    assert save(changes_to(str(link)))
    assert link.is_symlink()
    assert os.path.exists(excel + ".bak")
    assert os.listdir(folder) == ["链接.xlsm"]


def test_one_sync_of_file_and_folder(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    real = os.fsync

    def watched(file: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(file).st_mode))
        real(file)

    monkeypatch.setattr(os, "fsync", watched)
    save(changes_to(excel))
    assert synced == [False, True]


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        (
            "~$自评表.xlsm",
            b"\x03zhang".ljust(55) + b"\x02\0" + "张三".encode("utf-16-le") + b" \0" * 50,
            "Excel 或 WPS（张三）",
        ),
        ("~$自评表.xlsm", b"", "Excel 或 WPS "),
        (".~自评表.xlsm", b"", "Excel 或 WPS "),
        (
            ".~lock.自评表.xlsm#",
            "李四,li,host,20.11.2025 10:00,file:///x;".encode(),
            "LibreOffice（李四）",
        ),
        (".~lock.自评表.xlsm#", b",li,host,,;", "LibreOffice（li）"),
    ],
)
def test_open_elsewhere(excel: str, lock: str, content: bytes, who: str) -> None:
    before = Path(excel).read_bytes()
    (Path(excel).parent / lock).write_bytes(content)
    error = refused(lambda: save(changes_to(excel)))
    assert error.findings[0].code == "file-locked"
    assert who in error.findings[0].message
    assert lock in error.findings[0].fix
    assert Path(excel).read_bytes() == before
    assert sorted(os.listdir(Path(excel).parent)) == sorted([lock, "自评表.xlsm"])


def test_lock_of_another_book_does_not_matter(excel: str) -> None:
    (Path(excel).parent / "~$年度自评表.xlsm").touch()
    assert save(changes_to(excel))


def test_changed_or_gone_meanwhile(excel: str) -> None:
    changes = changes_to(excel)
    Path(excel).write_bytes(Path(excel).read_bytes())
    os.utime(excel, ns=(1, 1))
    assert refused(lambda: save(changes)).findings[0].code == "file-changed"
    os.unlink(excel)
    assert refused(lambda: save(changes)).findings[0].code == "file-changed"
    assert os.listdir(os.path.dirname(excel)) == []


def test_read_only_file(excel: str) -> None:
    os.chmod(excel, 0o444)
    assert refused(lambda: save(changes_to(excel))).findings[0].code == "file-no-permission"


def _failing(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


def _half(real: Callable[[int, bytes], int]) -> Callable[[int, bytes], int]:
    """A write that takes a part of the bytes, then finds the disk full."""
    calls = []

    def write(file: int, content: bytes) -> int:
        calls.append(file)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, bytes(content)[:100])

    return write


@pytest.mark.parametrize(
    ("call", "number", "code", "words"),
    [
        ("write", errno.ENOSPC, "file-write-failed", "空间不足"),
        ("write", -1, "file-write-failed", "空间不足"),
        ("fsync", errno.ENOSPC, "file-write-failed", "空间不足"),
        ("fsync", errno.EIO, "file-write-failed", os.strerror(errno.EIO)),
        ("open", errno.EACCES, "file-no-permission", "没有权限"),
        ("open", errno.EROFS, "file-write-failed", "只读"),
        ("replace", errno.EACCES, "file-no-permission", "没有权限"),
        ("replace", errno.ENOSPC, "file-write-failed", "空间不足"),
        ("fchmod", errno.EPERM, "file-no-permission", "没有权限"),
    ],
)
def test_failures_leave_the_old_file_and_no_litter(
    excel: str, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str, words: str
) -> None:
    Path(excel + ".bak").write_bytes(b"older")
    before = Path(excel).read_bytes()
    changes = changes_to(excel)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, _half(os.write) if number < 0 else _failing(number))
        error = refused(lambda: save(changes))
    assert error.findings[0].code == code
    assert words in error.findings[0].message
    assert Path(excel).read_bytes() == before
    assert Path(excel + ".bak").read_bytes() == b"older"
    assert sorted(os.listdir(os.path.dirname(excel))) == ["自评表.xlsm", "自评表.xlsm.bak"]
    assert save(changes)  # the same changes can be written once the cause is gone


def test_backup_name_taken_by_a_folder(excel: str) -> None:
    os.mkdir(excel + ".bak")
    before = Path(excel).read_bytes()
    assert refused(lambda: save(changes_to(excel))).findings[0].code == "file-write-failed"
    assert Path(excel).read_bytes() == before
    assert sorted(os.listdir(os.path.dirname(excel))) == ["自评表.xlsm", "自评表.xlsm.bak"]
    assert save(changes_to(excel), backup=False)


def test_a_limit_of_the_system_itself(excel: str) -> None:
    """Not injected: the kernel refuses to write beyond this size."""
    before = Path(excel).read_bytes()
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    changes = changes_to(excel)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    try:
        error = refused(lambda: save(changes))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert error.findings[0].code == "file-write-failed"
    assert Path(excel).read_bytes() == before
    assert os.listdir(os.path.dirname(excel)) == ["自评表.xlsm"]


def test_a_disk_that_is_really_full(excel: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = os.path.getsize(excel) * 3 // 2  # room for the file, not for a second one
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk; the tests above inject the same failure")
    try:
        path = disk / "自评表.xlsm"
        path.write_bytes(Path(excel).read_bytes())
        before = path.read_bytes()
        error = refused(lambda: save(changes_to(str(path))))
        assert "空间不足" in error.findings[0].message
        assert path.read_bytes() == before
        assert os.listdir(disk) == ["自评表.xlsm"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_interruption_leaves_no_litter(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = Path(excel).read_bytes()
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(changes_to(excel))
    assert Path(excel).read_bytes() == before
    assert os.listdir(os.path.dirname(excel)) == ["自评表.xlsm"]


def test_folder_that_cannot_be_synced(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def open_files_only(path: str, *rest: int) -> int:
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, "as on Windows")
        return real(path, *rest)

    monkeypatch.setattr(os, "open", open_files_only)
    assert save(changes_to(excel))


def test_write_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "新.xlsx"
    write_new(str(path), b"1")
    assert refused(lambda: write_new(str(path), b"2")).findings[0].code == "file-exists"
    assert path.read_bytes() == b"1"
    path.chmod(0o600)
    write_new(str(path), b"3", overwrite=True)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"3", 0o600)
    assert (
        refused(lambda: write_new(str(tmp_path), b"2", overwrite=True)).findings[0].code
        == "file-is-folder"
    )
    missing = tmp_path / "无" / "新.xlsx"
    assert "文件夹不存在" in refused(lambda: write_new(str(missing), b"2")).findings[0].message
    long = tmp_path / ("长" * 100 + ".xlsx")
    assert "文件名过长" in refused(lambda: write_new(str(long), b"2")).findings[0].message
    (tmp_path / "~$新.xlsx").touch()
    assert (
        refused(lambda: write_new(str(path), b"4", overwrite=True)).findings[0].code
        == "file-locked"
    )
    monkeypatch.setattr(os, "fsync", _failing(errno.ENOSPC))
    other = tmp_path / "另.xlsx"
    assert refused(lambda: write_new(str(other), b"5")).findings[0].code == "file-write-failed"
    assert sorted(os.listdir(tmp_path)) == sorted(["~$新.xlsx", "新.xlsx"])


def test_write_new_where_hard_links_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    path = tmp_path / "新.xlsx"
    write_new(str(path), b"1")
    assert refused(lambda: write_new(str(path), b"2")).findings[0].code == "file-exists"
    assert os.listdir(tmp_path) == ["新.xlsx"]


def test_write_new_does_not_follow_a_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "新.xlsx"
    real = os.fsync

    def meanwhile(file: int) -> None:
        path.write_bytes(b"other")
        real(file)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert refused(lambda: write_new(str(path), b"1")).findings[0].code == "file-exists"
    assert path.read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["新.xlsx"]
