"""The errors of this package.

Their texts are read by users, so they are Chinese and say what to do.
"""

from __future__ import annotations


class LibreOfficeError(Exception):
    """Anything that goes wrong between us and LibreOffice and that the user can mend."""


class UnoMissing(LibreOfficeError):
    """Python's bridge to LibreOffice (`uno`) is not installed, or is built for another Python."""


class OfficeMissing(LibreOfficeError):
    """No LibreOffice program was found on this machine."""


class NotReachable(LibreOfficeError):
    """Nothing answers at the address given by PYADDIN_UNO, or LibreOffice did not start."""


class Closed(NotReachable):
    """LibreOffice, or the document, was closed while we worked."""


class CallFailed(LibreOfficeError):
    """LibreOffice refused a call. `text`: its own words."""

    def __init__(self, call: str, text: str) -> None:
        self.text = text
        super().__init__(f"LibreOffice 没有完成 {call}：{text}")


class Missing(CallFailed):
    """There is no such sheet, name or cell."""


class NotConverted(LibreOfficeError):
    """No PDF came out. `what`: what happened instead."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"LibreOffice 没有生成 PDF：{what}。")


class MacroBookRefused(LibreOfficeError):
    """Saving would damage the VBA project of a macro workbook."""


class SheetProtected(LibreOfficeError):
    """The cells cannot be changed because their sheet is protected."""


class MacroNotFound(LibreOfficeError):
    """The workbook has no procedure of that name, or macros are not allowed in it."""


class Unsupported(NotImplementedError):
    """xlwings called something that this engine does not offer. Never silent, always named."""

    def __init__(self, call: str, hint: str = "") -> None:
        self.call = call
        super().__init__(f"LibreOffice 引擎不支持 {call}。{hint}")
