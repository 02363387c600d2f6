"""One file per kind of rule; `rule(kind)` loads only the kinds that a rubric uses."""

from __future__ import annotations

from .base import INSIDE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = (
    "deduct", "bands", "checklist", "breaches", "conditions", "share", "grades", "judged", "bonus", "penalty", "target",
)  # fmt: skip


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


def counts(rule_of: dict[str, Any]) -> str:
    """How the points of this rule count: `INSIDE` the base, or outside of it `ADDED` or `TAKEN_OFF`."""
    return str(rule(rule_of["kind"]).COUNTS)


def is_outside(rule_of: dict[str, Any]) -> bool:
    """Do its points stay out of the base?"""
    return counts(rule_of) != INSIDE
