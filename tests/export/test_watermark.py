"""草稿 lies across every page of a draft, and of nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader, PdfWriter

from rubric_sheets.export.watermark import NAME, PICTURE, on_document, on_pdf
from rubric_sheets.seals.stamp import stamped_pdf

from ..books import FULL, JUDGED, new, run

Capture = pytest.CaptureFixture[str]
DRAFT = {"facts": {"单位名称": "某局", "编制数": 14, "在职人员数": 15}}
WHOLE = {**FULL, "claims": {name: {"自评得分": points} for name, points in JUDGED.items()}}


def media(data: bytes) -> list[bytes]:
    package = zipfile.ZipFile(io.BytesIO(data))
    return [package.read(name) for name in package.namelist() if "/media/" in name]


def wrong(path: Path) -> list[str]:
    return [one.description for one in OpenXmlValidator().validate(str(path)).errors]


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_a_draft_has_it_and_a_submission_has_not(
    tmp_path: Path, capsys: Capture, ending: str
) -> None:
    for name, data, wanted in (("草稿", DRAFT, [PICTURE.read_bytes()]), ("报送", WHOLE, [])):
        book, out = new(tmp_path / f"{name}.xlsx", data), tmp_path / f"{name}件{ending}"
        run(capsys, "export", book, str(out), "--force")
        again = tmp_path / f"{name}又一件{ending}"
        run(capsys, "export", book, str(again), "--force")
        assert set(media(out.read_bytes())) == set(wanted)
        assert out.read_bytes() == again.read_bytes()
        assert OpenXmlValidator().validate(str(out)).is_valid
        assert run(capsys, "seal", str(out)).code == 0


def test_every_page_of_a_pdf_has_it_under_its_text() -> None:
    writer = PdfWriter()
    for wide, high in ((595, 842), (842, 595)):
        writer.add_blank_page(wide, high)
    plain = io.BytesIO()
    writer.write(plain)
    marked = on_pdf(plain.getvalue())
    for page in PdfReader(io.BytesIO(marked)).pages:
        [picture] = page.images
        assert picture.image is not None
        assert picture.image.size == (800, 800)
        first = page["/Contents"][0].get_object().get_data()  # type: ignore[index]
        assert first.startswith(b"q ")
        assert first.endswith(f"{NAME} Do Q\n".encode())
    assert on_pdf(plain.getvalue()) == marked
    stamped_pdf(marked, "AAAA-BBBB-CCCC", "project")


def test_a_document_without_a_header_gets_one(tmp_path: Path) -> None:
    document = Document()
    document.add_section()
    document.sections[0].different_first_page_header_footer = True
    path = tmp_path / "a.docx"
    document.save(str(path))
    before = wrong(path)  # what python-docx's own template is blamed for
    on_document(document)
    document.save(str(path))
    assert media(path.read_bytes()) == [PICTURE.read_bytes()]
    for section in Document(str(path)).sections:
        assert 'behindDoc="1"' in section.header._element.xml
    assert wrong(path) == before
