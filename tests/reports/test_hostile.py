"""Files that are damaged, hostile or strange: a clear line, or what can be read of them."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest

from rubric_sheets.commands.cli import main
from rubric_sheets.findings.finding import InputError
from rubric_sheets.reports.reading.document import Document
from rubric_sheets.reports.reading.open import content, of_bytes

from . import miniatures
from .documents import as_docx, as_text, as_xlsx

DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(path: str) -> Document:
    return of_bytes(path, content(path))


def word(body: str, **parts: bytes) -> bytes:
    """A .docx with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            DOCUMENT,
            f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
        )
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def texts(folder: Path, data: bytes) -> list[str]:
    path = folder / "报告.docx"
    path.write_bytes(data)
    return [one.text for one in document(str(path)).passages()]


def code(folder: Path, data: bytes, name: str = "报告.docx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        document(str(path))
    return caught.value.findings[0].code


def test_damaged_files(tmp_path: Path) -> None:
    whole = as_docx(miniatures.PROSE)
    assert code(tmp_path, whole[:2000]) == "report-damaged"
    assert code(tmp_path, b"") == "report-damaged"
    assert code(tmp_path, b"\0" * 5000) == "report-damaged"
    assert code(tmp_path, bytes(range(256)) * 40) == "report-other-kind"
    assert code(tmp_path, b"%PDF-1.7 and no more", "报告.pdf") == "report-damaged"
    assert code(tmp_path, word("<w:p>")) == "report-damaged"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert code(tmp_path, word(paragraph(run("零" * 4_000_000)))) == "report-too-large"


def test_no_entities(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(DOCUMENT, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    assert code(tmp_path, out.getvalue()) == "report-damaged"


def test_a_document_without_text(tmp_path: Path) -> None:
    assert code(tmp_path, word(paragraph(""))) == "report-no-text"


def test_an_encrypted_document(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40
    assert code(tmp_path, data) == "report-encrypted"


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    body = paragraph(
        run("编制")
        + f"<w:ins>{run('14')}</w:ins><w:del><w:r><w:delText>41</w:delText></w:r></w:del>"
        + run("人")
    )
    assert texts(tmp_path, word(body)) == ["编制14人"]


def test_text_boxes_and_alternatives_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('框内'))}</w:txbxContent>"
    body = paragraph(
        run("框外")
        + f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(tmp_path, word(body)) == ["框外", "框内"]


def test_content_controls_fields_and_nested_tables(tmp_path: Path) -> None:
    cell = lambda inside: f"<w:tc>{inside}</w:tc>"  # noqa: E731
    inner = f"<w:tbl><w:tr>{cell(paragraph(run('内')))}</w:tr></w:tbl>"
    body = (
        f"<w:sdt><w:sdtContent>{paragraph(run('控件'))}</w:sdtContent></w:sdt>"
        + paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("3"))
        + f"<w:tbl><w:tr>{cell(paragraph(run('外')) + inner)}</w:tr></w:tbl>"
    )
    assert texts(tmp_path, word(body)) == ["控件", "3", "外", "内"]


ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_of_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    wanted = as_text(miniatures.PROSE)
    path.write_bytes(wanted.encode(encoding))
    assert [one.text for one in document(str(path)).paragraphs][:2] == miniatures.PROSE[:2]


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n"])
def test_line_ends(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(as_text(miniatures.FORM).replace("\n", ending).encode())
    made = document(str(path))
    assert len(made.tables) == 2


def test_signs_that_nobody_sees(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "2021年度绩效自评报告\n核定编\u200b制\ufeff14人，实有在职人\u00ad员13人。\n", "utf-8"
    )
    from rubric_sheets.tasks.read_report import read_report

    facts = read_report(str(path)).main.part.facts
    assert (facts["编制数"][0].value, facts["在职人员数"][0].value) == (14, 13)


def test_a_table_of_many_rows(tmp_path: Path) -> None:
    rows = [f"{n} | 项目{n} | {n}" for n in range(10_000)]
    path = tmp_path / "报告.txt"
    path.write_text(
        as_text(["2021年度绩效自评报告，自评总分92分。", ["序号 | 名称 | 金额（万元）", *rows]]),
        "utf-8",
    )
    assert main(["check", str(path)]) == 0


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_never_end_in_a_traceback(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    source = random.Random(seed)
    makers = (as_docx, as_xlsx, lambda blocks: as_text(blocks).encode())
    data = bytearray(makers[seed % 3](miniatures.PROJECT))
    for _ in range(source.randrange(1, 40)):
        data[source.randrange(len(data))] = source.randrange(256)
    path = tmp_path / ("报告" + (".docx", ".xlsx", ".txt")[seed % 3])
    path.write_bytes(bytes(data))
    assert main(["check", str(path)]) in (0, 1, 2)


def test_a_report_by_another_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Content decides, not the ending."""
    path = tmp_path / "报告.txt"
    path.write_bytes(as_docx(miniatures.PROSE))
    assert main(["check", str(path)]) == 1
    assert "baojing-2019" in capsys.readouterr().out


def test_docx_of_the_library_reads_the_same(tmp_path: Path) -> None:
    made = as_docx(miniatures.PROSE)
    assert texts(tmp_path, made) == [
        one.text for one in docx.Document(io.BytesIO(made)).paragraphs if one.text
    ]


def picture(wide: int, high: int) -> bytes:
    """A .docx with one picture between two sentences; sizes in mm."""
    made = docx.Document()
    made.add_paragraph("2021年度绩效自评报告，自评总分92分。")
    made.add_picture(io.BytesIO(PNG), width=wide * 36_000, height=high * 36_000)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "08d763f8ffff3f0005fe02fea735818e0000000049454e44ae426082"
)


@pytest.mark.parametrize(("wide", "high", "is_told"), [(150, 90, True), (20, 20, False)])
def test_a_table_that_is_a_picture_is_told(
    tmp_path: Path, wide: int, high: int, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(picture(wide, high))
    assert main(["check", str(path)]) == 0
    assert ("1 张大图片" in capsys.readouterr().out) is is_told


def test_half_of_the_tables(tmp_path: Path) -> None:
    """The score table without the tables of figures: what can be judged is judged."""
    from rubric_sheets.tasks.read_report import read_report

    path = tmp_path / "报告.docx"
    path.write_bytes(as_docx([*miniatures.FORM[:4], *miniatures.FORM[5:]]))
    main_part = read_report(str(path)).main.part
    assert main_part.rubric["id"] == "yueyang-department"
    assert "累计结余" not in main_part.facts
    assert len(main_part.items) == 25


def test_a_scanned_page_among_others(tmp_path: Path) -> None:
    from rubric_sheets.reports.reading.office import convert

    made = docx.Document(io.BytesIO(as_docx(miniatures.PROSE)))
    made.add_page_break()
    made.add_picture(io.BytesIO(PNG), width=150 * 36_000, height=200 * 36_000)
    out = io.BytesIO()
    made.save(out)
    path = tmp_path / "报告.pdf"
    path.write_bytes(convert(out.getvalue(), "报告.docx", "pdf"))
    found = document(str(path))
    assert found.missing == [f"第 {found.pages} 页没有文字，是图片或扫描件"]
