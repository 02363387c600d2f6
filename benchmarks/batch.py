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

from rubric_sheets.audit.inputs import Input, gather
from rubric_sheets.audit.judging import judge
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric import load
from tests.honest import Honest

from .measure import calls, environment, line
from .peers import peers

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
EACH = 20  # different units of each published rubric
FEW, MANY = 100, 2000  # inputs of whole audits; BENCH_MANY asks for another number


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
    out = []
    with peers(books) as others:
        functions: dict[str, Callable[[], object]] = {peer.name: peer.work for peer in others}
        taken = calls({"ours": partial(_judged, inputs), **functions}, 3)
    ours = taken["ours"] / len(inputs)
    for peer in others:
        theirs = taken[peer.name] / peer.books
        bound = float("inf") if peer.bound is None else peer.bound
        held = line(f"审核一册，对比 {peer.name}", ours, theirs, bound)
        how = f"{ours * 1000:.2f} 毫秒 对比 {theirs * 1000:.2f} 毫秒，{_ratio(ours / theirs)}"
        out.append((f"审核一册，对比 {peer.name}", how, held))
    return out


def _ratio(value: float) -> str:
    return f"{value:.1f} 倍的时间" if value > 1 else f"快 {1 / value:.1f} 倍"


def _judged(inputs: list[Input]) -> None:
    for given in inputs:
        judge(given)


def _whole(folder: str, books: list[str]) -> list[tuple[str, str, bool]]:
    """Whole audits, from the command to the summary."""
    seconds, memory = {}, {}
    most = int(os.environ.get("BENCH_MANY", MANY))
    for count in (FEW, most):
        inputs = os.path.join(folder, f"audit-{count}")
        os.mkdir(inputs)
        for number in range(count):
            os.link(books[number % len(books)], os.path.join(inputs, f"{number:05}.xlsx"))
        for workers in (1, 2):
            seconds[count, workers], memory[count, workers] = _audit(folder, inputs, workers)
    few, many = seconds[FEW, 1] / FEW, seconds[most, 1] / most
    growth = line(f"整个审核每册，{most} 册对比 {FEW} 册", many, few, 1.25)
    again, _ = _audit(folder, os.path.join(folder, f"audit-{most}"), 1, fresh=False)
    kept = line(f"没有变化的 {most} 册再审一次，对比第一次", again, seconds[most, 1], 0.5)
    peak = memory[most, 1]
    print(
        f"{'符合' if peak < 300 else '超出'}  audit {most} 册的内存峰值 {peak:.0f} MB（限 300 MB）"
    )
    return [
        (f"整个审核，{FEW} 册", f"每册 {few * 1000:.2f} 毫秒", growth),
        (f"整个审核，{most} 册", f"每册 {many * 1000:.2f} 毫秒", growth),
        *(
            (
                f"整个审核，{most} 册，{workers} 个进程",
                f"每秒 {most / seconds[most, workers]:.0f} 册",
                True,
            )
            for workers in (1, 2)
        ),
        (f"没有变化的 {most} 册再审一次", f"{again:.1f} 秒（主要是写汇总表）", kept),
        (f"{most} 册的内存峰值（主进程）", f"{peak:.0f} MB", peak < 300),
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
