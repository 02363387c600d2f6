"""A kind of rule is whole in its file: every face is there, and a new file needs no other touched."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets import rules
from rubric_sheets.rules import base
from rubric_sheets.rules.brought import brought
from tests.recalc import Sample, differs, formulas_of, libreoffice, values_of
from tests.rubrics import every_rubric

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = {
    "facts": 1,
    "asked": 3,
    "faults": 2,
    "score": 2,
    "explain": 3,
    "formula": 2,
    "base_formula": 2,
    "standard": 2,
}
RUBRIC = """
id = "late"
version = "1"
title = "逾期"
source = "测试"
form = "department"
grades = [{ name = "好", min = 60 }, { name = "差", min = 0 }]

[[indicator]]
id = "report"
levels = ["管理", "报送", "报表及时性"]
weight = 60
rule = { kind = "days_late", fact = "报表逾期天数", lose = 2.5 }
case = [
  { facts = { "报表逾期天数" = 0 }, score = 60 },
  { facts = { "报表逾期天数" = 3 }, score = 52.5 },
  { facts = { "报表逾期天数" = "不适用" }, status = "not_applicable" },
]

[[indicator]]
id = "self"
levels = ["管理", "报送", "报表质量"]
weight = 40
rule = { kind = "judged", fact = "质量自评" }
"""


@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_face_is_there(kind: str) -> None:
    module = rules.rule(kind)
    assert module.LABEL
    assert isinstance(module.READS_MEASURE, bool)
    assert isinstance(module.JUDGED, bool)
    assert module.COUNTS in (base.INSIDE, base.ADDED, base.TAKEN_OFF)
    assert all(isinstance(one, base.Parameter) and one.label for one in module.PARAMETERS)
    for face, count in ARGUMENTS.items():
        assert len(inspect.signature(getattr(module, face)).parameters) == count, face


def test_labels_are_told_apart() -> None:
    labels = [rules.rule(kind).LABEL for kind in rules.KINDS]
    assert len(set(labels)) == len(labels)


def test_every_fact_that_a_rule_brings_is_a_fact_of_the_rubric() -> None:
    seen = set()
    for rubric in every_rubric():
        for spec in rubric["indicators"]:
            for one in brought(spec):
                seen.add(spec["rule"]["kind"])
                assert one.name in rubric["facts"]
                assert rubric["facts"][one.name]["kind"] in (one.brings.kind, *one.brings.like)
    assert {"checklist", "breaches", "grades", "judged", "bonus", "penalty"} <= seen


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., str]:
    """The program with one file more, the one shown to contributors; its commands."""
    home = tmp_path / "program"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "rubric_sheets", home / "rubric_sheets", ignore=ignored)
    (home / "workbook").symlink_to(ROOT / "workbook")
    shown = re.search(
        r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
    )
    assert shown
    (home / "rubric_sheets" / "rules" / "days_late.py").write_text(shown[1], "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*call: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "rubric_sheets", *call],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    (tmp_path / "late.toml").write_text(RUBRIC, "utf-8")
    return run


def result_of(program: Callable[..., str], book: str, command: str = "check") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(program(command, book, "--json"))
    return {one["id"]: one for one in found["indicators"]}


def test_a_new_file_is_a_new_kind(program: Callable[..., str], tmp_path: Path) -> None:
    program("rubric", "check", "late.toml")
    program("rubric", "export", "late.toml", "late.xlsx")
    program("rubric", "check", "late.xlsx")
    program("rubric", "export", "late.xlsx", "again.toml")
    program("rubric", "export", "late.toml", "first.toml")
    assert (tmp_path / "again.toml").read_text("utf-8") == (tmp_path / "first.toml").read_text(
        "utf-8"
    )
    shown = json.loads(program("rubric", "show", "late.xlsx", "--json"))
    fact = next(one for one in shown["facts"] if one["name"] == "报表逾期天数")
    assert (fact["kind"], fact["unit"], fact["sheet"]) == ("count", "天", "核查清单")
    assert shown["indicators"][0]["standard"].startswith("按期完成的，计60分")

    program("new", "late.xlsx", "book.xlsx")
    assert result_of(program, "book.xlsx")["report"]["status"] == "missing"
    facts = {"facts": {"报表逾期天数": 3, "质量自评": 40}}
    (tmp_path / "facts.json").write_text(json.dumps(facts), "utf-8")
    program("fill", "book.xlsx", "--facts", "facts.json")
    report = result_of(program, "book.xlsx", "score")["report"]
    assert report["score"] == "52.5"
    assert report["reason"] == "逾期 3 天，每天扣 2.5 分，得 52.5 分"
    dumped = json.loads(program("facts", "book.xlsx", "--json"))
    assert dumped["facts"]["报表逾期天数"] == 3


def test_its_faults_are_told(program: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(RUBRIC.replace("lose = 2.5", "lose = -1"), "utf-8")
    assert "每天扣分" in program("rubric", "check", "wrong.toml", status=1)
    (tmp_path / "wrong.toml").write_text(RUBRIC.replace(", lose = 2.5", ""), "utf-8")
    assert "lose" in program("rubric", "check", "wrong.toml", status=1)


@pytest.mark.parametrize("days", [0, 3, 30, "不适用", None])
def test_its_live_formula_gives_its_score(
    program: Callable[..., str], tmp_path: Path, days: Any
) -> None:
    facts = {"facts": {"报表逾期天数": days, "质量自评": 40}}
    (tmp_path / "facts.json").write_text(json.dumps(facts), "utf-8")
    program("new", "late.toml", "book.xlsx", "--facts", "facts.json")
    data = (tmp_path / "book.xlsx").read_bytes()
    expected = values_of(data)
    (tmp_path / "recalculated").mkdir()
    ((_, saved),) = libreoffice(tmp_path / "recalculated", [Sample("late", data, {})])
    got, compared = values_of(saved), 0
    for place in formulas_of(data):
        if place[0] == "评分表":
            value = expected[place] if expected.get(place) is not None else ""
            assert not differs(got.get(place) or "", value) or str(got.get(place)) == str(value)
            compared += 1
    assert compared > 10
