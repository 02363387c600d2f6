"""LibreOffice's own exceptions → ours: the one place where that is done.

Those of UNO cannot pass through every `with` block: Python sets a traceback on them, and UNO
refuses that.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .connection import is_uno_error, uno_module
from .errors import CallFailed, Closed, Missing

_MISSING = (
    "com.sun.star.container.NoSuchElementException",
    "com.sun.star.lang.IndexOutOfBoundsException",
)
_DISPOSED = "com.sun.star.lang.DisposedException"


def is_closed(document: Any) -> bool:
    """Is there no such document any more?

    Some calls on what is left of it take LibreOffice down with them.
    """
    try:
        document.isReadonly()
    except Exception:
        return True
    return False


def ours(error: Exception, call: str, document: Any = None) -> CallFailed | Closed:
    """Our exception for one of UNO's, raised by `call` (as people know it) on `document`."""
    uno = uno_module()
    text = str(getattr(error, "Message", "")).strip() or type(error).__name__
    if isinstance(error, uno.getClass(_DISPOSED)) or (document is not None and is_closed(document)):
        return Closed("LibreOffice 或这个工作簿已经关闭，请重新打开。")
    if isinstance(error, tuple(uno.getClass(name) for name in _MISSING)):
        return Missing(call, text)
    return CallFailed(call, text)


def translated(function: Callable[..., Any], call: str) -> Callable[..., Any]:
    """The same function, raising our exceptions."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if not is_uno_error(error):
                raise
            raise ours(error, call) from None

    return guarded
