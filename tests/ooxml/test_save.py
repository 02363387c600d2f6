"""Writing is whole or not at all: locks, foreign changes,
full disks and broken calls leave the old file."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from rubric_sheets.findings.file_faults import in_words
from rubric_sheets.findings.finding import InputError
from rubric_sheets.ooxml import alone, atomic
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
        ("fsync", errno.EIO, "file-write-failed", "磁盘读写出错"),
        ("open", errno.EACCES, "file-no-permission", "没有权限"),
        ("open", errno.EROFS, "file-write-failed", "只读"),
        ("replace", errno.EACCES, "file-no-permission", "没有权限"),
        ("replace", errno.ENOSPC, "file-write-failed", "空间不足"),
        ("fchmod", errno.EPERM, "file-not-alike", "无法照原样保留"),
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


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "exchange", lambda *_: False)


@pytest.fixture(params=[True, False], ids=["exchanged", "renamed"])
def either_way(request: pytest.FixtureRequest) -> None:
    """With the system's exchange of names, and without."""
    if not request.param:
        request.getfixturevalue("without_exchange")


def test_an_interrupt_anywhere_in_the_last_steps(
    excel: str, monkeypatch: pytest.MonkeyPatch, either_way: None
) -> None:
    """Before and after each step that gives a file another name: the old file or the new one is
    in place, and the one that is not there is NAME.bak or was never told of."""
    before = Path(excel).read_bytes()
    after = changes_to(excel).package()
    for step in range(8):
        Path(excel).write_bytes(before)
        Path(excel + ".bak").write_bytes(b"older")
        with monkeypatch.context() as patched:
            left = [step]
            for place, call in ((os, "replace"), (os, "link"), (atomic, "exchange")):
                patched.setattr(place, call, _interrupted(getattr(place, call), left))
            with suppress(KeyboardInterrupt):
                save(changes_to(excel))
        files = Path(excel).read_bytes(), Path(excel + ".bak").read_bytes()
        assert files in ((before, b"older"), (after, before)), step
        assert sorted(os.listdir(Path(excel).parent)) == ["自评表.xlsm", "自评表.xlsm.bak"], step


def _interrupted(real: Callable[..., object], left: list[int]) -> Callable[..., object]:
    """Of the calls counted in `left`, one is interrupted: an even number before it, an odd one
    after it."""

    def call(*names: str, **more: object) -> object:
        left[0] -= 2
        if left[0] == -2:
            raise KeyboardInterrupt
        result = real(*names, **more)
        if left[0] == -1:
            raise KeyboardInterrupt
        return result

    return call


def test_where_the_old_file_is_when_even_undoing_fails(
    excel: str, monkeypatch: pytest.MonkeyPatch, without_exchange: None
) -> None:
    before = Path(excel).read_bytes()
    real, calls = os.replace, []

    def once(*names: str) -> None:
        calls.append(names)
        if len(calls) > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*names)

    changes = changes_to(excel)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", once)
        told = refused(lambda: save(changes)).findings[0]
    (spare,) = Path(excel).parent.glob(".rubric-*")
    assert (told.code, spare.read_bytes()) == ("file-left-behind", before)
    assert spare.name in told.message
    assert Path(excel).read_bytes() == changes.package()


def test_another_program_that_saves_in_the_last_moment(
    excel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It saves as programs do, under another name that is then given to the file."""
    other = Path(excel).parent / "别的.xlsm"
    real = atomic.exchange

    def late(one: str, two: str) -> bool:
        if other.exists():
            os.replace(other, excel)
        return real(one, two)

    other.write_bytes(b"saved by another program")
    monkeypatch.setattr(atomic, "exchange", late)
    assert refused(lambda: save(changes_to(excel))).findings[0].code == "file-changed"
    assert Path(excel).read_bytes() == b"saved by another program"
    assert os.listdir(Path(excel).parent) == ["自评表.xlsm"]


KILLED = """
import os, sys
from rubric_sheets.ooxml import atomic
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.ooxml.values import number

def killed(name):
    real = getattr(os, name)
    def call(one, other):
        real(one, other)
        os.kill(os.getpid(), 9)
    return call

if sys.argv[2] == "exchange":
    real = atomic.exchange
    atomic.exchange = lambda one, two: (real(one, two), os.kill(os.getpid(), 9))
elif sys.argv[2] == "fsync":
    os.fsync = lambda file: os.kill(os.getpid(), 9)
else:
    setattr(os, sys.argv[2], killed(sys.argv[2]))
changes = Changes(Book.open(sys.argv[1]))
changes.set(sys.argv[3], 2, 1, number("7"))
save(changes)
"""


@pytest.mark.parametrize("at", ["fsync", "link", "exchange", "replace"])
def test_the_next_run_sweeps_what_a_killed_one_left(excel: str, at: str) -> None:
    """The last copy of the old file is no rubbish: it becomes NAME.bak, as was meant."""
    before = Path(excel).read_bytes()
    Path(excel + ".bak").write_bytes(b"older")
    done = subprocess.run([sys.executable, "-c", KILLED, excel, at, FIRST])
    assert done.returncode == -9
    is_in_place = Path(excel).read_bytes() != before
    assert is_in_place == (at in ("exchange", "replace"))
    changes = Changes(Book.open(excel))
    changes.set(FIRST, 3, 1, number("8"))
    (Path(excel).parent / ".rubric-00000000-000000000000.new").touch()  # of another workbook
    middle = Path(excel).read_bytes()
    atomic.replace_file(
        excel, middle + b"x", old=middle, signature=changes.book.container.signature, backup=False
    )
    kept = Path(excel + ".bak").read_bytes()
    assert kept == (before if is_in_place else b"older")
    assert sorted(os.listdir(Path(excel).parent)) == [
        ".rubric-00000000-000000000000.new",
        "自评表.xlsm",
        "自评表.xlsm.bak",
    ]


def test_two_writers_at_once(excel: str) -> None:
    """Each reads, then writes: what one of them says is written stays written."""
    barrier = threading.Barrier(4)
    written: list[int] = []

    def writer(row: int) -> None:
        barrier.wait()
        changes = Changes(Book.open(excel))
        changes.set(FIRST, row, 1, number(str(row)))
        with suppress(PackageFault):
            save(changes)
            written.append(row)

    for start in range(2, 42, 4):
        writers = [threading.Thread(target=writer, args=(start + i,)) for i in range(4)]
        for one in writers:
            one.start()
        for one in writers:
            one.join()
    sheet = Book.open(excel).sheet(FIRST)
    found = [row for row in written if (cell := sheet.cell(row, 1)) and cell.text == str(row)]
    assert written
    assert found == written


def test_a_writer_that_does_not_end_holds_nobody_up(
    excel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped process keeps the folder's lock: after a while the others go on, and look at what
    comes back all the same."""
    monkeypatch.setattr(alone, "TRIES", 3)
    held = os.open(Path(excel).parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with alone.alone(str(Path(excel).parent)) as is_alone:
            assert not is_alone
        assert save(changes_to(excel))
    finally:
        os.close(held)
    with alone.alone(str(Path(excel).parent)) as is_alone:
        assert is_alone


def test_a_foreign_file_is_never_litter(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program saved in the last moment, and giving its file back fails once."""
    other, real, calls = Path(excel).parent / "别的.xlsm", atomic.exchange, []

    def once(one: str, two: str) -> bool:
        calls.append(one)
        if len(calls) == 1:
            os.replace(other, excel)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(one, two)

    other.write_bytes(b"saved by another program")
    changes = changes_to(excel)
    with monkeypatch.context() as patched:
        patched.setattr(atomic, "exchange", once)
        refused(lambda: save(changes))
    assert Path(excel).read_bytes() == b"saved by another program"


def test_a_sticky_folder_of_somebody_else(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """There a second name for the file could not be taken away again."""
    os.chmod(Path(excel).parent, 0o1777)
    changes = changes_to(excel)
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: 54321)
        assert refused(lambda: save(changes)).findings[0].code == "file-no-permission"
    assert os.listdir(Path(excel).parent) == ["自评表.xlsm"]
    assert save(changes)


def test_attributes_are_kept(excel: str) -> None:
    try:
        os.setxattr(excel, "user.department", "财政局".encode())
    except OSError:
        pytest.skip("this disk has no attributes")
    assert save(changes_to(excel))
    assert os.getxattr(excel, "user.department").decode() == "财政局"


def test_a_group_that_cannot_be_kept(excel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague's file: written by us, its owner would be locked out."""
    real = os.fstat

    def other(file: int) -> os.stat_result:
        found = list(real(file))
        found[4:6] = [found[4] + 1, found[5] + 1]
        return os.stat_result(found)

    changes = changes_to(excel)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", other)
        patched.setattr(os, "fchown", _failing(errno.EPERM))
        told = refused(lambda: save(changes)).findings[0]
    assert told.code == "file-not-alike"
    assert "所属组" in told.message
    assert os.listdir(Path(excel).parent) == ["自评表.xlsm"]


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
