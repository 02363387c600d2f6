"""报送码 of a workbook; of a submission, whether it still fits what stands there."""

from __future__ import annotations

import re

from ..books.read import open_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.source import in_words
from ..checks.evaluation import evaluate, together
from ..findings.finding import Finding, InputError
from ..ooxml.container import Container
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
        with open(path, "rb") as file:
            is_pdf = file.read(len(PDF)) == PDF
    except OSError:
        is_pdf = False  # what is wrong is told where it is opened as a package
    try:
        return _pdf(path) if is_pdf else _package(path)
    except PackageFault as fault:
        raise in_words(fault) from None


def _package(path: str) -> Sealed:
    package = Container.open(path)
    found = stamp.read(package)
    if found is None:
        if package.has(content.DOCUMENT):
            raise InputError("seal-none", path=path)
        return _book(path)
    printed: set[str] = set()
    for name in package.names:
        if PAGES.fullmatch(name):
            text = re.sub("<[^>]+>", "", package.read(name).decode("utf-8", "replace"))
            printed |= set(CODE.findall(text))
    findings = differences(found, content.of_package(package), printed)
    return Sealed("submission", found.code, found.rubric, findings)


def _pdf(path: str) -> Sealed:
    with open(path, "rb") as file:
        data = file.read()
    try:
        found = stamp.read_pdf(data)
        now = content.of_pdf(data)
    except ValueError:
        raise InputError("seal-none", path=path) from None
    if found is None:
        raise InputError("seal-none", path=path)
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
