"""Any exception of a click → the one message that the person reads.

The traceback goes to a file.
"""

from __future__ import annotations

import os
import time
import traceback

from rubric_sheets.findings.finding import InputError
from xlwings_libreoffice.errors import CallFailed, Closed, LibreOfficeError, Missing, Unsupported

from .cache import cache_folder

# Excel's COM errors, by number; pywin32 hides Excel's own number behind the general one
# RPC_E_CALL_REJECTED, VBA_E_IGNORE, RPC_E_SERVERCALL_RETRYLATER
BUSY = {-2147418111, -2146777998, -2147417846}
# RPC_E_DISCONNECTED, server unavailable, operation unavailable
GONE = {-2147417848, -2147023174, -2147221021}
GENERAL = -2147352567  # DISP_E_EXCEPTION: the real number stands inside


def explain(problem: BaseException) -> str:
    """In Chinese: what is wrong and what to do."""
    if isinstance(problem, InputError):
        return str(problem)
    code = _known(problem)
    if code:
        return str(InputError(code, detail=_words(problem)))
    if isinstance(problem, (LibreOfficeError, Unsupported)) and not isinstance(problem, CallFailed):
        return str(problem)  # says already what to do
    return str(
        InputError(
            "live-failed",
            detail=f"{type(problem).__name__}：{_words(problem)}",
            path=_record(problem),
        )
    )


def _known(problem: BaseException) -> str:
    """The catalogue's code of an error that a person can mend; empty for others."""
    name, number = type(problem).__name__, _number(problem)
    if name == "ExcelBusyError" or number in BUSY:
        return "live-busy"
    if number in GONE or isinstance(problem, Closed):
        return "live-gone"
    if name == "NoSuchObjectError" or isinstance(problem, Missing):
        return "live-missing"
    if "Book.caller()" in str(problem):
        return "live-no-caller"
    text = _words(problem)
    if "保护" in text or "protected" in text:
        return "live-protected"
    return ""


def _number(problem: BaseException) -> int:
    """The number of a COM error, Excel's own where there is one; 0 for other errors."""
    number = getattr(problem, "hresult", 0)
    inside = getattr(problem, "excepinfo", None)
    if (
        number == GENERAL
        and inside
        and len(inside) > 5
        and isinstance(inside[5], int)
        and inside[5]
    ):
        number = inside[5]
    return number if isinstance(number, int) else 0


def _words(problem: BaseException) -> str:
    inside = getattr(problem, "excepinfo", None)
    if inside and len(inside) > 2 and inside[2]:
        return str(inside[2])
    if isinstance(problem, CallFailed):
        return problem.text
    return str(problem).strip().replace("\n", " ")[:300] or type(problem).__name__


def _record(problem: BaseException) -> str:
    """Write the traceback down for whoever has to mend it; the
    file's path, or a word where that fails."""
    path = os.path.join(cache_folder(), "出错记录.txt")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a", encoding="utf-8") as file:
            file.write(time.strftime("%Y-%m-%d %H:%M:%S\n"))
            file.writelines(traceback.format_exception(problem))
    except OSError:
        return "（未能写入）"
    return path
