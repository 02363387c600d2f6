"""报送码: what it binds, and that a submission that was changed afterwards is told, with its part."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader, PdfWriter

from rubric_sheets.authoring.find import find
from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.findings.finding import InputError
from rubric_sheets.seals.code import canonical, code_of
from rubric_sheets.tasks.score import score_book
from rubric_sheets.tasks.seal import seal
from rubric_sheets.tasks.submit import write
from xlwings_libreoffice.program import find_soffice

from .books import FULL, new, run, type_in

Capture = pytest.CaptureFixture[str]
PATTERN = re.compile("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}")


def evaluated(changes: dict[str, Any] | None = None, **facts: Any) -> Evaluation:
    data = {**FULL, **(changes or {}), "facts": {**dict(FULL["facts"]), **facts}}
    rubric = find("yueyang-department")
    own = blank(rubric)
    apply(rubric, own, data)
    return evaluate(rubric, own)


# -- what it binds


def test_the_code_is_the_beginning_of_the_canonical_forms_hash() -> None:
    """As docs/seal.md says: 60 bits, in Crockford's base 32."""
    evaluation = evaluated()
    bits = int(sha256(canonical(evaluation).encode()).hexdigest()[:15], 16)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    signs = "".join(alphabet[bits >> 5 * (11 - place) & 31] for place in range(12))
    assert code_of(evaluation) == f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
    assert PATTERN.fullmatch(code_of(evaluation))


def test_the_canonical_form_has_one_spelling() -> None:
    text = canonical(evaluated())
    assert (
        json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        == text
    )
    assert code_of(evaluated()) == code_of(evaluated())
    assert code_of(evaluated(编制数="14.0")) == code_of(evaluated(编制数=14))


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": {"编制数": 15}},
        {"facts": {"单位名称": "另一个单位"}},
        {"facts": {"公务卡刷卡额": None}},
        {"claims": {"staff-control": {"自评得分": 4}}},
        {"claims": {"staff-control": {"自评得分": 5, "说明": "有说明"}}},
    ],
)
def test_whatever_is_filled_in_is_bound(changes: dict[str, Any]) -> None:
    other = evaluated()
    apply(other.rubric, other.facts, changes)
    assert code_of(evaluate(other.rubric, other.facts)) != code_of(evaluated())


@pytest.mark.parametrize("key", ["version", "id", "title"])
def test_the_rubric_is_bound_to_the_letter(key: str) -> None:
    before = evaluated()
    rubric: Any = {**before.rubric, key: before.rubric[key] + "x"}  # type: ignore[literal-required]
    assert code_of(evaluate(rubric, before.facts)) != code_of(before)


def test_scoring_a_book_leaves_its_code(tmp_path: Path) -> None:
    book = new(tmp_path / "自评.xlsx")
    before = seal(book).code
    score_book(book, write=True)
    assert seal(book).code == before
    type_in(book, 编制数=15)
    assert seal(book).code != before


# -- submissions


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    book = new(folder / "自评.xlsx")
    for kind in ("xlsx", "docx", "pdf"):
        write(book, str(folder / f"报送.{kind}"))
    return folder


def copy(folder: Path, name: str, to: Path) -> Path:
    return Path(shutil.copy(folder / name, to / name))


def codes(path: Path) -> list[tuple[str, str]]:
    return [(one.code, one.sheet) for one in seal(str(path)).findings]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_every_kind_has_the_code_of_its_book(handed_in: Path, kind: str) -> None:
    found, book = seal(str(handed_in / f"报送.{kind}")), seal(str(handed_in / "自评.xlsx"))
    assert (found.kind, book.kind) == ("submission", "book")
    assert (found.code, found.rubric) == (book.code, book.rubric)
    assert found.findings == []


def test_the_code_stands_on_every_page(handed_in: Path) -> None:
    code = seal(str(handed_in / "自评.xlsx")).code
    for sheet in openpyxl.load_workbook(handed_in / "报送.xlsx"):
        assert code in sheet.oddFooter.center.text
    footer = docx.Document(handed_in / "报送.docx").sections[0].footer
    assert code in "".join(paragraph.text for paragraph in footer.paragraphs)
    for page in PdfReader(handed_in / "报送.pdf").pages:
        assert code in page.extract_text()


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_office_would_open_it(handed_in: Path, kind: str) -> None:
    assert OpenXmlValidator().validate(handed_in / f"报送.{kind}").errors == []


def test_a_figure_of_a_workbook_that_was_changed(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book["收支表"].iter_rows() for cell in row]
    next(cell for cell in cells if isinstance(cell.value, float)).value += 1
    book.save(path)
    assert codes(path) == [("seal-figures-changed", "收支表")]


def test_words_that_were_changed_are_told_apart(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book["基本情况"]["A1"].value = "附件（改）2-1"
    book.create_sheet("补充")["A1"] = "后来添的"
    book.save(path)
    assert codes(path) == [("seal-words-changed", "基本情况"), ("seal-part-added", "补充")]


def test_a_sheet_that_is_gone(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    del book["三公"]
    book.save(path)
    assert codes(path) == [("seal-part-gone", "三公")]


def test_a_figure_of_a_report_that_was_changed(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.docx", tmp_path)
    document = docx.Document(path)
    cell = next(
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if re.fullmatch(r"\d+\.\d\d", cell.text)
    )
    cell.paragraphs[0].runs[0].text = "99.99"
    document.save(path)
    assert codes(path) == [("seal-figures-changed", "二、部门（单位）收支情况")]


def test_a_report_that_is_written_further(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.docx", tmp_path)
    document = docx.Document(path)
    place = next(one for one in document.paragraphs if one.text == "（请填写）")
    place.runs[0].text = "预算编制还不够细。"
    document.save(path)
    assert codes(path) == [("seal-words-changed", "五、评价报告综述")]


def test_a_page_of_a_pdf_that_was_changed(handed_in: Path, tmp_path: Path) -> None:
    """The pages of another year under the record of this one."""
    book = new(tmp_path / "改.xlsx", {**FULL, "facts": {**dict(FULL["facts"]), "编制数": 15}})
    write(book, str(tmp_path / "改.pdf"))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "改.pdf"))
    writer.metadata = None
    writer.add_metadata(dict(PdfReader(handed_in / "报送.pdf").metadata or {}))
    out = io.BytesIO()
    writer.write(out)
    path = tmp_path / "报送.pdf"
    path.write_bytes(out.getvalue())
    assert ("seal-figures-changed", "第 1 页") in codes(path)


def rewritten(path: Path, part: str, old: str, new_text: str) -> None:
    """One part of a package with another text."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new_text.encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_another_code_on_a_page(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.xlsx", tmp_path)
    code = seal(str(path)).code
    rewritten(path, "xl/worksheets/sheet2.xml", code, "0000-0000-0000")
    assert codes(path) == [("seal-record-changed", "")]


def test_another_record(handed_in: Path, tmp_path: Path) -> None:
    path = copy(handed_in, "报送.docx", tmp_path)
    rewritten(path, "docProps/custom.xml", "sha256:", "sha256:0")
    assert codes(path) == [("seal-record-changed", "")]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_saved_again_by_libreoffice_it_still_holds(
    handed_in: Path, tmp_path: Path, kind: str
) -> None:
    command = [
        find_soffice(),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(handed_in / f"报送.{kind}"),
    ]
    path = tmp_path / f"报送.{kind}"
    for _ in range(3):  # a fresh profile may make the first start end early
        subprocess.run(command, capture_output=True, timeout=300, check=False)
        if path.exists():
            break
    found = seal(str(path))
    assert [one for one in found.findings if one.severity == "error"] == []


# -- the commands


def test_seal_says_what_it_is(handed_in: Path, capsys: Capture) -> None:
    done = run(capsys, "seal", str(handed_in / "自评.xlsx"))
    code = seal(str(handed_in / "自评.xlsx")).code
    assert (done.code, f"工作簿，报送码 {code}（yueyang-department 2021.1）" in done.out) == (
        0,
        True,
    )
    done = run(capsys, "seal", str(handed_in / "报送.pdf"))
    assert (done.code, "与报送时相符。" in done.out) == (0, True)


def test_check_recognises_what_was_handed_in(
    handed_in: Path, tmp_path: Path, capsys: Capture
) -> None:
    path = copy(handed_in, "报送.xlsx", tmp_path)
    done = run(capsys, "check", str(path))
    assert (done.code, done.err, "与报送时相符。" in done.out) == (0, "", True)
    book = openpyxl.load_workbook(path)
    book["收支表"]["A40"] = 1
    book.save(path)
    for command in ("seal", "check"):
        done = run(capsys, command, str(path), "--json")
        told = json.loads(done.out)
        assert (done.code, told["holds"], told["changed"]) == (1, False, ["收支表"])
    done = run(capsys, "check", str(path), str(handed_in / "自评.xlsx"), "--json")
    assert [one.get("kind") for one in json.loads(done.out)] == ["submission", None]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK", b"text"])
def test_what_has_no_code(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError):
        seal(str(path))


def test_a_foreign_workbook_has_none(tmp_path: Path) -> None:
    for name, save in (("a.xlsx", openpyxl.Workbook().save), ("a.docx", docx.Document().save)):
        save(tmp_path / name)
        with pytest.raises(InputError) as caught:
            seal(str(tmp_path / name))
        assert [one.code for one in caught.value.findings] == ["seal-none"]


def test_audit_recognises_what_was_handed_in(handed_in: Path, tmp_path: Path) -> None:
    from rubric_sheets.audit.inputs import Input
    from rubric_sheets.audit.judging import judge

    path = copy(handed_in, "报送.xlsx", tmp_path)
    told = json.loads(judge(Input(path.name, str(path), str(tmp_path))).check)
    assert (told["kind"], told["holds"]) == ("submission", True)
    book = openpyxl.load_workbook(path)
    book["收支表"]["A40"] = 1
    book.save(path)
    told = json.loads(judge(Input(path.name, str(path), str(tmp_path))).check)
    assert (told["holds"], told["changed"]) == (False, ["收支表"])
