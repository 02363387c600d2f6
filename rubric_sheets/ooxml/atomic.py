"""Files written whole or not at all: a temporary file beside, forced to the disk,
then moved into place."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from .container import Signature, signature_of
from .faults import PackageFault
from .locks import refuse_locked

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_file(
    path: str, content: bytes, *, old: bytes, signature: Signature, backup: bool
) -> None:
    """Replace a file that was read with this signature; follows symbolic links,
    keeps mode and owner.

    `old`: the bytes read, for the backup where hard links are not possible. PackageFault locked,
    changed, no-permission, write-failed; the file is then as it was."""
    refuse_locked(path)
    target = os.path.realpath(path)
    found = _unchanged(path, target, signature)
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PackageFault("no-permission", path)
    litter: list[str] = []
    try:
        new = _written(target, content, litter, found)
        spare = _spare(target, old, litter) if backup else None
        _unchanged(path, target, signature)  # as late as possible
        os.replace(new, target)
        litter.remove(new)
        if spare is not None:
            _keep(spare, target)
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        _clean(litter)
    _sync_folder(target)


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
    _sync_folder(target)


def backup_of(path: str) -> str:
    """Where the old file is kept: beside the file itself, not beside a symbolic link to it."""
    return (os.path.realpath(path) if os.path.islink(path) else path) + ".bak"


def _keep(spare: str, target: str) -> None:
    """Make the old file NAME.bak; where that fails (a folder has this name),
    the old file comes back."""
    try:
        os.replace(spare, target + ".bak")
    except OSError:
        os.replace(spare, target)
        raise


def _unchanged(path: str, target: str, signature: Signature) -> os.stat_result:
    try:
        found = os.stat(target)
    except OSError:
        raise PackageFault("changed", path) from None
    if signature_of(found) != signature:
        raise PackageFault("changed", path)
    return found


def _temporary(target: str) -> str:
    """A free name in the same folder. Short, as the target's own name may be as long as names can
    be."""
    return os.path.join(os.path.dirname(target), f".rubric-{os.urandom(6).hex()}.tmp")


def _written(target: str, content: bytes, litter: list[str], like: os.stat_result | None) -> str:
    """A new file beside `target`, complete on the disk, with the owner and mode of `like`."""
    name = _temporary(target)
    file = os.open(name, _FLAGS, 0o600 if like else 0o666)
    litter.append(name)
    try:
        _write(file, content)
        if like is not None and hasattr(os, "fchmod"):
            _take_after(file, like)
        os.fsync(file)
    finally:
        os.close(file)
    return name


def _take_after(file: int, like: os.stat_result) -> None:
    own = os.fstat(file)
    if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        _attempt(os.fchown, file, like.st_uid, like.st_gid)  # only root may give files away
    os.fchmod(file, stat.S_IMODE(like.st_mode))


def _spare(target: str, old: bytes, litter: list[str]) -> str:
    """The old file under a second name: a hard link, or a copy where there are none (FAT,
    some networks)."""
    name = _temporary(target)
    try:
        os.link(target, name)
        litter.append(name)
    except (OSError, NotImplementedError, AttributeError):
        file = os.open(name, _FLAGS, 0o600)
        litter.append(name)
        try:
            _write(file, old)
        finally:
            os.close(file)
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
