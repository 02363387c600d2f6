"""Medians of interleaved runs: on a shared machine only ratios of what ran side by side mean
anything."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

IN_A_ROW = 4  # a batch runs warm: the first call after the other side's pays for cold caches


def environment() -> dict[str, str]:
    """As it is now, with bytecode kept: an installed program has it."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def processes(commands: dict[str, list[str]], runs: int, worst: int = 1) -> dict[str, float]:
    """Median seconds of whole processes, run in turn. An exit status above `worst` is an error."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(
                command, stdout=subprocess.DEVNULL, env=environment(), check=False
            )
            taken[name].append(time.perf_counter() - start)
            if not 0 <= done.returncode <= worst:
                raise RuntimeError(f"{name}: exit {done.returncode}")
    return {name: statistics.median(values) for name, values in taken.items()}


def calls(
    functions: dict[str, Callable[[], object]],
    runs: int,
    prepare: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """Median seconds of calls in this process, a few of each side in turn;
    `prepare` before each is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(runs):
        for name, function in functions.items():
            for _ in range(IN_A_ROW):
                prepare()
                gc.collect()
                gc.disable()  # as timeit does: one side should not pay for the garbage of the other
                start = time.perf_counter()
                function()
                taken[name].append(time.perf_counter() - start)
                gc.enable()
    return {name: statistics.median(values) for name, values in taken.items()}


def busy(command: list[str], runs: int = 3) -> float:
    """Seconds that a command keeps a processor busy, the least of a few runs: what it would take
    on a machine of its own."""
    taken = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(), check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def peak_memory(command: list[str]) -> float:
    """Peak resident memory of a command, in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, *command],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    return int(out.stdout) / 1024


def line(what: str, value: float, peer: float, bound: float, *, unit: str = "ms") -> bool:
    """Print one comparison; True when within its bound. `bound`:
    at most this many times the peer."""
    ratio = value / peer
    scale = 1000 if unit == "ms" else 1
    held = ratio <= bound
    print(
        f"{'符合' if held else '超出'}  {what:<44} {value * scale:8.2f} {unit}  对比 "
        f"{peer * scale:8.2f} {unit}  = {ratio:6.3f} 倍（限 {bound:g} 倍）"
    )
    return held
