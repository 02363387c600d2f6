"""What is worked out of a rubric once, however many workbooks are judged by it. Nobody changes a
rubric after it is loaded."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from .model import Rubric

    Made = TypeVar("Made")

MOST = 32  # rubrics met lately


def once(make: Callable[[Rubric], Made]) -> Callable[[Rubric], Made]:
    """The function, asked once for each rubric object. What it gives is not to be changed."""
    known: dict[int, tuple[Rubric, Made]] = {}

    def of(rubric: Rubric) -> Made:
        found = known.get(id(rubric))
        if found is None:
            if len(known) >= MOST:
                known.clear()
            # kept with the rubric: an id may be given again
            found = known[id(rubric)] = rubric, make(rubric)
        return found[1]

    return of
