"""The macro texts that people review (`workbook/vba`, `workbook/ribbon.xml`), found and read.

In a checkout they stand in the folder `workbook`; a built package carries a copy of that folder as
`texts` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .ovba import Kind, MacroSourceError, Module, build_project

HERE = Path(__file__).resolve().parent
STANDARD_MODULES = ("Bridge", "Ribbon", "Buttons", "Canary")
WORKBOOK_MODULE = "ThisWorkbook"
SHEET_CODE = "Option Explicit"
CLASS_HEADER = re.compile(r"\AVERSION [\d.]+ CLASS\nBEGIN\n.*?\nEND\n", re.DOTALL)
ATTRIBUTES = re.compile(r"\A(?:Attribute [^\n]*\n)+")
LITERAL = re.compile(r'"((?:[^"]|"")*)"')
LONGEST = 1000  # signs of a line: the VBA editor takes 1023
NAME = re.compile(r'^Attribute VB_Name = "(.*)"$', re.MULTILINE)


def source_folder() -> Path:
    """The folder with `ribbon.xml` and `vba/`."""
    for folder in (HERE / "texts", HERE.parents[1] / "workbook"):
        if (folder / "ribbon.xml").is_file():
            return folder
    raise FileNotFoundError(f"macro texts: neither {HERE / 'texts'} nor workbook/ has a ribbon.xml")


def read_module(path: Path, kind: Kind = Kind.STANDARD) -> Module:
    """Read a module from UTF-8 text as the VBA editor exports it; its attributes are made anew."""
    text = path.read_text("utf-8-sig").replace("\r\n", "\n")
    text = CLASS_HEADER.sub("", text)
    attributes = ATTRIBUTES.match(text)
    names = NAME.findall(attributes.group()) if attributes else []
    if names != [path.stem]:
        raise MacroSourceError(f'{path.name} must begin with: Attribute VB_Name = "{path.stem}"')
    return Module(path.stem, on_every_code_page(ATTRIBUTES.sub("", text), path.name), kind)


def on_every_code_page(code: str, name: str) -> str:
    """The code in ASCII alone: a text with other signs becomes a call of `Words` with the codes of
    its UTF-16 units. Excel stores macros in the system's code page, and one module that does not
    compile takes every button with it."""

    def coded(found: re.Match[str]) -> str:
        text = found[1].replace('""', '"')
        return found[0] if text.isascii() else f'Words("{text.encode("utf-16-be").hex()}")'

    lines = [
        line if line.lstrip().startswith("'") else LITERAL.sub(coded, line)
        for line in code.split("\n")
    ]
    for number, line in enumerate(lines, 1):
        if not line.isascii() or (" Const " in line and "Words(" in line):
            raise MacroSourceError(f"{name}, line {number}: only texts may hold other than ASCII")
        if len(line) > LONGEST:
            raise MacroSourceError(f"{name}, line {number}: longer than {LONGEST} once encoded")
    return "\n".join(lines)


def macro_modules(sheet_code_names: Sequence[str]) -> list[Module]:
    """All modules of a workbook whose worksheets have these code names."""
    folder = source_folder() / "vba"
    return [
        read_module(folder / f"{WORKBOOK_MODULE}.cls", Kind.WORKBOOK),
        *(Module(name, SHEET_CODE, Kind.SHEET) for name in sheet_code_names),
        *(read_module(folder / f"{name}.bas") for name in STANDARD_MODULES),
    ]


def vba_project(sheet_code_names: Sequence[str]) -> bytes:
    """The bytes of `vbaProject.bin` for a workbook whose worksheets have these code names."""
    return build_project(macro_modules(sheet_code_names))
