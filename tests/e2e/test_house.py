"""Who imports whom in `pyaddin`, imports inside functions and for type hints included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter

from .conftest import ROOT

FILES = {path: path.relative_to(ROOT).with_suffix("") for path in (ROOT / "pyaddin").rglob("*.py")}
MODULES = {".".join(path.parts): file for file, path in FILES.items()}


def imported(name: str) -> Iterator[str]:
    """The modules of `pyaddin` that one of them imports."""
    home = name.split(".")
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = home[: len(home) - node.level] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        yield from (
            found
            for found in (module, *(f"{module}.{one.name}" for one in node.names))
            if found in MODULES
        )


def test_no_module_imports_one_that_imports_it() -> None:
    graph = {name: set(imported(name)) for name in MODULES}
    assert graph["pyaddin.session"] >= {"pyaddin.hosts.calc.host", "pyaddin.hosts.protocol"}
    TopologicalSorter(graph).prepare()
