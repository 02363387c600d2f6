"""No pattern's time explodes on a hostile text: each regular expression of the program is taken
apart, nothing is timed."""

from __future__ import annotations

import ast
import importlib
import re
import warnings
from functools import cache

import pytest

from .test_floors import modules

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it takes patterns apart with a module of Python's that moves
    from regexploit.ast.sre import SreOpParser
    from regexploit.redos import find

# Two repeats side by side that can share a text cost its square, three its cube; one repeat inside
# another costs twice as much for every letter.
CUBE, EXPONENTIAL = 3, 11
CALLS = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
INSIDE_OFFICE = ("uno", "unohelper")


def starriness(pattern: str) -> int:
    """How often repeats of a pattern can share one text."""
    return max((one.starriness for one in find(SreOpParser().parse_sre(pattern))), default=0)


def written(source: str) -> set[str]:
    """The patterns that stand in calls, letter for letter."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CALLS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "re"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


@cache
def patterns() -> dict[str, str]:
    """Pattern → a module that has it; those put together of pieces are there whole."""
    found = {}
    for name, path in modules().items():
        source = path.read_text("utf-8")
        found.update(dict.fromkeys(written(source), name))
        if path.stem == "__main__" or any(f"import {one}" in source for one in INSIDE_OFFICE):
            continue
        kept = vars(importlib.import_module(name)).values()
        compiled = [one for one in kept if isinstance(one, re.Pattern)]
        found.update({one.pattern: name for one in compiled if isinstance(one.pattern, str)})
        found.update(
            {
                one.pattern.decode("latin-1"): name
                for one in compiled
                if isinstance(one.pattern, bytes)
            }
        )
    return found


def test_there_are_patterns_to_look_at() -> None:
    assert len(patterns()) > 150


def test_an_exploding_pattern_is_noticed() -> None:
    assert starriness(r"(?:[-+.\s]|[0-9][0-9,]*)+?=") >= EXPONENTIAL
    assert starriness(r"\s*[\s0-9]*\s*x") >= CUBE
    assert starriness(r"(?<![-+.\s0-9])[-+.\s0-9]+=") < CUBE


@pytest.mark.parametrize("pattern", sorted(patterns()))
def test_no_pattern_explodes(pattern: str) -> None:
    assert starriness(pattern) < CUBE, patterns()[pattern]
