"""Sheet protection, which xlwings itself leaves to `sheet.api`.

The functions take an xlwings Sheet. Only protection without a password can be taken off: passwords
are the user's.
"""

from __future__ import annotations

from typing import Any

from .connection import is_uno_error
from .errors import SheetProtected


def _sheet(sheet: Any) -> Any:
    return getattr(sheet, "impl", sheet).xl


def is_protected(sheet: Any) -> bool:
    """Is the sheet protected?"""
    return bool(_sheet(sheet).isProtected())


def protect(sheet: Any) -> None:
    """Protect the sheet without a password; cells that are not locked stay open for input."""
    if not is_protected(sheet):
        _sheet(sheet).protect("")


def unprotect(sheet: Any) -> None:
    """Take the protection off; raises SheetProtected if it has a password."""
    try:
        _sheet(sheet).unprotect("")
    except Exception as error:  # for a wrong password some versions raise, others do nothing
        if not is_uno_error(error):
            raise
    if is_protected(sheet):
        raise SheetProtected(f"工作表“{sheet.name}”设有保护密码，请先用密码撤销保护。")


def is_locked(block: Any) -> bool | None:
    """Are the cells of an xlwings Range locked (while their sheet is protected)?

    None where they differ.
    """
    impl = getattr(block, "impl", block)
    state = impl.uniform("CellProtection")
    return None if state is None else bool(state.IsLocked)


def set_locked(block: Any, locked: bool) -> None:
    """Lock or open the cells of an xlwings Range."""
    impl = getattr(block, "impl", block)
    impl.sheet.guard()
    state = impl.part(0, 0).xl.CellProtection
    state.IsLocked = locked
    impl.xl.CellProtection = state
