"""One file per kind of rule; `rule(kind)` loads only the kinds that a rubric uses.

A kind is a module of this package, found by its file: a new one is listed nowhere else.
See `base` for its faces.
"""

from __future__ import annotations

import os

from .base import INSIDE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# How the kinds follow one another in lists; one that is not named here follows after these,
# by its name.
ORDER = (
    "deduct",
    "bands",
    "pieces",
    "checklist",
    "breaches",
    "conditions",
    "composite",
    "share",
    "grades",
    "graded",
    "judged",
    "bonus",
    "penalty",
    "bonus_cases",
    "penalty_cases",
    "veto",
    "target",
)
SHARED = ("base", "brought", "counted", "loose", "outside", "worth")  # no kinds


def modules(folders: Any, shared: tuple[str, ...]) -> list[str]:
    """The modules of a package by their files, those left out that its other modules share."""
    files = {name for folder in folders for name in os.listdir(folder) if name.endswith(".py")}
    return sorted({name[:-3] for name in files} - {"__init__", *shared})


_FILES = modules(__path__, SHARED)
KINDS = (*ORDER, *(name for name in _FILES if name not in ORDER))

_LOADED: dict[str, Any] = {}


def rule(kind: str) -> Any:
    """The module of a rule kind. Raises KeyError for an unknown kind."""
    module = _LOADED.get(kind)
    if module is None:
        if kind not in KINDS:
            raise KeyError(kind)
        module = _LOADED[kind] = __import__(f"{__name__}.{kind}", fromlist=["score"])
    return module


def is_judged(rule_of: dict[str, Any]) -> bool:
    """Is the unit's own score the fact of this rule?"""
    return bool(rule(rule_of["kind"]).JUDGED)


def own_score(rule_of: dict[str, Any]) -> str:
    """The name of the fact that is the unit's own score; nothing where the rule is not judged."""
    module = rule(rule_of["kind"])
    return str(module.facts(rule_of)[0]) if module.JUDGED else ""


def counts(rule_of: dict[str, Any]) -> str:
    """How the points of this rule count: `INSIDE` the base,
    or outside of it `ADDED` or `TAKEN_OFF`."""
    return str(rule(rule_of["kind"]).COUNTS)


def is_outside(rule_of: dict[str, Any]) -> bool:
    """Do its points stay out of the base?"""
    return counts(rule_of) != INSIDE
