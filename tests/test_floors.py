"""The house has floors, and no import runs back up:
CONTRIBUTING's layout table is the list of them.

Every import counts: those inside of functions, and those for type hints only.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("rubric_sheets", "pyaddin", "xlwings_libreoffice")
ROW = re.compile(r"^\| (\d+) \| ((?:`[^`]+`[、 ]*)+) \|")


@cache
def floors() -> dict[str, int]:
    """Folder or file → its floor, counted from the ground."""
    found: dict[str, int] = {}
    for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines():
        if row := ROW.match(line):
            for place in re.findall(r"`([^`]+)`", row[2]):
                found[place.rstrip("/")] = int(row[1])
    return found


@cache
def modules() -> dict[str, Path]:
    """Module → its file, those of the program itself."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    found = {}
    for path in files:
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "tests" not in parts:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(module: str) -> Iterator[str]:
    """The program's own modules that a module imports."""
    path = modules()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(part for part in (base, node.module) if part)
            names = [f"{base}.{name.name}" for name in node.names]
            names = [name if name in modules() else base for name in names]
        else:
            continue
        yield from (name for name in names if name in modules() and name != module)


def place_of(module: str) -> str:
    """The row of the layout table that a module belongs to: the longest place that it stands in."""
    path = str(modules()[module].relative_to(ROOT).as_posix())
    inside = [place for place in floors() if path == place or path.startswith(f"{place}/")]
    assert inside, f"{path} stands on no floor of CONTRIBUTING's layout table"
    return max(inside, key=len)


def test_every_place_of_the_table_is_there() -> None:
    assert len(floors()) > 20
    assert [place for place in floors() if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("module", modules())
def test_imports_go_down(module: str) -> None:
    own = place_of(module)
    up = [
        f"{module} → {other}"
        for other in imported(module)
        if place_of(other) != own and floors()[place_of(other)] >= floors()[own]
    ]
    assert up == []


def test_no_modules_import_each_other() -> None:
    """Not even in a circle of several, within one room."""
    arrows = {module: set(imported(module)) for module in modules()}
    while leaves := [module for module, below in arrows.items() if not below & arrows.keys()]:
        for module in leaves:
            del arrows[module]
    assert arrows == {}
