"""LibreOffice Calc, without a window and on a profile of its own, told to compute everything."""

from __future__ import annotations

import os
import subprocess
import tempfile

from ...books.source import FileSource
from ...books.values import from_cell_or_none
from ...facts.model import Place
from ..compare import Answer
from ..live import Live

NAME, PACKAGE = "LibreOffice", "libreoffice-calc"
TIMEOUT = 120.0
STARTS = 3  # a fresh profile may make the first start end early
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def version() -> str:
    from xlwings_libreoffice.program import environment, find_soffice

    with tempfile.TemporaryDirectory(prefix="rubric-verify-") as profile:
        command = [find_soffice(), f"-env:UserInstallation=file://{profile}", "--version"]
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment(), timeout=TIMEOUT, check=False
        )
    words = done.stdout.split()
    return words[1] if len(words) > 1 else ""


def answers(book: bytes, cells: list[Live]) -> dict[Place, Answer]:
    with tempfile.TemporaryDirectory(prefix="rubric-verify-") as folder:
        path = os.path.join(folder, "book.xlsx")
        with open(path, "wb") as file:
            file.write(book)
        saved = FileSource(_saved(path, folder))
        return {cell.place: _answer(saved, cell.place) for cell in cells}


def _saved(path: str, folder: str) -> str:
    """The workbook as LibreOffice saves it after computing. OSError where it makes none."""
    from xlwings_libreoffice.program import environment, headless

    user = os.path.join(folder, "profile", "user")
    os.makedirs(user)
    with open(os.path.join(user, "registrymodifications.xcu"), "w", encoding="utf-8") as file:
        file.write(ALWAYS)
    out = os.path.join(folder, "out")
    convert = ("--convert-to", "xlsx", "--outdir", out, path)
    for _ in range(STARTS):
        subprocess.run(
            headless(os.path.join(folder, "profile"), *convert),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
        made = os.path.join(out, os.path.basename(path))
        if os.path.isfile(made):
            return made
    raise OSError("LibreOffice 没有给出结果")


def _answer(saved: FileSource, place: Place) -> Answer:
    cell = saved.cell(*place) if place.sheet in saved.sheets else None
    if cell is None or cell.kind == "blank":
        return None
    if cell.kind != "number":
        return cell.text
    number = from_cell_or_none(cell.text)
    return None if number is None else float(cell.text)
