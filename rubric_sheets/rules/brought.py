"""The facts that rules bring with them: named by an author in a parameter,
or in the rows of one."""

from __future__ import annotations

from ..records import Record
from . import rule as rule_module
from .base import Asked, Brings, Parameter
from .lists import is_list, listed
from .loose import rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


class Brought(Record):
    """A fact that a rule brings, and how a new workbook asks for it."""

    name: str
    brings: Brings
    asked: Asked


class Named(Record):
    """A fact's name in a rule. `path`: its place inside of the rule; `row`: the row that it
    stands in, or {"parameter": which} where it stands in none."""

    name: Any
    path: tuple[str | int, ...]
    brings: Brings | None
    row: dict[str, Any]


def named(rule: dict[str, Any], parameters: Iterable[Parameter]) -> Iterator[Named]:
    """Every name of a fact that stands in one of these parameters;
    the rule may be wrong in any way."""
    for parameter in parameters:
        value = rule.get(parameter.name)
        if parameter.type == "fact" and isinstance(value, str):
            row = {"parameter": parameter.name}
            yield Named(value, (parameter.name,), parameter.brings, row)
        elif is_list(parameter.type):
            fields = [f.name for f in listed(parameter.type).FIELDS if f.type == "fact"]
            for index, row in rows(value) if fields else ():
                for name in fields:
                    path = (parameter.name, index, name)
                    yield Named(row.get(name), path, parameter.brings, row)


def brought(spec: Any) -> list[Brought]:
    """What the rule of an indicator brings, in the order in which it asks;
    its shape must be right."""
    rule = spec["rule"]
    module = rule_module(rule["kind"])
    return [
        Brought(one.name, one.brings, module.asked(rule, one.row, spec))
        for one in named(rule, module.PARAMETERS)
        if one.brings is not None
    ]
