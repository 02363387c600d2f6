"""Whatever goes wrong at whatever system call that writes: the old file or the new one is whole, the one
before is to be had, and what the program says of it is true.

`make test` breaks a few of the steps, `make soak` (SOAK=1) each of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

CALLS = "write,fsync,link,linkat,rename,renameat,renameat2,unlink,fchmod,fchown,flock,ftruncate"
FAULTS = (
    "error=ENOSPC:when={}",
    "error=ENOSPC:when={}+",
    "error=EIO:when={}",
    "error=EIO:when={}+",
    "signal=KILL:when={}",
    "signal=INT:when={}",
    "signal=TERM:when={}",
)
IS_SOAK = bool(os.environ.get("SOAK"))
FACTS = Path(__file__).parent.parent / "examples" / "facts" / "yueyang-2021.json"
PROGRAM = [sys.executable, "-m", "rubric_sheets"]


class World(NamedTuple):
    """A workbook as it was read, what the command makes of it, and an older file beside it."""

    call: list[str]
    path: Path
    old: bytes
    new: bytes

    @property
    def backup(self) -> Path:
        return Path(f"{self.path}.bak")

    def begin(self) -> None:
        for left in self.path.parent.glob(".rubric-*"):
            left.unlink()
        self.path.write_bytes(self.old)
        self.backup.write_bytes(b"older")

    def run(self, *before: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, *PROGRAM, *self.call],
            cwd=self.path.parent,
            capture_output=True,
            text=True,
        )

    def traced(self, *options: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        """What came of the command, and its lines of the trace."""
        log = self.path.with_suffix(".trace")
        done = self.run("strace", "-f", "-o", str(log), "-e", f"trace={CALLS}", *options)
        return done, log.read_text("utf-8", "replace").splitlines()


@pytest.fixture(params=["score", "fill", "export"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    book = tmp_path / "岳阳.xlsx"
    new = [*PROGRAM, "new", "yueyang-department", str(book), "--facts", str(FACTS)]
    subprocess.run(new, check=True, capture_output=True)
    facts = tmp_path / "补充.json"
    facts.write_text(json.dumps({"facts": {"编制数": 15}}), "utf-8")
    path, call = book, [request.param, book.name]
    if request.param == "fill":
        call += ["--facts", facts.name]
    if request.param == "export":
        path = tmp_path / "报送.xlsx"
        path.write_bytes(b"an older submission")
        call += [path.name, "--force", "--overwrite"]
    old = path.read_bytes()
    made = World(call, path, old, b"")
    made.begin()
    made.run()
    return made._replace(new=path.read_bytes())


def test_every_step_that_writes_may_fail(world: World) -> None:
    world.begin()
    clean, lines = world.traced()
    steps = sum(bool(re.search(r"\) += ", line)) for line in lines)
    assert clean.returncode in (0, 1)
    assert steps >= 6
    assert world.path.read_bytes() == world.new
    for fault in FAULTS:
        first = FAULTS.index(fault) % 3 + 1
        for step in range(1, steps + 1) if IS_SOAK else range(first, steps + 1, 3):
            world.begin()
            done, _ = world.traced("-e", f"inject={CALLS}:{fault.format(step)}")
            judge(world, done, f"{fault.format(step)}: {done.stderr}")


def judge(world: World, done: subprocess.CompletedProcess[str], what: str) -> None:
    now, kept = world.path.read_bytes(), world.backup.read_bytes()
    left = [path.read_bytes() for path in world.path.parent.glob(".rubric-*")]
    assert "Traceback" not in done.stderr, what
    assert now in (world.old, world.new), what
    if now == world.new and world.call[0] != "export":
        assert kept == world.old or (kept == b"older" and world.old in left), what
    else:
        assert kept == b"older", what
    if done.returncode in (0, 1):
        assert now == world.new, what
    if "未作任何改动" in done.stderr:
        assert (now, done.returncode) == (world.old, 2), what
    if done.returncode == 2 and "+: " not in what:  # from there on nothing can be said either
        assert done.stderr.strip(), what
    world.run()  # the next one sweeps
    assert not list(world.path.parent.glob(".rubric-*")), what
    if now == world.new and world.call[0] != "export":
        assert world.backup.read_bytes() == world.old, what
