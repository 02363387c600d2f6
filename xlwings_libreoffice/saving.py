"""Saving. LibreOffice damages the VBA project of an .xlsm, so that is refused unless forced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .connection import file_url, properties, uno_module
from .errors import LibreOfficeError, MacroBookRefused

if TYPE_CHECKING:
    from .protocols import Book

_MACRO = "Calc MS Excel 2007 VBA XML"
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": _MACRO,
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
# fields: comma, double quote, UTF-8, from line 1; texts as stored, values as shown
_CSV_OPTIONS = "44,34,76,1,,0,false,true"


def save(book: Book, path: str | None, password: str | None = None, force: bool = False) -> None:
    """Save in place, or under `path` in the format that its ending names."""
    target = path or (
        book.fullname if book.doc.URL else os.path.join(os.getcwd(), f"{book.name}.xlsx")
    )
    target = os.path.realpath(target)
    ending = os.path.splitext(target)[1].lower()
    if ending == ".xlsm" and not force:
        raise MacroBookRefused(
            f"不能用 LibreOffice 保存“{os.path.basename(target)}”：它会损坏工作簿里的宏。"
            "请另存为 .xlsx，或用 Excel、WPS 保存。"
        )
    if password and ending == ".csv":
        raise LibreOfficeError("CSV 文件不能设打开密码，没有保存。")
    if ending not in _FILTERS:
        raise LibreOfficeError(f"不能保存为“{ending}”格式。可以用：.xlsx、.ods、.xls、.csv。")
    if not os.path.isdir(os.path.dirname(target)):
        raise LibreOfficeError(f"文件夹“{os.path.dirname(target)}”不存在，没有保存。")
    arguments: dict[str, Any] = {"FilterName": _FILTERS[ending], "Overwrite": True}
    if ending == ".csv":
        arguments["FilterOptions"] = _CSV_OPTIONS
    if password:
        arguments |= _encryption(ending, password)
    try:
        if path is None and book.doc.URL and not password:
            book.doc.store()
        else:
            book.doc.storeAsURL(file_url(target), properties(**arguments))
    except uno_module().getClass("com.sun.star.io.IOException") as error:
        raise LibreOfficeError(f"保存“{target}”失败。请检查文件是否只读、磁盘是否已满。") from error


def _encryption(ending: str, password: str) -> dict[str, Any]:
    """How to encrypt: for .xlsx a plain Password argument is ignored without a word."""
    if ending not in (".xlsx", ".xlsm"):
        return {"Password": password}
    uno = uno_module()
    pairs = {"CryptoType": "StrongEncryptionDataSpace", "OOXPassword": password}
    data = tuple(
        uno.createUnoStruct("com.sun.star.beans.NamedValue", *pair) for pair in pairs.items()
    )
    return {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", data)}


def save_macro_book(book: Any, path: str | None = None) -> None:
    """Save an .xlsm all the same.

    Its VBA will have to be put back afterwards. `book` is an xlwings Book.
    """
    save(getattr(book, "impl", book), path, force=True)
