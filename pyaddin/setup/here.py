"""What doctor asks of this machine.

Nothing heavy is imported: versions come from the packages' metadata.
"""

from __future__ import annotations

import sys
from typing import Any


def installed(name: str) -> str | None:
    """The version of an installed package, without importing it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


def registry(key: str, name: str) -> Any:
    """A value of the person's own registry; None elsewhere, and where it is not readable."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None


def office() -> str | None:
    """LibreOffice's program."""
    from xlwings_libreoffice.errors import LibreOfficeError
    from xlwings_libreoffice.program import find_soffice

    try:
        return find_soffice()
    except LibreOfficeError:
        return None


def uno() -> str:
    """Empty, or what is wrong with the bridge and how to mend it."""
    from xlwings_libreoffice.connection import uno_module
    from xlwings_libreoffice.errors import LibreOfficeError

    try:
        uno_module()
    except LibreOfficeError as problem:
        return str(problem)
    return ""
