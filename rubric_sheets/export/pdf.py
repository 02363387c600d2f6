"""Workbooks → PDF, through a headless LibreOffice on a profile of its own; nothing of the user's is read or changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from ..findings import InputError

PACKAGES = "libreoffice-calc fonts-noto-cjk"
TIMEOUT = 120.0  # seconds
STARTS = 3  # a fresh profile may make the first start end early


def to_pdf(book: bytes, path: str) -> bytes:
    """The PDF of a workbook; `path` is for messages. InputError export-no-office, export-pdf-failed."""
    with tempfile.TemporaryDirectory(prefix="rubric-pdf-") as folder:
        source = os.path.join(folder, "book.xlsx")
        Path(source).write_bytes(book)
        convert([source], folder, path)
        return Path(folder, "book.pdf").read_bytes()


def convert(sources: list[str], folder: str, path: str) -> None:
    """Each source as a PDF of the same name in `folder`."""
    from xlwings_libreoffice.errors import OfficeMissing
    from xlwings_libreoffice.office import FONTS, find_soffice

    wanted = [os.path.join(folder, os.path.splitext(os.path.basename(source))[0] + ".pdf") for source in sources]
    try:
        program = find_soffice()
    except OfficeMissing:
        raise InputError("export-no-office", packages=PACKAGES) from None
    with tempfile.TemporaryDirectory(prefix="rubric-office-") as profile:
        command = [
            program, f"-env:UserInstallation={Path(profile).resolve().as_uri()}", "--headless", "--norestore", "--nologo",
            "--nodefault", "--nofirststartwizard", "--convert-to", "pdf:calc_pdf_Export", "--outdir", folder, *sources,
        ]  # fmt: skip
        what = "没有生成文件"
        for _ in range(STARTS):
            what = _run(command, str(FONTS)) or what
            if all(os.path.isfile(pdf) for pdf in wanted):
                return
    raise InputError("export-pdf-failed", path=path, what=what)


def _run(command: list[str], fonts: str) -> str:
    """Start it once; what went wrong, "" for nothing that it told."""
    environment = dict(os.environ, FONTCONFIG_FILE=fonts)
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, env=environment, stdin=quiet, stdout=quiet, stderr=subprocess.PIPE, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{TIMEOUT:g} 秒内没有完成"
    except OSError as error:
        raise InputError("export-no-office", packages=PACKAGES) from error
    return f"退出码 {done.returncode}" if done.returncode else ""
