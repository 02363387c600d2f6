"""The macro texts and the ribbon: each button has its callback, each sheet button its macro,
all storable."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rubric_sheets.macros import source
from rubric_sheets.macros.ovba import MacroSourceError
from rubric_sheets.macros.package import NAMESPACE_2007, NAMESPACE_2010, ribbon_xml
from rubric_sheets.macros.source import macro_modules, read_module, source_folder

BUTTONS = {  # label → the function on the Python side
    "计算得分": "calculate",
    "检查填报": "check",
    "还原上次计算": "undo",
    "导入报告": "import_report",
    "导出报送表": "export",
    "换指标体系": "change_rubric",
    "自检": "doctor",
}
MACROS = {  # label → the macro for a button on a sheet
    "计算得分": "SelfCalculate",
    "检查填报": "SelfCheck",
    "还原上次计算": "SelfUndo",
    "导入报告": "SelfImport",
    "导出报送表": "SelfExport",
    "换指标体系": "SelfChangeRubric",
    "自检": "SelfDoctor",
}
CODE = {module.name: module.code for module in macro_modules(["Sheet1"])}


def subs(module: str) -> dict[str, tuple[str, str]]:
    """Name → parameters and body."""
    pattern = re.compile(r"^Public Sub (\w+)\(([^)]*)\)\n(.*?)^End Sub$", re.MULTILINE | re.DOTALL)
    return {name: (args, body) for name, args, body in pattern.findall(CODE[module])}


def ribbon_buttons(namespace: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(ribbon_xml(namespace))
    assert root.tag == f"{{{namespace}}}customUI"
    return [dict(button.attrib) for button in root.iter(f"{{{namespace}}}button")]


@pytest.mark.parametrize("namespace", [NAMESPACE_2007, NAMESPACE_2010])
def test_every_ribbon_button_has_its_callback(namespace: str) -> None:
    buttons = ribbon_buttons(namespace)
    assert [button["label"] for button in buttons] == list(BUTTONS)
    for button in buttons:
        parameters, body = subs("Ribbon")[button["onAction"]]
        assert parameters == "ByVal control As Object"
        assert body.strip() == f'RunCommand "{BUTTONS[button["label"]]}"'
        assert all(button[text] for text in ("imageMso", "screentip", "supertip"))
    assert buttons[0]["size"] == "large"
    assert len({button["id"] for button in buttons}) == len(BUTTONS)


def test_the_two_ribbons_differ_only_in_their_namespace() -> None:
    old, new = ribbon_xml(NAMESPACE_2007), ribbon_xml(NAMESPACE_2010)
    assert old != new
    assert old.replace(NAMESPACE_2007.encode(), NAMESPACE_2010.encode()) == new


def test_the_tab_stands_after_home() -> None:
    tab = ElementTree.fromstring(ribbon_xml()).find(f".//{{{NAMESPACE_2007}}}tab")
    assert tab is not None
    assert (tab.get("label"), tab.get("insertAfterMso")) == ("绩效自评", "TabHome")
    assert [group.get("label") for group in tab] == ["评分", "报送", "设置"]


def test_every_label_is_a_macro_for_buttons_on_sheets() -> None:
    macros = {name: (args, body.strip()) for name, (args, body) in subs("Buttons").items()}
    assert macros == {
        MACROS[label]: ("", f'RunCommand "{action}"') for label, action in BUTTONS.items()
    }


def test_the_code_is_ascii_and_says_the_same() -> None:
    """Whatever the system's code page: English Windows, the UTF-8 setting, a Mac."""
    assert all(code.isascii() for code in CODE.values())
    raw = (source_folder() / "vba" / "Bridge.bas").read_text("utf-8")
    codes = re.findall(r'Words\("([0-9a-f]+)"\)', CODE["Bridge"])
    said = [bytes.fromhex(code).decode("utf-16-be") for code in codes]
    assert said == [text for text in re.findall(r'"([^"\n]*)"', raw) if not text.isascii()]


@pytest.mark.parametrize(
    "line",
    [
        'Private Const 标题 As String = "a"',
        'Private Const TITLE As String = "标题"',
        "Public Sub 计算()",
        f'text = "{"长" * 260}"',
    ],
)
def test_what_would_not_compile_everywhere_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "Bad.bas"
    path.write_text(f'Attribute VB_Name = "Bad"\nOption Explicit\n{line}\n', "utf-8")
    with pytest.raises(MacroSourceError, match="line 2"):
        read_module(path)


def test_the_entry_traps_errors_before_anything_can_fail() -> None:
    parameters, body = subs("Bridge")["RunCommand"]
    statements = [line.strip() for line in body.splitlines()]
    first = next(line for line in statements if not line.startswith("Dim "))
    assert (parameters, first) == ("ByVal action As String", "On Error GoTo Failed")


@pytest.mark.parametrize("module", CODE)
def test_texts_keep_to_what_every_program_compiles(module: str) -> None:
    code = CODE[module]
    assert code.startswith("Option Explicit\n") or code == "Option Explicit"
    assert "#If" not in code, "no conditional compilation: LibreOffice does not know its constants"
    assert all(len(line.encode("gbk")) < 1000 for line in code.splitlines()), (
        "VBA ends a line at 1023 bytes"
    )
    assert "\t" not in code


@pytest.mark.parametrize(
    "path", sorted((source_folder() / "vba").iterdir()), ids=lambda path: path.name
)
def test_no_text_is_left_out(path: Path) -> None:
    assert path.stem in CODE
    assert path.suffix == (".cls" if path.stem == "ThisWorkbook" else ".bas")


def test_file_and_module_must_have_one_name(tmp_path: Path) -> None:
    path = tmp_path / "Other.bas"
    path.write_text('Attribute VB_Name = "Bridge"\nOption Explicit\n', "utf-8")
    with pytest.raises(MacroSourceError, match=r"Other\.bas must begin with"):
        read_module(path)


def test_a_built_package_reads_its_own_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, beside = tmp_path / "site/package/macros/texts", tmp_path / "site/workbook"
    monkeypatch.setattr(source, "HERE", inside.parent)
    with pytest.raises(FileNotFoundError, match=r"ribbon\.xml"):
        source_folder()
    for folder in (beside, inside):
        folder.mkdir(parents=True)
        (folder / "ribbon.xml").touch()
        assert source_folder() == folder
