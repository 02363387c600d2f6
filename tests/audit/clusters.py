"""A real Dask cluster on loopback: a scheduler and its workers, processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds for a slow machine to start them
HERE = ["--host", "127.0.0.1"]


@contextmanager
def running(folder: Path, workers: int = 2, *more: str) -> Iterator[str]:
    """The address. `more`: words for the workers' commands."""
    file = folder / "scheduler.json"
    started = [
        _start("scheduler", *HERE, "--port", "0", "--no-dashboard", "--scheduler-file", file)
    ]
    try:
        deadline = time.monotonic() + PATIENCE
        while not file.exists() or not file.read_text("utf-8"):
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.1)
        place = ("--scheduler-file", file, *HERE, "--nthreads", "1", "--no-dashboard")
        for number in range(workers):
            own = ("--local-directory", folder / f"worker-{number}")
            started.append(_start("worker", *place, *own, *more))
        yield address(file)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def address(file: Path) -> str:
    import json

    return str(json.loads(file.read_text("utf-8"))["address"])


def _start(what: str, *words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", what, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
