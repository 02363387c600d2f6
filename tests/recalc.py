"""Workbooks recalculated by another program, and what every formula cell ought to show."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from rubric_sheets.books.create import filled, workbook
from rubric_sheets.books.dashboard_values import dashboard, of_findings
from rubric_sheets.books.shown_values import derived, scores
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.facts.model import FactSet
from rubric_sheets.pages.paint import Derived, build
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.places import slots
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.scoring.scorecard import score

MISSING_PROGRAM = (
    "LibreOffice (soffice) is needed to recalculate: apt install libreoffice-calc fonts-noto-cjk"
)
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
TAMPERED = "-987654.25"
Address = tuple[str, str]
Wanted = tuple[str, Any]


class Sample(NamedTuple):
    """One new workbook: its bytes, and sheet and cell of every formula → (slot,
    what it must show)."""

    name: str
    data: bytes
    wanted: dict[Address, Wanted]


def sample(
    rubric: Rubric, name: str, given: Mapping[str, Any], texts: Mapping[str, str] | None = None
) -> Sample:
    """A workbook with these facts; `texts` are typed where a figure belongs,
    and so count as missing."""
    facts = blank(rubric)
    apply(rubric, facts, dict(given))
    for fact in texts or {}:
        facts.values[fact] = None
        facts.derived.discard(fact)
        facts.invalid.add(fact)
    rows = {table: len(filled) for table, filled in facts.tables.items()}
    values = filled(rubric, facts) | {
        slots.fact(fact): text for fact, text in (texts or {}).items()
    }
    data = build(rubric, values, rows) if texts else workbook(rubric, dict(given))
    return Sample(name, data, wanted(rubric, facts, rows, values))


def wanted(
    rubric: Rubric, facts: FactSet, rows: dict[str, int], values: Mapping[str, Any]
) -> dict[Address, Wanted]:
    """What each formula cell must show; a cell whose formula is typed over has none,
    one that is not computed is blank."""
    card = score(rubric, facts)
    results = {
        **values,  # what the 总览 sheet repeats may be typed elsewhere
        **derived(rubric, facts),
        **scores(rubric, facts, card),
        **dashboard(rubric, facts, card),
        **of_findings(None),
    }
    return {
        (page.name, item.cell): (item.slot, shown(results.get(item.slot)))
        for page in pages(rubric, rows)
        for item in page.items
        if item.formula
        and not (item.fact and item.slot in values and not isinstance(values[item.slot], Derived))
    }


def shown(value: Any) -> Any:
    return "" if value is None else value


def differs(value: Any, expected: Any) -> bool:
    """Figures within what binary floats can carry, texts to the letter."""
    if isinstance(expected, Fraction):
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        return not good or abs(Fraction(value) - expected) > Fraction(1, 10**7) * max(
            1, abs(expected)
        )
    return bool(shown(value) != expected)


def formulas_of(data: bytes) -> set[Address]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def values_of(data: bytes) -> dict[Address, Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def tamper(data: bytes) -> bytes:
    """The same workbook with a wrong figure cached under every formula."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/sheet"):
                content = (
                    re.sub(rb"<v>[^<]*</v>(?=</c>)", _wrong, content)
                    if b"<f>" in content
                    else content
                )
            new.writestr(part, content)
    return out.getvalue()


def _wrong(match: re.Match[bytes]) -> bytes:
    return (
        b"<v>" + TAMPERED.encode() + b"</v>"
        if match.string[: match.start()].endswith(b"</f>")
        else match.group()
    )


def libreoffice(folder: Path, samples: list[Sample]) -> Iterator[tuple[Sample, bytes]]:
    """Each sample with the bytes that LibreOffice saved, all recalculated in one run;
    the caches given are wrong."""
    program = shutil.which("soffice")
    assert program, MISSING_PROGRAM
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    files = [folder / f"{number}.xlsx" for number in range(len(samples))]
    for file, one in zip(files, samples):
        file.write_bytes(tamper(one.data))
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        *map(str, files),
    ]
    for _ in range(2):  # a fresh profile may make the first start end early
        subprocess.run(command, capture_output=True, timeout=300, check=False)
        if all((out / file.name).exists() for file in files):
            break
    for file, one in zip(files, samples):
        assert (out / file.name).exists(), f"LibreOffice did not convert {one.name}"
        yield one, (out / file.name).read_bytes()
