"""What a person is just typing: it counts when a button is pressed, and stands in no cell yet."""

from __future__ import annotations

from typing import Any

from xlwings_libreoffice.connection import properties, uno_module

# As if Enter were pressed, but the cursor stays; where nobody types, nothing happens.
COMMIT = "AcceptFormula"


def commit(frame: Any) -> None:
    """Take what is typed in this window into its cell. LibreOffice asks there, as always, about
    what the cell does not allow."""
    url = uno_module().createUnoStruct("com.sun.star.util.URL")
    url.Complete, url.Protocol, url.Path = f".uno:{COMMIT}", ".uno:", COMMIT
    command = frame.queryDispatch(url, "_self", 0)
    if command is not None:
        command.dispatch(url, properties(SynchronMode=True))
