"""The .oxt file: the same bytes every time, well-formed, each menu item with its handler."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pyaddin import ribbon
from pyaddin.extension import __main__ as program
from pyaddin.extension.build import MODULES, PACKAGE, extension
from pyaddin.extension.office.click import BUTTONS, PROTOCOL
from rubric_sheets import __version__

from ..macros.test_sources import BUTTONS as MACRO_BUTTONS

OOR = "{http://openoffice.org/2001/registry}"
DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
PARTS = zipfile.ZipFile(BytesIO(extension()))
XML = [name for name in PARTS.namelist() if name.endswith((".xcu", ".xml"))]


def tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(PARTS.read(name))


def values(root: ElementTree.Element, prop: str) -> list[str]:
    return [one.findtext("value", "") for one in root.iter("prop") if one.get(f"{OOR}name") == prop]


def test_the_bytes_are_the_same_in_another_process(tmp_path: Path) -> None:
    out = tmp_path / "a.oxt"
    environment = dict(os.environ, PYTHONHASHSEED="7", TZ="Asia/Shanghai")
    subprocess.run(
        [sys.executable, "-m", "pyaddin.extension", str(out)],
        check=True,
        env=environment,
        capture_output=True,
    )
    assert out.read_bytes() == extension()


@pytest.mark.parametrize("arguments", [[], ["a.zip"], ["没有的文件夹/a.oxt"]])
def test_wrong_calls_are_explained(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program.main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("name", XML)
def test_xml_is_well_formed(name: str) -> None:
    assert len(tree(name))


def test_the_manifest_lists_what_is_there() -> None:
    listed = {entry.get(f"{MANIFEST}full-path") for entry in tree("META-INF/manifest.xml")}
    loaded = {name for name in PARTS.namelist() if "/" not in name and name != "description.xml"}
    assert listed == loaded
    assert PARTS.testzip() is None
    assert {f"{PACKAGE}/{name}" for name in MODULES} <= set(PARTS.namelist())


def test_the_description() -> None:
    root = tree("description.xml")
    [version] = root.iter(f"{DESCRIPTION}version")
    assert version.get("value") == __version__
    assert {name.text for name in root.iter(f"{DESCRIPTION}name")} == {"绩效自评"}


@pytest.mark.parametrize("part", ["OfficeMenuBar", "OfficeToolBar"])
def test_every_item_has_its_handler(part: str) -> None:
    [node] = [one for one in tree("Addons.xcu").iter("node") if one.get(f"{OOR}name") == part]
    actions = [url.removeprefix(PROTOCOL) for url in values(node, "URL")]
    assert actions == list(BUTTONS)
    assert [title for title in values(node, "Title") if title != "绩效自评"] == list(
        BUTTONS.values()
    )
    assert set(values(node, "Context")) == {"com.sun.star.sheet.SpreadsheetDocument"}
    assert all(callable(getattr(ribbon, action)) for action in actions)


def test_the_same_buttons_as_in_excel() -> None:
    assert {label: action for action, label in BUTTONS.items()} == MACRO_BUTTONS


def test_the_protocol_leads_to_the_component() -> None:
    root = tree("ProtocolHandler.xcu")
    assert values(root, "Protocols") == [f"{PROTOCOL}*"]
    [name] = [
        str(one.get(f"{OOR}name")) for one in root.iter("node") if one.get(f"{OOR}op") == "replace"
    ]
    assert f'"{name}"' in PARTS.read(f"{PACKAGE}/click.py").decode()


@pytest.mark.parametrize("name", [name for name in PARTS.namelist() if name.endswith(".py")])
def test_older_pythons_can_read_it(name: str) -> None:
    """LibreOffice from libreoffice.org brings a Python 3.8 or newer of its own."""
    ast.parse(PARTS.read(name), feature_version=(3, 8))
