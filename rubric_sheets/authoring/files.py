"""A rubric out of a file of an author's own, TOML or Excel; checked,
with every mistake where it stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..findings.file_faults import border
from ..findings.finding import Finding, InputError
from ..ooxml.book import Book
from ..places.names import META_SHEET
from ..rubric.load import complete, published_source, read_toml, resolve
from ..rubric.model import Rubric
from ..rubric.order import in_order
from .lint.check import check_source
from .problems import Path, Problem, Problems, as_findings

if TYPE_CHECKING:
    from .excel.source import ExcelSource

EXTENSIONS = (".toml", ".xlsx", ".xlsm")


# What a workbook cannot hold, or what would lose its owner there.
UNWRITABLE = frozenset(
    (
        "rubric-missing",
        "rubric-unknown-field",
        "rubric-type",
        "rubric-not-number",
        "rubric-choice",
        "rubric-text",
        "rubric-id",
        "rubric-duplicate",
        "rubric-levels",
        "rubric-rule-unknown",
        "rubric-parameter-unknown",
        "rubric-indicator-unknown",
    )
)


class Loaded(NamedTuple):
    """An expanded source, what reading complained of, and, of a workbook, the cell of everything
    in it."""

    source: dict[str, Any]
    findings: list[Finding]
    excel: ExcelSource | None = None


def read_source(path: str, *, filled: bool = False) -> Loaded:
    """Read a rubric file; with `filled`, also what a workbook that units fill in carries. Raises
    InputError for a file that cannot be read at all."""
    kind = os.path.splitext(path)[1].lower()
    if kind not in EXTENSIONS:
        raise InputError("rubric-extension", path=path)
    if kind == ".toml":
        raw = read_toml(path)
        source, problems = _complete(raw, path)
        return Loaded(source, as_findings(problems, raw))
    if filled and (carried := _carried(path)):
        return Loaded(carried, [])
    from .excel.read import read_excel

    excel = read_excel(path)
    return Loaded(excel.source, excel.findings, excel)


def _carried(path: str) -> dict[str, Any] | None:
    """The source of the rubric of a workbook that units fill in; None where it is none."""
    from ..rubric.unfold import source_of
    from .carried import carried, entries

    with border():
        book = Book.open(path)
        if META_SHEET not in book.sheets:
            return None
        rubric, published = carried(entries(book.sheet(META_SHEET).cell), path)
    if published:
        return in_order(complete(published_source(rubric["id"])))
    return source_of(rubric)


def _complete(raw: dict[str, Any], path: str) -> tuple[dict[str, Any], list[Problem]]:
    """The source with what it extends, and ids that the base does not have."""
    if "extends" not in raw:
        return in_order(raw), []
    read = _reader(os.path.dirname(os.path.abspath(path)))
    raw = {**raw, "extends": _placed(str(raw["extends"]), os.path.dirname(os.path.abspath(path)))}
    try:
        source = in_order(complete(raw, read))
        base = complete({"extends": raw["extends"]}, read)
        known = {spec["id"] for spec in base["indicator"]}
        names = {*base.get("ratios", {}), *base.get("groups", {})}
        names |= {fact["name"] for fact in base.get("fact", [])}
        wanted: list[tuple[Path, Any]] = [
            (("remove", i), id_) for i, id_ in enumerate(raw.get("remove", [])) if id_ not in names
        ]
        wanted += [
            (("indicator", i, "id"), spec["id"])
            for i, spec in enumerate(raw.get("indicator", []))
            if "levels" not in spec
        ]
        wanted += [
            (("indicator", i, "before"), spec["before"])
            for i, spec in enumerate(raw.get("indicator", []))
            if "before" in spec
        ]
        problems = Problems()
        for place, id_ in wanted:
            if id_ not in known:
                problems.add(
                    "rubric-indicator-unknown", place, actual=id_, hint=problems.hint(id_, known)
                )
        return source, problems.found
    except (AttributeError, LookupError, TypeError, ValueError):
        what = "extends 之外的写法不合格式，无法与原指标体系合并"
        raise InputError(
            "rubric-unreadable", path=path, what=what, suggestion="请对照原指标体系改正后再试。"
        ) from None


def _placed(name: str, folder: str) -> str:
    """A file that is extended, with its folder; an id as it is."""
    is_file = os.path.splitext(name)[1].lower() in EXTENSIONS
    return os.path.join(folder, name) if is_file else name


def _reader(folder: str) -> Callable[[str], dict[str, Any]]:
    """How what is extended is read: a published id, or a file beside the one that names it."""

    def read(name: str) -> dict[str, Any]:
        path = _placed(name, folder)
        kind = os.path.splitext(path)[1].lower()
        if kind not in EXTENSIONS:
            return published_source(name)
        if kind != ".toml":
            loaded = read_source(path, filled=True)
            errors = [one for one in loaded.findings if one.severity == "error"]
            if errors:
                raise InputError.of(errors)
            return loaded.source
        source = read_toml(path)
        if "extends" in source:
            source["extends"] = _placed(str(source["extends"]), os.path.dirname(path))
        return source

    return read


def findings_of(loaded: Loaded) -> list[Finding]:
    """Every mistake, in the order of the file."""
    problems = check_source(loaded.source)
    if loaded.excel is None:
        return loaded.findings + as_findings(problems, loaded.source)
    from .excel.causes import without_consequences
    from .excel.words import excel_findings

    left, more = without_consequences(problems, loaded.excel)
    found = loaded.findings + more + excel_findings(left, loaded.source, loaded.excel.place)
    return sorted(found, key=_place)


def _place(one: Finding) -> tuple[int, int, int]:
    """Sheets in the order of the workbook, then row by row; what concerns the whole comes first."""
    from ..places.addresses import cell
    from .excel.columns import SHEETS

    sheet = list(SHEETS).index(one.sheet) if one.sheet in SHEETS else -1
    return (sheet, *(cell(one.cell) if one.cell else (0, 0)))


class Writable(NamedTuple):
    """A source that can be written as another file, and its findings."""

    loaded: Loaded
    findings: list[Finding]

    def workbook(self) -> bytes:
        """As a workbook to be edited, with what an author had added to the one it came from."""
        from .excel.rewrite import rewritten
        from .excel.write import workbook

        source, excel = self.loaded.source, self.loaded.excel
        return workbook(source) if excel is None else rewritten(excel)


def writable(path: str) -> Writable:
    """Raises InputError for errors that would not survive."""
    loaded = read_source(path, filled=True)
    found = findings_of(loaded)
    reading = {finding_.code for finding_ in loaded.findings if finding_.severity == "error"}
    fatal = [
        one
        for one in found
        if one.severity == "error" and (one.code in UNWRITABLE or one.code in reading)
    ]
    if fatal:
        raise InputError.of(fatal)
    return Writable(loaded, found)


def read_rubric_file(path: str) -> Rubric:
    """The resolved rubric of a file. Raises InputError with every error where there is one."""
    loaded = read_source(path)
    errors = [one for one in findings_of(loaded) if one.severity == "error"]
    if errors:
        raise InputError.of(errors)
    return resolve(loaded.source)
