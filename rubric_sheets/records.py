"""Named tuples without the import of `typing` and without generated code: a click pays for every millisecond.

For the type checker a Record is a NamedTuple; at run time it is a tuple with named fields, made in 15 µs
a class instead of 80, and `typing` (2 ms) stays unloaded. See docs/decisions/.
"""

from __future__ import annotations

__all__ = ["Record"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as Record
else:
    from _collections import _tuplegetter

    _new = tuple.__new__
    _Function = type(lambda: None)

    # How a record of so many fields is made. The argument names are replaced by the class's own, so that every
    # call, positional or named, is Python's own: hundreds of records are made for a workbook.
    _MAKERS = (
        lambda cls: _new(cls),
        lambda cls, a: _new(cls, (a,)),
        lambda cls, a, b: _new(cls, (a, b)),
        lambda cls, a, b, c: _new(cls, (a, b, c)),
        lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
        lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
        lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
        lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
        lambda cls, a, b, c, d, e, f, g, h, i: _new(cls, (a, b, c, d, e, f, g, h, i)),
        lambda cls, a, b, c, d, e, f, g, h, i, j: _new(cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k: _new(cls, (a, b, c, d, e, f, g, h, i, j, k)),
    )

    class Record(tuple):
        """Base of all records: fields are the class's annotations, defaults their values."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()

        def __init_subclass__(cls) -> None:
            fields = tuple(vars(cls).get("__annotations__", ()))
            defaults = tuple(cls.__dict__[name] for name in fields if name in cls.__dict__)
            code = _MAKERS[len(fields)].__code__.replace(
                co_varnames=("cls", *fields), co_name=cls.__name__, co_qualname=cls.__name__
            )
            cls._fields = fields
            cls.__new__ = staticmethod(_Function(code, globals(), cls.__name__, defaults))
            for index, name in enumerate(fields):
                setattr(cls, name, _tuplegetter(index, None))

        def _replace(self, **named: Any) -> Record:
            return type(self)(
                *[named.pop(name, value) for name, value in zip(self._fields, self)], **named
            )

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
            return f"{type(self).__name__}({shown})"
