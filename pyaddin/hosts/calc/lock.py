"""A sheet's protection in LibreOffice: its options are kept when it is taken off and put back."""

from __future__ import annotations

from typing import Any

from xlwings_libreoffice.connection import uno_module


class CalcLock:
    """Of one sheet, by its UNO object."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.was_protected = False

    def open(self) -> bool:
        """Unprotect; False where a password is set."""
        if not self.sheet.isProtected():
            return True
        try:
            self.sheet.unprotect("")
        except uno_module().getClass("com.sun.star.lang.IllegalArgumentException"):
            return False
        # should a version not raise for a wrong password, the first write will
        self.was_protected = True
        return True

    def close(self) -> None:
        """Protect again, if it was protected."""
        if self.was_protected:
            self.sheet.protect("")
