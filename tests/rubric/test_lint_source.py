"""Each kind of mistake, made in a small rubric that has none: its code, and the path to it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.lint import check as lint
from rubric_sheets.authoring.lint.names import name_fault
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric
from tests.rubrics import every_rubric

from .helpers import (
    BALANCE,
    BREACH,
    CHANGE,
    ECONOMY,
    EFFECT,
    EXTRA,
    RULES,
    STAFF,
    Change,
    drop,
    problems,
    put,
    small,
    source_of,
)

I = "indicator"  # noqa: E741
BANDS = (I, CHANGE, "rule", "bands")
CONDITIONS = (I, BALANCE, "rule", "conditions")
ITEMS = (I, RULES, "rule", "items")
LEVELS = (I, EFFECT, "rule", "levels")


def scaled_bands(source: dict[str, Any]) -> None:
    """The ends of the bands as ratios."""
    for row, text in zip(source[I][CHANGE]["rule"]["bands"], ("(,0]", "(0,0.1]", "(0.1,)")):
        row["range"] = text


def rising_and_falling(source: dict[str, Any]) -> None:
    for row, points in zip(source[I][CHANGE]["rule"]["bands"], ("20", "0", "10")):
        row["points"] = points


def narrowing() -> list[dict[str, str]]:
    """The second is a part of the first."""
    texts = ("累计结余 <= 10", "累计结余 < 10")
    return [{"when": text, "points": "10"} for text in texts] + [{"points": "0"}]


def unordered() -> list[dict[str, str]]:
    points = {"好": "10", "中": "0", "差": "5"}
    return [{"name": name, "points": text} for name, text in points.items()]


def fine_bands(count: int) -> list[dict[str, str]]:
    inner = [{"range": f"[{i},{i + 1})", "points": "0"} for i in range(count)]
    return [{"range": "(,0)", "points": "20"}, *inner, {"range": f"[{count},)", "points": "0"}]


def many_cases(count: int) -> list[dict[str, str]]:
    return [{"fact": f"违规_{i}号", "text": "情形"} for i in range(count)]


MISTAKES: list[tuple[str, tuple[Any, ...], Change]] = [
    ("rubric-missing", ("title",), drop("title")),
    ("rubric-missing", ("version",), put("version", to="")),
    ("rubric-missing", (I, STAFF, "weight"), drop(I, STAFF, "weight")),
    ("rubric-missing", (I, STAFF, "rule", "limit"), drop(I, STAFF, "rule", "limit")),
    ("rubric-missing", (I, RULES, "rule", "items"), put(*ITEMS, to=[])),
    ("rubric-missing", ("grades",), put("grades", to=[])),
    ("rubric-missing", ("ratios", "控制率"), put("ratios", "控制率", to="")),
    ("rubric-unknown-field", ("tittle",), put("tittle", to="x")),
    ("rubric-unknown-field", (I, STAFF, "wieght"), put(I, STAFF, "wieght", to="5")),
    ("rubric-unknown-field", (*BANDS, 0, "point"), put(*BANDS, 0, "point", to="5")),
    ("rubric-type", ("grades",), put("grades", to="优")),
    ("rubric-type", (I, STAFF, "levels"), put(I, STAFF, "levels", to="投入")),
    ("rubric-type", (I, STAFF, "rule"), put(I, STAFF, "rule", to="deduct")),
    ("rubric-type", ("fact", 0, "signed"), put("fact", 0, "signed", to="是的")),
    ("rubric-not-number", (I, STAFF, "weight"), put(I, STAFF, "weight", to="二十")),
    ("rubric-not-number", (*BANDS, 1, "points"), put(*BANDS, 1, "points", to="10分")),
    ("rubric-choice", ("form",), put("form", to="departmnet")),
    ("rubric-choice", (I, STAFF, "rule", "side"), put(I, STAFF, "rule", "side", to="above")),
    ("rubric-choice", (I, STAFF, "zero"), put(I, STAFF, "zero", to="满")),
    ("rubric-text", ("title",), put("title", to="a\x07")),
    ("rubric-text", (I, STAFF, "standard"), put(I, STAFF, "standard", to="长" * 9000)),
    ("rubric-id", (I, STAFF, "id"), put(I, STAFF, "id", to="Staff_1")),
    ("rubric-id", ("id",), put("id", to="岳阳 2021")),
    ("rubric-duplicate", (I, CHANGE, "id"), put(I, CHANGE, "id", to="staff")),
    ("rubric-duplicate", ("grades", 1), put("grades", 1, "synonyms", to=["优秀"])),
    ("rubric-duplicate", (*LEVELS, 1), put(*LEVELS, 1, "synonyms", to=["好"])),
    ("rubric-levels", (I, STAFF, "levels"), put(I, STAFF, "levels", to=["一", "二", "三", "四"])),
    ("rubric-not-positive", (I, STAFF, "weight"), put(I, STAFF, "weight", to="0")),
    ("rubric-not-positive", (I, STAFF, "rule", "lose"), put(I, STAFF, "rule", "lose", to="-1")),
    ("rubric-not-positive", (*ITEMS, 0, "points"), put(*ITEMS, 0, "points", to="0")),
    (
        "rubric-weight-both",
        (I, STAFF, "weight_fact"),
        put(I, STAFF, "weight_fact", to="分值_控制率"),
    ),
    ("rubric-weight-sum", (I,), put(I, STAFF, "weight", to="19.5")),
    ("rubric-weight-sum", (I,), put("full_marks", to="90")),
    (
        "rubric-missing",
        ("full_marks",),
        lambda s: s[I][STAFF].update(weight_fact=s[I][STAFF].pop("weight") and "控制率分值"),
    ),
    ("rubric-own", (I, STAFF, "own"), put(I, STAFF, "own", to=True)),
    (
        "rubric-rule-unknown",
        (I, STAFF, "rule", "kind"),
        put(I, STAFF, "rule", "kind", to="deducts"),
    ),
    ("rubric-rule-unknown", (I, STAFF, "rule", "kind"), put(I, STAFF, "rule", "kind", to="target")),
    (
        "rubric-parameter-unknown",
        (I, STAFF, "rule", "limits"),
        put(I, STAFF, "rule", "limits", to="5"),
    ),
    (
        "rubric-parameter-unknown",
        (I, BREACH, "rule", "limit"),
        put(I, BREACH, "rule", "limit", to="5"),
    ),
    ("rubric-measure-missing", (I, STAFF, "ratio"), drop(I, STAFF, "ratio")),
    ("rubric-measure-both", (I, STAFF, "value"), put(I, STAFF, "value", to="满意度")),
    ("rubric-measure-unused", (I, RULES, "ratio"), put(I, RULES, "ratio", to="控制率")),
    ("rubric-band-range", (*BANDS, 1, "range"), put(*BANDS, 1, "range", to="0-10")),
    ("rubric-band-range", (*BANDS, 1, "range"), put(*BANDS, 1, "range", to="(10,0]")),
    ("rubric-band-gap", BANDS, put(*BANDS, 1, "range", to="(0,9]")),
    ("rubric-band-gap", BANDS, put(*BANDS, 0, "range", to="[0,0]")),
    ("rubric-band-top", BANDS, put(*BANDS, 2, "range", to="(10,100]")),
    ("rubric-band-overlap", (*BANDS, 1, "range"), put(*BANDS, 1, "range", to="[0,10]")),
    ("rubric-points-over", (*BANDS, 0, "points"), put(*BANDS, 0, "points", to="21")),
    ("rubric-points-over", (*CONDITIONS, 0, "points"), put(*CONDITIONS, 0, "points", to="11")),
    ("rubric-points-negative", (*BANDS, 2, "points"), put(*BANDS, 2, "points", to="-1")),
    ("rubric-best-below", BANDS, put(*BANDS, 0, "points", to="19")),
    ("rubric-points-sum", ITEMS, put(*ITEMS, 0, "points", to="5")),
    ("rubric-no-fallback", CONDITIONS, drop(*CONDITIONS, 1)),
    ("rubric-unreachable", (*CONDITIONS, 1), drop(*CONDITIONS, 0, "when")),
    ("rubric-grades-order", ("grades", 1, "min"), put("grades", 1, "min", to="95")),
    ("rubric-grades-range", ("grades", 0, "min"), put("grades", 0, "min", to="900")),
    ("rubric-grades-zero", ("grades", 1, "min"), drop("grades", 2)),
    ("rubric-formula", ("ratios", "控制率"), put("ratios", "控制率", to="在职人员数 / ")),
    ("rubric-formula", ("ratios", "控制率"), put("ratios", "控制率", to="在职人员数 > 编制数")),
    (
        "rubric-formula",
        ("ratios", "控制率"),
        put("ratios", "控制率", to="在职人员数 + (编制数 > 1)"),
    ),
    ("rubric-formula", ("ratios", "控制率"), put("ratios", "控制率", to="编制数" + "+1" * 400)),
    (
        "rubric-formula",
        (I, BALANCE, "applies_when"),
        put(I, BALANCE, "applies_when", to="检查次数"),
    ),
    ("rubric-fact-unknown", ("ratios", "控制率"), put("ratios", "控制率", to="在职人数 / 编制数")),
    ("rubric-fact-unknown", (*CONDITIONS, 0, "when"), put(*CONDITIONS, 0, "when", to="结余 = 0")),
    ("rubric-fact-unknown", ("check", 0, "when"), put("check", 0, "when", to="支出 > 收入合计")),
    ("rubric-fact-unknown", ("check", 0, "at"), put("check", 0, "at", to="支出")),
    ("rubric-fact-kind", ("ratios", "控制率"), put("ratios", "控制率", to="单位名称 / 编制数")),
    ("rubric-fact-kind", (*CONDITIONS, 0, "when"), put(*CONDITIONS, 0, "when", to="制度_制定 = 1")),
    ("rubric-ratio-unknown", (I, STAFF, "ratio"), put(I, STAFF, "ratio", to="控制律")),
    (
        "rubric-ratio-unused",
        ("ratios", "使用率"),
        put("ratios", "使用率", to="编制数 / 在职人员数"),
    ),
    ("rubric-ratio-cycle", ("ratios", "变动率"), put("ratios", "变动率", to="变动率 - 1")),
    ("rubric-group-unknown", (I, ECONOMY, "group"), put(I, ECONOMY, "group", to="效应")),
    ("rubric-group-empty", ("groups", "空组"), put("groups", "空组", to="1")),
    ("rubric-group-cap", ("groups", "效益"), put("groups", "效益", to="50")),
    ("rubric-group-cap", ("groups", "效益"), put("groups", "效益", to="15")),
    *(
        ("rubric-name", ("fact", 0, "name"), put("fact", 0, "name", to=name))
        for name in (
            "A1",
            "R1C1",
            "检查 次数",
            "检查-次数",
            "1次",
            "数" * 256,
            "指标_甲",
            "min",
            "自评得分",
            "检查（次）",
        )
    ),
    ("rubric-name-taken", ("fact", 0, "name"), put("fact", 0, "name", to="编制数")),
    ("rubric-name-taken", (*ITEMS, 1, "fact"), put(*ITEMS, 1, "fact", to="制度_制定")),
    (
        "rubric-name-taken",
        (I, BREACH, "rule", "cases", 0, "fact"),
        put(I, BREACH, "rule", "cases", 0, "fact", to="制度_制定"),
    ),
    ("rubric-name-taken", (*ITEMS, 0, "fact"), put(*ITEMS, 0, "fact", to="单位名称")),
    ("rubric-name-taken", (I, EXTRA, "rule", "fact"), put(I, EXTRA, "rule", "fact", to="机构收入")),
    ("rubric-case-empty", (I, STAFF, "case", 0), drop(I, STAFF, "case", 0, "score")),
    (
        "rubric-case-value",
        (I, STAFF, "case", 0, "facts", "编制数"),
        put(I, STAFF, "case", 0, "facts", "编制数", to="三十四"),
    ),
    (
        "rubric-fact-unknown",
        (I, STAFF, "case", 0, "facts", "编制"),
        put(I, STAFF, "case", 0, "facts", "编制", to="34"),
    ),
    (
        "rubric-case-score",
        (I, STAFF, "case", 0, "score"),
        put(I, STAFF, "case", 0, "score", to="16"),
    ),
    (
        "rubric-case-status",
        (I, STAFF, "case", 0, "status"),
        put(I, STAFF, "case", 0, "status", to="missing"),
    ),
    (
        "rubric-case-failed",
        (I, STAFF, "case", 0),
        put(I, STAFF, "case", 0, "facts", "编制数", to="9" * 20),
    ),
    ("rubric-percent-small", (I, STAFF, "rule", "limit"), put(I, STAFF, "rule", "limit", to="1")),
    (
        "rubric-percent-small",
        (I, STAFF, "rule", "limit"),
        put(I, STAFF, "rule", "limit", to="0.95"),
    ),
    ("rubric-percent-small", BANDS, scaled_bands),
    (
        "rubric-percent-large",
        (I, STAFF, "void_when"),
        put(I, STAFF, "void_when", to="检查次数 > 9 或 150 < 控制率"),
    ),
    ("rubric-lose-over", (I, STAFF, "rule", "lose"), put(I, STAFF, "rule", "lose", to="25")),
    ("rubric-lose-over", (I, BREACH, "rule", "lose"), put(I, BREACH, "rule", "lose", to="11")),
    ("rubric-direction", (I, STAFF, "rule", "side"), put(I, STAFF, "rule", "side", to="under")),
    ("rubric-points-order", BANDS, rising_and_falling),
    ("rubric-points-order", LEVELS, put(*LEVELS, to=unordered())),
    (
        "rubric-never",
        (*CONDITIONS, 1),
        put(*CONDITIONS, 1, to={"when": "0 = 0 且 累计结余 = 0", "points": "5"}),
    ),
    (
        "rubric-never",
        (*CONDITIONS, 1),
        lambda s: s[I][BALANCE]["rule"].update(conditions=narrowing()),
    ),
    ("rubric-setting-unused", (I, RULES, "zero"), put(I, RULES, "zero", to="full")),
    ("rubric-setting-unused", (I, RULES, "over_zero"), put(I, RULES, "over_zero", to="full")),
    ("rubric-setting-unused", (I, RULES, "zero_text"), put(I, RULES, "zero_text", to="未新建")),
    ("rubric-setting-unused", (I, RULES, "void_text"), put(I, RULES, "void_text", to="未制定")),
    ("rubric-formula", (I, RULES, "void_when"), put(I, RULES, "void_when", to="检查次数")),
    ("rubric-too-much", (I, CHANGE, "rule"), put(*BANDS, to=fine_bands(102))),
    ("rubric-too-much", (I, BREACH, "rule"), put(I, BREACH, "rule", "cases", to=many_cases(300))),
    ("rubric-choices", LEVELS, put(*LEVELS, 0, "name", to="好,很好")),
    ("rubric-choices", LEVELS, put(*LEVELS, 0, "name", to="好" * 255)),
    ("rubric-choices", ("fact", 0, "choices"), put("fact", 0, "choices", to=["甲" * 99] * 3)),
    ("rubric-name", ("fact", 0, "name"), put("fact", 0, "name", to="加分")),
    ("rubric-name", ("fact", 0, "name"), put("fact", 0, "name", to="小计_1")),
    ("rubric-name", ("fact", 0, "name"), put("fact", 0, "name", to="指标值")),
    (
        "rubric-table-unknown",
        ("targets", "table"),
        put(
            "targets",
            to={
                "table": "别的表",
                "weight": "1",
                "mostly": "80",
                "mostly_from": "60",
                "undone": "0",
            },
        ),
    ),
    ("rubric-missing", ("targets",), put("form", to="project")),
]


def test_the_small_rubric_has_no_mistake() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("code", "path", "change"),
    [pytest.param(*m, id=f"{i}-{m[0]}-{m[1][-1]}") for i, m in enumerate(MISTAKES)],
)
def test_mistake(code: str, path: tuple[Any, ...], change: Change) -> None:
    found = problems(change)
    assert (code, path) in [(one.code, one.path) for one in found]


@pytest.mark.parametrize("rubric_id", load.published())
def test_published_rubrics_have_no_error(rubric_id: str) -> None:
    found = as_findings(lint.check_source(source_of(rubric_id)), source_of(rubric_id))
    assert [one for one in found if one.severity == "error"] == []


def test_every_mistake_at_once() -> None:
    """No mistake hides another: all that can stand together are found together."""
    together = [
        m
        for m in MISTAKES
        if m[0]
        in (
            "rubric-unknown-field",
            "rubric-ratio-cycle",
            "rubric-points-sum",
            "rubric-group-unknown",
            "rubric-case-score",
            "rubric-grades-zero",
            "rubric-unreachable",
            "rubric-duplicate",
        )
        and m[1][:2] not in (("grades", 1), (I, CHANGE))
    ]
    found = {(one.code, one.path) for one in problems(*(change for _, _, change in together))}
    assert {(code, path) for code, path, _ in together} <= found


def test_stretches_are_named() -> None:
    gap = next(
        p for p in problems(put(*BANDS, 1, "range", to="(0,9]")) if p.code == "rubric-band-gap"
    )
    both = next(
        p for p in problems(put(*BANDS, 1, "range", to="[0,10]")) if p.code == "rubric-band-overlap"
    )
    assert gap.params["actual"] == "(9,10]"
    assert both.params["actual"] == "[0,0]"


def test_a_ratio_that_cannot_be_negative_may_start_at_zero() -> None:
    starts_at_zero = put(*BANDS, 0, "range", to="[0,0]")
    assert "rubric-band-gap" in {p.code for p in problems(starts_at_zero)}
    assert "rubric-band-gap" not in {
        p.code
        for p in problems(starts_at_zero, put("ratios", "变动率", to="三公经费 / 上年三公经费"))
    }


def test_suggestions_and_words() -> None:
    source = small()
    put("ratios", "控制率", to="在职人数 / 编制数")(source)
    put(I, STAFF, "rule", "limit", to="一百")(source)
    said = {one.code: one for one in as_findings(lint.check_source(source), source)}
    assert "是否指“在职人员数”？" in said["rubric-fact-unknown"].fix
    assert (
        said["rubric-not-number"].message
        == "指标“staff”的“标准”（rule.limit）填的是“一百”，应为数字。"
    )


def test_a_weight_typed_by_the_unit() -> None:
    source = small()
    source["indicator"][STAFF]["weight_fact"] = "控制率分值"
    del source["indicator"][STAFF]["weight"], source["indicator"][STAFF]["case"]
    source["full_marks"] = "100"
    assert lint.check_source(source) == []


@pytest.mark.parametrize(
    "source",
    [
        None,
        5,
        "x",
        [],
        [[]],
        {},
        {"indicator": 5},
        {"indicator": [5]},
        {"indicator": [{}]},
        {"form": {}},
        {
            "ratios": 5,
            "groups": [],
            "fact": {},
            "check": "x",
            "indicator": [{"rule": {"kind": {}}}],
        },
    ],
)
def test_any_shape_is_answered(source: Any) -> None:
    assert as_findings(lint.check_source(source), source)


def test_an_unknown_group_is_not_told_of_the_weights_too() -> None:
    source = source_of("yueyang-department")
    for spec in source["indicator"]:
        if "group" in spec:
            spec["group"] = "没有"
    assert codes_of(source) == {"rubric-group-unknown", "rubric-group-empty"}
    del source["groups"]
    assert codes_of(source) == {"rubric-group-unknown"}


def codes_of(source: Any) -> set[str]:
    return {one.code for one in lint.check_source(source)}


@pytest.mark.parametrize("rubric", every_rubric(), ids=lambda rubric: str(rubric["id"]))
def test_every_name_of_the_layout_is_kept_from_facts(rubric: Rubric) -> None:
    """A fact of such a name would be a second defined name, which a spreadsheet drops."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(rubric, {})))
    names = {*book.defined_names, *(name for sheet in book for name in sheet.defined_names)}
    own = names - {*rubric["facts"], *rubric["tables"]}
    assert own
    assert [name for name in own if not name_fault(name)] == []
