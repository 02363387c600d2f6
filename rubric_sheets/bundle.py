"""The program's compiled modules and published rubrics in one file: finding and opening a hundred
files one by one is a sixth of a whole command. See docs/decisions/start-time.md.

`python -m rubric_sheets.bundle` makes it, and `make setup` does so. What has changed since, or is
not in it, is imported and read as ever; so is everything where there is no such file.
"""

from __future__ import annotations

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

    # path below the folder, beginning with a slash → (size and time of the text, where its compiled
    # form begins, its length)
    Places = dict[str, tuple[int, int, int, int]]

Spec = type(__spec__)  # importlib.machinery.ModuleSpec, without what that import takes along
FOLDER = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(FOLDER, "__pycache__", f"bundle.{sys.implementation.cache_tag}")
RUBRICS = os.sep.join(("", "rubrics", "compiled"))
# Whose commands load libraries that take far longer: here they would only make the list longer.
LEFT_OUT = frozenset(("audit", "export", "macros", "reports", "verify"))


class Bundle:
    """Finds and loads modules. `number`: the open file; `start`: where the first one begins;
    `modules`: name → path below the folder."""

    def __init__(
        self, folder: str, number: int, start: int, modules: dict[str, str], places: Places
    ) -> None:
        self.folder, self.number, self.start = folder, number, start
        self.modules, self.places = modules, places

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        below = self.modules.get(name)
        if below is None or not self.is_current(below):
            return None
        file = self.folder + below
        spec: ModuleSpec = Spec(name, self, origin=file)  # type: ignore[arg-type]
        spec.has_location = True
        spec.cached = FILE  # or it would be worked out where else the compiled form might be
        if below.endswith("__init__.py"):
            spec.submodule_search_locations = [os.path.dirname(file)]
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """As any module is made."""

    def exec_module(self, module: ModuleType) -> None:
        exec(self.value(self.modules[module.__name__]), module.__dict__)  # noqa: S102 -- ours

    def is_current(self, below: str) -> bool:
        """Is this file in the bundle as it is now?"""
        known = self.places.get(below)
        if known is None:
            return False
        try:
            text = os.stat(self.folder + below)
        except OSError:
            return False
        return known[:2] == (text.st_size, text.st_mtime_ns)

    def value(self, below: str) -> Any:
        """What the file was compiled to: code, or the value of a JSON text."""
        _, _, offset, length = self.places[below]
        return marshal.loads(os.pread(self.number, length, self.start + offset))  # noqa: S302


_USED: list[Bundle] = []


def use() -> None:
    """From now on modules come out of the bundle, where there is one."""
    bundle = opened(FILE) if hasattr(os, "pread") else None  # which Windows has not
    if bundle is not None:
        _USED.append(bundle)
        sys.meta_path.insert(0, bundle)


def rubric(rubric_id: str) -> Any:
    """A published rubric, as its JSON is in the bundle; None where it is not, or not any more."""
    below = f"{RUBRICS}{os.sep}{rubric_id}.json"
    return next((one.value(below) for one in _USED if one.is_current(below)), None)


def opened(file: str, folder: str = FOLDER) -> Bundle | None:
    """None where there is no such file, or where it was made by another Python, of another folder,
    or is damaged."""
    try:
        number = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    length = int.from_bytes(os.read(number, 4), "little")
    try:
        version, of, modules, places = marshal.loads(os.read(number, length))  # noqa: S302
    except (ValueError, EOFError, TypeError):
        version, of, modules, places = "", "", {}, {}
    if (version, of) != (sys.version, folder):
        os.close(number)
        return None
    return Bundle(folder, number, 4 + length, modules, places)


def make(file: str = FILE, folder: str = FOLDER) -> int:
    """Write it anew; how many modules it holds."""
    import json
    from importlib.machinery import SourceFileLoader

    modules = dict(_modules(folder))
    names = {below: name for name, below in modules.items()}
    places: Places = {}
    pieces, at = [], 0
    for below in (*names, *_rubrics(folder)):
        source = folder + below
        found = os.stat(source)  # before it is read: of a change meanwhile the next start hears
        if below in names:
            value: Any = SourceFileLoader(names[below], source).get_code(names[below])
        else:
            with open(source, encoding="utf-8") as text:
                value = json.load(text)
        piece = marshal.dumps(value)
        places[below] = found.st_size, found.st_mtime_ns, at, len(piece)
        pieces.append(piece)
        at += len(piece)
    head = marshal.dumps((sys.version, folder, modules, places))
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(f"{file}.{os.getpid()}", "wb") as out:
        out.write(b"".join((len(head).to_bytes(4, "little"), head, *pieces)))
    os.replace(out.name, file)  # whole or not at all: somebody may be starting just now
    return len(modules)


def _modules(folder: str) -> Iterator[tuple[str, str]]:
    """(name, path below the folder) of each module of the package in this folder."""
    base = os.path.basename(folder)
    for place, below, names in os.walk(folder):
        below[:] = [
            one
            for one in below
            if os.path.exists(os.path.join(place, one, "__init__.py"))
            and not (place == folder and one in LEFT_OUT)
        ]
        inside = place[len(folder) :]
        package = base + inside.replace(os.sep, ".")
        for name in sorted(names):
            if name.endswith(".py"):
                own = package if name == "__init__.py" else f"{package}.{name[:-3]}"
                yield own, f"{inside}{os.sep}{name}"


def _rubrics(folder: str) -> list[str]:
    """The published rubrics' paths below the folder."""
    try:
        return [f"{RUBRICS}{os.sep}{name}" for name in sorted(os.listdir(folder + RUBRICS))]
    except FileNotFoundError:
        return []


if __name__ == "__main__":
    sys.stdout.write(f"{make()} 个模块已汇编\n")
