"""Whatever is missing says so by name: no bare
NotImplementedError, no AttributeError, no silence."""

from __future__ import annotations

import inspect

import pytest
from xlwings import base_classes

from xlwings_libreoffice import Unsupported
from xlwings_libreoffice.app import App
from xlwings_libreoffice.apps import Apps
from xlwings_libreoffice.book import Book
from xlwings_libreoffice.books import Books
from xlwings_libreoffice.font import Font
from xlwings_libreoffice.names import BookNames, Name, SheetNames
from xlwings_libreoffice.notes import Note
from xlwings_libreoffice.ranges import Range
from xlwings_libreoffice.sheet import Sheet
from xlwings_libreoffice.sheets import Sheets

CLASSES = [App, Apps, Book, Books, Sheets, Sheet, Range, Font, Note, Name, BookNames, SheetNames]
REAL_IN_BASE = {"expand", "max_cells_per_read", "max_cells_per_write"}


@pytest.mark.parametrize("cls", CLASSES)
def test_every_member_of_the_base_class_is_ours(cls):
    base = next(owner for owner in cls.__mro__ if owner.__module__ == base_classes.__name__)
    for name, theirs in vars(base).items():
        if name.startswith("_") or name in REAL_IN_BASE:
            continue
        ours = inspect.getattr_static(cls, name)
        assert ours is not theirs, f"{cls.__name__}.{name}"
        if isinstance(theirs, property) and theirs.fset is not None:
            assert ours.fset is not None, f"{cls.__name__}.{name} = …"


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda s: s.charts, "Sheet.charts"),
        (lambda s: s.shapes, "Sheet.shapes"),
        (lambda s: s.pictures, "Sheet.pictures"),
        (lambda s: s.tables, "Sheet.tables"),
        (lambda s: list(s.comments), "Sheet.comments"),
        (lambda s: s.to_html("x.html"), "Sheet.to_html"),
        (lambda s: s.book.json(), "Book.json"),
        (lambda s: s["A1:A2"].impl.sort([1], [True], False), "Range.sort"),
        (lambda s: s["A1"].impl.table, "Range.table"),
        (lambda s: s["A1"].impl.borders, "Range.borders"),
        (lambda s: s["A1"].comment, "Range.comment"),
        (lambda s: s["A1"].paste(), "Range.paste"),
        (lambda s: s["A1"].impl.to_png("x.png"), "Range.to_png"),
        (lambda s: s["A1:A2"].group(), "Range."),
        (lambda s: s["A1"].impl.no_such_thing, "Range.no_such_thing"),
        (lambda s: s.impl.no_such_thing(), "Sheet.no_such_thing"),
        (lambda s: setattr(s.impl, "no_such_thing", 1), "Sheet.no_such_thing"),
        (lambda s: setattr(s.impl, "show_gridlines", False), "Sheet.show_gridlines"),
        (lambda s: setattr(s.book.app.impl, "cut_copy_mode", False), "App.cut_copy_mode"),
        (lambda s: s.book.app.impl.startup_path, "App.startup_path"),
    ],
)
def test_missing_calls_are_named(sheet, call, named):
    with pytest.raises(Unsupported) as caught:
        call(sheet)
    assert named in str(caught.value)
    assert "LibreOffice 引擎不支持" in str(caught.value)
    assert isinstance(caught.value, NotImplementedError)


def test_private_and_special_attributes_stay_ordinary(sheet):
    assert not hasattr(sheet.impl, "_nothing")
    assert not hasattr(sheet.impl, "__array__")
