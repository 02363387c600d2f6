"""Text in which a line is a row: columns, paragraphs behind a table, several forms, and what
`import` makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_sheets.authoring.find import find
from rubric_sheets.checks.evaluation import as_json as book_json
from rubric_sheets.reports.check import check
from rubric_sheets.reports.output import Result, as_json
from rubric_sheets.reports.reading.document import Table
from rubric_sheets.reports.reading.text import of_text
from rubric_sheets.rubric.load import published
from rubric_sheets.tasks.import_report import import_report
from rubric_sheets.tasks.read_report import read_report
from rubric_sheets.tasks.score import score_book

HEAD = "\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因"
FORM = f"""项目支出绩效自评表
（2022年度）
项目名称\t{{name}}
主管部门\t某县林草局\t\t实施单位\t某县苗圃
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t50\t60\t57\t10\t95%\t9.5
\t其中：当年财政拨款\t50\t60\t57\t—\t95%\t—
年度总体目标\t预期目标\t\t\t\t实际完成情况
\t育苗三种。\t\t\t\t
绩效指标{HEAD}
\t产出指标\t数量指标\t育苗种类\t≥3种\t3种\t20\t20
\t\t质量指标\t成活率\t≥95%\t96%\t20\t20
\t\t时效指标\t完成时间\t2022年10月底前\t2022年9月25日\t10\t10
\t效益指标\t社会效益指标\t带动农户\t≥200户\t210户\t30\t30
\t满意度指标\t服务对象满意度指标\t农户满意度\t≥90%\t94%\t10\t10
总分\t\t\t\t\t\t100\t{{total}}
"""
NOTE = "注：其他资金包括社会投入的资金，没有发生的不填。\n二、结论\n全年任务完成。\n"


def read(folder: Path, text: str) -> Result:
    path = folder / "报告.txt"
    path.write_text(text, "utf-8")
    return read_report(str(path))


def serious(result: Result) -> list[str]:
    return [one.finding.code for one in result.told if one.finding.severity != "note"]


def table_of(text: str) -> Table:
    return of_text(text).tables[0]


def test_blank_cells_at_the_start_keep_their_places(tmp_path: Path) -> None:
    data = as_json(read(tmp_path, FORM.format(name="育苗", total="99.5")))
    row = data["tables"]["绩效指标"][2]
    given = [row[name]["value"] for name in ("三级指标", "年度指标值", "实际完成值", "自评得分")]
    assert given == ["完成时间", "2022年10月底前", "2022年9月25日", "10"]
    assert row["自评得分"]["place"] == {"table": 1, "row": 11, "column": 8}


def test_paragraphs_behind_a_table_are_none_of_its_cells() -> None:
    document = of_text(FORM.format(name="育苗", total="99.5") + NOTE)
    assert [one.text for one in document.paragraphs][-3:] == NOTE.split("\n")[:3]
    cells = "项目\n\t预算\n\t决算\n\n\t育苗\n\t20\n\t19\n"
    behind = of_text(f"\t{cells}全年没有发现违规使用资金的情况，资金使用合规。\n二、其他")
    assert len(behind.paragraphs) == 2


def test_two_forms_below_each_other(tmp_path: Path) -> None:
    text = FORM.format(name="育苗", total="99.5") + FORM.format(name="护林", total="98.5")
    result = read(tmp_path, text)
    names = [one.part.facts["项目名称"][0].value for one in result.judged]
    assert names == ["育苗", "护林"]
    assert serious(result) == ["total-differs"]


def test_import_fills_every_project(tmp_path: Path) -> None:
    text = FORM.format(name="育苗", total="99.5") + FORM.format(name="护林", total="99.5")
    read(tmp_path, text)
    result = import_report(str(tmp_path / "报告.txt"), str(tmp_path / "册.xlsx"))
    assert len(result.of_one_rubric) == 2
    data = as_json(read_report(str(tmp_path / "报告.txt")))
    goals = [one["facts"]["预期目标"]["value"] for one in data["projects"]]
    assert goals == ["育苗三种。"] * 2


def test_cells_that_are_merged_with_those_above_may_be_missing() -> None:
    rows = ["一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分"]
    rows += ["产出指标\t数量指标\t育苗\t≥3种\t3种\t20\t20", "质量指标\t成活率\t95%\t96%\t20\t20"]
    cells = [cell for cell in table_of("\n".join(rows)).cells if cell.top == 2]
    assert [(cell.text, cell.left) for cell in cells][-2:] == [("20", 5), ("20", 6)]


def test_a_quoted_cell_has_line_breaks() -> None:
    table = table_of('名称\t说明\t金额\n育苗\t"一、松\n二、柏"\t20\n合计\t\t20\n')
    assert [cell.text for cell in table.row(1)] == ["育苗", '"一、松\n二、柏"', "20"]
    assert table.height == 3


def test_targets_without_points_for_spending(tmp_path: Path) -> None:
    rows = ["项目名称\t道路保洁", "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\t备注"]
    rows += ["产出\t数量\t保洁里程\t≥30公里\t30公里\t60\t60\t"]
    rows += ["效益\t社会效益\t受益村民\t≥5000人\t5200人\t20\t20\t"]
    rows += ["满意度\t满意度\t村民满意度\t≥90%\t88%\t20\t19.56\t个别路段清扫不及时"]
    text = "2021年项目绩效目标完成情况表\n" + "\n".join([*rows, "合计\t\t\t\t\t100\t99.56"])
    assert serious(read(tmp_path, text)) == []
    out = str(tmp_path / "册.xlsx")
    import_report(str(tmp_path / "报告.txt"), out)
    evaluation, _ = score_book(out, write=False)
    data = book_json(out, evaluation)
    assert (data["total"], data["findings"]) == ("99.56", [])
    assert [one["weight"] for one in data["indicators"]] == ["60", "20", "20"]


def test_spending_scored_in_the_list(tmp_path: Path) -> None:
    rows = ["项目名称\t图书购置", "年度预算（万元）\t年初预算\t全年预算\t全年执行\t执行率"]
    rows += ["资金总额\t20\t20\t18\t90%"]
    rows += ["一级指标\t二级指标\t三级指标\t年度指标值\t全年完成值\t分值\t得分"]
    rows += ["预算执行率\t预算执行率\t预算执行率\t100%\t90%\t10\t{points}"]
    rows += ["产出指标\t数量指标\t购置图书\t≥4000册\t4100册\t90\t90", "总分\t\t\t\t\t100\t99"]
    text = "2023年度项目支出绩效自评表\n" + "\n".join(rows)
    assert serious(read(tmp_path, text.format(points=9))) == []
    assert "claim-too-high" in serious(read(tmp_path, text.format(points=10)))


def test_last_year_and_this_year_are_two_quantities(tmp_path: Path) -> None:
    rows = ["项目\t2022年\t2023年\t增减额\t增减率", "基本支出\t520.3\t540.12\t19.82\t3.81%"]
    rows += ["项目支出\t310\t280.5\t-29.5\t-9.52%", "合计\t830.3\t820.62\t-9.68\t-1.17%"]
    after = "2023年项目支出280.5万元，比上年减少29.5万元，下降9.52%。"
    title = "某县文旅局2023年度部门整体支出绩效自评报告\n单位：万元\n"
    result = read(tmp_path, title + "\n".join([*rows, after]))
    assert serious(result) == []
    assert result.main.part.facts["项目支出"][0].as_read == "280.5"
    wrong = read(tmp_path, title + "\n".join([*rows, after.replace("280.5", "310")]))
    assert "report-places-differ" in serious(wrong)


@pytest.mark.parametrize("word", ["≥", ">=", "大于等于"])
def test_signs_and_units_in_columns_of_their_own(tmp_path: Path, word: str) -> None:
    head = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t完成值\t权重\t得分"
    row = f"产出指标\t数量指标\t育苗\t{word}\t30\t亩\t28\t90\t84"
    rows = [head, row, "合计\t\t\t\t\t\t\t90\t84"]
    data = as_json(read(tmp_path, "2022年度项目支出绩效自评表\n" + "\n".join(rows)))
    given = data["tables"]["绩效指标"][0]
    assert (given["年度指标值"]["value"], given["实际完成值"]["value"]) == ("≥30亩", "28亩")
    assert given["年度指标值"]["quote"] == "30"


PIECES = [
    "一级指标",
    "三级指标",
    "分值",
    "得分",
    "年度指标值",
    "实际完成值",
    "合计",
    "小计",
    "其中：甲",
]
PIECES += ["年初预算数", "全年预算数", "全年执行数", "执行率", "年度资金总额", "项目名称", "增减额"]
PIECES += [
    "上年",
    "本年",
    "占比",
    "201",
    "20101",
    "2022",
    "10",
    "9.5",
    "95%",
    "—",
    "",
    "",
    '"',
    "≥3",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9), max_size=14))
def test_no_table_is_too_odd(rows: list[list[str]]) -> None:
    text = "2022年度绩效自评报告，自评总分95分。\n" + "\n".join(map("\t".join, rows))
    result = check("报告.txt", text.encode(), map(find, published()))
    assert all(each.quote in text for one in result.told for each in one.evidence if each.quote)
