"""What an audit looks at: files, folders, patterns and zip archives, as one list of inputs in an
order of its own."""

from __future__ import annotations

import glob
import os

from ..findings.file_faults import in_words
from ..findings.finding import InputError
from ..ooxml.faults import PackageFault
from ..records import Record
from . import archives

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MARKS = frozenset("*?[")
# What programs leave beside people's files; locks of open files, and our own backups.
LITTER = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
LITTER_ENDINGS = (".bak", ".tmp", ".duckdb", ".wal")


class Input(Record):
    """One file to judge. `name`: as people are told; `path`: the file on the disk; `member`: its
    number in the archive of that path, -1 where the file stands by itself; `root`: what the call
    named, absolute. `fault`: why it cannot even be opened; `data`: its bytes, for whoever cannot
    open it. `engine`: which one computes it too, if any."""

    name: str
    path: str
    root: str
    member: int = -1
    inside: str = ""
    fault: InputError | None = None
    data: bytes | None = None
    engine: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by from one run to the next."""
        return shown(os.path.abspath(self.path)), self.inside


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are nearly always GBK. What would move the
    cursor of a terminal, or break a line, is left out."""
    if not name.isprintable():
        raw = name.encode("utf-8", "surrogateescape")
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
        name = "".join(sign if sign.isprintable() else "�" for sign in name)
    return name


def gather(paths: list[str], leave_out: Collection[str] = ()) -> Iterator[Input]:
    """Every input of the call, each file once. `leave_out`: files of the audit's own, and folders
    with all that is in them."""
    met = {os.path.realpath(path) for path in leave_out}
    folders = tuple(path + os.sep for path in met if os.path.isdir(path))
    for named in paths:
        for path, root in _files(named):
            real = os.path.realpath(path)
            if real not in met and not real.startswith(folders):
                met.add(real)
                yield from _opened(path, root)


def _files(named: str) -> Iterator[tuple[str, str]]:
    """(file, what the call named) of one argument."""
    root = shown(os.path.abspath(named))
    if os.path.isdir(named):
        for path in _walked(named):
            yield path, root
    elif os.path.lexists(named) or not MARKS & set(named):
        yield named, root
    else:
        found = sorted(glob.glob(named, recursive=True))
        for path in found or [named]:
            for file in _walked(path) if os.path.isdir(path) else [path]:
                yield file, root


def _walked(folder: str) -> Iterator[str]:
    """The files of a folder and those below it, by name; links to folders are not followed."""
    for where, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not is_litter(name))
        for name in sorted(names):
            if not is_litter(name):
                yield os.path.join(where, name)


def is_litter(name: str) -> bool:
    lower = name.lower()
    return name.startswith((".", "~$")) or lower in LITTER or lower.endswith(LITTER_ENDINGS)


def _opened(path: str, root: str) -> Iterator[Input]:
    """The file itself, or what an archive holds."""
    name = shown(path)
    if not path.lower().endswith(".zip"):
        yield Input(name, path, root)
        return
    try:
        members = archives.members(path, name)
    except PackageFault as fault:
        yield Input(name, path, root, fault=in_words(fault))
        return
    if members is None:
        yield Input(name, path, root)
        return
    for number, inside in members:
        if not any(is_litter(step) for step in inside.split("/") if step != ".."):
            yield Input(f"{name}/{inside}", path, root, number, inside)
