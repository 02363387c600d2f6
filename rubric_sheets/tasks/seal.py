"""报送码 of a workbook; of a submission, whether it still fits what stands there."""

from __future__ import annotations

import re

from ..books.read import open_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.source import in_words
from ..checks.evaluation import evaluate, finding_json, together
from ..findings.finding import Finding, InputError
from ..ooxml.container import Container, read_file
from ..ooxml.faults import PackageFault
from ..records import Record
from ..seals import content, stamp
from ..seals.code import code_of, identity
from ..seals.compare import CODE, differences

PDF = b"%PDF-"
PAGES = re.compile(r"xl/worksheets/sheet\d+\.xml|word/(header|footer)\d*\.xml")


class Sealed(Record):
    """`kind`: book or submission; `rubric`: id, version and hash, "" where a file does not say."""

    kind: str
    code: str
    rubric: str
    findings: list[Finding]

    @property
    def holds(self) -> bool:
        return not self.findings

    @property
    def is_right(self) -> bool:
        """Is there nothing but words that changed?"""
        return not any(one.severity == "error" for one in self.findings)


def seal(path: str) -> Sealed:
    """Of a workbook (its code), or of a submission in .xlsx, .docx or .pdf.
    InputError file-…, seal-none."""
    try:
        data = read_file(path)[0]
    except PackageFault as fault:
        raise in_words(fault) from None
    found = submission(path, data)
    if found is not None:
        return found
    if data.startswith(PDF):
        raise InputError("seal-none", path=path)
    return _book(path)


def submission(path: str, data: bytes) -> Sealed | None:
    """What was handed in, beside what it records of itself; None for a file without such a
    record. InputError file-…."""
    try:
        return _pdf(data) if data.startswith(PDF) else _package(path, data)
    except PackageFault as fault:
        raise in_words(fault) from None


def _package(path: str, data: bytes) -> Sealed | None:
    package = Container(path, data, (0, 0, 0))
    found = stamp.read(package)
    if found is None:
        if package.has(content.DOCUMENT):
            raise InputError("seal-none", path=path)
        return None
    printed: set[str] = set()
    for name in package.names:
        if PAGES.fullmatch(name):
            text = re.sub("<[^>]+>", "", package.read(name).decode("utf-8", "replace"))
            printed |= set(CODE.findall(text))
    findings = differences(found, content.of_package(package), printed)
    return Sealed("submission", found.code, found.rubric, findings)


def _pdf(data: bytes) -> Sealed | None:
    try:
        found = stamp.read_pdf(data)
        now = content.of_pdf(data)
    except ValueError:
        return None
    if found is None:
        return None
    return Sealed("submission", found.code, found.rubric, differences(found, now, set()))


def _book(path: str) -> Sealed:
    try:
        readers = open_projects(path)
    except InputError as problem:
        if problem.findings[0].code == "book-not-ours":
            raise InputError("seal-none", path=path) from None
        raise
    first = readers[0]
    with foreign_rubric(path, first.published):
        parts = [evaluate(one.rubric, one.facts, one.published) for one in readers]
        evaluation = together(parts)
        return Sealed("book", code_of(evaluation), identity(evaluation.rubric), [])


def as_json(path: str, found: Sealed) -> dict[str, object]:
    """The object of `seal --json`; `holds` is null for a workbook: there is nothing to compare."""
    return {
        "file": path,
        "kind": found.kind,
        "code": found.code,
        "rubric": found.rubric,
        "holds": found.holds if found.kind == "submission" else None,
        "changed": [one.sheet for one in found.findings if one.sheet],
        "findings": [finding_json(one) for one in found.findings],
    }
