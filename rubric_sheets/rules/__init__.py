"""One file per kind of rule; `rule(kind)` loads only the kinds that a rubric uses."""

from __future__ import annotations

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
