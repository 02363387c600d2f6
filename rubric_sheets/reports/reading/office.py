"""Old formats (.doc, .wps, .xls, .et, .odt) through LibreOffice, in a profile of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile

from ...findings.finding import InputError

SECONDS = 120
STARTS = 3  # a fresh profile may make the first start end early


def convert(data: bytes, path: str, kind: str) -> bytes:
    """The same document as .docx or .xlsx. Raises InputError."""
    from xlwings_libreoffice.errors import OfficeMissing
    from xlwings_libreoffice.program import headless

    with tempfile.TemporaryDirectory(prefix="rubric-sheets-") as folder:
        ending = os.path.splitext(path)[1].lower()
        source = os.path.join(folder, "source" + (ending if ending.isascii() else ""))
        with open(source, "wb") as file:
            file.write(data)
        out = os.path.join(folder, "out")
        given = ("--convert-to", kind, "--outdir", out, source)
        try:
            command = headless(os.path.join(folder, "profile"), *given)
        except OfficeMissing:
            raise InputError("report-no-office", path=path) from None
        made = os.path.join(out, f"source.{kind}")
        for _ in range(STARTS):
            _run(command)
            if os.path.isfile(made):
                with open(made, "rb") as file:
                    return file.read()
    raise InputError("report-damaged", path=path, what="LibreOffice 打不开它")


def _run(command: list[str]) -> None:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, check=False, timeout=SECONDS, capture_output=True)
