"""One mistake in a rubric: what is wrong and the path to it;
the words of its place for a text file or for Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from ..findings.catalogue import CATALOGUE
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..rubric.fields import TOP, Field, rule_fields, target_fields

Path = tuple[str | int, ...]
Cells = Callable[[Path], tuple[str, str]]
LONGEST = 60
OURS = ("hint", "what")  # never what a file says itself
NUMBERS = (Fraction, Phrase)  # the finding makes words of them
HARMLESS = ("rubric-unknown-field", "rubric-id", "rubric-duplicate", "rubric-levels")


class Problem(NamedTuple):
    """`path` such as ("indicator", 3, "rule", "bands", 1, "range");
    `params` fill the catalogue's texts."""

    code: str
    path: Path
    params: dict[str, Any]


class Problems:
    """Collects mistakes. `limit` bounds the work on hostile input;
    `hints` looks for the nearest name.

    `strict`: an optional field must be left out rather than be empty; `lenient`:
    unknown fields may stand.
    """

    def __init__(
        self, limit: int = 500, *, hints: bool = True, strict: bool = False, lenient: bool = False
    ) -> None:
        self.found: list[Problem] = []
        self.limit, self.hints, self.strict, self.lenient = limit, hints, strict, lenient
        self._known: set[tuple[str, Path, Any]] = set()

    @property
    def full(self) -> bool:
        return len(self.found) >= self.limit

    def add(self, code: str, path: Path, **params: Any) -> None:
        given = {
            key: value if key in OURS or isinstance(value, NUMBERS) else shown(value)
            for key, value in params.items()
        }
        known = (code, path, given.get("actual", ""))
        if not self.full and known not in self._known:
            self._known.add(known)
            self.found.append(Problem(code, path, given))

    def errors(self) -> list[Problem]:
        """Those that are more than a warning."""
        return [problem for problem in self.found if CATALOGUE[problem.code][0] == "error"]

    def at(self, path: Path) -> bool:
        """Whether there is an error at this path or below it."""
        return any(problem.path[: len(path)] == path for problem in self.errors())

    def spoiling(self) -> list[Problem]:
        """Errors that make a score doubtful: not those of cases themselves,
        nor of what no score depends on."""
        return [p for p in self.errors() if p.code not in HARMLESS and p.path[2:3] != ("case",)]

    def hint(self, text: object, names: Iterable[str]) -> str:
        """`是否指“…”？`, or nothing."""
        if not self.hints or not isinstance(text, str) or len(text) > LONGEST:
            return ""
        from difflib import get_close_matches

        near = get_close_matches(text, list(names), 1, 0.5)
        return f"是否指“{near[0]}”？" if near else ""


def shown(value: object) -> str:
    """A value of any shape in a few words."""
    if isinstance(value, str):
        return value if len(value) <= 2000 else value[:LONGEST] + "…"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "很大的数"
    names = {dict: "一组数据", list: "列表", type(None): "空值", float: "二进制小数"}
    return names.get(type(value), "日期或别的类型")


def as_findings(problems: list[Problem], source: Any, cells: Cells | None = None) -> list[Finding]:
    """Findings for a person: with sheet and cell for Excel,
    with the field's key for a text file."""
    out = []
    for problem in problems:
        sheet, cell = cells(problem.path) if cells else ("", "")
        where = words(problem.path, source, keys=cells is None)
        defaults = {"hint": "", "expected": "", "actual": ""}
        out.append(
            finding(problem.code, sheet, cell, **{**defaults, **problem.params, "where": where})
        )
    return out


def words(path: Path, source: Any, *, keys: bool) -> str:
    """`指标“staff-control”的“标准”（rule.limit）`; the key in brackets only where `keys`."""
    if not path:
        return "指标体系"
    text, value = "", source
    fields: tuple[Field, ...] = TOP
    trail: list[str] = []
    field: Field | None = None
    for step in path:
        value = _inside(value, step)
        if isinstance(step, int):
            one = field.one if field else "条"
            named = value.get("id") or value.get("name") if isinstance(value, dict) else None
            if field and field.name == "indicator":
                text = (
                    f"指标“{named}”"
                    if isinstance(named, str) and named
                    else f"第 {step + 1} 条指标"
                )
            else:
                text += f"第 {step + 1} {one}"
            continue
        field = next((f for f in fields if f.name == step), None)
        label = field.label if field else shown(step)
        if field is None or field.type != "rule":
            text = f"{text}的“{label}”" if text else f"“{label}”"
        trail.append(str(step))
        fields = _inner_fields(field, value)
    if path[-1] == "rule":
        text += "的“规则”"
    key = ".".join(t for t in trail if t != "indicator")
    return f"{text}（{key}）" if keys and key else text


def _inner_fields(field: Field | None, value: Any) -> tuple[Field, ...]:
    if field is None:
        return ()
    if field.type == "rule":
        return rule_fields(value.get("kind") if isinstance(value, dict) else None)
    return target_fields() if field.type == "targets" else field.of


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return (
        value[step]
        if isinstance(value, list) and isinstance(step, int) and step < len(value)
        else None
    )
