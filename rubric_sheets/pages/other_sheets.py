"""The sheets that the program fills: 校验 (findings), 指标体系 (the rubric, readable)
and the hidden `_meta`."""

from __future__ import annotations

from ..exact.expressions import parse
from ..exact.quantities import plain, show
from ..exact.written import to_chinese
from ..looks.heights import text_height
from ..places.names import (
    FINDINGS_AREA,
    FINDINGS_SHEET,
    FINDINGS_SUMMARY,
    HANDSHAKE,
    META_SHEET,
    RUBRIC_SHEET,
)
from ..rubric import packing
from ..rubric.model import IndicatorSpec, Rubric, canonical, content_hash
from ..rules import rule as rule_module
from .heights import FINDING_HEIGHT, FINDING_WIDTHS
from .page import HEADING, TITLE, Block, Page

FINDING_COLUMNS = ("序号", "程度", "位置", "问题", "应为", "实为", "改正办法")
FINDING_ROWS = 120
RUBRIC_COLUMNS = (
    "编号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "比率及公式",
    "规则",
    "评分标准",
)
TEMPLATE = "1"


def findings_page() -> Page:
    """Room for the findings of one run; the rows are cleared and filled again each time."""
    page = Page(FINDINGS_SHEET, FINDING_WIDTHS, landscape=True)
    page.column_styles = (
        "found",
        "found",
        "found.link",
        "found.text",
        "found.text",
        "found.text",
        "found.text",
    )
    page.put(1, "title", "校验结果", columns=7, role=TITLE)
    page.next(34)
    page.put(
        1,
        "text",
        "尚未校验。填报后请按“计算得分”，或运行 rubric-sheets score。",
        columns=7,
        slot=FINDINGS_SUMMARY,
        name=FINDINGS_SUMMARY,
    )
    page.next(24)
    page.begin(Block("findings"))
    for column, text in enumerate(FINDING_COLUMNS, 1):
        page.put(column, "header", text, role=HEADING)
    page.title_rows = (page.row, page.row)
    page.freeze = (page.row, 0)
    page.next(24)
    first = page.row
    page.default_height = FINDING_HEIGHT
    page.areas[FINDINGS_AREA] = (first, 1, first + FINDING_ROWS - 1, 7)
    every = f"A{first}:G{first + FINDING_ROWS - 1}"
    page.mark(every, f'$B{first}="错误"', "error")
    page.mark(every, f'$B{first}="提示"', "warning")
    page.mark(every, f'$D{first}<>""', "framed")
    return page


def rubric_page(rubric: Rubric) -> Page:
    """The rubric as a person reads it: what is scored, on which ratio, by which rule, from which
    source."""
    page = Page(RUBRIC_SHEET, (18, 10, 11, 24, 10, 34, 11, 50), landscape=True)
    page.put(1, "title", f"{rubric['title']}　指标体系", columns=8, role=TITLE)
    page.next(34)
    page.put(
        1,
        "note",
        f"编号 {rubric['id']}　版本 {rubric['version']}　"
        f"满分 {rubric['full_marks']}　来源：{rubric['source']}",
        columns=8,
    )
    page.next(30)
    page.begin(Block("indicators"))
    for column, text in enumerate(RUBRIC_COLUMNS, 1):
        page.put(column, "header", text, role=HEADING)
    page.title_rows = (page.row, page.row)
    page.freeze = (page.row, 0)
    page.next(24)
    for spec in rubric["indicators"]:
        _rubric_row(page, rubric, spec)
    page.next(8)
    grades = "；".join(
        f"{g['min']} 分及以上为{'、'.join([g['name'], *g['synonyms']])}" for g in rubric["grades"]
    )
    page.put(
        1,
        "note",
        f"等次（按未舍入的总分）：{grades}。本表供查阅，评分以工作簿随带的指标体系为准。",
        columns=8,
    )
    page.next(30)
    return page


def _rubric_row(page: Page, rubric: Rubric, spec: IndicatorSpec) -> None:
    """One indicator: on what it is scored, by which rule, in which words."""
    formula = spec.get("value", "—")
    ratio = spec.get("ratio")
    if ratio:
        formula = f"{ratio} = {to_chinese(parse(rubric['ratios'][ratio]['formula']))}"
    levels = [*spec["levels"][:-1], "", ""][:2]
    weight, rule = weight_text(spec), rule_module(spec["rule"]["kind"]).LABEL
    row = (spec["id"], *levels, spec["levels"][-1], weight, formula, rule, spec["standard"])
    for column, text in enumerate(row, 1):
        page.put(column, "text" if column in (1, 4, 6, 8) else "plain", text)
    wrapped = ((8, spec["standard"]), (6, formula), (5, weight))
    page.next(max(text_height(text, page.widths[column - 1]) for column, text in wrapped))


def weight_text(spec: IndicatorSpec) -> str:
    """The weight in words, as in docs/rubrics.md: the unit may type it, and bonus and penalty have
    none."""
    if "weight_fact" in spec and not spec.get("own"):
        return "单位填"
    points = show(plain(spec["weight"]), 10)
    if spec.get("own"):
        return f"{points}（单位可改）"
    return points if points != "0" else "—"


def meta_page(rubric: Rubric) -> Page:
    """Which rubric this is, and the whole of it,
    so that an old workbook always scores as it did."""
    text = canonical(rubric)
    page = Page(META_SHEET, (20, 100), hidden=True)
    rows = [
        ("template", TEMPLATE),
        ("rubric", rubric["id"]),
        ("version", rubric["version"]),
        ("hash", content_hash(text)),
        *packing.cells(text),
    ]
    for label in HANDSHAKE:
        page.put(1, "meta", label)
        page.put(2, "meta", name=label)
        page.next()
    for key, value in rows:
        page.put(1, "meta", key)
        page.put(2, "meta", value)
        page.next()
    return page
