"""Second opinions in bulk: what the store keeps of one workbook that another engine computed."""

from __future__ import annotations

from functools import cache

from ..findings.finding import InputError
from ..verify.compare import DIFFERS, ROUNDED, SAME, UNABLE
from ..verify.verifying import as_json, chosen, verify

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..verify.engines import Engine

ENGINES = ("formualizer", "ironcalc", "formulas", "libreoffice")
SLOW = ("formulas", "libreoffice")  # seconds for a workbook: handed over one by one
LISTED = (DIFFERS, UNABLE)
FIELDS = ("verdict", "sheet", "cell", "exact", "answer", "formula")


@cache
def known_as(name: str) -> str:
    """Engine and version. InputError package-missing."""
    engine = chosen(name)
    return f"{engine.NAME} {engine.version()}"


@cache
def _engine(name: str) -> Engine:
    return chosen(name)


def second(name: str, path: str, data: bytes) -> dict[str, Any] | None:
    """By the engine of this name; None for what is no workbook that could be computed.
    InputError package-missing: on another machine, perhaps."""
    by = _engine(name)
    try:
        found = as_json(path, verify(path, by, data))
    except InputError as problem:
        if problem.findings[0].code != "verify-failed":
            return None
        return {"engine": known_as(name), "failed": problem.findings[0].message}
    listed = [[one[field] for field in FIELDS] for one in found["listed"]]
    return {
        "engine": known_as(name),
        **{key: str(found[key]) for key in ("cells", SAME, ROUNDED, DIFFERS, UNABLE)},
        "invalid": found["invalid"],
        "listed": [one for one in listed if one[0] in LISTED],
    }
