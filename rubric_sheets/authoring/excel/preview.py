"""The 评分标准 that the program writes for each indicator, to be read beside its row."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ...findings.finding import InputError
from ...places.names import EXTRA_SHEET
from ...rubric.load import fact_spec, form_facts, form_of, standard_text
from ...rubric.protecting import protected
from ...rubric.shares import ShareFault, fold

# What a source that has mistakes may come to; the check tells of them.
FAULTS = (ShareFault, InputError, LookupError, TypeError, ValueError, AttributeError)


def standards(source: dict[str, Any]) -> list[str]:
    """One text for each indicator, in their order; nothing where it has a mistake."""
    facts = _facts(source)
    source = protected(source, facts)
    with suppress(*FAULTS):  # else without the points that each weight comes to
        source = fold(source)
    return [_standard(spec, facts, source.get("ratios", {})) for spec in source["indicator"]]


def _facts(source: dict[str, Any]) -> dict[str, Any]:
    own = {}
    for fact in source.get("fact", ()):
        with suppress(*FAULTS):
            own[fact["name"]] = fact_spec(fact, EXTRA_SHEET)
    try:
        return {**form_facts(form_of(source))[0], **own}
    except FAULTS:
        return own


def _standard(spec: dict[str, Any], facts: dict[str, Any], ratios: dict[str, Any]) -> str:
    """Of the rule alone, whatever wording the author may have put in its place."""
    bare = {key: value for key, value in spec.items() if key != "standard"}
    try:
        return standard_text(bare, facts, ratios)
    except FAULTS:
        return ""
