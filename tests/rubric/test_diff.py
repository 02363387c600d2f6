"""Two rubrics compared: what is new, what is gone, and each field that differs, before and after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.compare import compare
from rubric_sheets.commands.cli import main
from rubric_sheets.rubric.load import load, resolve

from .helpers import STAFF, drop, put, small


def changed() -> dict[str, Any]:
    source = small()
    put("indicator", STAFF, "weight", to="15")(source)
    put("indicator", STAFF, "rule", "lose", to="0.5")(source)
    put("ratios", "变动率", to="三公经费 / 上年三公经费 - 1")(source)
    put("version", to="2")(source)
    drop("indicator", 8)(source)
    source["indicator"].append(
        {**source["indicator"][3], "id": "more", "levels": ["过程", "又一项"]}
    )
    return source


def test_what_differs_is_told_field_by_field() -> None:
    found = compare(resolve(small()), resolve(changed()))
    assert [(one.field, one.before, one.after) for one in found.rubric if one.field == "version"]
    by_id = {id_: (mark, fields) for id_, _, mark, fields in found.indicators}
    assert {id_: mark for id_, (mark, _) in by_id.items()} == {
        "staff": "changed",
        "change": "changed",
        "more": "added",
        "extra": "removed",
    }
    staff = {one.label: (one.before, one.after) for one in by_id["staff"][1]}
    assert staff["分值"] == ("20", "15")
    assert staff["扣分"] == ("1", "0.5")
    assert staff["评分标准"][1] == (
        "控制率≤100%，计15分；每超过1个百分点扣0.5分（不足1个百分点的不扣），扣完为止。"
        "控制率=在职人员数 ÷ 编制数 × 100%。"
    )
    assert {one.label for one in by_id["change"][1]} == {"比率公式", "评分标准"}


def test_a_rubric_is_the_same_as_itself() -> None:
    for rubric_id in ("yueyang-department", "project", "department-graded"):
        found = compare(load(rubric_id), load(rubric_id))
        assert not found.rubric
        assert not found.indicators


def test_a_variant_against_what_it_extends(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "diff", "hunan-county-department", "baojing-2019", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["before"]["id"], told["after"]["id"]) == (
        "hunan-county-department",
        "baojing-2019",
    )
    changes = {one["id"]: one["change"] for one in told["indicators"]}
    assert {"added", "changed"} <= set(changes.values())
    staff = next(one for one in told["indicators"] if one["id"] == "staff-control")
    weight = next(one for one in staff["fields"] if one["field"] == "weight")
    assert (weight["before"], weight["after"]) == ("5", "3")
    assert told["same"] is False


def test_a_filled_workbook_and_a_file_are_compared_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["new", "yueyang-department", "去年.xlsx"])
    main(["rubric", "export", "yueyang-department", "今年.xlsx"])
    capsys.readouterr()
    assert main(["rubric", "diff", "去年.xlsx", "今年.xlsx"]) == 0
    assert "两套指标体系相同。" in capsys.readouterr().out
    assert main(["rubric", "diff", "去年.xlsx", "没有.toml"]) == 2
    assert main(["rubric", "check", "去年.xlsx"]) == 2
    assert (
        "“去年.xlsx”是填报用的工作簿（部门整体支出绩效评价评分表，yueyang-department 2021.1），不是指标体系。"
        in capsys.readouterr().err
    )


def test_words_of_a_difference(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "diff", "hunan-county-department", "baojing-2019"]) == 0
    out = capsys.readouterr().out
    assert "改动　投入·预算配置·在职人员控制率（staff-control）\n　分值：5 → 3" in out
    assert "新增　" in out
    assert out.rstrip().endswith("条。")
