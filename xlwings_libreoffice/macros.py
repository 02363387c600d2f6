"""Running the Basic (VBA) procedures of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .calls import untraced
from .connection import uno_module
from .errors import LibreOfficeError, MacroNotFound

if TYPE_CHECKING:
    from .protocols import App, Book

_CALL = re.compile(r"(?:'?(?P<book>[^!]*?)'?!)?(?P<name>[^!]+)")
_INT32 = 2**31


def run(app: App, macro: str, args: Any) -> Any:
    """Find the procedure, call it, and return what it returns.

    LibreOffice compiles a module when one of its procedures is first called. A module that does not
    compile, and a procedure that stops with a run-time error, make the call return None without any
    error; have procedures return a known answer, and check it.
    """
    found = _CALL.fullmatch(macro)
    if found is None:
        raise MacroNotFound(f"宏的名称“{macro}”写法不对。应为 名称、模块.名称 或 '工作簿'!名称。")
    book = app.books(found["book"]) if found["book"] else app.books.active
    if book is None:
        raise MacroNotFound("没有打开的工作簿，无法运行宏。")
    if not book.doc.AllowMacroExecution:  # the call below would run it all the same
        raise MacroNotFound(
            f"工作簿“{book.name}”的宏被禁用，没有运行“{found['name']}”。请先允许它的宏。"
        )
    place = _place(book, found["name"])
    uri = f"vnd.sun.star.script:{place}?language=Basic&location=document"
    provider_error = uno_module().getClass(
        "com.sun.star.script.provider.ScriptFrameworkErrorException"
    )
    try:
        script = book.doc.getScriptProvider().getScript(uri)
    except provider_error as error:
        raise MacroNotFound(
            f"工作簿“{book.name}”里没有宏“{found['name']}”，或者它的宏被禁用。"
        ) from error
    try:
        return script.invoke(tuple(_argument(arg) for arg in args), (), ())[0]
    except uno_module().getClass("com.sun.star.reflection.InvocationTargetException") as error:
        raise LibreOfficeError(f"宏“{found['name']}”运行出错：{error.Message}") from error
    except provider_error as error:
        raise MacroNotFound(f"宏“{found['name']}”无法运行：{error.Message}") from error


def _place(book: Book, name: str) -> str:
    """`library.module.name`: Excel finds a procedure by its name alone, LibreOffice does not."""
    module_wanted, _, name = name.rpartition(".")
    pattern = re.compile(
        rf"^\s*(?:public\s+|private\s+|static\s+)*(?:sub|function)\s+{re.escape(name)}(?:\s|\(|$)",
        re.IGNORECASE | re.MULTILINE,
    )
    libraries = book.doc.BasicLibraries
    for library in sorted(libraries.ElementNames, key=lambda text: text != libraries.ProjectName):
        libraries.loadLibrary(library)
        modules = libraries.getByName(library)
        for module in modules.ElementNames:
            wanted = not module_wanted or module_wanted.lower() == module.lower()
            if wanted and pattern.search(str(modules.getByName(module))):
                return f"{library}.{module}.{name}"
    raise MacroNotFound(f"工作簿“{book.name}”里没有宏“{name}”，或者它的宏被禁用。")


def _argument(value: Any) -> Any:
    """What Basic can take: integers beyond 32 bits become Doubles, lists become arrays."""
    if isinstance(value, (list, tuple)):
        return tuple(_argument(item) for item in value)
    if isinstance(value, int) and not isinstance(value, bool) and not -_INT32 <= value < _INT32:
        return float(value)
    return untraced(value)
