"""Values of any shape: what an author wrote, or a stranger,
before anybody has said that it is right."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def amount(value: Any) -> Fraction | None:
    """A number, or None for whatever the shape checks have complained of already."""
    try:
        return plain(value) if isinstance(value, str) else None
    except (ValueError, IndexError):
        return None


def rows(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of a list, with their places."""
    if isinstance(value, list):
        yield from ((index, row) for index, row in enumerate(value) if isinstance(row, dict))
