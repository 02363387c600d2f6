"""Everything that a report's template can name: `{{ 单位名称 }}`, `{% for 行 in 评分 %}`.

Plain texts, lists and dictionaries only: a template comes from outside, and reaches nothing else.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...checks.evaluation import Evaluation
from ...exact.quantities import ZERO, plain, show
from ...rubric.load import form_of
from ...rubric.model import Rubric
from ...rubric.parts import scale
from ...rubric.shaping import with_own
from ...scoring.result import Result
from .. import draft, handed_in
from . import tables
from .charts import MARK, charts_of
from .said import Figures, clean, points
from .sentences import paragraph

DIGITS = "零一二三四五六七八九"
PLACEHOLDER = "（请填写）"
BLANK = "　"  # as wide as a character
LEAST = 3  # rows of a table that is also filled in by hand


def context(evaluation: Evaluation, code: str = "") -> dict[str, Any]:
    """Of a workbook; `项目` holds each of several projects, or the only one. `code`: 报送码."""
    reason = draft.why(evaluation)
    every = evaluation.projects or (evaluation,)
    parts = [_one(part, is_draft=bool(reason)) for part in every]
    for number, part in enumerate(every):
        parts[number]["图"] = MARK.format(number) if charts_of(part) else ""
    marks = {
        "草稿": draft.mark(reason),
        "报送码": f"报送码 {code}" if code else "",
        "左": tables.LEFT,
    }
    return {**parts[0], **marks, "项目": parts}


def _one(evaluation: Evaluation, *, is_draft: bool) -> dict[str, Any]:
    rubric = evaluation.rubric
    form, figures = with_own(form_of(rubric), rubric), Figures(evaluation)
    facts = {name: figures.text(name) for name in rubric["facts"]}
    ratios = {name: figures.text(name) for name in rubric["ratios"]}
    return {
        **dict.fromkeys(tables.COVER, ""),  # of a form that does not ask for it
        **ratios,
        **facts,
        "数据": {**ratios, **facts},
        **_cover(form, rubric, figures),
        "概况": tables.overview(form, figures),
        "机构表": tables.institutions(form, figures),
        "年度目标": tables.listed(rubric, figures, "年度目标"),
        "绩效指标": tables.listed(rubric, figures, "绩效指标"),
        "评价人员": _padded(tables.listed(rubric, figures, "评价人员")),
        **_signatures(form),
        "资金": tables.funds(form, figures),
        "评分": tables.scores(evaluation),
        "指标": tables.targets(evaluation) if "targets" in rubric else [],
        "综述": chapters(form, evaluation, figures, is_draft=is_draft),
        **_result(evaluation, is_draft=is_draft),
    }


def _padded(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """With blank rows, so that more can sign."""
    columns = rows[0] if rows else dict.fromkeys(("姓名", "职务职称", "单位", "签字"), "")
    return rows + [dict.fromkeys(columns, "")] * (LEAST - len(rows))


def _cover(form: dict[str, Any], rubric: Rubric, figures: Figures) -> dict[str, str]:
    sheet, place = form["sheet"][0], clean(str(rubric.get("place", "")))
    year = figures.text("评价年度") if "评价年度" in rubric["facts"] else ""
    return {
        "附件": sheet.get("caption", ""),
        "标题": sheet["title"],
        "地区": place,
        "年度": f"{year}年度" if year else "",
        "评分表附件": form.get("score_caption", ""),
        "评分表标题": rubric["title"],
    }


def _signatures(form: dict[str, Any]) -> dict[str, Any]:
    """Boxes for an opinion, each with its line to sign and the date; pairs of the other lines."""
    blocks = [block for sheet in form["sheet"] for block in sheet["block"]]
    lines = [line for one in blocks if one["kind"] == "signatures" for line in one["lines"]]
    pairs = dict.fromkeys(zip(lines[::2], lines[1::2]))
    boxes = [_box(who, date.strip()) for who, date in pairs if date.strip().endswith("日")]
    others = [list(pair) for pair in pairs if not pair[1].strip().endswith("日")]
    return {"意见": boxes, "签章": others}


def _box(who: str, date: str) -> str:
    opinion = who.replace("负责人（签章）", "意见")
    signed = "" if opinion == who else f"{BLANK * 20}{who}\n"
    return f"{opinion}\n\n\n{signed}{BLANK * 28}{date}"


def _result(evaluation: Evaluation, *, is_draft: bool) -> dict[str, str]:
    total, grade = draft.shown(evaluation, draft=is_draft)
    full = show(plain(scale(evaluation.rubric)))
    return {"满分": full, "总分": points(total), "等次": clean(grade)}


def chapters(
    form: dict[str, Any], evaluation: Evaluation, figures: Figures, *, is_draft: bool
) -> list[Any]:
    """The text of a report: title and paragraphs of each chapter that has something to say."""
    told = [(one["title"], _paragraphs(one, figures)) for one in form.get("report", ())]
    told += [
        ("绩效自评结果", _scored(evaluation, is_draft=is_draft)),
        ("扣分情况及原因", _deductions(evaluation)),
        ("支出管理及使用情况", _typed(figures, "支出管理及使用情况")),
        ("存在的主要问题", _typed(figures, "存在的主要问题")),
        ("改进措施和有关建议", _typed(figures, "改进措施和有关建议")),
    ]
    filled = [(title, [text for text in texts if text]) for title, texts in told]
    return [
        {"序号": numeral(number), "标题": title, "段落": texts}
        for number, (title, texts) in enumerate(((t, p) for t, p in filled if p), 1)
    ]


def numeral(number: int) -> str:
    """1 to 99 as chapters are counted: 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return before + (DIGITS[ones] if ones or not tens else "")


def _paragraphs(chapter: dict[str, Any], figures: Figures) -> list[str]:
    texts = [paragraph(lines, figures) for lines in chapter.get("text", ())]
    for name in chapter.get("typed", ()):
        texts += figures.text(name).split("\n")
    return texts


def _typed(figures: Figures, name: str) -> list[str]:
    """What the unit wrote itself; a place to write where it has not."""
    if name not in figures.specs:
        return []
    text = figures.text(name)
    return text.split("\n") if text else [PLACEHOLDER]


def _scored(evaluation: Evaluation, *, is_draft: bool) -> list[str]:
    """The total, and each first level with what it got."""
    card = evaluation.card
    scores = [handed_in.score_of(result) for result in card.results]
    levels: dict[str, Fraction] = {}
    for part in card.parts:
        if part.is_inside and any(isinstance(score, Fraction) for score in part.of(scores)):
            got = levels.get(part.level, ZERO)
            levels[part.level] = got + handed_in.points_of(part, scores)
    each = [
        f"{clean(level)}满分 {show(handed_in.weight_under(card, (level,)))} 分，得 {show(got)} 分"
        for level, got in levels.items()
    ]
    total, grade = draft.shown(evaluation, draft=is_draft)
    told = f"绩效自评综合得分 {points(total)} 分" if total != "" else ""
    told += f"，评价等次为“{clean(grade)}”" if told and grade else ""
    return [(told and told + "。") + ("其中：" + "；".join(each) + "。" if each else "")]


def _deductions(evaluation: Evaluation) -> list[str]:
    """Each indicator that lost points, with the reason that stands beside it; a group as one."""
    results = evaluation.card.results
    scores = [handed_in.score_of(result) for result in results]
    out, is_scored = [], False
    for part in evaluation.card.parts:
        numbers = [score for score in part.of(scores) if isinstance(score, Fraction)]
        if not part.is_inside or not numbers:
            continue
        is_scored = True
        full = part.weight([result.weight for result in results])
        got = handed_in.points_of(part, scores)
        if got < full:
            out.append(_deduction(part.of(results), full, got))
    return out or (["各项指标均未扣分。"] if is_scored else [])


def _deduction(results: list[Result], full: Fraction, got: Fraction) -> str:
    name = "、".join(f"“{clean(result.spec['levels'][-1])}”" for result in results)
    notes = [clean(handed_in.note_of(result)).replace("\n", "").rstrip("。") for result in results]
    note = "；".join(dict.fromkeys(filter(None, notes)))
    reason = f"：{note}" if note else "（未写扣分原因）"
    return f"{name}满分 {show(full)} 分，得 {show(got)} 分，扣 {show(full - got)} 分{reason}。"
