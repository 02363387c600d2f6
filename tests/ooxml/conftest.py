"""Workbooks from every producer, made once for the whole folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from . import handmade

CONTENT = (
    ("部门", 12.5, 0.29, True, "=B1*2", "  空 白 "),
    ("<&>\"'", -3, 1e-7, False, '=A1&"元"', "换\n行"),
    (None, 0, 123456789012345, None, "=1/0", "甲_x乙"),
)


def write_xlsxwriter(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    percent = book.add_format({"num_format": "0.00%"})
    for name in ("收支表", "it's 表"):
        sheet = book.add_worksheet(name)
        for row, values in enumerate(CONTENT):
            for col, value in enumerate(values):
                if isinstance(value, str) and value.startswith("="):
                    result = {0: 25, 1: "部门元", 2: "#DIV/0!"}[row]
                    sheet.write_formula(row, col, value, percent, result)
                else:
                    sheet.write(row, col, value, percent)
        sheet.write_rich_string(5, 0, "富", book.add_format({"bold": True}), "文", "本")
        sheet.merge_range("C8:D9", "合并")
    book.define_name("人员支出", "='it''s 表'!$B$2")
    book.define_name("全表", "=收支表!$A$1:$F$3")
    book.close()


def write_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("收支表", "it's 表"):
        sheet = book.create_sheet(name)
        for values in CONTENT:
            sheet.append(values)
        sheet["B2"].number_format = "0.00%"
        sheet["C8"] = "合并"
        sheet.merge_cells("C8:D9")
    book.defined_names["人员支出"] = DefinedName("人员支出", attr_text="'it''s 表'!$B$2")
    book.defined_names["全表"] = DefinedName("全表", attr_text="收支表!$A$1:$F$3")
    book.save(path)


def soffice(folder: Path, *files: Path) -> None:
    """Save workbooks with LibreOffice into `folder`, all in one run. Fails, and says so,
    where it is missing."""
    program = shutil.which("soffice")
    assert program, "LibreOffice (soffice) is needed for these tests: apt install libreoffice-calc"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    for _ in range(2):  # a fresh profile may make the first start end early
        subprocess.run(command, capture_output=True, timeout=180, check=False)
        if all((folder / file.name).with_suffix(".xlsx").exists() for file in files):
            return
    raise AssertionError(f"soffice did not convert {[file.name for file in files]}")


@pytest.fixture(scope="session")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Producer → workbook with the same content: XlsxWriter, openpyxl,
    each also saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("produced")
    made = {"xlsxwriter": folder / "xlsxwriter.xlsx", "openpyxl": folder / "openpyxl.xlsx"}
    write_xlsxwriter(made["xlsxwriter"])
    write_openpyxl(made["openpyxl"])
    office = folder / "office"
    office.mkdir()
    soffice(office, *made.values())
    return made | {f"libreoffice-{name}": office / path.name for name, path in made.items()}


@pytest.fixture
def excel(tmp_path: Path) -> str:
    """Path of the hand-written workbook in Excel's and WPS's habits."""
    return handmade.write(tmp_path / "自评表.xlsm", handmade.excel_parts())
