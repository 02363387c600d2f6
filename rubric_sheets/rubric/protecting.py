"""The expressions of a rubric's source made ready for whoever reads one: names that hold 且 or 或,
as 社会公众或服务对象满意度, in backquotes, so that they are read as names; and the rubric's own
ratios, which an author may name in any formula or condition, written out in brackets."""

from __future__ import annotations

from typing import Any

from ..exact.tokens import named_in, protect, written_out
from ..rules.worth import SPECIAL
from .fields import TOP, Field, rule_fields, target_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

EXPRESSIONS = ("expression", "points")
LONGEST_FORMULA = 600  # signs of an expression, with the ratios that it names written out


def protected(source: dict[str, Any], facts: Iterable[str]) -> dict[str, Any]:
    """The source with such names protected, whose shape may be wrong; the source itself where
    there are none. `facts`: all that it may speak of."""
    ratios = source.get("ratios")
    names = {*facts, *(ratios if isinstance(ratios, dict) else ())}
    torn = [name for name in names if "且" in name or "或" in name]
    return _table(source, TOP, lambda text: protect(text, torn)) if torn else source


def spelled_out(source: dict[str, Any], facts: Container[str]) -> dict[str, Any]:
    """The source, whose shape may be wrong, with every expression `spelled`."""
    ratios = source.get("ratios")
    if not isinstance(ratios, dict):
        return source
    return _table(source, TOP, lambda text: spelled(text, ratios, facts))


def spelled(text: str, ratios: dict[str, Any], facts: Container[str]) -> str:
    """An expression without the name of any ratio: its formula stands there. A name of `facts` is
    that of the fact. What would be too long, or comes back to itself, keeps the names."""
    known = {
        name: formula
        for name, formula in ratios.items()
        if isinstance(formula, str) and name not in SPECIAL and name not in facts
    }
    for _ in known:  # level by level, as one ratio may name another
        found = written_out(text, known)
        if found == text:
            break
        if len(found) > LONGEST_FORMULA:
            return text
        text = found
    return text


def named_again(source: dict[str, Any], ratios: dict[str, str]) -> dict[str, Any]:
    """The other way round: the names of ratios in the place of their formulas in brackets."""
    return _table(source, TOP, lambda text: named_in(text, ratios))


def expressions(source: dict[str, Any]) -> list[str]:
    """The texts of all expressions, of a source whose shape may be wrong."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _table(source, TOP, note)
    return found


def _table(
    raw: dict[str, Any], fields: Sequence[Field], change: Callable[[str], str]
) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    return {
        name: _value(value, known[name], change) if name in known else value
        for name, value in raw.items()
    }


def _value(value: Any, field: Field, change: Callable[[str], str]) -> Any:
    if field.type in EXPRESSIONS and isinstance(value, str):
        return change(value)
    if field.type == "formulas" and isinstance(value, dict):
        return {
            name: change(text) if isinstance(text, str) else text for name, text in value.items()
        }
    if field.type == "rows" and isinstance(value, list):
        return [_table(row, field.of, change) if isinstance(row, dict) else row for row in value]
    if field.type == "rule" and isinstance(value, dict):
        return _table(value, rule_fields(value.get("kind")), change)
    if field.type == "targets" and isinstance(value, dict):
        return _table(value, target_fields(), change)
    return value
