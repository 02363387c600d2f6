"""The budget of a click: calls into the spreadsheet program.
Times are measured by the benchmark, not asserted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pyaddin import ribbon
from tests.books import new
from xlwings_libreoffice import count_calls, recent

from ..offices import PATIENCE

# Fourteen calls of a scoring are for one Ctrl+Z that takes it back. The message at the end is shown by the
# program, in its own time.
SCORING, MESSAGE = 76, 1


def test_a_whole_scoring_takes_few_calls(
    open_book: Any, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "SECONDS", PATIENCE)  # else a slow machine asks some names again
    book = open_book(Path(new(tmp_path / "评分表.xlsm")))
    monkeypatch.setattr(
        sys, "argv", ["python", f"--wb={book.fullname}", "--from_xl=1", "--app=", "--hwnd="]
    )
    for other in book.app.books:
        if other != book:
            other.close()
    with count_calls() as first:
        ribbon.calculate()
    with count_calls() as again:
        ribbon.calculate()
    assert first.total <= SCORING + MESSAGE, first
    assert again.total < first.total, again


def test_the_plain_xlwings_host_sees_the_same(
    open_book: Any, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Excel will run, block reads and writes through xlwings alone,
    gives the same cells as the fast host."""
    from pyaddin.hosts.calc.host import CalcHost
    from pyaddin.hosts.calc.lock import CalcLock
    from pyaddin.hosts.excel.host import ExcelHost
    from pyaddin.live.score import score
    from pyaddin.live.source import read_live
    from rubric_sheets.facts.json_form import dump

    from .sheets import differing, on_screen

    monkeypatch.setattr(ExcelHost, "_lock", lambda self, name: CalcLock(self.book.sheets[name].api))
    one = open_book(Path(new(tmp_path / "一.xlsx")))
    other = open_book(Path(new(tmp_path / "二.xlsx")))
    slow, fast = ExcelHost(one), CalcHost(other)
    readers = [read_live(host)[0] for host in (slow, fast)]
    facts = [dump(reader.rubric, reader.facts) for reader in readers]
    assert facts[0] == facts[1]
    slow.finish()
    fast.finish()
    texts = [score(slow), score(fast)]
    assert texts[0] == texts[1]
    assert differing(on_screen(one), on_screen(other)) == []
