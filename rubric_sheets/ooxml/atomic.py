"""Files written whole or not at all: a temporary file beside, forced to the disk,
then moved into place."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from ..records import Record
from .alone import NEW, OLD, alone, kept_as, sweep, temporary
from .container import Signature, signature_of
from .exchange import exchange
from .faults import PackageFault
from .likeness import take_after
from .locks import refuse_locked

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_file(
    path: str, content: bytes, *, old: bytes, signature: Signature, backup: bool
) -> None:
    """Replace a file that was read with this signature, by one writer at a time; follows symbolic
    links, keeps mode, owner, group, access lists and extended attributes.

    `old`: the bytes read. PackageFault locked, changed, no-permission, write-failed; the file is
    then as it was. PackageFault left-behind: it is not, and where the old one is."""
    refuse_locked(path)
    target = os.path.realpath(path)
    with alone(os.path.dirname(target)) as is_alone:
        if is_alone:
            sweep(target)
        found = _unchanged(path, target, signature)
        if not _may_be_replaced(target, found):
            raise PackageFault("no-permission", path)
        litter: list[str] = []
        try:
            new = _written(target, content, litter, found)
            spare = _spare(target, old, litter) if backup else None
            _unchanged(path, target, signature)  # as late as possible
            _install(path, target, Pair(new, content, old), spare, litter)
        except OSError as error:
            raise _failed(path, error) from None
        finally:
            _clean(litter)
    _sync_folder(target)


class Pair(Record):
    """A new file beside the old one: its name, and what both hold."""

    new: str
    content: bytes
    old: bytes


def _install(path: str, target: str, pair: Pair, spare: str | None, litter: list[str]) -> None:
    """The new file under the target's name, the old one as NAME.bak."""
    if spare is not None:
        litter.remove(spare)  # from here on it may be the last copy of the old file
    try:
        if not exchange(pair.new, target):
            os.replace(pair.new, target)
        elif _content(pair.new) != pair.old:
            litter.remove(pair.new)  # another program's file, not ours to lose
            _give_back(pair, target)
            litter.append(pair.new)
            raise PackageFault("changed", path)
        if spare is not None:
            os.replace(spare, kept_as(target))
    except BaseException:  # an interrupt too
        if spare is not None:
            _undo(path, target, pair, spare)
        raise


def _give_back(pair: Pair, target: str) -> None:
    """Another program's file came back in the exchange: it gets its name again, and so does one
    that takes its place meanwhile."""
    while exchange(pair.new, target) and _content(pair.new) != pair.content:
        pass


def _undo(path: str, target: str, pair: Pair, spare: str) -> None:
    """The old file in its place again, whatever was reached: the disk tells."""
    if not os.path.lexists(spare):
        return  # it is NAME.bak already, and the new file in place
    try:
        is_ours = _content(target) == pair.content
        if is_ours and not (os.path.lexists(pair.new) and exchange(pair.new, target)):
            os.replace(spare, target)
        else:
            _attempt(os.unlink, spare)  # the old file is in place; the next run sweeps
    except OSError as error:
        raise PackageFault("left-behind", path, "system", error=error, spare=spare) from None


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def write_new(path: str, data: bytes, *, overwrite: bool = False) -> None:
    """Create a file with these bytes. PackageFault exists (unless `overwrite`), locked,
    is-folder, no-permission, write-failed; no new file is then left, an old one is whole."""
    found = None
    if os.path.lexists(path):
        if os.path.isdir(path):
            raise PackageFault("is-folder", path)
        if not overwrite:
            raise PackageFault("exists", path)
        refuse_locked(path)
        found = os.stat(path) if os.path.exists(path) else None
        if found is not None and not found.st_mode & 0o222:
            raise PackageFault("no-permission", path)
    target = os.path.realpath(path)
    if not os.path.isdir(os.path.dirname(target)):
        raise PackageFault("write-failed", path, "write-folder")
    with alone(os.path.dirname(target)) as is_alone:
        if is_alone:
            sweep(target)
        _write_new(path, target, data, found, overwrite=overwrite)
    _sync_folder(target)


def _write_new(
    path: str, target: str, data: bytes, found: os.stat_result | None, *, overwrite: bool
) -> None:
    litter: list[str] = []
    try:
        new = _written(target, data, litter, found)
        if overwrite:
            os.replace(new, target)
        else:
            _put(new, target)
    except FileExistsError:
        raise PackageFault("exists", path) from None
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        _clean(litter)


def backup_of(path: str) -> str:
    """Where the old file is kept: beside the file itself, not beside a symbolic link to it."""
    return kept_as(os.path.realpath(path) if os.path.islink(path) else path)


def other_names(path: str) -> int:
    """Asked after a file was replaced: how many other names the old one still has (hard links).
    They go on showing the old content; the new file has one name only."""
    try:
        return os.stat(backup_of(path)).st_nlink - 1
    except OSError:
        return 0


def _unchanged(path: str, target: str, signature: Signature) -> os.stat_result:
    try:
        found = os.stat(target)
    except OSError:
        raise PackageFault("changed", path) from None
    if signature_of(found) != signature:
        raise PackageFault("changed", path)
    return found


def _may_be_replaced(target: str, found: os.stat_result) -> bool:
    """In a sticky folder only the owners of file and folder may take its name away."""
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        return False
    folder = os.stat(os.path.dirname(target))
    own = os.geteuid() if hasattr(os, "geteuid") else 0
    return not folder.st_mode & stat.S_ISVTX or own in (0, found.st_uid, folder.st_uid)


def _written(target: str, content: bytes, litter: list[str], like: os.stat_result | None) -> str:
    """A new file beside `target`, complete on the disk, with the owner and mode of `like`."""
    name = temporary(target, NEW)
    litter.append(name)
    file = os.open(name, _FLAGS, 0o600 if like else 0o666)
    try:
        _write(file, content)
        if like is not None and hasattr(os, "fchmod"):
            take_after(file, target, like)
        os.fsync(file)
    finally:
        os.close(file)
    return name


def _spare(target: str, old: bytes, litter: list[str]) -> str:
    """The old file under a second name: a hard link, or a copy where there are none (FAT,
    some networks)."""
    name = temporary(target, OLD)
    litter.append(name)
    try:
        os.link(target, name)
    except (OSError, NotImplementedError, AttributeError):
        part = temporary(target, NEW)
        litter.append(part)
        file = os.open(part, _FLAGS, 0o600)
        try:
            _write(file, old)
        finally:
            os.close(file)
        os.replace(part, name)
    return name


def _write(file: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


def _put(new: str, target: str) -> None:
    """Give the new file its name only if it is still free:
    linking fails where renaming would overwrite."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.replace(new, target)


def _clean(litter: list[str]) -> None:
    for name in litter:
        _attempt(os.unlink, name)  # moved into place, or out of reach


def _sync_folder(target: str) -> None:
    """Make the new name last. Not possible on Windows, nor on every network disk:
    the file itself is safe."""
    try:
        folder = os.open(os.path.dirname(target), os.O_RDONLY)
    except OSError:
        return
    _attempt(os.fsync, folder)
    os.close(folder)


def _attempt(action: Callable[..., object], *arguments: object) -> bool:
    """Do it if it can be done."""
    try:
        action(*arguments)
    except OSError:
        return False
    return True


def _failed(path: str, error: OSError) -> PackageFault:
    import errno

    # Windows: denied because another program holds the file open
    if getattr(error, "winerror", None) in (5, 32, 33):
        lock = "~$" + os.path.basename(path)
        return PackageFault("locked", path, "windows", user="", lock=lock)
    if error.errno in (errno.EACCES, errno.EPERM):
        return PackageFault("no-permission", path)
    return PackageFault("write-failed", path, "system", error=error)
