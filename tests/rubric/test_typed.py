"""Rubrics written twice: as text, and typed cell by cell into the blank form of Excel, as an author
types. Both are the same rubric."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.blank import blank
from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.rubric import load
from rubric_sheets.rubric.order import in_order

from .helpers import Book

ROOT = Path(__file__).parents[2]
INDICATORS, DATA, ITEMS, OTHER, CASES = "指标", "比率与数据", "核查清单", "其他", "用例"
LIST = "分档／条件／等级"
Rows = list[dict[str, Any]]


class Typist:
    """Types into a new form. `fill(sheet, heading, rows)`: below that heading and its neighbours."""

    def __init__(self, path: Path, form: str) -> None:
        path.write_bytes(blank(form, ".xlsx"))
        self.book = Book(path)

    def fill(self, sheet: str, first: str, rows: Rows) -> None:
        top, _ = self.book.heading(sheet, first)
        cells = self.book.book[sheet]
        columns = {cell.value: cell.column for cell in cells[top] if cell.value}
        for number, row in enumerate(
            rows, top + 1
        ):  # whatever stood there goes where None is typed
            for heading, value in row.items():
                cells.cell(number, columns[heading]).value = value

    def properties(self, **values: Any) -> None:
        top, _ = self.book.heading(OTHER, "项")
        cells = self.book.book[OTHER]
        for row in range(top + 1, top + 20):
            name = cells.cell(row, 1).value
            if name in values:
                cells.cell(row, 2).value = values[name]

    def targets(self, **values: Any) -> None:
        top, _ = self.book.heading(OTHER, "参数")
        cells = self.book.book[OTHER]
        for row in range(top + 1, top + 10):
            if cells.cell(row, 1).value in values:
                cells.cell(row, 2).value = values[cells.cell(row, 1).value]

    def source(self) -> Any:
        loaded = read_source(str(self.book.save()))
        errors = [one.message for one in findings_of(loaded) if one.severity == "error"]
        assert errors == []
        return loaded.source


def grades(*words: str) -> Rows:
    """From the best: `优 90 优秀、良好`."""
    rows = []
    for text in words:
        name, least, *more = text.split()
        rows.append({"等次": name, "最低分": float(least), "同义词": "、".join(more) or None})
    return rows


def level(first: str | None, *rest: str | None, **more: Any) -> dict[str, Any]:
    names = dict(zip(("一级指标", "二级指标", "三级指标"), (first, *rest)))
    return names | more


def small_department(typist: Typist) -> None:
    typist.properties(
        编号="small-department", 版本="2024.1", 名称="部门整体支出绩效评分表", 题注="附件2", 地区="某县",
        年度=2024, 依据="示例", 填报表="部门整体支出（多表）", 填报内容="用得着的", 满分=None,
    )  # fmt: skip
    typist.fill(
        OTHER,
        "最低分",
        [
            {"等次": name, "最低分": least, "同义词": None}
            for name, least in (("优", 90), ("差", 0), (None, None), (None, None))
        ],
    )
    typist.fill(
        DATA,
        "比率名称",
        [
            {"比率名称": "在职人员控制率", "公式": "在职人员数 / 编制数"},
            {"比率名称": "预算执行率", "公式": "支出合计 / 收入合计"},
        ],
    )
    typist.fill(
        DATA,
        "数据名称",
        [
            {
                "数据名称": "培训次数",
                "类型": "个数",
                "单位": "次",
                "填在哪张表": "预算执行",
                "小标题": "业务开展",
            },
            {
                "数据名称": "党员人数",
                "类型": "个数",
                "单位": "人",
                "填在哪张表": "基本情况",
                "小标题": "一、部门（单位）基本概况",
            },
        ],
    )
    typist.fill(
        OTHER,
        "工作表",
        [
            {"工作表": "评分表", "附件号": "附件2"},
            {"工作表": "收支表", "标题": "{地区}{年度}年度收支情况", "附件号": "附件1"},
            {"工作表": "基本情况"},
            {"工作表": "综述", "不要这张表": "是"},
        ],
    )
    typist.fill(
        INDICATORS,
        "编号",
        [
            level(
                "投入",
                "控制率",
                编号="staff",
                分值=40,
                规则="按点扣分",
                比率="在职人员控制率",
                方向="超过",
                标准="100%",
                扣分=1,
                不足一步="不扣",
            ),
            level("过程", "执行率", 编号="run", 分值=40, 规则="按比例得分", 比率="预算执行率"),
            level(
                "产出",
                "培训",
                编号="train",
                分值=20,
                规则="分档计分",
                数据="培训次数",
                **{LIST: "[3,)→20；[0,3)→0"},
            ),
        ],
    )
    typist.fill(
        CASES,
        "指标编号",
        [
            {"指标编号": "控制率", "填报数据": "在职人员数=11；编制数=10", "应得分": 30},
            {"指标编号": "run", "填报数据": "支出合计：90；收入合计：100", "应得分": 36},
            {"指标编号": "train", "填报数据": "培训次数=2", "应得分": 0},
        ],
    )


USUAL = ("优 90 优秀", "良 80 良好", "中 60 合格", "差 0 不合格")


def two_levels(typist: Typist) -> None:
    typist.properties(
        编号="two-levels",
        版本="1",
        名称="绩效自评表（各级权重）",
        依据="测试",
        填报表="基本情况和评分表",
        填报内容=None,
        满分=None,
    )
    typist.fill(OTHER, "最低分", grades(*USUAL))
    typist.fill(
        OTHER,
        "级别",
        [
            {"级别": "产出", "权重": 50},
            {"级别": "产出·数量", "权重": "75%"},
            {"级别": "产出·质量", "权重": "25%"},
            {"级别": "效益", "权重": 50},
        ],
    )
    typist.fill(DATA, "比率名称", [{"比率名称": "完成率", "公式": "完成数 / 计划数"}])
    typist.fill(
        DATA,
        "数据名称",
        [{"数据名称": "计划数", "类型": "个数"}, {"数据名称": "完成数", "类型": "个数"}],
    )
    judged = {"规则": "单位自评"}
    typist.fill(
        INDICATORS,
        "编号",
        [
            level(
                "产出", "数量", "任务完成率", 编号="done", 分值=7, 规则="按比例得分", 比率="完成率"
            ),
            level(
                "产出", "数量", "新增任务", 编号="more", 分值=3, 数据名称="新增任务自评", **judged
            ),
            level(
                "产出",
                "质量",
                "合格情况",
                编号="quality",
                分值=1,
                数据名称="合格情况自评",
                **judged,
            ),
            level(
                "效益",
                "社会效益",
                "受益情况",
                编号="benefit",
                分值=30,
                数据名称="受益情况自评",
                **judged,
            ),
            level(
                "效益",
                "满意度",
                "公众满意",
                编号="satisfaction",
                分值=20,
                数据名称="公众满意自评",
                **judged,
            ),
            level("加分", 编号="prize", 分值=2, 规则="加分项", 数据名称="获奖加分"),
        ],
    )
    typist.fill(
        CASES,
        "指标编号",
        [{"指标编号": "done", "填报数据": "计划数=10；完成数=10", "应得分": 26.25}],
    )


def department_targets(typist: Typist) -> None:
    typist.properties(
        编号="department-targets", 版本="2020.1", 名称="部门整体支出绩效自评表", 填报表="部门整体支出（一页）",
        填报内容=None, 满分=None, 适用起始年度=2020,
        依据="部门整体支出绩效自评表通用式样（2020 年起各地部门决算公开的附件）；产出50、效益30、满意度10，单位可在一级指标间调整，合计不变",
    )  # fmt: skip
    typist.fill(
        OTHER,
        "最低分",
        grades("优 90 优秀", "良 80 良好", "中 60 合格 一般 及格", "差 0 不合格 不及格"),
    )
    labels = {field.name: field.label for field in load_targets()}
    values = {
        "table": "绩效指标",
        "weight": 90,
        "mostly": 80,
        "mostly_from": 60,
        "undone": 0,
        "bare": "≥",
        "bare_cost": "≤",
    }
    typist.targets(**{labels[name]: value for name, value in values.items()})
    typist.fill(
        DATA,
        "比率名称",
        [{"比率名称": "预算执行率", "公式": "年度资金总额全年执行数 / 年度资金总额全年预算数"}],
    )
    typist.fill(
        INDICATORS,
        "编号",
        [
            level(
                "预算执行",
                "预算执行率",
                编号="execution",
                分值=10,
                规则="按比例得分",
                比率="预算执行率",
                超过则提示=100,
            ),
        ],
    )
    case = "年度资金总额全年执行数={}；年度资金总额全年预算数={}"
    typist.fill(
        CASES,
        "指标编号",
        [
            {"指标编号": "execution", "填报数据": case.format("289.19", "289.19"), "应得分": 10},
            {"填报数据": case.format(950, 1000), "应得分": 9.5},
            {"填报数据": case.format(1100, 1000), "应得分": 10},
            {"填报数据": case.format(0, 0), "应有状态": "不适用"},
        ],
    )


def load_targets() -> Any:
    from rubric_sheets.rubric.fields import target_fields

    return target_fields()


GRADED = """
id = "graded"
version = "1"
title = "定性指标分档"
source = "测试"
form = "plain"
grades = [{ name = "合格", min = 60 }, { name = "不合格", min = 0 }]
[groups]
"效益" = 30
[[fact]]
name = "设定绩效目标"
kind = "yes_no"
help = "随预算报送的填是"
[[fact]]
name = "截留挪用资金"
kind = "yes_no"
[[indicator]]
id = "goals"
levels = ["投入", "目标合理性"]
weight = 20
void_when = "设定绩效目标 = 否"
void_text = "未设定绩效目标"
rule = { kind = "checklist", items = [
  { fact = "目标_依据", points = 12, text = "符合职责" },
  { fact = "目标_匹配", points = 8, text = "与预算匹配" } ] }
case = [{ facts = { "设定绩效目标" = "否" }, score = 0 }]
[[indicator]]
id = "output"
levels = ["产出", "任务完成"]
weight = 50
rule = { kind = "graded", fact = "任务自评", grade = "任务档次", of = "share", ranges = [
  { name = "达成", range = "[80,100]" }, { name = "基本达成", range = "[60,80)" }, { name = "未达成", range = "[0,60)" } ] }
[[indicator]]
id = "social"
levels = ["效益", "社会效益"]
weight = 30
group = "效益"
rule = { kind = "judged", fact = "社会效益自评", guide = "看受益范围" }
[[indicator]]
id = "economic"
levels = ["效益", "经济效益"]
weight = 30
group = "效益"
rule = { kind = "judged", fact = "经济效益自评" }
[[indicator]]
id = "prizes"
levels = ["加分"]
weight = 3
rule = { kind = "bonus_cases", awards = [{ fact = "省级表彰", points = 2, text = "省级表彰" }] }
[[indicator]]
id = "veto"
levels = ["一票否决"]
weight = 103
rule = { kind = "veto", vetoes = [{ when = "截留挪用资金 = 是", text = "存在截留挪用" }] }
"""


def graded(typist: Typist) -> None:
    typist.properties(
        编号="graded",
        版本=1,
        名称="定性指标分档",
        依据="测试",
        填报表="基本情况和评分表",
        填报内容=None,
        满分=None,
    )
    typist.fill(
        OTHER,
        "最低分",
        [
            {"等次": "合格", "最低分": 60, "同义词": None},
            {"等次": "不合格", "最低分": 0, "同义词": None},
            *({"等次": None, "最低分": None, "同义词": None} for _ in range(2)),
        ],
    )
    typist.fill(OTHER, "上限", [{"合并组": "效益", "上限": 30}])
    typist.fill(
        DATA,
        "数据名称",
        [
            {"数据名称": "设定绩效目标", "类型": "是否", "填报说明": "随预算报送的填是"},
            {"数据名称": "截留挪用资金", "类型": "是否"},
        ],
    )
    typist.fill(
        INDICATORS,
        "编号",
        [
            level(
                "投入",
                "目标合理性",
                编号="goals",
                分值=20,
                规则="逐项得分",
                否决条件="设定绩效目标 = 否",
                否决说明="未设定绩效目标",
            ),
            level(
                "产出",
                "任务完成",
                编号="output",
                分值=50,
                规则="分档评定",
                数据名称="任务自评",
                档次数据="任务档次",
                区间按="占分值百分比",
                **{LIST: "达成→[80,100]\n基本达成→[60,80)\n未达成→[0,60)"},
            ),
            level(
                "效益",
                "社会效益",
                编号="social",
                分值=30,
                规则="单位自评",
                合并组="效益",
                数据名称="社会效益自评",
                评分要点="看受益范围",
            ),
            level(
                "效益",
                "经济效益",
                编号="economic",
                分值=30,
                规则="单位自评",
                合并组="效益",
                数据名称="经济效益自评",
            ),
            level("加分", 编号="prizes", 分值=3, 规则="按例加分"),
            level(
                "一票否决",
                编号="veto",
                分值=103,
                规则="一票否决",
                **{LIST: "截留挪用资金 = 是→存在截留挪用"},
            ),
        ],
    )
    typist.fill(
        ITEMS,
        "指标编号",
        [
            {"指标编号": "goals", "名称": "目标_依据", "内容": "符合职责", "分值": 12},
            {"名称": "目标_匹配", "内容": "与预算匹配", "分值": 8},
            {"指标编号": "加分", "名称": "省级表彰", "内容": "省级表彰", "分值": 2},
        ],
    )
    typist.fill(
        CASES, "指标编号", [{"指标编号": "goals", "填报数据": "设定绩效目标=否", "应得分": 0}]
    )


TWICE = [
    (small_department, "department", ROOT / "examples/rubrics/small-department.toml"),
    (two_levels, "plain", ROOT / "tests/rubrics/two-levels.toml"),
    (department_targets, "department-page", ROOT / "rubric_sheets/rubrics/department-targets.toml"),
    (graded, "plain", GRADED),
]


@pytest.mark.parametrize(("typing", "form", "text"), TWICE, ids=[one[0].__name__ for one in TWICE])
def test_typed_in_excel_and_written_as_text(
    tmp_path: Path, typing: Any, form: str, text: Path | str
) -> None:
    if isinstance(text, str):
        (tmp_path / "a.toml").write_text(text, encoding="utf-8")
        text = tmp_path / "a.toml"
    typist = Typist(tmp_path / "a.xlsx", form)
    typing(typist)
    typed, written = typist.source(), read_source(str(text)).source
    assert typed == in_order(written)
    assert load.resolve(typed) == load.resolve(written)
