"""Tables in layouts that are not ours: columns for several years, institutions of any name, totals
and changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric_sheets.reports.output import Result, as_json
from rubric_sheets.tasks.read_report import read_report

from .documents import MAKERS, Block, save

TITLE = "2020年度部门整体支出绩效自评报告"
YEARS = [
    "项目 | 2019年决算数 | 2020年预算数 | 2020年决算数 | 增减额 | 增减率",
    "三公经费合计 | 12.5 | 12 | 10.25 | -2.25 | -18%",
    "1.公务接待费 | 2.5 | 2 | 1.25 | -1.25 | -50%",
    "2.公务用车运行维护费 | 10 | 10 | 9 | -1 | -10%",
    "3.因公出国（境）费 | 0 | 0 | 0 | 0 | 0",
]
UNITS = [
    "年度收入情况（万元） | < | < | < | < | < | <",
    "机构名称 | 收入合计 | 其中： | < | < | < | <",
    "^ | ^ | 上年结转 | 公共财政拨款 | 政府基金拨款 | 纳入专户管理的非税收入拨款 | 其他收入",
    "局机关及二级机构汇总 | 800 | 50 | 700 | 0 | 0 | 50",
    "1、局机关 | 500 | 30 | 450 | 0 | 0 | 20",
    "2、执法大队 | 300 | 20 | 250 | 0 | 0 | 30",
]
SCHOOLS = [
    "学校 | 学生数（人） | 补助金额（万元） | 完成率",
    "一小 | 300 | 30.5 | 100%",
    "二小 | 250 | 25.25 | 100%",
    "三小 | 150 | 15.25 | 100%",
    "合计 | 700 | 71 | 100%",
]


def read(folder: Path, blocks: list[Block], kind: str = "txt") -> Result:
    return read_report(save(folder, blocks, kind))


def serious(result: Result) -> list[tuple[str, str]]:
    return [
        (one.finding.code, one.finding.actual)
        for one in result.told
        if one.finding.severity != "note"
    ]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_columns_for_several_years(tmp_path: Path, kind: str) -> None:
    text = "2020年三公经费10.25万元，比2019年12.5万元减少2.25万元，下降18%。"
    result = read(tmp_path, [TITLE, "单位：万元", YEARS, text], kind)
    facts = {name: fact["value"] for name, fact in as_json(result)["facts"].items()}
    assert facts["三公经费"] == "10.25"
    assert facts["上年三公经费"] == "12.5"
    assert facts["三公经费预算"] == "12"
    assert facts["公务用车运维费"] == "9"
    assert serious(result) == []


@pytest.mark.parametrize(("old", "new"), [("| -2.25 |", "| -2.52 |"), ("| -18%", "| -81%")])
def test_a_wrong_change(tmp_path: Path, old: str, new: str) -> None:
    rows = [row.replace(old, new) for row in YEARS]
    assert serious(read(tmp_path, [TITLE, "单位：万元", rows])) == [
        ("report-change", new.strip("| "))
    ]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_institutions_of_any_name(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, [TITLE, UNITS], kind)
    rows = as_json(result)["tables"]["机构收入"]
    assert [row["机构名称"]["value"] for row in rows] == ["局机关", "执法大队"]
    assert [row["收入合计"]["value"] for row in rows] == ["500", "300"]
    assert serious(result) == []


def test_a_summary_that_is_not_the_sum(tmp_path: Path) -> None:
    rows = [
        row.replace("| 800 | 50 | 700 | 0 | 0 | 50", "| 820 | 50 | 720 | 0 | 0 | 50")
        for row in UNITS
    ]
    codes = serious(read(tmp_path, [TITLE, rows]))
    assert codes == [("summary-differs", "820"), ("summary-differs", "720")]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_total_row(tmp_path: Path, kind: str) -> None:
    assert serious(read(tmp_path, [TITLE, SCHOOLS], kind)) == []
    wrong = [row.replace("| 71 |", "| 77 |") for row in SCHOOLS]
    result = read(tmp_path, [TITLE, wrong], kind)
    assert serious(result) == [("report-sum", "77")]
    one = next(one for one in result.told if one.finding.code == "report-sum")
    assert [each.shown for each in one.evidence] == ["77", "30.5", "25.25", "15.25"]


def test_a_total_row_over_nested_rows_is_left_alone(tmp_path: Path) -> None:
    rows = [*SCHOOLS[:3], "其中：走读 | 100 | 10 | 100%", "合计 | 550 | 55.75 | 100%"]
    assert serious(read(tmp_path, [TITLE, rows])) == []


def test_results_that_say_nothing(tmp_path: Path) -> None:
    from .miniatures import ROADS

    rows = [
        row.replace("| 125公里 |", "| ≥120公里 |").replace("| 98% |", "| 完成 |")
        for row in ROADS[4]
    ]
    result = read(tmp_path, [*ROADS[:4], rows])
    assert [code for code, _ in serious(result)] == ["report-repeats", "report-words"]


def test_weights_against_the_note_of_their_level(tmp_path: Path) -> None:
    from .miniatures import ROADS

    rows = [row.replace("产出指标（50分）", "产出指标（60分）") for row in ROADS[4]]
    assert serious(read(tmp_path, [*ROADS[:4], rows])) == [("report-level-weight", "50")]


LIST = [
    "序号 | 项目名称 | 预算数 | 执行数 | 执行率 | 自评得分",
    "1 | 信息化运维 | 235.06 | 230.41 | {}% | 94",
    "2 | 宣传经费 | 152.66 | 149.29 | 97.79% | 91",
    "合计 | < | 387.72 | 379.7 | 97.93% | ",
]


@pytest.mark.parametrize(("rate", "codes"), [("98.02", []), ("89.02", ["report-figure"])])
def test_a_list_of_projects_is_no_form_of_one(tmp_path: Path, rate: str, codes: list[str]) -> None:
    rows = [row.format(rate) for row in LIST]
    told = read(tmp_path, [TITLE, "单位：万元", rows]).told
    assert [one.finding.code for one in told if one.finding.severity != "note"] == codes


def test_years_that_stand_below_each_other_are_no_accounts(tmp_path: Path) -> None:
    rows = [
        "年度 | 出国费 | 接待费 | 合计",
        "2019年 | 1.61 | 3.25 | 4.86",
        "2020年 | 3.48 | 6.09 | 9.57",
    ]
    told = read(tmp_path, [TITLE, "单位：万元", rows]).told
    assert [one.finding.code for one in told if one.finding.severity != "note"] == []


OWN = [
    "一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分原因",
    "决策 | 立项 | 依据充分性 | 10 | 9.5 | 资料不全",
    "^ | ^ | 目标合理性 | 10 | 10 | ",
    "小计 | < | < | 20 | {} | ",
    "产出 | 数量 | 实际完成率 | 80 | 75 | 有延期",
    "合计 | < | < | 100 | 94.5 | ",
]


@pytest.mark.parametrize(("points", "codes"), [("19.5", []), ("15.5", ["report-points"])])
def test_a_subtotal_of_nobodys_rubric(tmp_path: Path, points: str, codes: list[str]) -> None:
    told = read(tmp_path, [TITLE, [row.format(points) for row in OWN]]).told
    assert [one.finding.code for one in told if one.finding.severity != "note"] == codes


@pytest.mark.parametrize("note", ["12.3.4", "."])
def test_a_weight_in_brackets_that_is_no_number(tmp_path: Path, note: str) -> None:
    from .miniatures import PROJECT

    rows = [row.replace("(50分)", f"({note}分)") for row in PROJECT[-1]]
    assert rows != PROJECT[-1]
    result = read(tmp_path, [*PROJECT[:-1], rows])
    assert len(result.main.part.rows["绩效指标"]) == 14
