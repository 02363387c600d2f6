"""A resolved rubric → a source that gives it again: what a workbook that units have filled can
still tell its author.

What an author wrote for themselves alone is gone: cases, remarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..exact.tokens import unprotected
from ..places.names import EXTRA_SHEET
from .load import UNITS, form_of, full_marks, rule_facts, standard_text
from .model import Rubric
from .order import in_order
from .protecting import named_again

if TYPE_CHECKING:
    from .model import FactSpec

KEPT = ("id", "version", "title", "place", "year", "source", "form", "full_marks", "scale")
ALSO = ("first_year", "last_year", "targets", "caption", "content", "sheet")
OF_THE_PROGRAM = ("name_fact", "row", "printed")
FACT = ("name", "kind", "unit", "label", "help", "signed", "choices")


def source_of(rubric: Rubric) -> dict[str, Any]:
    """The source. Raises InputError for a form that the program does not have."""
    ratios = {name: ratio["formula"] for name, ratio in rubric["ratios"].items()}
    parts = {"ratios": ratios, "indicator": rubric["indicators"], "check": rubric["checks"]}
    named = named_again(parts, ratios)
    given: dict[str, Any] = _unprotected({**rubric, **named})
    source: dict[str, Any] = {key: given[key] for key in (*KEPT, *ALSO) if key in given}
    form = form_of(source)
    source["grades"] = [_without_empty(grade) for grade in given["grades"]]
    source["ratios"] = given["ratios"]
    source["groups"] = given["groups"]
    brought = [fact for spec in given["indicators"] for fact in rule_facts(spec)]
    source["fact"] = [
        _fact(fact)
        for fact in given["facts"].values()
        if (fact["sheet"] == EXTRA_SHEET and fact not in brought) or "block" in fact
    ]
    if "printed_shares" in given:
        source["shares"] = given["printed_shares"]
    if given["full_marks"] == full_marks(
        given["indicators"], given["groups"], given.get("targets")
    ):
        del source["full_marks"]
    facts = dict(rubric["facts"])
    source["indicator"] = [
        _indicator(own, is_generated=_is_generated(dict(spec), facts, named["ratios"]))
        for own, spec in zip(given["indicator"], named["indicator"])
    ]
    known = form.get("check", [])
    source["check"] = [check for check in given["check"] if check not in known]
    return in_order({key: value for key, value in source.items() if value not in ({}, [])})


def _fact(fact: FactSpec) -> dict[str, Any]:
    keys = (*FACT, "sheet", "block") if "block" in fact else FACT
    own = {key: value for key, value in fact.items() if key in keys}
    if own["unit"] == UNITS.get(fact["kind"]):
        del own["unit"]
    return _without_empty(own)


def _indicator(spec: dict[str, Any], *, is_generated: bool) -> dict[str, Any]:
    """`is_generated`: its wording is that of its rule, and need not be written."""
    out = {key: value for key, value in spec.items() if key not in OF_THE_PROGRAM}
    if spec.get("own"):
        out.pop("weight_fact", None)
    if out["weight"] == "0":
        del out["weight"]
    if "share" in out:
        out["weight"] = out.pop("share")
    if is_generated:
        del out["standard"]
    return out


def _is_generated(spec: dict[str, Any], facts: dict[str, Any], ratios: dict[str, str]) -> bool:
    bare = {key: value for key, value in spec.items() if key not in ("standard", "weight")}
    weight = {"weight": spec["weight"]} if spec["weight"] != "0" else {}
    return bool(standard_text({**bare, **weight}, facts, ratios) == spec["standard"])


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in ("", [], False)}


def _unprotected(value: Any) -> Any:
    """Names in expressions as an author writes them."""
    if isinstance(value, dict):
        return {key: _unprotected(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_unprotected(inner) for inner in value]
    return unprotected(value) if isinstance(value, str) else value
