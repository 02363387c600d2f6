"""Records: made by position and by name, like named tuples."""

from __future__ import annotations

import copy
import pickle

import pytest

from rubric_sheets.records import Record


class Point(Record):
    x: int
    y: int = 2
    name: str = "无名"


def test_made_by_position_by_name_and_by_default() -> None:
    assert Point(1) == Point(x=1) == Point(1, 2, "无名") == Point(1, name="无名", y=2)
    assert Point(1).y == 2
    assert tuple(Point(1, 3)) == (1, 3, "无名")


def test_a_missing_and_an_unknown_field_are_told() -> None:
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"got an unexpected keyword argument 'z'"):
        Point(1, z=1)  # type: ignore[call-arg]


def test_replaced_copied_and_stored() -> None:
    point = Point(1)._replace(name="甲")
    assert point == Point(1, 2, "甲")
    assert repr(point) == "Point(x=1, y=2, name='甲')"
    assert copy.copy(point) == pickle.loads(pickle.dumps(point)) == point
