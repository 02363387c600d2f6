"""The submission as LibreOffice prints it: as many pages as were planned,
and everything on them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.export import handed_in
from rubric_sheets.export.draft import why
from rubric_sheets.findings.finding import InputError
from rubric_sheets.places.names import SCORE_SHEET
from rubric_sheets.tasks.submit import write

from .conftest import NAMES, Case, need_office, stock, told


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(params=NAMES)
def printed(
    request: pytest.FixtureRequest, cases: dict[str, Case], pdfs: Path
) -> tuple[Case, Path]:
    return cases[request.param], pdfs / f"{request.param}.pdf"


def test_page_ends_are_where_they_were_planned(printed: tuple[Case, Path]) -> None:
    case, pdf = printed
    assert pages_of(pdf) == sum(len(page.breaks) + 1 for page in case.pages)


def test_pages_end_there_in_a_stock_libreoffice_too(cases: dict[str, Case], tmp_path: Path) -> None:
    folder = stock([one.out for one in cases.values()], tmp_path)
    for name, case in cases.items():
        assert (name, pages_of(folder / f"{name}.pdf")) == (
            name,
            sum(len(page.breaks) + 1 for page in case.pages),
        )


@pytest.mark.parametrize("few_fonts", [False, True])
def test_a_workbook_prints_its_score_table_in_whole_rows(
    cases: dict[str, Case], tmp_path: Path, few_fonts: bool
) -> None:
    """Each of its pages has the first and the last column,
    whatever fonts stand in for the missing ones."""
    folder = stock([one.book for one in cases.values()], tmp_path, few_fonts)
    for case in cases.values():
        name, planned = case.book.stem, planned_pages(case.book)
        text = told("pdftotext", "-raw", str(folder / f"{name}.pdf"), "-").split("\f")[:-1]
        if "targets" in case.evaluation.rubric:
            heads = ("一级指标", "偏差原因分析及改进措施", "扣分原因")
            forms = [
                page
                for page in map(plain, text)
                if any(head in page for head in heads[1:]) and "格子的颜色" not in page
            ]
            assert len(forms) == planned, name
            assert all(head in page for page in forms for head in heads), name
            continue
        shown = [page for page in map(plain, text) if "适用分值" in page or "其他说明" in page]
        scores = [page for page in shown if "测算得分" in page and "指标体系" not in page]
        assert len(scores) == planned, name
        assert all("一级指标" in page and "其他说明适用分值" in page for page in scores), name


def planned_pages(book: Path) -> int:
    """How many pages the score tables of a workbook were meant to take."""
    sheets = [
        sheet for sheet in openpyxl.load_workbook(book) if sheet.title.startswith(SCORE_SHEET)
    ]
    return sum(len(sheet.row_breaks.brk) + 1 for sheet in sheets)


def pages_of(pdf: Path) -> int:
    found = re.search(r"^Pages: +(\d+)$", told("pdfinfo", str(pdf)), re.MULTILINE)
    assert found
    return int(found[1])


def test_everything_is_on_paper(printed: tuple[Case, Path]) -> None:
    case, pdf = printed
    text = plain(told("pdftotext", "-raw", str(pdf), "-"))
    values = case.evaluation.facts.values
    unit = values.get("单位名称") or values.get("实施单位")
    assert not isinstance(unit, str) or plain(unit) in text
    for result in filter(handed_in.is_used, case.evaluation.card.results):
        if "targets" not in case.evaluation.rubric or "row" in result.spec:
            assert plain(result.spec["levels"][-1]) in text
        assert plain(result.spec["standard"]) in text or "targets" in case.evaluation.rubric
        note = plain(handed_in.note_of(result))
        for part in (note[:20], note[-20:]):  # a long one goes on in the next row or page
            assert part in text
    for word in ("总分", "评价等次", "第1页"):
        assert word in text
    assert ("草稿" in text) == bool(why(case.evaluation))


def test_the_draft_mark_is_on_every_page(cases: dict[str, Case], pdfs: Path) -> None:
    drafts = [name for name, case in cases.items() if why(case.evaluation)]
    assert drafts
    pages = told("pdftotext", str(pdfs / f"{drafts[0]}.pdf"), "-").split("\f")[:-1]
    assert all("草稿" in plain(page) for page in pages)


def test_pdf_by_the_one_way_in(cases: dict[str, Case], tmp_path: Path) -> None:
    need_office()
    out = tmp_path / "报送 表.PDF"
    assert write(str(cases["ziyang-2022"].book), str(out)) == str(out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        (
            "/no/such/soffice",
            "export-no-office",
            "sudo apt install libreoffice-calc fonts-noto-cjk",
        ),
        ("/bin/false", "export-pdf-failed", "退出码 1"),
    ],
)
def test_no_libreoffice(
    cases: dict[str, Case],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    code: str,
    said: str,
) -> None:
    monkeypatch.setenv("PYADDIN_SOFFICE", program)
    with pytest.raises(InputError) as caught:
        write(str(cases["ziyang-2022"].book), str(tmp_path / "a.pdf"))
    assert [one.code for one in caught.value.findings] == [code]
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []
