"""One file per kind of rule; `rule(kind)` loads only the kinds that a rubric uses."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = (
    "deduct", "bands", "checklist", "breaches", "conditions", "share", "grades", "judged", "bonus", "penalty",
)  # fmt: skip


def rule(kind: str) -> Any:
    """The module of a rule kind. Raises KeyError for an unknown kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    return import_module(f"{__name__}.{kind}")
