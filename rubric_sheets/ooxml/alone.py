"""One writer at a time in a folder, among the program's own, and what a killed one left behind.

The lock is the system's (flock on the folder): it ends with the process and leaves no file. Where
there is none (Windows, some network disks) the last look at the file must do.
"""

from __future__ import annotations

import os
from time import sleep
from zlib import crc32

TRIES, PAUSE = 1_000, 0.01  # ten seconds: a write takes some milliseconds
LONGEST = 255  # bytes of a name on nearly all disks
NEW, OLD = ".new", ".old"  # half-written or not yet in place; the file before, on its way to .bak


class alone:
    """`with alone(folder) as is_locked`: False where the folder cannot be locked, or is held by one
    who does not come to an end: the look at what comes back in the exchange must do."""

    def __init__(self, folder: str) -> None:
        self.folder = folder or "."
        self.file = -1

    def __enter__(self) -> bool:
        try:
            import fcntl

            self.file = os.open(self.folder, os.O_RDONLY)
            for _ in range(TRIES):
                try:
                    fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    sleep(PAUSE)
                else:
                    return True
        except (ImportError, OSError):
            pass
        return False

    def __exit__(self, *_: object) -> None:
        if self.file >= 0:
            os.close(self.file)


def temporary(target: str, kind: str) -> str:
    """A free name in the folder of `target`, known by it. Short, as the target's own name may be
    as long as names can be."""
    return f"{_stem(target)}{os.urandom(6).hex()}{kind}"


def kept_as(target: str) -> str:
    """NAME.bak; of a name as long as names can be, as much as there is room for."""
    folder, name = os.path.split(target)
    stem, kind = os.path.splitext(name)
    while stem and len(os.fsencode(f"{stem}{kind}.bak")) > LONGEST:
        stem = stem[:-1]
    return os.path.join(folder, f"{stem}{kind}.bak")


def _stem(target: str) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, f".rubric-{crc32(os.fsencode(name)):08x}-")


def sweep(target: str) -> None:
    """Take away what a killed run left beside `target`; only for one who is alone. A file that may
    be the last copy of what stood there becomes NAME.bak, as that run meant to."""
    folder, stem = os.path.split(_stem(target))
    try:
        left = [name for name in os.listdir(folder or ".") if name.startswith(stem)]
    except OSError:
        return
    for name in left:
        path = os.path.join(folder, name)
        try:
            if name.endswith(OLD) and not _is_kept(path, target):
                os.replace(path, kept_as(target))
            else:
                os.unlink(path)
        except OSError:
            continue


def _is_kept(path: str, target: str) -> bool:
    """Is what this file holds there under a name that people see?"""
    places = (place for place in (target, kept_as(target)) if os.path.isfile(place))
    return any(os.path.samefile(path, one) or _bytes(path) == _bytes(one) for one in places)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
