"""A rubric written as a difference from another one → the complete source.

extends = "hunan-county-department"   # an id, or a file: "去年.toml", "去年的指标.xlsx"
remove = ["asset-use"]            # indicators, facts, ratios, groups that are left out
[[indicator]]                     # an id of the base: only the fields that differ
id = "budget-completion"
rule.step = "started"
[[indicator]]                     # a new id: the whole indicator, `before` says where it stands
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..findings.finding import InputError

MERGED = ("ratios", "groups", "shares", "targets")
APPENDED = ("fact", "check")


def expand(
    source: dict[str, Any], read: Callable[[str], dict[str, Any]], seen: tuple[str, ...] = ()
) -> dict[str, Any]:
    """`read(name)` gives the source of what is extended.
    Raises InputError for an unknown one or a circle."""
    base_id = source.get("extends")
    if not base_id:
        return source
    if base_id in seen:
        raise InputError(
            "rubric-circle", id=str(source.get("id", "")), chain=" → ".join((*seen, str(base_id)))
        )
    base = expand(read(str(base_id)), read, (*seen, str(base_id)))
    out = {
        **base,
        **{
            key: value
            for key, value in source.items()
            if key not in ("extends", "remove", "indicator")
        },
    }
    for key in MERGED:
        if key in base or key in source:
            out[key] = {**base.get(key, {}), **source.get(key, {})}
    for key in APPENDED:
        if key in base or key in source:
            out[key] = [*base.get(key, []), *source.get(key, [])]
    removed = source.get("remove", [])
    for key in ("ratios", "groups"):
        if key in out:
            out[key] = {name: value for name, value in out[key].items() if name not in removed}
    if "fact" in out:
        out["fact"] = [fact for fact in out["fact"] if fact.get("name") not in removed]
    indicators = [dict(one) for one in base.get("indicator", []) if one.get("id") not in removed]
    for change in source.get("indicator", []):
        _place(indicators, change)
    out["indicator"] = indicators
    return out


def _place(indicators: list[dict[str, Any]], change: dict[str, Any]) -> None:
    """Change the indicator of the same id, or put a new one in its place."""
    at = next((i for i, one in enumerate(indicators) if one.get("id") == change.get("id")), None)
    if at is not None:
        indicators[at] = _merged(indicators[at], change)
        return
    before = change.get("before")
    new = {key: value for key, value in change.items() if key != "before"}
    spot = next(
        (i for i, one in enumerate(indicators) if before and one.get("id") == before),
        len(indicators),
    )
    indicators.insert(spot, new)


def _merged(old: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The old cases hold no longer when the weight or the rule differs;
    a rule of the same kind is merged."""
    out = {key: value for key, value in old.items() if key != "case"}
    rule = change.get("rule")
    out.update({key: value for key, value in change.items() if key != "rule"})
    if rule is not None:
        same = rule.get("kind", old["rule"]["kind"]) == old["rule"]["kind"]
        out["rule"] = {**old["rule"], **rule} if same else rule
    if "ratio" in change:
        out.pop("value", None)
    if "value" in change:
        out.pop("ratio", None)
    return out
