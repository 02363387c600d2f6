"""The promise: whatever people do to a workbook in a spreadsheet program, what comes of it is right,
or it is told. Never are figures wrong, or texts lost, without a word."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from xlwings_libreoffice.office import Office

from .edits import KINDS, edited, silent, units
from .offices import running

EDITS = int(os.environ.get("EDITS", "72"))  # `make soak` makes many
FIRST = int(os.environ.get("EDITS_FROM", "0"))


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with running() as process:
        yield process


def test_no_edit_goes_wrong_in_silence(office: Office, tmp_path: Path) -> None:
    """Random edits of every kind, on every sheet of every form."""
    desktop, books = office.desktop(), units(tmp_path)
    wrong, made = [], set()
    for seed in range(FIRST, FIRST + EDITS):
        unit, path = books[seed % len(books)], tmp_path / f"edit-{seed}.xlsx"
        edit = edited(desktop, unit, seed, path)
        if edit is None:
            continue
        made.add(edit.said.partition(" ")[0])
        gap = silent(path, edit, unit)
        if gap:
            wrong.append(f"{seed} {unit.path.stem}: {edit.said}: {gap}")
        path.unlink()
    assert made <= set(KINDS)
    assert not wrong, "\n".join(wrong)
    assert len(made) > len(KINDS) // 2
