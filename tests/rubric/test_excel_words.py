"""An author in Excel reads the headings and words of the sheets;
one of a text file reads the fields' names too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.authoring.lint import check as lint
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.findings.finding import Finding

from .helpers import Book, put, small
from .test_excel_mistakes import CASES, DATA, INDICATORS, ITEMS, LIST, TYPED

# Words that an author types, or that stand in the sheets: ids, examples, products.
OWN = re.compile(
    r"staff-control|\b(staff|change|balance|rules|rulez|breach|effect|economy|society|extra|department(-page)?)\b|"
    r"\b(departmnet|project|plain|Excel|A1|N/A)\b"
)


def findings(book: Book) -> list[Finding]:
    return findings_of(read_source(str(book.save())))


def told(tmp_path: Path, sheet: str, heading: str, row: str | int, typed: object) -> dict[str, str]:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(sheet, heading, row, typed)
    return {one.code: one.message + one.fix for one in findings(book)}


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "typed"),
    [pytest.param(*t[1:], id=f"{i}-{t[0]}") for i, t in enumerate(TYPED)]
    + [
        (INDICATORS, "单位可换", "staff", "是"),
        (INDICATORS, "比率", "staff", None),
        (CASES, "应得分", 1, None),
        (INDICATORS, "规则", "staff", None),
        (INDICATORS, "分母为零", "staff", "零"),
        (CASES, "应有状态", 1, "好"),
    ],
)
def test_no_english_for_an_author_in_excel(
    tmp_path: Path, sheet: str, heading: str, row: str | int, typed: object
) -> None:
    said = told(tmp_path, sheet, heading, row, typed)
    assert said
    for text in said.values():
        assert not re.search("[A-Za-z]{3}", OWN.sub("", text)), text
        assert "  " not in text


def test_words_of_the_sheets(tmp_path: Path) -> None:
    said = told(tmp_path, INDICATORS, "方向", "staff", None)
    assert "请填超过、低于、偏离。" in said["rubric-missing"]
    said = told(tmp_path, INDICATORS, "规则", "staff", "按点扣")
    assert (
        "没有叫“按点扣”的规则。是否指“按点扣分”？可选：按点扣分、分档计分"
        in said["rubric-rule-unknown"]
    )
    said = told(tmp_path, INDICATORS, "标准", "rules", 100)
    assert (
        said["rubric-parameter-unknown"]
        == "指标“rules”：“逐项得分”规则不用“标准”。请删去，或换成：核查项。"
    )
    said = told(tmp_path, INDICATORS, LIST, "staff", "[0,)→20")
    assert "规则不用“分档／条件／等级”。" in said["rubric-parameter-unknown"]
    said = told(tmp_path, ITEMS, "分值", 3, -5)
    assert said["rubric-not-positive"] == (
        "指标“breach”的“情形”第 1 项的“每例扣分”是 -5，应大于 0。请填大于 0 的数。"
    )
    said = told(tmp_path, DATA, "可为负", 1, "也许")
    assert "应为是或否。" in said["rubric-type"]
    said = told(tmp_path, INDICATORS, "分值", "staff", 30)
    assert said["rubric-weight-sum"].endswith("满分不是 100 的，请写明满分。")
    said = told(tmp_path, ITEMS, "指标编号", 0, "别的什么")
    assert said["rubric-heading-missing"].endswith("表头可写：指标编号、指标、所属指标。")
    said = told(tmp_path, INDICATORS, "一级指标", "staff", None)
    assert said["rubric-levels"].startswith("“各级指标”空缺第 1 级，应为一至三级")
    said = told(tmp_path, INDICATORS, LIST, "change", "10%-30%→20；(30,)→0")
    assert "没有说两端含不含：含下端的写 [10,30)，含上端的写 (10,30]" in said["rubric-band-range"]


def test_fields_names_for_an_author_of_a_text_file() -> None:
    source = small()
    put("indicator", 0, "rule", "side", to="above")(source)
    put("indicator", 0, "weight", to="30")(source)
    put("fact", 0, "signed", to="是")(source)
    said = {
        one.code: one.message + one.fix for one in as_findings(lint.check_source(source), source)
    }
    assert "可选：over（超过）、under（低于）" in said["rubric-choice"]
    assert "请写明满分（full_marks）。" in said["rubric-weight-sum"]
    assert "应为true 或 false。" in said["rubric-type"]
