"""Whole reports, in every format: what is read, what is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric_sheets.reports.output import Result, as_json, quotes
from rubric_sheets.tasks.read_report import read_report

from . import miniatures
from .documents import MAKERS, Block, as_text, save

KINDS = sorted(MAKERS)


def told(result: Result, severity: str) -> list[str]:
    return sorted(one.finding.code for one in result.told if one.finding.severity == severity)


def read(folder: Path, blocks: list[Block], kind: str = "txt") -> Result:
    return read_report(save(folder, blocks, kind))


FORM_FACTS = {
    "编制数": "14", "实有人数": "14", "收入合计": "352.82", "上年结转": "87.72", "公共财政拨款": "265.1",
    "支出合计": "289.19", "基本支出": "289.19", "人员支出": "212.19", "公用支出": "77", "累计结余": "63.63",
    "三公经费": "2.11", "公务接待费": "1.24", "公务用车运维费": "0.88", "公务用车购置费": "0", "因公出国费": "0",
    "固定资产": "191.09", "在用固定资产": "191.09", "出租固定资产": "0",
    "单位名称": "甲市乙办公室", "预算编码": "212001", "报告日期": "2022年6月20日", "评价年度": "2021",
}  # fmt: skip
FORM_SCORES = [5, 5, 5, 3, 2, 2, 6, 3, 3, 3, 3, 1, 3, 4, 2, 5, 7, 5, 2, 2, 4, 4, 4, 4, 5]


@pytest.mark.parametrize("kind", KINDS)
def test_a_department_form(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.FORM, kind)
    data = as_json(result)
    assert (data["rubric"], data["recognised"]) == ("yueyang-department", "1")
    facts = {name: fact["value"] for name, fact in data["facts"].items()}
    assert {name: facts.get(name) for name in FORM_FACTS} == FORM_FACTS
    scores = [c["自评得分"] for c in data["claims"].values() if "自评得分" in c]
    assert list(map(int, scores)) == FORM_SCORES
    assert (data["claims"]["total"]["value"], data["claims"]["grade"]["value"]) == ("92", "优")
    rows = data["tables"]["机构支出"]
    assert [row["累计结余"]["value"] for row in rows] == ["63.63"]
    assert told(result, "error") == ["report-places-differ"]
    assert told(result, "warning") == ["claim-too-low", *["lost-without-reason"] * 3]
    assert "sum-rounding" in told(result, "note")


@pytest.mark.parametrize("kind", KINDS)
def test_a_contradiction_is_quoted_on_both_sides(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.FORM, kind)
    one = next(one for one in result.told if one.finding.code == "report-places-differ")
    assert [each.shown for each in one.evidence] == ["实有人数 14", "实有在编人员144人"]
    # what is doubted is not computed with
    assert (
        next(r for r in result.main.card.results if r.spec["id"] == "staff-control").computed
        is None
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_project_form(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.PROJECT, kind)
    data = as_json(result)
    facts = {name: fact["value"] for name, fact in data["facts"].items()}
    assert data["rubric"] == "project"
    assert facts["项目名称"] == "机要专项"
    assert facts["实施单位"] == "丙区办公室"
    assert facts["年度资金总额全年执行数"] == "25.2"
    assert facts["预期目标"] == "保障网络安全畅通。"
    rows = data["tables"]["绩效指标"]
    weights = [row["分值"]["value"] for row in rows]
    assert list(map(int, weights)) == [10, 15, 5, 10, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]
    assert [row["自评得分"]["value"] for row in rows][-4:] == ["4", "4", "5", "5"]
    assert [row["二级指标"]["value"] for row in rows][3] == "质量指标"
    assert data["claims"]["total"]["value"] == "98"
    assert data["total"] == "98"
    assert told(result, "error") == ["report-figure"]
    assert told(result, "warning") == []


@pytest.mark.parametrize("kind", KINDS)
def test_scores_in_prose(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.PROSE, kind)
    data = as_json(result)
    assert data["rubric"] == "baojing-2019"
    scores = [c["自评得分"] for c in data["claims"].values() if "自评得分" in c]
    assert list(map(int, scores)) == [6, 4, 3, 4, 3, 5, 5, 5, 8, 8, 6, 8, 6, 5, 8, 6, 6]
    subtotals = [c["小计"] for c in data["claims"].values() if "小计" in c]
    assert subtotals == ["13", "59", "26"]
    facts = {name: fact["value"] for name, fact in data["facts"].items()}
    assert facts["追加预算"] == "-72.08"
    assert facts["年末结余"] == "2.05"
    assert facts["实际建设面积"] == "不适用"
    assert (facts["政府采购预算"], facts["政府采购实际"]) == ("23.01", "0.1")
    computed = {one["id"]: one["computed"] for one in data["indicators"]}
    assert (computed["procurement"], computed["budget-completion"]) == ("0", "3")
    assert told(result, "error") == ["claim-too-high", "subtotal-differs", "subtotal-impossible"]
    assert told(result, "warning") == []
    assert "report-truncated" in told(result, "note")


@pytest.mark.parametrize("kind", KINDS)
def test_scores_of_categories(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.CATEGORIES, kind)
    data = as_json(result)
    assert data["rubric"] == "xushui-management"
    scores = [c["自评得分"] for c in data["claims"].values() if "自评得分" in c]
    assert scores == ["4.5", "12", "17", "23", "4", "2", "7.5", "11.5", "0", "0"]
    assert data["claims"]["total"]["value"] == "81.5"
    assert told(result, "error") == ["report-figure"]
    assert told(result, "warning") == [
        "claim-contradicted", "report-beyond", "report-count", "report-income", "report-unit",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_rubric_that_nobody_published(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.OWN, kind)
    data = as_json(result)
    assert data["rubric"] == "report-own"
    assert [one["weight"] for one in data["indicators"]] == [
        "10",
        "10",
        "20",
        "20",
        "20",
        "10",
        "10",
    ]
    assert data["total"] == "93.5"
    assert told(result, "error") == told(result, "warning") == []


def test_a_wrong_total_is_told_once(tmp_path: Path) -> None:
    rows = [row.replace("93.5", "95.5") for row in miniatures.OWN[3]]
    result = read(tmp_path, [*miniatures.OWN[:3], rows])
    assert told(result, "error") == ["total-differs"]
    one = next(one for one in result.told if one.finding.code == "total-differs")
    assert (one.finding.actual, one.finding.expected) == ("95.5", "93.5")
    assert "评价得分93.5分" in [each.shown for each in one.evidence]


@pytest.mark.parametrize("kind", KINDS)
def test_amounts_in_yuan(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.ROADS, kind)
    data = as_json(result)
    fact = data["facts"]["年度资金总额全年执行数"]
    assert (fact["value"], fact["unit"], fact["as_read"]) == ("285", "万元", "2850000")
    assert data["total"] == "99.5"
    assert [one.finding.code for one in result.told] == []


def test_a_printed_rate_is_recomputed(tmp_path: Path) -> None:
    rows = [row.replace("| 10 | 95% |", "| 10 | 59% |") for row in miniatures.ROADS[3]]
    result = read(tmp_path, [*miniatures.ROADS[:3], rows, miniatures.ROADS[4]])
    assert told(result, "error") == ["report-figure"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_report_is_silent(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, miniatures.CLEAN, kind)
    assert [one.finding.message for one in result.told] == []
    assert len([one for one in result.statements if one.holds == "yes"]) > 20


EVERY = [
    miniatures.FORM, miniatures.PROJECT, miniatures.PROSE, miniatures.CATEGORIES,
    miniatures.OWN, miniatures.ROADS, miniatures.CLEAN,
]  # fmt: skip


@pytest.mark.parametrize("blocks", EVERY)
def test_every_quote_stands_in_the_text(tmp_path: Path, blocks: list[Block]) -> None:
    text = as_text(blocks)
    result = read(tmp_path, blocks)
    assert [one.quote for one in quotes(result) if one.quote not in text] == []
    assert len(quotes(result)) > 5


@pytest.mark.parametrize("blocks", EVERY)
def test_all_formats_say_the_same(tmp_path: Path, blocks: list[Block]) -> None:
    found = {
        kind: sorted(
            (one.finding.code, one.finding.severity) for one in read(tmp_path, blocks, kind).told
        )
        for kind in KINDS
    }
    assert found["docx"] == found["txt"] == found["xlsx"]


SAID = "项目总投资{}万元，其中中央资金800.15万元，省级资金454.40万元。"


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ("综合来看，项目总投资1,254.55万元，效益明显。", []),
        ("综合来看，项目总投资1,245.55万元，效益明显。", ["report-said-twice"]),
        ("2019年项目总投资1,245.55万元。", []),  # another year
        ("综合来看，项目总投资较上年的1,245.55万元有所增加。", []),
        ("其中项目总投资1,245.55万元。", []),
        ("综合来看，项目总投资900万元。", []),  # too far apart to be a slip
    ],
)
def test_the_same_thing_said_twice(tmp_path: Path, other: str, codes: list[str]) -> None:
    result = read(tmp_path, ["2021年度项目绩效自评报告", SAID.format("1,254.55"), other])
    assert told(result, "warning") == codes


LIST = [
    "项目名称 | 道路\\n养护 | 实施单位 | 养护\\n中心 |  |  |  | ",
    "项目资金 | 年度资金总额 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
    " | 年度资金总额 | 100 | 100 | 100 | 10 | 100% | 10",
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | {reason}",
    "产出指标 | 数量指标 | 养护\\n里程 | ≥65\\n公里 | 70公里 | 50 | 48 | 部分路段\\n未验收",
    "效益指标 | 社会效益指标 | 通行能力 | 提升 | 已完成 | 30 | 30 | ",
    "满意度指标 | 服务对象满意度指标 | 群众\\n满意度 | ≥90% | 80\\n% | 10 | 10 | ",
    "总分 |  |  |  |  | 100 | 98 | ",
]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("reason", ["偏差原因分析及改进措施", "未完成原因", "备注"])
def test_names_in_messages_are_one_line(tmp_path: Path, kind: str, reason: str) -> None:
    rows = [row.format(reason=reason) for row in LIST]
    result = read(tmp_path, ["项目支出绩效自评表（2022年度）", rows], kind)
    found = {one.finding.code: one for one in result.told}
    assert set(found) == {"claim-too-high", "claim-too-low"}
    assert all("\n" not in one.finding.message + one.finding.fix for one in result.told)
    assert "群众满意度”自评 10 分" in found["claim-too-high"].finding.message
    assert "写明的原因“部分路段未验收”" in found["claim-too-low"].finding.fix
    # quotes are letter for letter
    assert any("群众\n满意度" in one.quote for one in quotes(result))
    facts = {name: some[0].value for name, some in result.main.part.facts.items()}
    assert (facts["项目名称"], facts["实施单位"]) == ("道路养护", "养护中心")


def test_grades_of_several_projects_are_none_of_the_report(tmp_path: Path) -> None:
    several = "五个项目中，4个评为“优”，另有1个因进度滞后评为“良”。"
    lines = ["2022年度部门整体支出绩效自评报告", "本部门自评总得分为93分。", several]
    result = read(tmp_path, lines)
    assert "report-places-differ" not in told(result, "error")


def test_the_people_of_the_beginning_of_the_year_are_others(tmp_path: Path) -> None:
    lines = [
        "2022年度部门整体支出绩效自评报告",
        "年初在职人员45人，新进2人，退休3人，年末在职人员44人。",
    ]
    assert "report-places-differ" not in told(read(tmp_path, lines), "error")
