"""Facts that finance offices call by one name, as the forms and rubrics of the program have them:
an author who writes 年初预算数 need not say that it is an amount in 万元, nor that it is there.

A fact of the rubric's own without a kind takes kind, unit and the like from there; a name that an
expression or a measure speaks of, and that nothing else has, becomes a fact of the rubric's own.
"""

from __future__ import annotations

from contextlib import suppress

from ..exact.expressions import names_in
from ..exact.tokens import ExpressionError, protect
from ..rules.brought import brought
from ..rules.loose import rows
from ..rules.worth import SPECIAL
from .fields import FACT_KINDS
from .own_figures import LISTED
from .protecting import expressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

# As 财预〔2013〕53号 and the forms made after it call what the forms here call 满意度
ALSO = {
    name: {"name": name, "kind": "percent", "unit": "%"}
    for name in ("社会公众或服务对象满意度", "服务对象满意度")
}
KEPT = ("kind", "unit", "help", "signed", "choices")


def completed(
    source: dict[str, Any], form: Iterable[str], known: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The source, whose shape may be wrong, with these facts in full. `form`: all names that its
    form has; `known`: the facts that are known by name, asked for only where that is needed."""
    own = [fact for _, fact in rows(source.get("fact"))]
    bare = [fact for fact in own if fact.get("name") and not fact.get("kind")]
    there = {*form, *SPECIAL, *LISTED, *(str(fact.get("name")) for fact in own)}
    if not bare and _spoken(source, ()) <= there | _others(source):
        return source
    all_known = known()
    wanted = _spoken(source, all_known) - there - _others(source)
    new = [{"name": name, **_kept(fact)} for name, fact in all_known.items() if name in wanted]
    facts = [_in_full(fact, all_known) for fact in source.get("fact") or []]
    return {**source, "fact": [*facts, *new]} if facts or new else source


def _in_full(fact: Any, known: dict[str, Any]) -> Any:
    if not isinstance(fact, dict) or fact.get("kind") or fact.get("name") not in known:
        return fact
    written = {key: value for key, value in fact.items() if value not in ("", None)}
    return {**_kept(known[fact["name"]]), **written}


def _kept(fact: dict[str, Any]) -> dict[str, Any]:
    return {key: fact[key] for key in KEPT if fact.get(key)}


def _spoken(source: dict[str, Any], known: Iterable[str]) -> set[str]:
    """Every name in the expressions, and what indicators measure as it stands. `known`: names that
    may hold 且 or 或."""
    found = {str(spec.get("value")) for _, spec in rows(source.get("indicator"))} - {"None", ""}
    torn = [name for name in known if "且" in name or "或" in name]
    for text in expressions(source):
        with suppress(ExpressionError):
            found.update(names_in(protect(text, torn)))
    return found


def _others(source: dict[str, Any]) -> set[str]:
    """Names that are something else: ratios, what a rule brings, weights that the unit types."""
    ratios = source.get("ratios")
    found = set(ratios) if isinstance(ratios, dict) else set()
    for _, spec in rows(source.get("indicator")):
        found.add(str(spec.get("weight_fact")))
        with suppress(LookupError, TypeError, ValueError, AttributeError):
            found.update(one.name for one in brought(spec))
    return found


def is_known_by_name(fact: dict[str, Any]) -> bool:
    """Is it a figure or an answer, not a text of one form?"""
    return fact.get("kind", "amount") in FACT_KINDS and bool(
        fact.get("kind") != "text" or fact.get("choices")
    )
