"""A report in every format; text in the three ways in which tables get into it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rubric_sheets.reports.reading.office import STARTS
from xlwings_libreoffice.program import headless

from ..documents import LEFT, UP, Block, as_docx, as_text, as_xlsx, cells


def as_rows(blocks: list[Block], *, left: bool, up: bool) -> bytes:
    """A line for a row: are cells that a merged one covers blank (True), or not there at all?"""
    out = []
    for block in blocks:
        if isinstance(block, str):
            out.append(block)
            continue
        for row in block:
            shown = []
            for cell in cells(row):
                if (cell == LEFT and not left) or (cell == UP and not up):
                    continue
                shown.append("" if cell in (LEFT, UP) else cell.replace("\n", ""))
            out.append("\t".join(shown).rstrip("\t"))
    return "\n".join(out).encode()


MAKERS = {
    "txt-逐格": lambda blocks: as_text(blocks).encode(),
    "txt-逐行": lambda blocks: as_rows(blocks, left=True, up=True),
    "txt-合并略去": lambda blocks: as_rows(blocks, left=False, up=True),
    "docx": as_docx,
    "xlsx": as_xlsx,
}


PDF = "pdf"


def pdfs(given: list[list[Block]], folder: Path) -> list[bytes]:
    """All of them in one run of LibreOffice."""
    names = [folder / f"{number:04}.docx" for number in range(len(given))]
    for name, blocks in zip(names, given):
        name.write_bytes(as_docx(blocks))
    given_ = ("--convert-to", "pdf", "--outdir", str(folder), *map(str, names))
    for _ in range(STARTS):
        subprocess.run(headless(str(folder / "profile"), *given_), check=False, capture_output=True)
        if all(name.with_suffix(".pdf").is_file() for name in names):
            break
    return [name.with_suffix(".pdf").read_bytes() for name in names]
