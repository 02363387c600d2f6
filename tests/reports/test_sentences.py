"""Sentences and what follows from them: each pattern with a case that holds and one that does
not."""

from __future__ import annotations

import pytest

from rubric_sheets.reports.reading.text import of_text
from rubric_sheets.reports.sentences.read import read
from rubric_sheets.reports.sentences.statement import Statement

# sentence, kind, holds, claimed, exact (to the digits given)
CASES = [
    # formulas written out
    ("控制率＝（6/11）×100%=54.54%，得满分。", "percent", "truncated", "54.54%", "54.5454"),
    ("完成率＝(15.8+335.46-72.08-2.05)/(15.8+335.46-72.08)×100%=99.26%。", "percent", "rounded", "99.26%", "99.2657"),
    ("预算控制率＝（-72.08/335.46）×100%=-21.49%。", "percent", "yes", "-21.49%", "-21.4869"),
    ("预算控制率＝（-72.08÷335.46）×100%=-12.49%。", "percent", "no", "-12.49%", "-21.4869"),
    ("变动率＝（1-1）/1×100％=0≦0，得满分。", "product", "yes", "0", "0"),
    ("合计 12.5万元+7.5万元=21万元，均已支付。", "product", "no", "21万元", "20"),
    # changes
    ("基本支出516.14万元，比上年增加152.09万元，增长41.78%。", "change", "yes", "41.78%", "41.7772"),
    ("基本支出516.14万元，比上年增加152.09万元，增长47.18%。", "change", "no", "47.18%", "41.7772"),
    ("“三公”经费5270元，比上年减少6828元，下降56.44%。", "change", "yes", "56.44%", "56.4390"),
    ("接待费5.2万元，比上年增加1.2万元，下降30%。", "change", "no", "30%", "-30"),
    ("2022年三公经费0.93万元，2023年1.79万元，较2022年增加0.86万元。", "change", "yes", "0.86万元", "0.86"),
    ("2022年三公经费0.93万元，2023年1.79万元，较2022年增加0.68万元。", "change", "no", "0.68万元", "0.86"),
    ("会议费由上年的3万元降为2万元，减少1万元，下降33.3%。", "change", "yes", "33.3%", "33.3333"),
    ("会议费由上年的3万元降为2万元，减少1万元，下降30.3%。", "change", "no", "30.3%", "33.3333"),
    ("办公费8.4万元，较上年8万元增加0.4万元，增幅5%。", "change", "yes", "5%", "5"),
    # shares
    ("基本支出516.14万元。人员经费415.50万元，占基本支出80.5%。", "percent", "yes", "80.5%", "80.5014"),
    ("基本支出516.14万元。人员经费415.50万元，占基本支出的85.0%。", "percent", "no", "85.0%", "80.5014"),
    ("支出包含：甲类168.11万元，占比87.40%；乙类11.62万元，占比6.04%；丙类4.55万元，占比2.37%；丁类8.06万元，占比4.20%。", "percent", "no", "4.20%", "4.1904"),
    # rates
    ("年初预算25.2万元，实际支出25.2万元，执行率100%。", "percent", "yes", "100%", "100"),
    ("全年安排25.2万元，实际到位资金28.8万元，实际完成值为100%。", "percent", "no", "100%", "114.2857"),
    ("支出决算为85.6万元，年初预算为80万元，完成年初预算的107%。", "percent", "yes", "107%", "107"),
    # totals and parts
    ("总支出277.14万元：其中基本支出63.81万元，项目支出213.33万元。", "sum", "yes", "277.14万元", "277.14"),
    ("总支出277.14万元：其中基本支出63.81万元，项目支出231.33万元。", "sum", "no", "277.14万元", "295.14"),
    ("总支出277.14万元，其中：基本支出63.81万元（人员经费60万元，公用经费3.81万元），项目支出213.33万元。", "sum", "yes", "277.14万元", "277.14"),
    ("三公经费2.11万元，其中公务接待费1.24万元，公务用车运行维护费0.88万元，因公出国费0万元。", "sum", "rounded", "2.11万元", "2.12"),
    ("项目共4个，共计116.1万元，明细如下：甲39.6万元、乙28.8万元、丙25.2万元、丁22.5万元。", "sum", "yes", "116.1万元", "116.1"),
    ("年末36人，其中在职人员31人，离休1人和退休4人。", "count", "yes", "36人", "36"),
    ("共自评2个项目，其中，满分的项目有1个，95分以上的项目有2个。", "count", "no", "2个", "3"),
    # points
    ("投入为13分，过程为59分，产出为26分，总得分98分。", "total", "yes", "98分", "98"),
    ("投入为13分，过程为59分，产出为26分，总得分96分。", "total", "no", "96分", "98"),
    # days
    ("截至2021年6月31日，项目全部完成。", "date", "no", "2021年6月31日", ""),
    ("截至2021年12月31日，项目全部完成。", "date", "yes", "2021年12月31日", "2021"),
]  # fmt: skip


def statements(text: str) -> list[Statement]:
    return read(of_text(text))


@pytest.mark.parametrize(("text", "kind", "holds", "claimed", "exact"), CASES)
def test_a_statement(text: str, kind: str, holds: str, claimed: str, exact: str) -> None:
    found = [one for one in statements(text) if one.kind == kind and one.claimed == claimed]
    assert [one.holds for one in found] == [holds]
    assert found[0].exact.startswith(exact)
    assert found[0].evidence.quote in text


SILENT = [
    "机关运行经费3.78万元：办公费2.27万元，差旅费1.33万元等。",  # not all parts are told
    "总收入500万元，其中：财政拨款400万元，事业收入80万元。",  # the rest may be something else
    "全年接待来访360人次，办理信访54件，其中重点信访3件。",
    "约30万元，其中甲20万元，乙15万元。",  # not exact
    "执行率达到95%以上，比上年提高2个百分点。",
    "按照《办法》（财预〔2011〕285号）第3条，2019年预算为100万元。",
    "占比40%的项目有3个，其余的为60%。",
    "采购预算23.01万元，实际0.1万元，节约率较高。",
    "公务卡刷卡率达50％以上的，得3分。每减少一个百分点，扣0.2分。",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_where_nothing_follows(text: str) -> None:
    assert [one.how for one in statements(text) if one.holds == "no"] == []
