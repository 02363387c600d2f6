"""An xlwings engine on LibreOffice Calc: add-in code written for xlwings runs unchanged on Linux.

    import xlwings_libreoffice
    xlwings_libreoffice.register()  # xw.Book(...), xw.Book.caller(), xw.apps … now mean LibreOffice

LibreOffice must listen, at the address in PYADDIN_UNO or at port 2002 of this machine:

    soffice --calc --accept="socket,host=127.0.0.1,port=2002;urp;StarOffice.ComponentContext"

For tests and PDF exports `office.Office` starts a headless one with a profile of its own. Where
xlwings offers something that is missing here, `Unsupported` names it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .calls import CallLog, count_calls
from .connection import VARIABLE
from .errors import (
    LibreOfficeError,
    MacroBookRefused,
    MacroNotFound,
    NotReachable,
    OfficeMissing,
    SheetProtected,
    UnoMissing,
    Unsupported,
)

if TYPE_CHECKING:
    from .engine import Engine

# The engine follows internal classes of xlwings, so a release that is not listed here has to be
# tried first.
XLWINGS_SUPPORTED = ((0, 37), (0, 38))  # from, and below

__all__ = [
    "VARIABLE",
    "XLWINGS_SUPPORTED",
    "CallLog",
    "LibreOfficeError",
    "MacroBookRefused",
    "MacroNotFound",
    "NotReachable",
    "OfficeMissing",
    "SheetProtected",
    "UnoMissing",
    "Unsupported",
    "count_calls",
    "register",
]


def register(target: str | None = None) -> Engine:
    """Make LibreOffice the active engine of xlwings. `target` replaces PYADDIN_UNO in this process.

    Connects to nothing yet: that happens when xlwings is first used.
    """
    import xlwings as xw

    from .engine import engine

    if target:
        os.environ[VARIABLE] = target
    if engine.name not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=engine))
    xw.engines[engine.name].activate()
    return engine
