"""LibreOffice's own exceptions, turned into ones that `errors` can explain.

Those of UNO cannot pass through every `with` block either: Python sets a traceback on them, and UNO refuses that.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from xlwings import NoSuchObjectError

from xlwings_libreoffice.connection import is_uno_error, uno_module

T = TypeVar("T", bound=type)
MISSING = ("com.sun.star.container.NoSuchElementException", "com.sun.star.lang.IndexOutOfBoundsException")


class CallerGone(Exception):
    """The book, or LibreOffice, was closed while we worked."""


def is_closed(doc: Any) -> bool:
    """Is there no such document any more? Some calls on what is left of it take LibreOffice down with them."""
    try:
        doc.isReadonly()
    except Exception:
        return True
    return False


def translated(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same method of a host, raising our own exceptions."""

    @functools.wraps(function)
    def guarded(host: Any, *args: Any, **named: Any) -> Any:
        try:
            return function(host, *args, **named)
        except Exception as problem:
            if not is_uno_error(problem):
                raise
            host.is_troubled = True
            text = str(getattr(problem, "Message", "")).strip() or type(problem).__name__
            if is_closed(host.doc):
                raise CallerGone(text) from None
            if isinstance(problem, tuple(uno_module().getClass(name) for name in MISSING)):
                raise NoSuchObjectError(text) from None
            raise RuntimeError(text) from None

    return guarded


def speaking(cls: T) -> T:
    """Class decorator: every public method, the inherited ones too."""
    for name, member in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_"):
            setattr(cls, name, translated(member))
    return cls
