"""The engines, a module each: what it is called, and what it makes of a workbook.

`NAME` as people call it; `PACKAGE` that must be installed; `version()`; `answers(book, cells)`:
the values of these cells, by place, of a workbook whose stored values are wrong.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from ...facts.model import Place
    from ..compare import Answer
    from ..live import Live

    class Engine(Protocol):
        NAME: str
        PACKAGE: str

        def version(self) -> str: ...
        def answers(self, book: bytes, cells: list[Live]) -> dict[Place, Answer]: ...


# In the order in which they are asked where nobody says which: what gets the most right comes
# first, then what is fastest.
ENGINES = ("formualizer", "formulas", "libreoffice", "ironcalc")


def engine(name: str) -> Engine:
    """The module of an engine. KeyError for an unknown one."""
    if name not in ENGINES:
        raise KeyError(name)
    module: Engine = import_module(f"{__name__}.with_{name}")
    return module
