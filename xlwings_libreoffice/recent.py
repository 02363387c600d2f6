"""Answers that are good for a moment.

xlwings compares sheets by their names and books' names, a dozen times while one block is written.
The user may rename a sheet while a script runs, but not between two of those comparisons.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
SECONDS = 0.25


class Recent(Generic[T]):
    """A value that is asked for again when the last answer is older than a quarter of a second."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._answers: list[T] = []  # one, or none
        self._until = 0.0

    @property
    def value(self) -> T:
        """The answer, at most a quarter of a second old."""
        if not self._answers or time.monotonic() > self._until:
            self._answers = [self._ask()]
            self._until = time.monotonic() + SECONDS
        return self._answers[0]

    def forget(self) -> None:
        """We changed it ourselves."""
        self._answers = []
