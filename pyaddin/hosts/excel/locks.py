"""A sheet's protection taken off for a moment and put back with the same options."""

from __future__ import annotations

from typing import Any

OPTIONS = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


class Lock:
    """Of one sheet of Excel for Windows, by its native object."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.options: dict[str, Any] | None = None

    def open(self) -> bool:
        """Unprotect; False where a password is set. A sheet that is not protected stays so."""
        sheet = self.sheet
        if not sheet.ProtectContents:
            return True
        allowed = sheet.Protection
        options = {name: getattr(allowed, name) for name in OPTIONS}
        options |= {
            "DrawingObjects": sheet.ProtectDrawingObjects,
            "Scenarios": sheet.ProtectScenarios,
        }
        options |= {"Contents": True, "UserInterfaceOnly": sheet.ProtectionMode}
        try:
            sheet.Unprotect("")  # without any password argument Excel would ask the person for one
        except Exception:  # pywin32's com_error: the password is wrong
            return False
        if sheet.ProtectContents:
            return False
        self.options = options
        return True

    def close(self) -> None:
        """Protect again, if it was protected."""
        if self.options is not None:
            self.sheet.Protect(**self.options)
            self.options = None


class MacLock:
    """Of one sheet of Excel for Mac, by its appscript reference;
    its dictionary names what it allows."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.was_protected = False

    def open(self) -> bool:
        """Unprotect; False where a password is set."""
        if not self.sheet.protect_contents.get():
            return True
        try:
            self.sheet.unprotect(password="")
        except Exception:  # appscript's CommandError
            return False
        if self.sheet.protect_contents.get():
            return False
        self.was_protected = True
        return True

    def close(self) -> None:
        """Protect again as new workbooks are: formats and new rows allowed."""
        if self.was_protected:
            self.sheet.protect_worksheet(
                allow_formatting_cells=True,
                allow_formatting_columns=True,
                allow_formatting_rows=True,
                allow_inserting_rows=True,
            )
            self.was_protected = False
