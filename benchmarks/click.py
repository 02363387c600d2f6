"""A click in LibreOffice: a new process connects, reads, scores and writes,
against a bare `import xlwings`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .measure import line, processes

ROOT = Path(__file__).resolve().parent.parent


def run(book: bytes) -> list[bool]:
    """Open the book in a LibreOffice of its own and press the button; without LibreOffice,
    say so."""
    from xlwings_libreoffice.errors import LibreOfficeError
    from xlwings_libreoffice.office import Office

    try:
        with tempfile.TemporaryDirectory() as folder, Office(macros=True) as office:
            path = os.path.join(folder, "评分表.xlsm")
            Path(path).write_bytes(book)
            return _clicks(path, office.target, folder)
    except LibreOfficeError as problem:
        print(f"未测  点击“计算得分”：{problem}")
        return []


def _clicks(path: str, target: str, folder: str) -> list[bool]:
    os.environ["PYADDIN_UNO"] = target
    os.environ["XDG_CACHE_HOME"] = folder
    opening = (
        "import xlwings as xw; import xlwings_libreoffice; xlwings_libreoffice.register();"
        f" xw.Book({path!r})"
    )
    subprocess.run([sys.executable, "-c", opening], check=True, cwd=ROOT)
    paths = f"false;{path};{path};;;;"
    code = (
        f'import xlwings.utils;xlwings.utils.prepare_sys_path("{paths}"); '
        "import pyaddin.ribbon; pyaddin.ribbon.calculate()"
    )
    click = [sys.executable, "-c", code, f"--wb={path}", "--from_xl=1", "--app=", "--hwnd="]
    taken = processes(
        {"xlwings": [sys.executable, "-c", "import xlwings"], "click": click}, 11, worst=0
    )
    return [
        line(
            "在 LibreOffice 里点击“计算得分”，对比 import xlwings",
            taken["click"],
            taken["xlwings"],
            4,
        )
    ]
