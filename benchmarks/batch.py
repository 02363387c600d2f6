"""Many workbooks: what judging one costs, against programs that only read it, or only recalculate
it; how it grows; how much memory it takes. `python -m benchmarks.batch --page` writes
docs/performance.md anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import openpyxl

from rubric_sheets.audit.inputs import Input, gather
from rubric_sheets.audit.judging import judge
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric import load
from tests.honest import Honest

from .measure import calls, environment, line

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
EACH = 20  # different units of each published rubric
FEW, MANY = 200, 2000  # inputs of whole audits


class Peer(NamedTuple):
    """What one call of `work` costs for each of its `books`; `bound`: judging may take at most so
    many times as long."""

    name: str
    books: int
    work: Callable[[], object]
    bound: float


def run() -> list[bool]:
    """All comparisons, printed."""
    return [held for _, _, held in measured()]


def measured() -> list[tuple[str, str, bool]]:
    """(what, how much, within its bound); printed too."""
    with tempfile.TemporaryDirectory() as folder:
        books = made(folder)
        return [*_one(books), *_whole(folder, books)]


def made(folder: str) -> list[str]:
    """Units that differ, of every rubric."""
    out = []
    for rubric in map(load.load, load.published()):
        for seed in range(EACH):
            out.append(os.path.join(folder, f"{rubric['id']}-{seed:03}.xlsx"))
            Path(out[-1]).write_bytes(workbook(rubric, Honest(rubric, seed).data()))
    return out


def _one(books: list[str]) -> list[tuple[str, str, bool]]:
    """One workbook, beside what others need for it."""
    inputs = list(gather(books))
    few = books[:: EACH // 2]
    peers = [
        Peer("openpyxl 读入", len(few), partial(_each, few, openpyxl.load_workbook), 1 / 20),
        Peer("python-calamine 只读各格的值", len(books), partial(_each, books, _calamine), 7),
        Peer("formualizer 读入并重算", len(few), partial(_each, few, _formualizer), 1.25),
        Peer("IronCalc 读入并重算", len(few), partial(_each, few, _ironcalc), 1.25),
    ]
    functions: dict[str, Callable[[], object]] = {peer.name: peer.work for peer in peers}
    taken = calls({"ours": partial(_judged, inputs), **functions}, 3)
    ours = taken["ours"] / len(inputs)
    out = []
    for peer in peers:
        theirs = taken[peer.name] / peer.books
        held = line(f"审核一册，对比 {peer.name}", ours, theirs, peer.bound)
        how = f"{ours * 1000:.2f} 毫秒 对比 {theirs * 1000:.2f} 毫秒，{_ratio(ours / theirs)}"
        out.append((f"审核一册，对比 {peer.name}", how, held))
    return out


def _ratio(value: float) -> str:
    return f"{value:.1f} 倍的时间" if value > 1 else f"快 {1 / value:.1f} 倍"


def _each(books: list[str], work: Callable[[str], object]) -> None:
    for book in books:
        work(book)


def _judged(inputs: list[Input]) -> None:
    for given in inputs:
        judge(given)


def _calamine(path: str) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _formualizer(path: str) -> None:
    import formualizer

    formualizer.load_workbook(path).evaluate_all()


def _ironcalc(path: str) -> None:
    import ironcalc

    ironcalc.load_from_xlsx(path).evaluate()


def _whole(folder: str, books: list[str]) -> list[tuple[str, str, bool]]:
    """Whole audits, from the command to the summary."""
    seconds, memory = {}, {}
    for count in (FEW, MANY):
        inputs = os.path.join(folder, f"audit-{count}")
        os.mkdir(inputs)
        for number in range(count):
            os.link(books[number % len(books)], os.path.join(inputs, f"{number:05}.xlsx"))
        for workers in (1, 2):
            seconds[count, workers], memory[count, workers] = _audit(folder, inputs, workers)
    few, many = seconds[FEW, 1] / FEW, seconds[MANY, 1] / MANY
    growth = line(f"整个审核每册，{MANY} 册对比 {FEW} 册", many, few, 1.25)
    again, _ = _audit(folder, os.path.join(folder, f"audit-{MANY}"), 1, fresh=False)
    kept = line(f"没有变化的 {MANY} 册再审一次，对比第一次", again, seconds[MANY, 1], 0.5)
    peak = memory[MANY, 1]
    print(
        f"{'符合' if peak < 300 else '超出'}  audit {MANY} 册的内存峰值 {peak:.0f} MB（限 300 MB）"
    )
    return [
        (f"整个审核，{FEW} 册", f"每册 {few * 1000:.2f} 毫秒", growth),
        (f"整个审核，{MANY} 册", f"每册 {many * 1000:.2f} 毫秒", growth),
        *(
            (
                f"整个审核，{MANY} 册，{workers} 个进程",
                f"每秒 {MANY / seconds[MANY, workers]:.0f} 册",
                True,
            )
            for workers in (1, 2)
        ),
        (f"没有变化的 {MANY} 册再审一次", f"{again:.1f} 秒（主要是写汇总表）", kept),
        (f"{MANY} 册的内存峰值（主进程）", f"{peak:.0f} MB", peak < 300),
    ]


def _audit(folder: str, inputs: str, workers: int, *, fresh: bool = True) -> tuple[float, float]:
    """(seconds, MB at most) of one command; `fresh`: nothing is known from before."""
    store = os.path.join(folder, "s.duckdb")
    if fresh and os.path.exists(store):
        os.unlink(store)
    code = (
        "import os, resource, subprocess, sys, time; start = time.perf_counter();"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    script = os.path.join(os.path.dirname(sys.executable), "rubric-sheets")
    out = os.path.join(folder, "s.xlsx")
    command = [script, "audit", inputs, "--out", out, "--workers", str(workers)]
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak) / 1024


def page() -> None:
    """docs/performance.md: its table made anew, its words kept."""
    rows = "".join(f"| {what} | {how} |\n" for what, how, _ in measured())
    table = f"| 量什么 | 结果 |\n| --- | --- |\n{rows}"
    text = PAGE.read_text("utf-8")
    made = re.sub(r"(<!-- 测得 -->\n).*(<!-- 测得完 -->)", rf"\1{table}\2", text, flags=re.DOTALL)
    PAGE.write_text(made, "utf-8", newline="\n")


if __name__ == "__main__":
    if "--page" in sys.argv:
        page()
    else:
        sys.exit(0 if all(run()) else 1)
