"""Named tuples in the form of a class, without the import of `typing`:
a click pays for every millisecond.

For the type checker a Record is a NamedTuple; at run time it is what `collections.namedtuple`
makes. See docs/decisions/start-time.md.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = ["Record"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as Record
else:

    class _RecordType(type):
        """Makes of a class with annotations a named tuple: its fields, their defaults,
        and all that stands beside."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = body.get("__annotations__", ())
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                setattr(made, key, value)
            return made

    Record = type.__new__(_RecordType, "Record", (), {})
