"""What an author may type as official papers have it: intervals in words, levels that are written
once, absolute values in bars, ranks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.exact.expressions import parse
from rubric_sheets.exact.intervals import parse as interval_of
from rubric_sheets.exact.tokens import ExpressionError
from rubric_sheets.exact.written import to_chinese, to_excel
from rubric_sheets.rubric.load import resolve

from .helpers import CHANGE, problems, put
from .test_typed import INDICATORS, LIST, Typist

SPOKEN = {
    "≥90%": "[90,)",
    ">90": "(90,)",
    "＞90": "(90,)",
    "≤10%": "(,10]",
    "90%以上": "[90,)",
    "90%（含）以上": "[90,)",
    "90%及以上": "[90,)",
    "90%以上（不含）": "(90,)",
    "60%（不含）以下": "(,60)",
    "10%以内": "(,10]",
    "低于60%": "(,60)",
    "不低于60": "[60,)",
    "超过20%": "(20,)",
    "不超过 5 天": "(,5]",
    "不足60": "(,60)",
    "等于0": "[0,0]",
    "80%（含）—90%": "[80,90)",
    "80%-90%（含）": "(80,90]",
    "80（含）至90（含）": "[80,90]",
    "第1-3名": "[1,3]",
    "第1名至第3名": "[1,3]",
    "第4名": "[4,4]",
    "前三名": "",
    "前3名": "[1,3]",
    "第17名及以后": "[17,)",
    "80%-90%": "",
    "九十以上": "",
    "90以上80以下": "",
    "9" * 100_000 + "以上": "",
    "第" * 100_000: "",
    "1-" * 50_000: "",
}


@pytest.mark.parametrize(("text", "meant"), SPOKEN.items(), ids=lambda text: text[:12])
def test_intervals_in_words(text: str, meant: str) -> None:
    """Those that leave a doubt are refused."""
    if meant:
        assert interval_of(text) == interval_of(meant)
        return
    with pytest.raises(ValueError, match=r"没有说两端含不含|应写成"):
        interval_of(text)


def test_bars_are_an_absolute_value() -> None:
    for text in ("|甲 - 乙| / 乙 × 100%", "｜甲－乙｜÷乙"):
        assert to_chinese(parse(text)) == "绝对值(甲 − 乙) ÷ 乙"
        assert to_excel(parse(text)) == "ABS(甲-乙)/乙"
    assert to_chinese(parse("|甲 - |乙||")) == "绝对值(甲 − 绝对值(乙))"
    for text in ("|甲", "甲|乙", "||"):
        with pytest.raises(ExpressionError):
            parse(text)


def codes(*changes: Any) -> list[str]:
    return [one.code for one in problems(*changes)]


def test_ranks_and_counts_are_whole_numbers() -> None:
    """Between the third and the fourth there is nobody; the last must have a band."""
    ranks = ["第1-3名", "第4-8名", "第9名及以后"]
    bands = [{"range": text, "points": str(20 - 10 * at)} for at, text in enumerate(ranks)]

    def measured(source: Any) -> None:
        source["fact"].append({"name": "全市排名", "kind": "count", "unit": "名次"})
        source["indicator"][CHANGE].pop("ratio")
        source["indicator"][CHANGE].update(value="全市排名")
        source["ratios"].pop("变动率")

    change = ("indicator", CHANGE, "rule", "bands")
    assert codes(put(*change, to=bands), measured) == []
    assert codes(put(*change, to=bands[:2]), measured) == ["rubric-band-gap"]
    assert codes(put(*change, to=bands[::2]), measured) == ["rubric-band-gap"]


def test_a_ratio_times_100_is_asked_about() -> None:
    found = codes(put("ratios", "控制率", to="在职人员数 / 编制数 × 100"))
    assert "rubric-percent-hundred" in found
    assert codes(put("ratios", "控制率", to="在职人员数 / 编制数 × 100%")) == codes()


def test_levels_that_are_written_once(tmp_path: Path) -> None:
    typist = Typist(tmp_path / "a.xlsx", "plain")
    typist.properties(编号="levels", 版本="1", 名称="试用", 依据="试用")
    row = {"规则": "分档计分", "数据": "满意度", LIST: "90%以上→{0}；低于90%→0"}
    levels = [("甲", "一", "子"), (None, None, "丑"), (None, "二", "寅"), ("乙", None, None)]
    weights = (20, 30, 40, 10)
    rows = []
    for (one, two, three), weight in zip(levels, weights):
        named = {"一级指标": one, "二级指标": two, "三级指标": three, "分值": weight}
        rows.append({**named, **row, LIST: row[LIST].format(weight)})
    typist.fill(INDICATORS, "编号", rows)
    loaded = read_source(str(typist.book.save()))
    assert [one.code for one in findings_of(loaded) if one.severity == "error"] == []
    assert [spec["levels"] for spec in resolve(loaded.source)["indicators"]] == [
        ["甲", "一", "子"],
        ["甲", "一", "丑"],
        ["甲", "二", "寅"],
        ["乙"],
    ]
