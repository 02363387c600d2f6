"""Finished reports: an ordinary one as a whole process, and one of 200 pages."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.reports import miniatures
from tests.reports.documents import Block, as_docx, as_text
from tests.reports.unseen import accounts, projects
from tests.reports.unseen.writer import Writer

from .measure import busy, line, peak_memory

PAGES, SIGNS = 200, 900  # a page of a printed report
MEMORY = 150


def long_report() -> list[Block]:
    """200 pages of dense figures."""
    blocks: list[Block] = []
    written = seed = 0
    while written < PAGES * SIGNS:
        more = accounts.report(Writer(seed)) + projects.report(Writer(seed))
        blocks += more
        written += sum(map(len, more))
        seed += 1
    return blocks


def run() -> list[bool]:
    script = os.path.join(os.path.dirname(sys.executable), "rubric-sheets")
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: os.path.join(folder, name) for name in ("a.txt", "b.docx", "c.docx")}
        Path(paths["a.txt"]).write_text(as_text(miniatures.FORM), "utf-8")
        Path(paths["b.docx"]).write_bytes(as_docx(miniatures.FORM))
        Path(paths["c.docx"]).write_bytes(as_docx(long_report()))
        commands = {name: [script, "check", path] for name, path in paths.items()}
        taken = {name: busy(command) for name, command in commands.items()}
        memory = peak_memory(commands["c.docx"])
    print(
        f"{'符合' if memory < MEMORY else '超出'}  200 页报告的内存峰值 {memory:.1f} MB（限 {MEMORY} MB）"
    )
    return [
        line("check 一份报告（文本）整个进程占用处理器，对比 0.4 秒", taken["a.txt"], 0.4, 1),
        line("check 一份报告（Word）整个进程占用处理器，对比 0.4 秒", taken["b.docx"], 0.4, 1),
        line("check 200 页的报告占用处理器，对比 3 秒", taken["c.docx"], 3, 1),
        memory < MEMORY,
    ]
