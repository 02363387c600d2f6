"""All comparisons. Exit status 1 when one is out of its bounds."""

from __future__ import annotations

import compileall
import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

import openpyxl

from rubric_sheets import bundle
from rubric_sheets.authoring.excel import write as author
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric import compiled, load
from rubric_sheets.tasks.score import score_book

from . import batch, click, reports
from .measure import busy, calls, line, peak_memory, processes

ROOT = Path(__file__).resolve().parent.parent
PEER = """
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["评分表"]
for row in range(5, 30):
    sheet.cell(row, 10).value = "x"
book.save(sys.argv[2])
"""


def main() -> int:
    for package in ("rubric_sheets", "pyaddin", "xlwings_libreoffice"):
        compileall.compile_dir(ROOT / package, quiet=1)
    bundle.make()
    facts = json.loads((ROOT / "examples/facts/yueyang-2021.json").read_text("utf-8"))
    rubric = load.load("yueyang-department")
    with tempfile.TemporaryDirectory() as folder:
        book, other = os.path.join(folder, "a.xlsx"), os.path.join(folder, "b.xlsx")
        fresh = workbook(rubric, facts)
        Path(book).write_bytes(fresh)
        held = [
            *_processes(book, other, folder),
            *_calls(book, other, fresh),
            *_rubrics(),
            *_rubric_checks(folder),
            *_others(folder),
        ]
    held += batch.run()
    held += reports.run()
    held += click.run(workbook(rubric, facts, macros=True))
    return 0 if all(held) else 1


def _processes(book: str, other: str, folder: str) -> list[bool]:
    script = os.path.join(os.path.dirname(sys.executable), "rubric-sheets")
    peer = os.path.join(folder, "peer.py")
    Path(peer).write_text(PEER, "utf-8")
    score = [script, "score", book]
    taken = processes(
        {
            "bare": [sys.executable, "-c", "pass"],
            "score": score,
            "peer": [sys.executable, peer, book, other],
        },
        21,
    )
    memory = peak_memory(score)
    print(f"{'符合' if memory < 40 else '超出'}  score 的内存峰值 {memory:.1f} MB（限 40 MB）")
    return [
        line("score 整个进程，对比裸 Python 启动", taken["score"], taken["bare"], 4),
        line("score 整个进程，对比 openpyxl 读、改、存", taken["score"], taken["peer"], 0.25),
        memory < 40,
    ]


def _calls(book: str, other: str, fresh: bytes) -> list[bool]:
    def restore() -> None:
        Path(book).write_bytes(fresh)
        os.sync()

    def ours() -> None:
        score_book(book, write=True)

    def peer() -> None:
        openpyxl.load_workbook(book).save(other)

    taken = calls({"ours": ours, "peer": peer}, 15, restore)
    return [
        line("读、算、校验、写回一册，对比 openpyxl 读和存", taken["ours"], taken["peer"], 0.05)
    ]


def _rubrics() -> list[bool]:
    ids = load.published()
    taken = calls({rubric_id: partial(compiled.load, rubric_id) for rubric_id in ids}, 15)
    slowest = max(taken, key=lambda rubric_id: taken[rubric_id])
    return [line(f"装入指标体系（最慢的 {slowest}），对比 5 毫秒", taken[slowest], 0.005, 1)]


def _rubric_checks(folder: str) -> list[bool]:
    """An author's check of each published rubric in its Excel form, a whole process: against bare
    Python, and against openpyxl that only loads the same file."""
    script = os.path.join(os.path.dirname(sys.executable), "rubric-sheets")
    files = {id_: os.path.join(folder, f"{id_}.xlsx") for id_ in load.published()}
    for id_, path in files.items():
        Path(path).write_bytes(author.workbook(load.complete(load.published_source(id_))))
    checks = {id_: [script, "rubric", "check", path] for id_, path in files.items()}
    slowest = max(files, key=lambda id_: busy(checks[id_], 1))
    opening = f"import openpyxl; openpyxl.load_workbook({files[slowest]!r})"
    taken = processes(
        {
            "bare": [sys.executable, "-c", "pass"],
            "check": checks[slowest],
            "peer": [sys.executable, "-c", opening],
        },
        9,
    )
    what = f"rubric check 整个进程（最慢的 {slowest}）"
    return [
        line(f"{what}，对比裸 Python 启动", taken["check"], taken["bare"], 15),
        line(f"{what}，对比 openpyxl 读入", taken["check"], taken["peer"], 1),
        line(f"{what}，对比 0.3 秒", busy(checks[slowest], 9), 0.3, 1),
    ]


def _others(folder: str) -> list[bool]:
    """Commands that people wait for, against openpyxl's bare import."""
    script = os.path.join(os.path.dirname(sys.executable), "rubric-sheets")
    facts = str(ROOT / "examples/facts/yueyang-2021.json")
    new, book, rubric = (os.path.join(folder, name) for name in ("n.xlsx", "a.xlsx", "r.xlsx"))
    for name in (new, rubric):
        Path(name).unlink(missing_ok=True)
    commands = {
        "peer": [sys.executable, "-c", "import openpyxl"],
        "check": [script, "check", book],
        "fill": [script, "fill", book, "--facts", facts],
        "facts": [script, "facts", book, "--json"],
        "rubric check": [script, "rubric", "check", "yueyang-department"],
        "export": [script, "export", book, new, "--overwrite", "--force"],
    }
    taken = processes(commands, 7)
    names = [name for name in commands if name != "peer"]
    return [
        line(f"{name} 整个进程，对比 import openpyxl", taken[name], taken["peer"], 4)
        for name in names
    ]


if __name__ == "__main__":
    sys.exit(main())
