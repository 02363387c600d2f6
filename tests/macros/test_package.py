"""The finished package: parts, relationships, reproducible bytes."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from rubric_sheets.macros.package import NAMESPACE_2007, NAMESPACE_2010, add_ribbon, ribbon_xml
from rubric_sheets.macros.source import vba_project

from .conftest import build_book

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_ribbon_is_added_and_all_else_is_kept() -> None:
    before, after = read(build_book()), read(add_ribbon(build_book()))
    added = {"customUI/customUI.xml": NAMESPACE_2007, "customUI/customUI14.xml": NAMESPACE_2010}
    assert {name: after[name] for name in added} == {
        name: ribbon_xml(space) for name, space in added.items()
    }
    changed = {name for name in before if before[name] != after[name]}
    assert (set(after) - set(before), changed) == (set(added), {"_rels/.rels"})


def test_the_relationships_name_the_parts() -> None:
    root = ElementTree.fromstring(read(add_ribbon(build_book()))["_rels/.rels"])
    kinds = {item.get("Target"): item.get("Type", "") for item in root.iter(RELATION)}
    office = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
    assert kinds["customUI/customUI.xml"] == office.format(2006)
    assert kinds["customUI/customUI14.xml"] == office.format(2007)
    ids = [item.get("Id") for item in root.iter(RELATION)]
    assert len(set(ids)) == len(ids)


def test_xml_has_a_content_type_even_if_none_was_there() -> None:
    default = b'<Default Extension="xml" ContentType="application/xml"/>'
    parts = read(build_book())
    assert default in parts["[Content_Types].xml"]
    stripped = io.BytesIO()
    with zipfile.ZipFile(stripped, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(default, b""))
    again = read(add_ribbon(stripped.getvalue()))["[Content_Types].xml"]
    assert again.count(default) == 1
    ElementTree.fromstring(again)


def test_dates_and_order_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(add_ribbon(build_book()))) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[-2:] == ["customUI/customUI.xml", "customUI/customUI14.xml"]
    book = build_book()
    assert add_ribbon(book) == add_ribbon(book)


def test_the_project_and_the_code_names_are_in_the_book() -> None:
    data = add_ribbon(build_book())
    assert read(data)["xl/vbaProject.bin"] == vba_project(["Sheet1", "Sheet2"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [sheet.sheet_properties.codeName for sheet in book.worksheets] == ["Sheet1", "Sheet2"]
    assert book.code_name == "ThisWorkbook"


def test_a_second_ribbon_is_refused() -> None:
    with pytest.raises(ValueError, match="already has a ribbon"):
        add_ribbon(add_ribbon(build_book()))
