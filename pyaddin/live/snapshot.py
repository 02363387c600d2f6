"""What stood in the cells before the last calculation, for the button 还原上次计算.

Kept in a file of the user's cache folder, by the book's full name, not in a hidden sheet of the
book: the book goes to other people and should not carry old scores; no sheet need be added to a
book whose structure may be protected; and it costs no call. A book that was moved or renamed has
nothing to restore.
"""

from __future__ import annotations

import json
import os
from typing import Any

from ..cache import cache_folder, file_of
from ..hosts.cells import Formula, Link, Place

KEPT = 50  # snapshots of other books, the newest


def save(
    book: str, before: dict[Place, Any], after: dict[Place, Any], notes: dict[Place, str | None]
) -> None:
    """Replace the book's snapshot. `notes`: what stood before, None for none."""
    data = {
        "book": book,
        "cells": [[*place, _packed(old), _packed(after[place])] for place, old in before.items()],
        "notes": [[*place, text] for place, text in notes.items()],
    }
    folder = cache_folder()
    os.makedirs(folder, exist_ok=True)
    path = file_of(book)
    part = f"{path}.{os.getpid()}"
    with open(part, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)
    os.replace(part, path)
    _sweep(folder)


def load(book: str) -> tuple[dict[Place, tuple[Any, Any]], dict[Place, str | None]] | None:
    """({place: (before, after)}, notes before), or None where there is nothing to restore."""
    try:
        with open(file_of(book), encoding="utf-8") as file:
            data = json.load(file)
        cells = {
            (sheet, row, col): (_unpacked(old), _unpacked(new))
            for sheet, row, col, old, new in data["cells"]
        }
        return cells, {(sheet, row, col): text for sheet, row, col, text in data["notes"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop(book: str) -> None:
    """It was restored."""
    if os.path.exists(file_of(book)):
        os.remove(file_of(book))


def _sweep(folder: str) -> None:
    for ending in (".json", ".merges"):
        files = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(ending)]
        if len(files) > KEPT:
            for path in sorted(files, key=os.path.getmtime)[: len(files) - KEPT]:
                os.remove(path)


def _packed(value: Any) -> Any:
    if isinstance(value, Formula):
        return {"formula": value.text}
    if isinstance(value, Link):
        return {"link": list(value)}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return Formula(value["formula"]) if "formula" in value else Link(*value["link"])
    return value
