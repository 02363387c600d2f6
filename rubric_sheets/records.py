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

    # Most records have two to five fields and are made from positional values: three times as fast without the
    # general way's star arguments, and hundreds are made for a workbook.
    _PLAIN = {
        2: lambda cls, a, b: _new(cls, (a, b)),
        3: lambda cls, a, b, c: _new(cls, (a, b, c)),
        4: lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        5: lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
    }

    class Record(tuple):
        """Base of all records: fields are the class's annotations, defaults their values."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()
        _defaults: tuple[Any, ...] = ()

        def __init_subclass__(cls) -> None:
            fields = tuple(vars(cls).get("__annotations__", ()))
            defaults = tuple(cls.__dict__[name] for name in fields if name in cls.__dict__)
            cls._fields, cls._defaults = fields, defaults
            for index, name in enumerate(fields):
                setattr(cls, name, _tuplegetter(index, None))
            if not defaults and len(fields) in _PLAIN:
                cls.__new__ = staticmethod(_PLAIN[len(fields)])

        def __new__(cls, *values: Any, **named: Any) -> Record:
            fields = cls._fields
            if named or len(values) != len(fields):
                values = cls._complete(values, named)
            return _new(cls, values)

        @classmethod
        def _complete(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            """Positional values, then named ones, then defaults. TypeError as for any call."""
            fields, defaults = cls._fields, cls._defaults
            first_default = len(fields) - len(defaults)
            if not named and first_default <= len(values) < len(fields):  # nearly always
                return values + defaults[len(values) - first_default :]
            out = list(values)
            for index in range(len(values), len(fields)):
                if fields[index] in named:
                    out.append(named.pop(fields[index]))
                elif index >= first_default:
                    out.append(defaults[index - first_default])
                else:
                    raise TypeError(f"{cls.__name__}: missing {fields[index]}")
            if named or len(out) > len(fields):
                raise TypeError(f"{cls.__name__}: unexpected {sorted(named) or 'values'}")
            return tuple(out)

        def _replace(self, **named: Any) -> Record:
            return type(self)(*[named.pop(name, value) for name, value in zip(self._fields, self)], **named)

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
            return f"{type(self).__name__}({shown})"
