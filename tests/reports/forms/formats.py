"""A report in every format; text in the three ways in which tables get into it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from xlwings_libreoffice.program import find_soffice

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


def pdfs(given: list[list[Block]], folder: Path) -> list[bytes]:
    """All of them in one run of LibreOffice."""
    names = [folder / f"{number:04}.docx" for number in range(len(given))]
    for name, blocks in zip(names, given):
        name.write_bytes(as_docx(blocks))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [find_soffice(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*call, *map(str, names)], check=True, capture_output=True)
    return [name.with_suffix(".pdf").read_bytes() for name in names]
