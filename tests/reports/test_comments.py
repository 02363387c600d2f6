"""Comments in the original document: at their places, and nothing else is touched."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from rubric_sheets.commands.cli import main

from . import miniatures
from .documents import as_docx, save

MARK = (
    rb'<w:commentRange(?:Start|End) w:id="[0-9]+"/>|<w:r><w:commentReference w:id="[0-9]+"/></w:r>'
)
CHANGED = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


@pytest.fixture
def marked(tmp_path: Path) -> tuple[Path, Path]:
    """The original and the one with comments."""
    source, out = Path(save(tmp_path, miniatures.FORM, "docx")), tmp_path / "批注.docx"
    assert main(["check", str(source), "--marked", str(out)]) == 1
    return source, out


def test_comments_stand_at_their_places(marked: tuple[Path, Path]) -> None:
    document = docx.Document(marked[1])
    texts = [one.text for one in document.comments]
    assert texts[0].startswith("1.［错误］“实有人数”前后不一致")
    assert texts[1] == "1.［错误］见第 1 条。"
    about = next(p for p in document.paragraphs if "144人" in p.text)
    number = re.search(r'commentReference w:id="([0-9]+)"', about._p.xml)[1]
    assert document.comments.get(int(number)).text == texts[1]
    assert document.tables[0].cell(2, 6).paragraphs[0]._p.xml.count("commentReference") == 1


def test_the_rest_stays_byte_for_byte(marked: tuple[Path, Path]) -> None:
    old, new = (zipfile.ZipFile(path) for path in marked)
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
    for name in old.namelist():
        if name not in CHANGED:
            assert new.read(name) == old.read(name)
    name = "word/document.xml"
    assert re.sub(MARK, b"", new.read(name)) == old.read(name)
    assert len(re.findall(MARK, new.read(name))) > 10


def test_the_marked_one_says_the_same(
    marked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    shown = []
    for path in marked:
        main(["check", str(path)])
        shown.append(capsys.readouterr().out.replace(str(path), ""))
    assert shown[0] == shown[1]


def test_a_document_with_comments_is_left_alone(
    marked: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "再批注.docx"
    assert main(["check", str(marked[1]), "--marked", str(again)]) == 2
    assert "已经有批注" in capsys.readouterr().err
    assert not again.exists()


def test_only_word_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "批注.docx")
    assert main(["check", save(tmp_path, miniatures.PROSE, "txt"), "--marked", out]) == 2
    assert main(["check", save(tmp_path, miniatures.PROSE, "xlsx"), "--marked", out]) == 2
    assert capsys.readouterr().err.count("只能在 .docx 上加批注") == 2


def test_an_empty_paragraph_before_the_text(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(as_docx(miniatures.PROSE)))
    document.paragraphs[3].insert_paragraph_before("")
    path, out = tmp_path / "报告.docx", tmp_path / "批注.docx"
    document.save(path)
    main(["check", str(path), "--marked", str(out)])
    texts = [one.text for one in docx.Document(out).comments]
    assert any("“投入”自评小计 13 分" in text for text in texts)


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the report itself, nor what somebody wrote before; and neither output is made where
    one of them cannot be."""
    source, taken = Path(save(tmp_path, miniatures.FORM, "docx")), tmp_path / "意见.docx"
    taken.write_bytes(b"mine")
    before = source.read_bytes()
    assert main(["check", str(source), "--marked", str(source)]) == 2
    new = tmp_path / "批注.docx"
    assert main(["check", str(source), "--marked", str(new), "--out", str(taken)]) == 2
    assert (source.read_bytes(), taken.read_bytes(), new.exists()) == (before, b"mine", False)
    assert capsys.readouterr().err.count("已存在，未覆盖") == 2


def test_no_opinion_of_what_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "信.txt", tmp_path / "意见.docx"
    path.write_text("您好。\n", "utf-8")
    assert main(["check", str(path), "--out", str(out)]) == 2
    assert "没有什么可核对的" in capsys.readouterr().err
    assert not out.exists()
