"""Every place in the sources that makes a message: its code is in the catalogue,
its parameters are those of the texts.

Read from the syntax tree, so that a line that no test reaches is looked at too.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from rubric_sheets.findings.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT / name for name in ("rubric_sheets", "pyaddin", "xlwings_libreoffice")]
PLACE = {"sheet", "cell", "severity"}  # of `finding` itself, no parameters
FIELDS = {"expected", "actual"}  # of a finding: given for `--json`, whether a text uses them or not

# Calls whose code or parameters are not written down there: (file, function) → why that is well.
PASSED_ON = {
    ("authoring/problems.py", "as_findings"): "what was given to Problems.add, read there",
    ("authoring/excel/words.py", "_finding"): "what was given to Problems.add, read there",
    ("authoring/lint/carried.py", "_rule"): "what was given to Problems.add, read there",
    ("scoring/scorecard.py", "by_rule"): "the warnings of rules, read there",
    ("findings/finding.py", "__init__"): "InputError itself",
    ("findings/file_faults.py", "in_words"): "what ooxml finds, looked at in ooxml/test_faults.py",
}
# Parameters that a call has for some of its messages only: (file, function) → those.
FOR_SOME = {("pyaddin/errors.py", "explain"): {"detail"}}


class Call(NamedTuple):
    """One call that makes a message. `function`: the names of what it stands in,
    outermost first."""

    file: str
    node: ast.Call
    inside: list[ast.FunctionDef]
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.file}:{self.node.lineno}"

    @property
    def function(self) -> str:
        return self.inside[-1].name if self.inside else ""


class Maker(NamedTuple):
    """How a call of this name makes a message: where its code stands,
    and what it adds of its own."""

    at: int
    adds: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    file: str = ""  # a helper of this file alone
    named: frozenset[str] = frozenset()  # arguments of the helper itself


MAKERS = {
    "finding": Maker(0),
    "InputError": Maker(0),
    "problems.add": Maker(0, frozenset(("where",)), frozenset(("hint",))),
}


def files() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            name = str(path.relative_to(ROOT)).removeprefix("rubric_sheets/")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


TREES = list(files())


def walk(
    node: ast.AST, inside: list[ast.FunctionDef]
) -> Iterator[tuple[ast.AST, list[ast.FunctionDef]]]:
    yield node, inside
    deeper = [*inside, node] if isinstance(node, ast.FunctionDef) else inside
    for child in ast.iter_child_nodes(node):
        yield from walk(child, deeper)


def called(node: ast.Call) -> str:
    """`finding`, `problems.add` for any collector of problems, the last name of other calls."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    if not isinstance(node.func, ast.Attribute):
        return ""
    holder = ast.unparse(node.func.value).removeprefix("self.")
    if node.func.attr == "add":
        return (
            "problems.add"
            if holder in ("problems", "found", "review") and len(node.args) > 1
            else ""
        )
    return node.func.attr


def calls() -> list[Call]:
    return [
        Call(name, node, inside, tree)
        for name, tree in TREES
        for node, inside in walk(tree, [])
        if isinstance(node, ast.Call)
    ]


CALLS = calls()


def code_of(call: Call, maker: Maker) -> ast.expr | None:
    return call.node.args[maker.at] if len(call.node.args) > maker.at else None


def codes(value: ast.expr | None, call: Call) -> set[str] | None:
    """The codes that an expression can be; None where they cannot be told."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {value.value} - {""}
    if isinstance(value, ast.IfExp):
        return both(codes(value.body, call), codes(value.orelse, call))
    if isinstance(value, ast.Name):
        return union([codes(one, call) for one in assigned(value.id, call)])
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return union([codes(one, call) for one in returned(value.func.id, call.tree)])
    return None


def both(one: set[str] | None, other: set[str] | None) -> set[str] | None:
    return None if one is None or other is None else one | other


def union(sets: list[set[str] | None]) -> set[str] | None:
    known = [one for one in sets if one is not None]
    return set().union(*known) if known and len(known) == len(sets) else None


def assigned(name: str, call: Call) -> list[ast.expr]:
    """What the function around a call assigns to a name."""
    found: list[ast.expr] = []
    for node in ast.walk(call.inside[-1]) if call.inside else ():
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        for target in targets:
            value = node.value  # type: ignore[attr-defined]
            if isinstance(target, ast.Name) and target.id == name:
                found.append(value)
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                found += [v for t, v in zip(target.elts, value.elts) if ast.unparse(t) == name]
    return found


def returned(name: str, tree: ast.Module) -> list[ast.expr]:
    """What a function of the same file gives back."""
    return [
        node.value
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name == name
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]


def keys(value: ast.expr, call: Call) -> set[str] | None:
    """The names in what stands after `**`; None where they cannot be told."""
    if isinstance(value, ast.Dict):
        found: set[str] | None = set()
        for key, inner in zip(value.keys, value.values):
            if key is None:
                found = both(found, keys(inner, call))
            elif isinstance(key, ast.Constant):
                found = both(found, {key.value})
            else:
                return None
        return found
    if isinstance(value, ast.Name):
        rest = call.inside[-1].args.kwarg if call.inside else None
        if rest is not None and rest.arg == value.id:
            return set()  # what a helper's own callers give is looked at there
        return union([keys(one, call) for one in assigned(value.id, call)])
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return union([keys(one, call) for one in returned(value.func.id, call.tree)])
    return None


def given(call: Call) -> set[str] | None:
    """The names of the parameters of a call."""
    found: set[str] | None = set()
    for keyword in call.node.keywords:
        found = both(found, {keyword.arg} if keyword.arg is not None else keys(keyword.value, call))
    return found


def helper(call: Call, maker: Maker) -> tuple[str, Maker] | None:
    """The function around a call, where that function's own argument is the code."""
    code = code_of(call, maker)
    if call.function in ("", "__init__") or not isinstance(code, ast.Name):
        return None
    function = call.inside[-1]
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    more = given(call)
    if code.id not in names or more is None:
        return None
    own = frozenset(names) | {argument.arg for argument in function.args.kwonlyargs}
    adds = maker.adds | (more - PLACE)
    file = call.file if function.name.startswith("_") else ""
    return function.name, Maker(names.index(code.id), adds, maker.optional, file, own)


def makers() -> list[tuple[str, Maker]]:
    """The functions that make messages, and those that pass a code on to one."""
    found: list[tuple[str, Maker]] = list(MAKERS.items())
    for name, maker in found:
        for call in CALLS:
            if called(call.node) == name and maker.file in ("", call.file):
                other = helper(call, maker)
                if other is not None and other not in found:
                    found.append(other)  # looked at in its turn
    return found


class Made(NamedTuple):
    """One code of one call, with all its parameters. `spare`:
    those that are filled in where they are not given."""

    call: Call
    code: str
    names: set[str]
    spare: frozenset[str]


def made() -> tuple[list[Made], list[Call]]:
    """What is made, and the calls of which that cannot be told."""
    said: list[Made] = []
    dark: list[Call] = []
    for name, maker in makers():
        for call in CALLS:
            if called(call.node) != name or maker.file not in ("", call.file):
                continue
            if helper(call, maker) is not None:
                continue
            found, names = codes(code_of(call, maker), call), given(call)
            if found is None or names is None:
                dark.append(call)
                continue
            own = {one.removesuffix("_excel") for one in names - PLACE - maker.named}
            said += [Made(call, one, own | maker.adds, maker.optional) for one in sorted(found)]
    return said, dark


def fields(code: str) -> set[str]:
    _, problem, fix = CATALOGUE[code]
    texts = [*string.Formatter().parse(problem), *string.Formatter().parse(fix)]
    return {name for _, name, _, _ in texts if name} - PLACE


MADE, DARK = made()


@pytest.mark.parametrize("one", [pytest.param(one, id=f"{one.call}-{one.code}") for one in MADE])
def test_a_message_is_given_what_it_asks_for(one: Made) -> None:
    assert one.code in CATALOGUE
    wanted = fields(one.code)
    assert wanted - one.names - one.spare == set(), "not given: the person would read …"
    spare = {"where"} | FOR_SOME.get((one.call.file, one.call.function), set())
    assert one.names - wanted - FIELDS - spare == set(), "given, but said nowhere"


def test_every_message_of_the_catalogue_is_made_somewhere() -> None:
    said = {one.code for one in MADE} | {code for _, code, _ in warnings()}
    said |= {f"file-{kind}" for kind in faults()}
    assert set(CATALOGUE) - said == set()


def test_of_every_call_code_and_parameters_can_be_told() -> None:
    assert [str(call) for call in DARK if (call.file, call.function) not in PASSED_ON] == []
    assert {(call.file, call.function) for call in DARK} == set(PASSED_ON)


def faults() -> Iterator[str]:
    """The kinds of what can be wrong with a file."""
    for call in CALLS:
        if called(call.node) == "PackageFault" and isinstance(call.node.args[0], ast.Constant):
            yield call.node.args[0].value


def test_every_fault_of_a_file_has_its_message() -> None:
    assert {f"file-{kind}" for kind in faults()} <= set(CATALOGUE)


def warnings() -> list[tuple[str, str, set[str]]]:
    """What rules have to say: (place, code, parameters) of each `("no-band", {"what": …})`."""
    return [
        (
            f"{name}:{node.lineno}",
            node.elts[0].value,
            keys(node.elts[1], Call(name, node, [], tree)),
        )  # type: ignore[arg-type,misc]
        for name, tree in TREES
        if name.startswith("rules/")
        for node, _ in walk(tree, [])
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and isinstance(node.elts[0], ast.Constant)
        and isinstance(node.elts[1], ast.Dict)
    ]


@pytest.mark.parametrize(("place", "code", "names"), warnings())
def test_a_warning_of_a_rule_is_given_what_it_asks_for(
    place: str, code: str, names: set[str]
) -> None:
    assert names <= fields(code) <= names | {"indicator"}, place
