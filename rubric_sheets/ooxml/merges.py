"""What the merged cells of a worksheet hide ([ECMA-376] 18.3.1.55)."""

from __future__ import annotations

from functools import lru_cache

from ..places.addresses import Area
from ..places.addresses import area as area_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


Hidden = tuple[dict[tuple[int, int], Area], list[Area]]


def in_part(data: bytes) -> Hidden:
    """What the merges of a worksheet part hide."""
    return _hidden_in(merge_cells(data))


@lru_cache(maxsize=1 << 7)  # workbooks of one template share it
def _hidden_in(raw: bytes) -> Hidden:
    return hidden_by(areas_of(raw))


def merge_cells(data: bytes) -> bytes:
    """`<mergeCells>` ([ECMA-376] 18.3.1.55) of a worksheet part, without its end;
    empty where there is none."""
    start = data.rfind(b"<mergeCells")
    return data[start : data.find(b"</mergeCells", start)] if start >= 0 else b""


def areas_of(raw: bytes) -> list[Area]:
    """The rectangles of `<mergeCells>`."""
    areas = []
    for piece in raw.decode("utf-8", "replace").split("<mergeCell ")[1:]:
        at = piece.find("ref=") + 5
        try:
            areas.append(area_of(piece[at : piece.index(piece[at - 1 : at], at)]))
        except ValueError:
            continue  # no rectangle: spreadsheet programs drop it too
    return areas


def hidden_by(areas: Iterable[Area]) -> Hidden:
    """Merged areas → (cell → the merge that hides it, merges too large to list)."""
    covers: dict[tuple[int, int], Area] = {}
    large = []
    for area in areas:
        if (area.last_row - area.first_row + 1) * (area.last_col - area.first_col + 1) > 1000:
            large.append(area)
            continue
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_col, area.last_col + 1):
                covers[row, column] = area
        del covers[area.first_row, area.first_col]
    return covers, large
