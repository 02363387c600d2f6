"""The package stands alone: who imports whom in it, type hints
included, and what it takes from outside."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import xlwings_libreoffice
from xlwings_libreoffice import app, book, books, engine, protocols, ranges, sheet, sheets

PACKAGE = Path(xlwings_libreoffice.__file__).parent
MODULES = {path.stem for path in PACKAGE.glob("*.py")}
OUTSIDE = {"xlwings", *sys.stdlib_module_names}
CLASSES = {
    "Engine": engine.Engine,
    "App": app.App,
    "Books": books.Books,
    "Book": book.Book,
    "Sheets": sheets.Sheets,
    "Sheet": sheet.Sheet,
    "Range": ranges.Range,
}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """(level, module) of every import, also inside functions and for
    type hints; `from . import x` names x."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.level, node.module
        elif isinstance(node, ast.ImportFrom):
            yield from (
                (node.level, alias.name if alias.name in MODULES else "__init__")
                for alias in node.names
            )


def graph(sources: dict[str, str]) -> dict[str, set[str]]:
    """Module → the modules of the package that it imports."""
    return {
        name: {module for level, module in imports(text) if level} for name, text in sources.items()
    }


def sources() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in PACKAGE.glob("*.py")}


def test_no_module_imports_one_that_imports_it():
    TopologicalSorter(graph(sources())).prepare()


def test_a_circle_of_type_hints_would_be_noticed():
    hint = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .app import App"
    with pytest.raises(CycleError):
        TopologicalSorter(graph({"book": hint, "app": "from .book import Book"})).prepare()


def test_nothing_but_xlwings_and_python_itself_is_imported():
    for name, text in sources().items():
        taken = {module.partition(".")[0] for level, module in imports(text) if not level}
        assert taken - OUTSIDE == set(), name


def test_nothing_reaches_out_of_the_package():
    assert all(level <= 1 for text in sources().values() for level, _ in imports(text))


def test_protocols_cost_a_click_nothing():
    code = "import sys, xlwings_libreoffice as lo; lo.register(); print('typed' in sys.modules)"
    code = code.replace("typed", protocols.__name__)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent
    )
    assert done.stdout == "False\n", done.stderr


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_offers_what_its_protocol_says(name):
    promised = getattr(protocols, name)
    for member, theirs in vars(promised).items():
        if isinstance(theirs, property):
            assert isinstance(inspect.getattr_static(CLASSES[name], member), property), member
        elif inspect.isfunction(theirs) and not member.startswith("_"):
            ours = inspect.signature(getattr(CLASSES[name], member)).parameters
            assert list(ours) == list(inspect.signature(theirs).parameters), member


def test_every_protocol_has_its_class():
    found = {
        name for name, value in vars(protocols).items() if getattr(value, "_is_protocol", False)
    }
    assert found - {"Protocol"} == set(CLASSES)
