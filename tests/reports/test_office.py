"""PDF files that LibreOffice makes, and old formats through it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from rubric_sheets.reports.output import Result
from rubric_sheets.reports.reading.office import convert
from rubric_sheets.tasks.read_report import read_report

from . import miniatures
from .documents import Block, as_docx, as_xlsx, save


def codes(result: Result) -> list[str]:
    return sorted(one.finding.code for one in result.told)


@pytest.mark.parametrize("blocks", [miniatures.FORM, miniatures.CATEGORIES], ids=["form", "prose"])
def test_a_pdf_says_what_the_document_says(tmp_path: Path, blocks: list[Block]) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(convert(as_docx(blocks), "报告.docx", "pdf"))
    result = read_report(str(path))
    assert codes(result) == codes(read_report(save(tmp_path, blocks, "docx")))
    assert result.report.document.pages >= 1
    assert all(one.evidence.spot.page for one in result.statements)


def test_old_word_documents(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    path.write_bytes(convert(as_docx(miniatures.FORM), "报告.docx", "doc"))
    result = read_report(str(path))
    assert result.main.part.facts["累计结余"][0].value == Fraction("63.63")
    # LibreOffice itself writes some merged tables of a .doc as text
    assert {"report-places-differ", "sum-rounding"} <= set(codes(result))


def test_old_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "报告.xls"
    path.write_bytes(convert(as_xlsx(miniatures.ROADS), "报告.xlsx", "xls"))
    result = read_report(str(path))
    assert result.main.part.facts["年度资金总额全年执行数"][0].value == 285
    assert codes(result) == []


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubric_sheets.findings.finding import InputError
    from xlwings_libreoffice import program
    from xlwings_libreoffice.errors import OfficeMissing

    def missing() -> str:
        raise OfficeMissing("")

    monkeypatch.setattr(program, "find_soffice", missing)
    path = tmp_path / "报告.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument" * 100)
    with pytest.raises(InputError) as caught:
        read_report(str(path))
    assert caught.value.findings[0].code == "report-no-office"
