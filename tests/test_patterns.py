"""No pattern's time explodes on a hostile text: each regular expression of the program is taken
apart, nothing is timed."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import warnings
from functools import cache

import pytest

from .test_floors import ROOT, modules

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


# Those that are put together while the program runs, of words that stand in files: a new process
# reads reports and targets, and writes down what it compiles.
RUNNING = """
import json, re, traceback
from re import _compiler
found, compiled = [], _compiler.compile
def compile(pattern, flags=0):
    if any("rubric_sheets" in frame.filename for frame in traceback.extract_stack()):
        found.append(pattern if isinstance(pattern, str) else pattern.decode("latin-1"))
    return compiled(pattern, flags)
_compiler.compile = compile
from tests.reports import miniatures, test_sentences
from tests.reports.documents import as_text
from tests.test_cases import read
from rubric_sheets.authoring.find import find
from rubric_sheets.reports.check import check
from rubric_sheets.rubric.load import published
from rubric_sheets.rules.targets.words import grade
for text in (*(one[0] for one in test_sentences.CASES), *test_sentences.SILENT):
    test_sentences.statements(text)
rubrics = [find(one) for one in published()]
for one in (miniatures.FORM, miniatures.PROJECT, miniatures.PROSE, miniatures.CATEGORIES):
    check("a.txt", as_text(one).encode(), rubrics)
for pair in read("targets.toml")["pair"]:
    grade(pair["result"], pair["target"])
print(json.dumps(found))
"""


@cache
def while_running() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUNNING], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return sorted(set(found))


def test_no_pattern_explodes_that_is_put_together_of_words() -> None:
    found = while_running()
    assert len(found) > 250
    exploding = [one for one in found if starriness(one) >= CUBE]
    assert exploding == []


def test_there_are_patterns_to_look_at() -> None:
    assert len(patterns()) > 150


def test_an_exploding_pattern_is_noticed() -> None:
    assert starriness(r"(?:[-+.\s]|[0-9][0-9,]*)+?=") >= EXPONENTIAL
    assert starriness(r"\s*[\s0-9]*\s*x") >= CUBE
    assert starriness(r"(?<![-+.\s0-9])[-+.\s0-9]+=") < CUBE


@pytest.mark.parametrize("pattern", sorted(patterns()))
def test_no_pattern_explodes(pattern: str) -> None:
    assert starriness(pattern) < CUBE, patterns()[pattern]
