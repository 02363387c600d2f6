"""Every call of xlwings that we lack says so by name.

xlwings' base classes raise a bare NotImplementedError, or have no such attribute at all; a user
would see an empty error or an AttributeError from deep inside. `complete` fills the gaps of a class
once, when it is defined.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from .errors import Unsupported
from .uno_errors import translated

T = TypeVar("T", bound=type)
_WRAPPED_SPECIAL = ("__call__", "__len__", "__iter__", "__contains__", "__getitem__")


def _method(call: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise Unsupported(f"{call}()")

    return refuse


def _getter(call: str) -> Callable[[Any], Any]:
    def refuse(_: Any) -> Any:
        raise Unsupported(call)

    return refuse


def _setter(call: str) -> Callable[[Any, Any], None]:
    def refuse(_: Any, value: Any) -> None:
        raise Unsupported(f"{call} = …")

    return refuse


def _ours(cls: type, base: type, name: str) -> Any:
    """The attribute as one of our classes defines it, or None; `object`'s own do not count."""
    for owner in cls.__mro__:
        if owner is base:
            return None
        if name in vars(owner):
            return vars(owner)[name]
    return None


def _translate(cls: type, base: type, label: str) -> None:
    """Wrap the public properties and methods that our own classes define."""
    for owner in cls.__mro__[: cls.__mro__.index(base)]:
        for name, member in list(vars(owner).items()):
            if name.startswith("_") and name not in _WRAPPED_SPECIAL:
                continue
            call = f"{label}.{name}"
            if name in vars(cls) and owner is not cls:
                continue
            if isinstance(member, property) and member.fget is not None:
                setter = translated(member.fset, call) if member.fset else None
                setattr(
                    cls, name, property(translated(member.fget, call), setter, doc=member.__doc__)
                )
            elif inspect.isfunction(member):
                setattr(cls, name, translated(member, call))


def complete(label: str, base: type, keep: tuple[str, ...] = ()) -> Callable[[T], T]:
    """Class decorator: what `base` declares and the class lacks raises Unsupported("label.name").

    `keep` names attributes whose implementation in `base` is real.
    """

    def fill(cls: T) -> T:
        _translate(cls, base, label)
        for name, theirs in vars(base).items():
            if name.startswith("_") or name in keep:
                continue
            ours = _ours(cls, base, name)
            call = f"{label}.{name}"
            if isinstance(theirs, property):
                if ours is None:
                    setattr(cls, name, property(_getter(call), _setter(call)))
                elif isinstance(ours, property) and ours.fset is None and theirs.fset is not None:
                    setattr(cls, name, ours.setter(_setter(call)))
            elif ours is None and callable(theirs):
                setattr(cls, name, _method(call))
        cls._label = label  # type: ignore[attr-defined]
        return cls

    return fill


class Named:
    """Answers for attributes that not even xlwings' base classes
    know, when reading and when setting."""

    _label = "对象"

    def __getattr__(self, name: str) -> Any:
        # copy, pickle and debuggers ask for these and expect AttributeError
        if name.startswith("_"):
            raise AttributeError(name)
        raise Unsupported(f"{type(self)._label}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and not hasattr(type(self), name):
            raise Unsupported(f"{type(self)._label}.{name} = …")
        object.__setattr__(self, name, value)
