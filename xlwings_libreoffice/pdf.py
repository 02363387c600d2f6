"""PDF files: of files on disk, by a LibreOffice started for it, and of documents that are open.

`convert` needs neither Python's bridge (uno) nor xlwings, only the program.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import Any

from .calls import untraced
from .connection import file_url, properties, uno_module
from .errors import LibreOfficeError, NotConverted
from .program import environment, headless, not_runnable

FILTER = "calc_pdf_Export"
TIMEOUT = 120.0  # seconds for one start
STARTS = 3  # a fresh profile may make the first start end early


def convert(sources: Sequence[str], folder: str, timeout: float = TIMEOUT) -> list[str]:
    """Each source as a PDF of the same name in `folder`; their paths. Stored results are printed as
    they are.

    On a profile of its own: nothing of the user's is read or changed. Raises OfficeMissing,
    NotConverted.
    """
    stems = [os.path.splitext(os.path.basename(source))[0] for source in sources]
    wanted = [os.path.join(folder, f"{stem}.pdf") for stem in stems]
    with tempfile.TemporaryDirectory(prefix="lo-pdf-") as profile:
        command = headless(profile, "--convert-to", f"pdf:{FILTER}", "--outdir", folder, *sources)
        what = "没有生成文件"
        for _ in range(STARTS):
            what = _run(command, timeout) or what
            if all(os.path.isfile(pdf) for pdf in wanted):
                return wanted
    raise NotConverted(what)


def _run(command: list[str], timeout: float) -> str:
    """Start it once; what went wrong, "" for nothing that it told."""
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command,
            env=environment(),
            stdin=quiet,
            stdout=quiet,
            stderr=subprocess.PIPE,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{timeout:g} 秒内没有完成"
    except OSError as error:
        raise not_runnable(command[0], error) from error
    return f"退出码 {done.returncode}" if done.returncode else ""


def export(
    document: Any, path: str, quality: str | None = "standard", selection: Any = None
) -> None:
    """A PDF of a whole open document, or of a sheet or range of it (`selection`)."""
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise LibreOfficeError(f"文件夹“{folder}”不存在，没有导出 PDF。")
    options: dict[str, Any] = {"ExportNotes": False}
    if quality == "minimum":
        options |= {"UseLosslessCompression": False, "Quality": 60, "ReduceImageResolution": True}
    if selection is not None:
        options["Selection"] = untraced(selection)
    uno = uno_module()
    data = uno.Any("[]com.sun.star.beans.PropertyValue", properties(**options))
    try:
        document.storeToURL(file_url(path), properties(FilterName=FILTER, FilterData=data))
    except uno.getClass("com.sun.star.io.IOException") as error:
        raise LibreOfficeError(f"导出 PDF“{path}”失败。请检查文件夹是否存在、是否可写。") from error
