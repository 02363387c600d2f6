"""What the audit tests share: folders of workbooks, and one run of the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..books import FULL, Outcome, new, run


def unit(name: str, year: int = 2021, **facts: Any) -> dict[str, Any]:
    """A unit's complete facts, some of them others."""
    own = {"单位名称": name, "评价年度": year, **facts}
    return {**FULL, "facts": {**FULL["facts"], **own}}


def folder(path: Path, count: int) -> Path:
    """A folder of `count` units, each with other figures."""
    path.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        new(path / f"{number:02}.xlsx", unit(f"第{number}单位", 编制数=14 + number % 3))
    return path


def audit(capsys: Any, *argv: object) -> Outcome:
    return run(capsys, "audit", *map(str, argv))


def lines(outcome: Outcome) -> list[dict[str, Any]]:
    """The objects of the inputs; the summary is left out."""
    return [json.loads(line) for line in outcome.out.splitlines()[:-1]]


def summary(outcome: Outcome) -> dict[str, Any]:
    return json.loads(outcome.out.splitlines()[-1])["summary"]
