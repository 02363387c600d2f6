"""One file more in the program is a kind of rule more: checked, exported, filled, scored, recalculated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .program import Program, shown_to_contributors

HERE = Path(__file__).resolve().parent
TOP = """
id = "late"
version = "1"
title = "逾期"
source = "测试"
form = "department"
grades = [{ name = "好", min = 60 }, { name = "差", min = 0 }]
"""
SELF = """
[[indicator]]
id = "self"
levels = ["管理", "报送", "报表质量"]
weight = 40
rule = { kind = "judged", fact = "质量自评" }
"""
LATE = f"""{TOP}
[[indicator]]
id = "report"
levels = ["管理", "报送", "报表及时性"]
weight = 60
rule = {{ kind = "days_late", fact = "报表逾期天数", lose = 2.5 }}
case = [
  {{ facts = {{ "报表逾期天数" = 0 }}, score = 60 }},
  {{ facts = {{ "报表逾期天数" = 3 }}, score = 52.5 }},
  {{ facts = {{ "报表逾期天数" = "不适用" }}, status = "not_applicable" }},
]
{SELF}"""
RULE = 'kind = "two_parts", paid = "已付款", due = "支出合计", done = "办结情况", first = 45, even = "half"'
PARTS = f"""{TOP}
[[indicator]]
id = "parts"
levels = ["管理", "支付", "付款与办结"]
weight = 60
applies_when = "编制数 > 0"
rule = {{ {RULE} }}
case = [
  {{ facts = {{ "编制数" = 1, "已付款" = 50, "支出合计" = 100, "办结情况" = "否" }}, score = 45 }},
  {{ facts = {{ "编制数" = 1, "已付款" = 49.99, "支出合计" = 100, "办结情况" = "是" }}, score = 15 }},
]
{SELF}"""


@pytest.fixture
def late(tmp_path: Path) -> Program:
    """The kind shown to contributors: one fact of its own, on the checklist sheet."""
    program = Program(tmp_path, "days_late", shown_to_contributors())
    program.write("rubric.toml", LATE)
    return program


@pytest.fixture
def parts(tmp_path: Path) -> Program:
    """A kind that uses every other face."""
    text = (HERE / "kinds" / "two_parts.py").read_text("utf-8")
    program = Program(tmp_path, "two_parts", text)
    program.write("rubric.toml", PARTS)
    return program


def through_excel(program: Program) -> None:
    """The rubric is right, and is the same after it was in Excel: `rubric.xlsx`."""
    assert "没有发现问题" in program("rubric", "check", "rubric.toml")
    program("rubric", "export", "rubric.toml", "rubric.xlsx")
    assert "没有发现问题" in program("rubric", "check", "rubric.xlsx")
    for source, out in (("rubric.toml", "first.toml"), ("rubric.xlsx", "again.toml")):
        program("rubric", "export", source, out)
    first, again = ((program.folder / f"{n}.toml").read_text("utf-8") for n in ("first", "again"))
    assert first == again


def test_the_kind_of_the_recipe_works(late: Program) -> None:
    through_excel(late)
    shown = late.json("rubric", "show", "rubric.xlsx")
    fact = next(one for one in shown["facts"] if one["name"] == "报表逾期天数")
    assert (fact["kind"], fact["unit"], fact["sheet"]) == ("count", "天", "核查清单")
    assert fact["cell"]
    assert shown["indicators"][0]["standard"].startswith("按期完成的，计60分")

    late("new", "rubric.xlsx", "book.xlsx")
    assert late.indicators("book.xlsx")["report"]["status"] == "missing"
    late.write("facts.json", {"facts": {"报表逾期天数": 3, "质量自评": 40}})
    late("fill", "book.xlsx", "--facts", "facts.json")
    report = late.indicators("book.xlsx", "score")["report"]
    assert report["score"] == "52.5"
    assert report["reason"] == "逾期 3 天，每天扣 2.5 分，得 52.5 分"
    assert late.json("facts", "book.xlsx")["facts"]["报表逾期天数"] == 3


def test_a_kind_with_every_other_face_works(parts: Program) -> None:
    through_excel(parts)
    shown = parts.json("rubric", "show", "rubric.xlsx")
    places = {one["name"]: one for one in shown["facts"] if one["name"] in ("已付款", "办结情况")}
    assert [places[name]["sheet"] for name in ("已付款", "办结情况")] == ["补充数据", "核查清单"]
    assert all(one["cell"] for one in places.values())

    facts = {"编制数": 1, "已付款": 50, "支出合计": 100, "办结情况": "不适用"}
    parts.write("facts.json", {"facts": facts})
    parts("new", "rubric.xlsx", "book.xlsx", "--facts", "facts.json")
    scored = parts.json("score", "book.xlsx")
    assert scored["indicators"][0]["score"] == "45"
    assert scored["base"] == "85"  # of 100, without the part that does not apply
    dumped = parts.json("facts", "book.xlsx")["facts"]
    assert (dumped["已付款"], dumped["办结情况"]) == ("50", "不适用")


@pytest.mark.parametrize("form", ["department", "plain"])
def test_every_form_has_a_cell_for_its_facts(late: Program, form: str) -> None:
    late.write("rubric.toml", LATE.replace('form = "department"', f'form = "{form}"'))
    late("new", "rubric.toml", "book.xlsx")
    late.write("facts.json", {"facts": {"报表逾期天数": 4}})
    late("fill", "book.xlsx", "--facts", "facts.json")
    assert late.indicators("book.xlsx", "score")["report"]["score"] == "50"


WRONG = [
    ("lose = 2.5", "lose = -1", "rubric-not-positive"),
    (", lose = 2.5", "", "rubric-missing"),
    ('"报表逾期天数", lose', '"编制数 ", lose', "rubric-name"),
    ('"报表逾期天数", lose', '"单位名称", lose', "rubric-name-taken"),
    ("lose = 2.5", 'lose = 2.5, side = "over"', "rubric-parameter-unknown"),
    ("score = 52.5", "score = 53", "rubric-case-score"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), WRONG, ids=[code for *_, code in WRONG])
def test_faults_of_the_kind_of_the_recipe_are_told(
    late: Program, right: str, wrong: str, code: str
) -> None:
    assert right in LATE
    late.write("wrong.toml", LATE.replace(right, wrong))
    assert code in late("rubric", "check", "wrong.toml", "--json", status=1)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "where"),
    [
        ("first = 45", "first = 61", "rubric-points-over", "付款分"),
        ('due = "支出合计"', 'due = "支出合计数"', "rubric-fact-unknown", "应付"),
        ('even = "half"', 'even = "some"', "rubric-choice", "付足"),
    ],
)
def test_faults_are_told_where_they_stand(
    parts: Program, right: str, wrong: str, code: str, where: str
) -> None:
    parts.write("wrong.toml", PARTS.replace(right, wrong))
    assert code in parts("rubric", "check", "wrong.toml", "--json", status=1)
    assert where in parts("rubric", "check", "wrong.toml", status=1)


def test_live_formulas_of_the_kind_of_the_recipe_give_its_scores(late: Program) -> None:
    books = []
    for number, days in enumerate((0, 3, 24, 30, "不适用", None)):
        late.write("facts.json", {"facts": {"报表逾期天数": days, "质量自评": 40}})
        books.append(f"{number}.xlsx")
        late("new", "rubric.toml", books[-1], "--facts", "facts.json")
    assert late.wrong_formulas(*books) == []


def test_live_formulas_of_the_other_kind_give_its_scores(parts: Program) -> None:
    """Where a part does not apply, the 适用分值 is the rest."""
    cases: list[tuple[Any, Any, Any]] = [
        (50, 100, "是"),
        (49.99, 100, "否"),
        ("不适用", 100, "是"),
        (50, 100, "不适用"),
        ("不适用", 100, "不适用"),
        (50, None, "是"),
        (50, 100, None),
    ]
    books = []
    for number, (paid, due, done) in enumerate(cases):
        facts = {"编制数": 1, "已付款": paid, "支出合计": due, "办结情况": done}
        parts.write("facts.json", {"facts": facts})
        books.append(f"{number}.xlsx")
        parts("new", "rubric.toml", books[-1], "--facts", "facts.json")
    assert parts.wrong_formulas(*books) == []
    bases = {parts.json("check", book)["base"] for book in books}
    assert {"100", "85", "55", "40"} <= bases


def test_the_choice_has_its_word_in_excel(parts: Program) -> None:
    from .helpers import Book

    parts("rubric", "export", "rubric.toml", "rubric.xlsx")
    book = Book(parts.folder / "rubric.xlsx")
    assert book.cell("指标", "付足", "parts").value == "一半"
    book.set("指标", "付足", "parts", "半数")
    book.save()
    parts("rubric", "export", "rubric.xlsx", "again.toml")
    again = (parts.folder / "again.toml").read_text("utf-8")
    assert re.search(r'even = "half"', again)
