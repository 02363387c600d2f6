"""Facts that offices call by one name: an author need not say what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.excel.read import read_excel
from rubric_sheets.authoring.excel.write import workbook
from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.load import known_facts, resolve
from rubric_sheets.rubric.unfold import source_of
from rubric_sheets.scoring.scorecard import score

from .helpers import small

NAMES = {
    "年初预算数": ("amount", "万元"),
    "编制数": ("count", "人"),
    "评价年度": ("count", "年"),
    "满意度": ("percent", "%"),
    "社会公众或服务对象满意度": ("percent", "%"),
    "年度资金总额全年预算数": ("amount", "万元"),
}


def source(**changes: Any) -> dict[str, Any]:
    """Of the form that has nearly no facts, two of them spoken of."""
    return {
        **{key: value for key, value in small().items() if key not in ("groups", "check", "fact")},
        "form": "plain",
        "ratios": {"支出进度": "支出合计 / 年初预算数"},
        "indicator": [
            {
                "id": "pace",
                "levels": ["支出"],
                "weight": "100",
                "ratio": "支出进度",
                "rule": {"kind": "share"},
                "void_when": "社会公众或服务对象满意度 < 60% 或 政府采购实际 > 政府采购预算",
            }
        ],
        **changes,
    }


@pytest.mark.parametrize(("name", "what"), NAMES.items())
def test_names_bring_their_kind_and_unit(name: str, what: tuple[str, str]) -> None:
    fact = known_facts()[name]
    assert (fact["kind"], fact["unit"]) == what


def test_a_name_that_is_spoken_of_is_a_fact_of_its_own() -> None:
    assert check_source(source()) == []
    rubric = resolve(source())
    facts = blank(rubric)
    given = {"支出合计": 45, "年初预算数": 60, "社会公众或服务对象满意度": 95}
    apply(rubric, facts, {"facts": {**given, "政府采购实际": 1, "政府采购预算": 2}})
    assert score(rubric, facts).total == 75
    assert resolve(source_of(rubric)) == rubric


def test_a_fact_without_a_kind_takes_it_from_its_name(tmp_path: Path) -> None:
    """In the Excel form too; what is written beside it stays."""
    own = source(fact=[{"name": "支出合计", "unit": "元"}, {"name": "年初预算数"}])
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(own))
    for one in (own, read_excel(str(path)).source):
        assert check_source(one) == []
        facts = resolve(one)["facts"]
        assert (facts["支出合计"]["kind"], facts["支出合计"]["unit"]) == ("amount", "元")
        assert facts["年初预算数"]["unit"] == "万元"


def test_a_name_that_nobody_knows_is_told_as_before() -> None:
    unknown = source(ratios={"支出进度": "支出合计 / 年初预计数"})
    assert ("rubric-fact-unknown", ("ratios", "支出进度")) in [
        (one.code, one.path) for one in check_source(unknown)
    ]
    bare = source(fact=[{"name": "走访户数"}])
    assert ("rubric-missing", ("fact", 0, "kind")) in [
        (one.code, one.path) for one in check_source(bare)
    ]


def test_what_the_form_has_and_a_rubric_left_out_does_not_come_back() -> None:
    """It is told as unknown: the author took its sheet away."""
    left = source(form="department", sheet=[{"name": "三公", "omit": True}])
    left["ratios"] = {"支出进度": "三公经费 / 年初预算数"}
    assert "rubric-fact-unknown" in [one.code for one in check_source(left)]
