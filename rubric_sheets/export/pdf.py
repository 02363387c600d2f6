"""Workbooks → PDF, through a headless LibreOffice on a profile of its own;
nothing of the user's is read or changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..findings.finding import InputError

PACKAGES = "libreoffice-calc fonts-noto-cjk"


def to_pdf(book: bytes, path: str) -> bytes:
    """The PDF of a workbook; `path` is for messages.
    InputError export-no-office, export-pdf-failed."""
    with tempfile.TemporaryDirectory(prefix="rubric-pdf-") as folder:
        source = os.path.join(folder, "book.xlsx")
        Path(source).write_bytes(book)
        convert([source], folder, path)
        return Path(folder, "book.pdf").read_bytes()


def convert(sources: list[str], folder: str, path: str) -> None:
    """Each source as a PDF of the same name in `folder`."""
    from xlwings_libreoffice import pdf
    from xlwings_libreoffice.errors import NotConverted, OfficeMissing

    try:
        pdf.convert(sources, folder)
    except OfficeMissing as error:
        raise InputError("export-no-office", packages=PACKAGES) from error
    except NotConverted as error:
        raise InputError("export-pdf-failed", path=path, what=error.what) from None
