"""The page as a file: data, style and script in one, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import gzip
import json
import os
from hashlib import sha256
from html import escape
from importlib.resources import files

from ...books.files import write_new
from ...findings.finding import InputError
from ..figures import Figures
from .data import Page, blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

ENDINGS = (".html", ".htm")
MARK = '<meta name="generator" content="rubric-sheets audit">'
# In this order: each uses what stands before it.
SCRIPTS = ("make", "data", "choice", "charts", "detail", "rows", "start")
POLICY = "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'"


def check_path(path: str) -> None:
    """Before any work. InputError for another ending, and for a file that is no former page."""
    if os.path.splitext(path)[1].lower() not in ENDINGS:
        raise InputError("out-extension", path=path, expected=".html")
    if os.path.lexists(path) and not _is_page(path):
        raise InputError("file-exists", path=path)


def _is_page(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return MARK.encode() in file.read(4096)
    except OSError:
        return False


def write(figures: Figures, path: str) -> None:
    """Write it whole or not at all. InputError file-locked, file-no-permission …"""
    write_new(path, page(figures, os.path.dirname(os.path.abspath(path))), overwrite=True)


def page(figures: Figures, folder: str) -> bytes:
    """The bytes of the page; `folder`: where it will stand, for its links."""
    home = files(__package__)
    style = (home / "page.css").read_text("utf-8")
    code = "".join((home / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{code}}})();\n'
    policy = POLICY.format(_hash(script), _hash(style))
    head, foot = (home / "page.html").read_text("utf-8").split("{data}")
    head = head.replace("{policy}", escape(policy)).replace("{mark}", MARK)
    parts = [head.replace("{style}", style), *_data(figures, folder)]
    parts.append(foot.replace("{script}", script))
    return "".join(parts).encode()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(figures: Figures, folder: str) -> Iterator[str]:
    """A browser takes these for text: they hold letters and digits only."""
    shown = Page(figures, folder)
    yield _block("all", shown.overview())
    for number, rows in enumerate(shown.lists()):
        yield _block(f"units-{number}", rows)
    for number, block in enumerate(blocks(figures, shown.units)):
        yield _block(f"block-{number}", block)


def _block(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    packed = base64.b64encode(gzip.compress(text, 6, mtime=0)).decode()
    return f'<script type="text/plain" id="{name}">{packed}</script>\n'
