"""The host of LibreOffice raises what `errors` can explain; the
engine knows what its exceptions mean."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from xlwings_libreoffice.connection import is_uno_error
from xlwings_libreoffice.uno_errors import ours

T = TypeVar("T", bound=type)


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
            raise ours(problem, function.__name__, host.doc) from None

    return guarded


def speaking(cls: T) -> T:
    """Class decorator: every public method of a host."""
    for name, member in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_"):
            setattr(cls, name, translated(member))
    return cls
