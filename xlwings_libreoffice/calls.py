"""Counting calls into LibreOffice.

A UNO call is a round trip to another process and costs about 0.1 ms, one that returns a new object
about 1 ms, so their number, not the work done, decides how long a click takes. `count_calls()`
makes that number visible:

    with count_calls() as calls:
        score(book)
    assert calls.total <= 60

While nothing is counted, `traced()` hands objects through untouched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class CallLog:
    """What was called: `total`, and how often under each name
    (`get X` and `set X` for properties)."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return sum(self.names.values())

    def __repr__(self) -> str:
        return f"CallLog(total={self.total}, {dict(self.names.most_common())})"


_logs: list[CallLog] = []


@contextmanager
def count_calls() -> Iterator[CallLog]:
    """Count every UNO call that the engine makes inside the block; blocks may be nested."""
    log = CallLog()
    _logs.append(log)
    try:
        yield log
    finally:
        _logs.remove(log)


def _note(name: str) -> None:
    for log in _logs:
        log.names[name] += 1


class Traced:
    """A UNO object that counts what is done with it.

    Structs are plain data and stay as they are.
    """

    __slots__ = ("_target",)

    def __init__(self, target: Any) -> None:
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            _note(f"get {name}")
            return _wrap(value)

        def call(*args: Any) -> Any:
            _note(name)
            return _wrap(value(*(untraced(arg) for arg in args)))

        return call

    def __setattr__(self, name: str, value: Any) -> None:
        _note(f"set {name}")
        setattr(self._target, name, untraced(value))

    def __eq__(self, other: object) -> bool:
        return bool(self._target == untraced(other))

    def __hash__(self) -> int:
        return hash(self._target)


def _wrap(value: Any) -> Any:
    # structs have their own type names; only interfaces are called "pyuno"
    return Traced(value) if type(value).__name__ == "pyuno" else value


def traced(target: Any) -> Any:
    """`target`, or a counting stand-in while a `count_calls()` block is open."""
    return Traced(target) if _logs and not isinstance(target, Traced) else target


def untraced(target: Any) -> Any:
    """The real UNO object: what may be handed to other code, or to UNO itself."""
    return object.__getattribute__(target, "_target") if isinstance(target, Traced) else target
