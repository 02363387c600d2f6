"""The sheets that units fill in, shaped by the rubric."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.commands.cli import main
from rubric_sheets.pages.workbook_pages import fact_cells, pages
from rubric_sheets.rubric import load
from rubric_sheets.rubric.unfold import source_of as unfolded

from .helpers import Book, problems, put, small

EXAMPLE = Path(__file__).parents[2] / "examples" / "rubrics" / "small-department.toml"
RUBRICS = Path(__file__).parents[1] / "rubrics"


def example() -> dict[str, Any]:
    return read_source(str(EXAMPLE)).source


def shown(source: dict[str, Any]) -> dict[str, list[str]]:
    """Sheet → its texts, of those to be filled in and the 评分表."""
    made = pages(load.resolve(source))
    return {page.name: [item.text for item in page.items if item.text] for page in made[2:-3]}


def test_what_nothing_is_computed_from_is_left_out() -> None:
    """The parts of a total stay with it; texts, lists and signatures stay."""
    made = shown(example())
    assert list(made) == ["收支表", "基本情况", "预算执行", "绩效目标", "评分表"]
    assert "公共财政拨款" in made["收支表"]
    assert "社会公众或服务对象满意度" not in made["绩效目标"]
    assert "四、评价人员" in made["绩效目标"]
    rubric = load.resolve(example())
    assert "政府采购预算" not in rubric["facts"]
    assert {"收入合计", "公共财政拨款", "支出合计", "人员支出", "编制数"} <= set(rubric["facts"])
    known = set(rubric["facts"])
    assert all(check["at"] in known for check in rubric["checks"])
    assert any(check["at"] == "支出合计" for check in rubric["checks"])


def test_titles_captions_and_order() -> None:
    made = shown(example())
    assert made["收支表"][:2] == ["附件1", "某县2024年度收支情况"]
    assert made["评分表"][0] == "附件2"
    assert made["基本情况"][0] == "附件2-1"


def test_own_data_stand_where_they_belong() -> None:
    """In a block of the form, or in one of their own; on a sheet of their own too."""
    source = example()
    source["fact"].append(
        {"name": "走访户数", "kind": "count", "sheet": "走访", "block": "走访情况"}
    )
    made = shown(source)
    assert made["走访"][:2] == ["走访", "走访情况"]
    cells = fact_cells(pages(load.resolve(source)))
    places = {
        name: (cells[name].fact or {})["sheet"] for name in ("党员人数", "培训次数", "走访户数")
    }
    assert places == {"党员人数": "基本情况", "培训次数": "预算执行", "走访户数": "走访"}
    texts = made["基本情况"]
    assert (
        texts.index("一、部门（单位）基本概况")
        < texts.index("党员人数")
        < texts.index("填报人（签名）：")
    )
    assert "补充数据" not in made


def test_blocks_in_the_order_of_the_rubric() -> None:
    source = small()
    source["sheet"] = [{"name": "预算执行", "blocks": ["新建楼堂馆所", "预算及其调整"]}]
    texts = shown(source)["预算执行"]
    assert texts.index("新建楼堂馆所") < texts.index("预算及其调整")
    assert "重点支出与专项资金" not in texts
    assert "重点项目支出" not in load.resolve(source)["facts"]
    assert list(shown(source)) == list(shown(small())), "one row moves nothing"


@pytest.mark.parametrize("rubric_id", load.published())
def test_published_rubrics_keep_all_blocks(rubric_id: str) -> None:
    assert "sheet" not in load.load(rubric_id)


def test_a_shaped_workbook_scores_is_handed_in_and_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    facts = {"编制数": 10, "在职人员数": 11, "培训次数": 4, "收入合计": 100, "支出合计": 90}
    Path("f.json").write_text(json.dumps({"facts": facts}), encoding="utf-8")
    for argv in (
        ("new", str(EXAMPLE), "a.xlsx", "--facts", "f.json"),
        ("score", "a.xlsx"),
        ("export", "a.xlsx", "out.xlsx", "--force"),
        ("export", "a.xlsx", "out.docx", "--force"),
        ("new", str(EXAMPLE), "next.xlsx", "--from", "a.xlsx"),
    ):
        assert main(list(argv)) == 0, (argv, capsys.readouterr())
    capsys.readouterr()
    main(["check", "a.xlsx", "--json"])
    assert json.loads(capsys.readouterr().out)["total"] == "86"
    out = openpyxl.load_workbook("out.xlsx")
    assert out.sheetnames[0] == "收支表"
    assert out["评分表"]["A1"].value == "附件2"


FAULTS: list[tuple[str, tuple[Any, ...], Any, Any]] = [
    ("rubric-sheet-unknown", ("sheet", 0, "name"), "sheet", [{"name": "收支"}]),
    (
        "rubric-block-unknown",
        ("sheet", 0, "blocks", 0),
        "sheet",
        [{"name": "预算执行", "blocks": ["预算调整"]}],
    ),
    ("rubric-duplicate", ("sheet", 1, "name"), "sheet", [{"name": "三公"}, {"name": "三公"}]),
    (
        "rubric-setting-unused",
        ("sheet", 0, "blocks"),
        "sheet",
        [{"name": "评分表", "blocks": ["甲"]}],
    ),
    ("rubric-missing", ("sheet", 0, "name"), "sheet", [{"title": "甲"}]),
    ("rubric-type", ("sheet", 0, "omit"), "sheet", [{"name": "三公", "omit": "是"}]),
    ("rubric-choice", ("content",), "content", "部分"),
    ("rubric-fact-unknown", ("ratios", "变动率"), "sheet", [{"name": "三公", "omit": True}]),
]


@pytest.mark.parametrize(("code", "path", "key", "value"), FAULTS)
def test_mistakes(code: str, path: tuple[Any, ...], key: str, value: Any) -> None:
    assert (code, path) in [(one.code, one.path) for one in problems(put(key, to=value))]


@pytest.mark.parametrize(
    ("code", "field", "place"),
    [
        ("rubric-text", "sheet", {"sheet": "校验"}),
        ("rubric-text", "sheet", {"sheet": "甲/乙"}),
        ("rubric-text", "block", {"sheet": "收支表", "block": "年度收入情况"}),
        ("rubric-setting-unused", "block", {"block": "甲"}),
    ],
)
def test_places_that_cannot_be(code: str, field: str, place: dict[str, str]) -> None:
    fact = {"name": "检查次数", "kind": "count", **place}
    found = problems(put("fact", 0, to=fact))
    assert (code, ("fact", 0, field)) in [(one.code, one.path) for one in found]


def test_as_an_author_types_it_in_excel(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set("比率与数据", "填在哪张表", 1, "预算执行")
    book.set("比率与数据", "小标题", 1, "检查")
    top, left = book.heading("其他", "工作表")
    for column, text in enumerate(
        ("收支表", "{年度}年收支", "附件9", "年度收入情况；年度支出和结余情况")
    ):
        book.book["其他"].cell(top + 1, left + column).value = text
    row = next(r for r in range(1, 40) if book.book["其他"].cell(r, 1).value == "填报内容")
    book.book["其他"].cell(row, 2).value = "用得着的"
    assert book.findings() == []
    source = book.read().source
    assert source["content"] == "needed"
    assert source["sheet"] == [
        {
            "name": "收支表",
            "title": "{年度}年收支",
            "caption": "附件9",
            "blocks": ["年度收入情况", "年度支出和结余情况"],
        }
    ]
    assert (source["fact"][0]["sheet"], source["fact"][0]["block"]) == ("预算执行", "检查")
    book.set("比率与数据", "填在哪张表", 1, "评分表")
    (one,) = findings_of(read_source(str(book.save())))
    assert one.place == "比率与数据!" + book.cell("比率与数据", "填在哪张表", 1).coordinate


@pytest.mark.parametrize(
    "name", [*load.published(), *sorted(str(path) for path in (*RUBRICS.glob("*.toml"), EXAMPLE))]
)
def test_a_resolved_rubric_gives_its_source_again(name: str) -> None:
    """So that last year's workbook is enough to go on from."""
    published = name in load.published()
    resolved = load.load(name) if published else load.resolve(read_source(name).source)
    assert json.dumps(load.resolve(unfolded(resolved))) == json.dumps(resolved)


def test_a_filled_workbook_is_extended(tmp_path: Path) -> None:
    assert main(["new", str(EXAMPLE), str(tmp_path / "去年.xlsx")]) == 0
    own = tmp_path / "今年.toml"
    own.write_text(
        'extends = "去年.xlsx"\nid = "next"\nversion = "2025.1"\n'
        'remove = ["train"]\n[[indicator]]\nid = "run"\nweight = 60\n',
        encoding="utf-8",
    )
    loaded = read_source(str(own))
    assert findings_of(loaded) == []
    assert [spec["weight"] for spec in loaded.source["indicator"]] == ["40", "60"]
    own.write_text(own.read_text(encoding="utf-8").replace('"run"', '"rum"'), encoding="utf-8")
    found = [one.code for one in findings_of(read_source(str(own)))]
    assert "rubric-indicator-unknown" in found
