"""The commands as other programs call them: exact shapes, exit statuses,
nothing but JSON where JSON is asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.books.read import open_projects
from rubric_sheets.places.addresses import letters
from rubric_sheets.rubric.load import published

from .books import (
    COUNTS,
    FULL,
    JUDGED,
    RUBRIC,
    cell,
    found,
    new,
    parts,
    place,
    run,
    type_at,
    type_in,
    with_openpyxl,
    write_json,
)

DECIMAL = re.compile(r"-?\d+(\.\d+)?")
INDICATOR = {"id", "levels", "weight", "status", "ratio", "computed", "claimed", "score", "reason"}
FINDING = {"code", "severity", "sheet", "cell", "message", "expected", "actual", "fix"}
BOOK = {
    "book",
    "rubric",
    "complete",
    "raw",
    "base",
    "bonus",
    "penalty",
    "total",
    "grade",
    "possible",
    "progress",
    "indicators",
    "findings",
}
STATUSES = {"scored", "judged", "not_applicable", "missing", "error"}


@pytest.fixture
def book(tmp_path: Path) -> str:
    return new(tmp_path / "自评 表.xlsx")


def whole(*argv: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rubric_sheets", *argv],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


# -- each command once as a whole process


def test_the_whole_way_from_the_shell(tmp_path: Path) -> None:
    write_json(tmp_path / "f.json", FULL)
    steps = [
        (("rubric", "list", "--json"), 0),
        (("rubric", "show", RUBRIC, "--json"), 0),
        (("new", RUBRIC, "甲.xlsx", "--facts", "f.json"), 0),
        (("check", "甲.xlsx", "--json"), 0),
        (("fill", "甲.xlsx", "--facts", "f.json"), 0),
        (("score", "甲.xlsx"), 0),
        (("facts", "甲.xlsx", "--json"), 0),
        (("score",), 2),
        (("nonsense",), 2),
        ((), 2),
        (("--version",), 0),
    ]
    for argv, code in steps:
        done = whole(*argv, cwd=tmp_path)
        assert done.returncode == code, (argv, done.stderr)
        assert (done.stderr == "") == (code == 0 or not argv), (argv, done.stderr)
        if "--json" in argv:
            json.loads(done.stdout)


def test_a_reader_that_stops_early_gets_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m rubric_sheets rubric show {RUBRIC} --json | head -1"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_output_is_utf8_whatever_the_terminal_says(tmp_path: Path) -> None:
    new(tmp_path / "a.xlsx", {})
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "rubric_sheets", "check", "a.xlsx", "--json"],
        capture_output=True,
        cwd=tmp_path,
        env=env | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        check=False,
    )
    assert json.loads(done.stdout.decode())["indicators"][0]["levels"][0] == "投入"


@pytest.mark.skipif(sys.platform == "win32", reason="file names are bytes on Unix only")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = b"\xd7\xd4\xc6\xc0.xlsx"  # a name in GBK, as unpacked from a Windows archive
    (tmp_path / "a.xlsx").write_bytes(Path(new(tmp_path / "b.xlsx")).read_bytes())
    (tmp_path / "a.xlsx").rename(tmp_path / os.fsdecode(name))
    for extra in ([], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "rubric_sheets", "check", name, *extra],
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


# -- shapes


def test_rubric_list(capsys) -> None:
    listed = run(capsys, "rubric", "list", "--json").json
    mine = next(one for one in listed if one["id"] == RUBRIC)
    assert mine["full_marks"] == "100"
    assert {"id", "title", "full_marks"} <= set(mine)
    assert RUBRIC in run(capsys, "rubric", "list").out


def test_rubric_show(capsys) -> None:
    shown = run(capsys, "rubric", "show", RUBRIC, "--json").json
    assert {"id", "title", "full_marks", "indicators", "facts"} <= set(shown)
    assert len(shown["indicators"]) == 25
    keys = {"id", "levels", "weight", "group", "standard", "ratio", "rule", "facts"}
    names = {fact["name"] for fact in shown["facts"]}
    for one in shown["indicators"]:
        assert keys <= set(one)
        assert DECIMAL.fullmatch(one["weight"])
        assert one["standard"]
        assert one["rule"]["kind"]
        assert one["ratio"] is None or {"name", "formula"} <= set(one["ratio"])
        assert set(one["facts"]) <= names
    staff = shown["indicators"][0]
    assert staff["levels"] == ["投入", "预算配置", "财政供养人员控制率"]
    assert staff["ratio"]["formula"] == "在职人员数 / 编制数"
    assert staff["facts"] == ["在职人员数", "编制数"]


def test_rubric_show_tells_where_every_fact_stands(capsys, book: str) -> None:
    for fact in run(capsys, "rubric", "show", RUBRIC, "--json").json["facts"]:
        assert {"name", "kind", "unit", "sheet", "cell"} <= set(fact)
        assert fact["kind"] in (
            "amount",
            "count",
            "percent",
            "text",
            "yes_no",
            "breach_count",
            "judged",
        )
        sheet, row, column = place(book, fact["name"])
        assert (sheet, f"{openpyxl.utils.get_column_letter(column)}{row}") == (
            fact["sheet"],
            fact["cell"],
        )


@pytest.mark.parametrize("facts", [FULL, {}], ids=["filled", "blank"])
@pytest.mark.parametrize("command", [["check"], ["score"], ["score", "--dry-run"]], ids=" ".join)
def test_score_json(capsys, tmp_path: Path, facts: dict, command: list[str]) -> None:
    path = new(tmp_path / "a.xlsx", facts)
    data = run(capsys, *command, path, "--json").json
    assert set(data) == BOOK
    assert (data["book"], data["rubric"]) == (path, RUBRIC)
    for key in ("raw", "base", "bonus", "penalty"):
        assert DECIMAL.fullmatch(data[key])
    assert data["total"] is None or DECIMAL.fullmatch(data["total"])
    assert data["complete"] is bool(facts)
    for one in data["indicators"]:
        assert set(one) == INDICATOR
        assert one["status"] in STATUSES
        assert one["reason"]
        for key in ("weight", "ratio", "computed", "score"):
            assert one[key] is None or DECIMAL.fullmatch(one[key])
        assert (
            one["claimed"] is None
            or one["claimed"] == "不适用"
            or DECIMAL.fullmatch(one["claimed"])
        )
    for one in data["findings"]:
        assert set(one) == FINDING
        assert all(isinstance(value, str) for value in one.values())
        assert one["severity"] in ("error", "warning", "note")


def test_the_figures_of_a_full_workbook(capsys, book: str) -> None:
    data = run(capsys, "check", book, "--json").json
    by_id = {one["id"]: one for one in data["indicators"]}
    assert by_id["staff-control"] | {"reason": ""} == {
        "id": "staff-control",
        "levels": ["投入", "预算配置", "财政供养人员控制率"],
        "weight": "5",
        "status": "scored",
        "ratio": "1",
        "computed": "5",
        "claimed": None,
        "score": "5",
        "reason": "",
    }
    assert by_id["three-public-change"]["ratio"] == "-0.5643908084"
    assert by_id["payment-progress"]["status"] == "not_applicable"
    assert by_id["growth-pole-goals"]["status"] == "judged"
    assert by_id["growth-pole-goals"]["claimed"] == by_id["growth-pole-goals"]["score"] == "7"
    assert (data["base"], data["grade"], data["findings"]) == ("97", "优", [])


def test_totals_of_totals_are_computed_in_any_order(capsys, book: str) -> None:
    """支出合计 stands before 基本支出, and 当年结余 before 累计结余, of which each is made."""
    (one,) = (
        i
        for i in run(capsys, "check", book, "--json").json["indicators"]
        if i["id"] == "carry-over"
    )
    assert one["reason"].startswith("累计结余 63.63，上年结转 63.63")
    assert one["score"] == "2"
    shown = {
        name: float(cell(book, name).text)
        for name in ("基本支出", "支出合计", "累计结余", "当年结余")
    }
    assert shown == {"基本支出": 189.19, "支出合计": 289.19, "累计结余": 63.63, "当年结余": 0}


def test_several_books(capsys, tmp_path: Path, book: str) -> None:
    other = new(tmp_path / "b.xlsx", {"facts": {"编制数": 34, "在职人员数": 36}})
    both = run(capsys, "check", book, other, "--json")
    assert [one["book"] for one in both.json] == [book, other]
    assert both.code == 0
    missing = run(capsys, "check", book, "没有.xlsx", "--json")
    assert missing.code == 2
    assert [one["book"] for one in missing.json] == [book]
    assert missing.err.count("\n") == 1
    assert run(capsys, "score", book, book).code == 0


def test_nothing_on_stdout_when_nothing_can_be_read(capsys, tmp_path: Path) -> None:
    for command in ("check", "score", "facts"):
        out = run(capsys, command, str(tmp_path / "没有.xlsx"), "--json")
        assert (out.code, out.out) == (2, "")
        assert "没有.xlsx" in out.err


# -- exit statuses


def test_status_1_for_an_error_0_for_a_warning(capsys, book: str) -> None:
    assert run(capsys, "check", book).code == 0
    type_in(book, 公务卡应刷卡额=None)
    blank = run(capsys, "check", book, "--json")
    assert [one["severity"] for one in blank.json["findings"]] == ["warning", "warning"]
    assert blank.code == 0
    type_in(book, 公务卡应刷卡额="五元")
    for command in ("check", "score"):
        assert run(capsys, command, book).code == 1


@pytest.mark.parametrize(
    "argv",
    [
        ["score"],
        ["score", "--jsn", "a.xlsx"],
        ["score", "a.xlsx", "--json=1"],
        ["check"],
        ["check", "--dry-run", "a.xlsx"],
        ["facts"],
        ["facts", "a.xlsx", "b.xlsx"],
        ["fill", "a.xlsx"],
        ["fill", "--facts"],
        ["fill", "a.xlsx", "--facts"],
        ["new"],
        ["new", RUBRIC],
        ["new", RUBRIC, "a.xlsx", "b"],
        ["new", RUBRIC, "a.xls"],
        ["new", "没有", "a.xlsx"],
        ["rubric"],
        ["rubric", "shw"],
        ["rubric", "show"],
        ["rubric", "show", "../x"],
        ["rubric", "list", "x"],
        ["rubric", "show", "", "--json"],
        ["scroe"],
        ["--json"],
    ],
    ids=" ".join,
)
def test_usage_errors_are_chinese(capsys, argv: list[str]) -> None:
    out = run(capsys, *argv)
    assert (out.code, out.out) == (2, "")
    assert re.search("[一-鿿]", out.err)
    english = re.sub(r"可用的有：.*?；", "", out.err)  # ids
    english = re.sub(
        r"(?i)rubric-sheets|rubric|projects|audit|query|verify|facts|book|json|xlsx|xlsm|xls|toml|help|new|fill|show|list|score|check|scroe|shw|jsn|diff|dry-run|import|export|seal|docx|pdf|addin|doctor|out|id",
        "",
        english,
    )
    assert not re.search("[A-Za-z]{3,}", english), out.err


@pytest.mark.parametrize(
    "argv",
    [
        ["fill", "a.xlsx", "--bogus"],
        ["fill", "--bogus=3"],
        ["fill", "--facts", "--bogus"],
        ["new", RUBRIC, "--bogus"],
        ["score", "--bogus"],
        ["check", "a.xlsx", "--bogus"],
        ["export", "--bogus"],
        ["rubric", "show", "--bogus"],
    ],
    ids=" ".join,
)
def test_an_unknown_option_is_named_before_what_is_missing(capsys, argv: list[str]) -> None:
    out = run(capsys, *argv)
    assert (out.code, out.out) == (2, "")
    assert out.err.startswith("不认识的参数：--bogus。可用的有：--")
    assert "缺少" not in out.err


def test_what_follows_two_hyphens_is_no_option(capsys, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    new(tmp_path / "-a.xlsx")
    assert run(capsys, "facts", "--", "-a.xlsx").code == 0
    assert run(capsys, "score", "--dry-run", "--", "-a.xlsx").code == 0


@pytest.mark.parametrize("command", ["new", "fill", "facts", "score", "check"])
def test_help_is_chinese(capsys, command: str) -> None:
    out = run(capsys, command, "--help")
    assert out.code == 0
    assert "用法" in out.out
    assert not re.search("usage|positional|options", out.out)


# -- every rubric that comes with the program


@pytest.mark.parametrize("rubric", published())
def test_every_rubric_all_the_way(capsys, tmp_path: Path, rubric: str) -> None:
    path = str(tmp_path / "a.xlsx")
    assert run(capsys, "new", rubric, path).code == 0
    shown = run(capsys, "rubric", "show", rubric, "--json").json
    blank = run(capsys, "check", path, "--json")
    assert (blank.code, blank.json["total"], blank.json["complete"]) == (0, None, False)
    assert [one["id"] for one in blank.json["indicators"]] == [
        one["id"] for one in shown["indicators"]
    ]
    some = {
        "amount": "12.5",
        "count": 3,
        "percent": 90,
        "text": "甲",
        "yes_no": "是",
        "breach_count": 1,
        "judged": 1,
    }
    facts = {fact["name"]: some[fact["kind"]] for fact in shown["facts"] if fact["kind"] != "text"}
    given = write_json(tmp_path / "f.json", {"rubric": rubric, "facts": facts})
    assert run(capsys, "fill", path, "--facts", given).code == 0
    first = run(capsys, "score", path, "--json")
    assert first.json["total"]
    scored = Path(path).read_bytes()
    assert run(capsys, "score", path, "--json").json == first.json
    assert Path(path).read_bytes() == scored
    held = run(capsys, "facts", path, "--json")
    again = str(tmp_path / "b.xlsx")
    assert (
        run(capsys, "new", rubric, again, "--facts", write_json(tmp_path / "g.json", held.out)).code
        == 0
    )
    assert run(capsys, "facts", again, "--json").json == held.json
    assert run(capsys, "check", again, "--json").json | {"book": ""} == first.json | {"book": ""}


# -- new


def test_new_does_not_overwrite(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    out = run(capsys, "new", RUBRIC, book)
    assert (out.code, out.out) == (2, "")
    assert Path(book).read_bytes() == before


def test_new_with_wrong_facts_leaves_no_file(capsys, tmp_path: Path) -> None:
    facts = write_json(tmp_path / "f.json", {"facts": {"编制": 1}})
    assert run(capsys, "new", RUBRIC, str(tmp_path / "a.xlsx"), "--facts", facts).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["f.json"]


def test_new_into_a_folder_that_is_not_there(capsys, tmp_path: Path) -> None:
    out = run(capsys, "new", RUBRIC, str(tmp_path / "没有" / "a.xlsx"))
    assert (out.code, out.out) == (2, "")
    assert f"文件夹“{tmp_path / '没有'}”不存在" in out.err
    assert not re.search("原文件|磁盘", out.err)
    (tmp_path / "夹.xlsx").mkdir()
    out = run(capsys, "new", RUBRIC, str(tmp_path / "夹.xlsx"))
    assert (out.code, out.out) == (2, "")
    assert "是文件夹" in out.err
    assert "工作簿" not in out.err


def test_a_rubric_goes_before_a_folder_of_its_name(capsys, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / RUBRIC).mkdir()
    for argv in (
        ["new", RUBRIC, "a.xlsx"],
        ["rubric", "show", RUBRIC],
        ["rubric", "check", RUBRIC],
    ):
        assert run(capsys, *argv).code == 0


def test_new_twice_gives_the_same_bytes(capsys, tmp_path: Path) -> None:
    for name in ("a.xlsm", "b.xlsm"):
        assert run(capsys, "new", RUBRIC, str(tmp_path / name)).code == 0
    assert (tmp_path / "a.xlsm").read_bytes() == (tmp_path / "b.xlsm").read_bytes()


# -- facts → new → facts, and fill


def messy_facts() -> dict:
    data = json.loads(json.dumps(FULL))
    data["facts"].update(
        {
            "职能职责概述": "第一行\n第二行 <&>\"'",
            "联系人": "=1+1",
            "报告日期": "'2022",
            "追加预算": "-12.345678",
            "支出合计": "289.2",
        }
    )
    data["tables"]["机构收入"] = [
        {"机构名称": "甲", "上年结转": "1.005", "收入合计": "2"},
        {},
        {"机构名称": "丙", "公共财政拨款": "0.1"},
        {"机构名称": "丁"},
    ]
    data["tables"]["机构支出"] = [
        {"机构名称": "甲"},
        {"人员支出": "3"},
        {"机构名称": "丙", "项目支出": "7"},
    ]
    data["tables"]["年度目标"] = [{"预期目标": f"目标{n}"} for n in range(9)]
    data["claims"].update(
        {"total": "96.5", "subtotals": {"投入": "15", "过程": "40"}, "grade": "良好"}
    )
    data["claims"]["staff-control"] = {"自评得分": "4.5", "说明": "编制冻结"}
    data["claims"]["payment-progress"] = {"自评得分": "不适用"}
    data["claims"]["asset-use"] = {"自评得分": None, "说明": "账外"}
    return data


@pytest.mark.parametrize(
    "facts",
    [FULL, messy_facts(), {}, {"facts": {"满意度": 0, "编制数": 0, "政府采购预算": "不适用"}}],
)
def test_facts_new_facts_is_the_identity(capsys, tmp_path: Path, facts: dict) -> None:
    first = new(tmp_path / "a.xlsx", facts)
    out = run(capsys, "facts", first, "--json")
    second = str(tmp_path / "b.xlsx")
    assert (
        run(capsys, "new", RUBRIC, second, "--facts", write_json(tmp_path / "f.json", out.out)).code
        == 0
    )
    again = run(capsys, "facts", second, "--json")
    assert again.json == out.json
    one, two = (
        run(capsys, "check", first, "--json").json,
        run(capsys, "check", second, "--json").json,
    )
    assert one | {"book": ""} == two | {"book": ""}
    # and filling a blank workbook gives the same
    third = new(tmp_path / "c.xlsx", {"tables": {"机构收入": [{}] * 4, "年度目标": [{}] * 9}})
    assert run(capsys, "fill", third, "--facts", str(tmp_path / "f.json")).code == 0
    assert run(capsys, "facts", third, "--json").json == out.json


def test_facts_hold_what_was_given(capsys, tmp_path: Path) -> None:
    given = messy_facts()
    held = run(capsys, "facts", new(tmp_path / "a.xlsx", given), "--json").json
    for name, value in given["facts"].items():
        assert str(held["facts"][name]) == str(value), name
    assert {
        name: rows for name, rows in held["tables"].items() if name in given["tables"]
    } == given["tables"]
    for key, claim in given["claims"].items():
        if key not in ("total", "grade", "subtotals"):
            assert str(held["claims"][key]["自评得分"]) == str(claim["自评得分"]), key
    assert {key: held["claims"][key] for key in ("total", "grade", "subtotals")} == {
        "total": "96.5",
        "grade": "良好",
        "subtotals": {"投入": "15", "过程": "40"},
    }


def test_facts_as_a_table_for_people(capsys, book: str) -> None:
    out = run(capsys, "facts", book)
    assert "编制数" in out.out
    assert out.code == 0


def test_facts_says_what_it_could_not_read(capsys, book: str) -> None:
    type_in(book, 编制数="十四人")
    out = run(capsys, "facts", book, "--json")
    assert out.code == 1
    # not null: a null would blank the cell when filled back
    assert "编制数" not in out.json["facts"]
    assert "十四人" in out.err


def fill(capsys, book: str, data: object) -> object:
    return run(capsys, "fill", book, "--facts", write_json(Path(book).with_suffix(".json"), data))


def test_fill_null_blanks_absent_stays(capsys, book: str) -> None:
    out = fill(
        capsys,
        book,
        {"facts": {"编制数": None, "在职人员数": 15, "满意度": "87.5", "专项资金数": 0}},
    )
    assert out.code == 0
    assert "4 个单元格" in out.out
    held = run(capsys, "facts", book, "--json").json["facts"]
    assert (held["编制数"], held["在职人员数"], held["满意度"], held["专项资金数"]) == (
        None,
        15,
        "87.5",
        0,
    )
    assert (held["实有人数"], held["政府采购预算"]) == (20, "10")
    assert cell(book, "满意度").text == "0.875"


def test_fill_null_blanks_what_could_not_be_read(capsys, book: str) -> None:
    type_in(book, 编制数="十四人")
    assert fill(capsys, book, {"facts": {"编制数": None}}).code == 0
    assert cell(book, "编制数").kind == "blank"


def test_fill_leaves_what_could_not_be_read(capsys, book: str) -> None:
    type_in(book, 编制数="十四人")
    assert fill(capsys, book, {"facts": {"在职人员数": 13}}).code == 0
    assert cell(book, "编制数").text == "十四人"


def test_fill_the_same_again_changes_nothing(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    out = fill(capsys, book, FULL)
    assert (out.code, Path(book).read_bytes()) == (0, before)
    assert "未改动" in out.out
    assert not Path(book + ".bak").exists()


def test_fill_keeps_a_persons_formula_of_the_same_value(capsys, book: str) -> None:
    type_in(book, 政府采购实际=("=4+6", 10))
    assert fill(capsys, book, {"facts": {"政府采购实际": 10, "编制数": 15}}).code == 0
    assert cell(book, "政府采购实际").formula == "4+6"
    assert fill(capsys, book, {"facts": {"政府采购实际": 11}}).code == 0
    assert cell(book, "政府采购实际").formula is None


def test_fill_merges_rows_by_name_and_column(capsys, book: str) -> None:
    before = run(capsys, "facts", book, "--json").json["tables"]
    first, *others = before["机构三公"]
    rows = [
        {"机构名称": "丙", "公务接待费": "2"},
        {"机构名称": first["机构名称"], "因公出国费": "1"},
    ]
    assert fill(capsys, book, {"tables": {"机构三公": rows}}).code == 0
    held = run(capsys, "facts", book, "--json").json["tables"]
    assert held["机构三公"][0] == {**first, "因公出国费": "1"}
    assert rows[0] in held["机构三公"][1:]
    assert [row for row in held["机构三公"] if row in others] == others
    assert held["机构收入"] == before["机构收入"]


def test_fill_clears_a_cell_a_row_and_a_table_by_null(capsys, book: str) -> None:
    rows = [
        {"机构名称": "乙", "因公出国费": "1", "公务接待费": "4"},
        {"机构名称": "丙", "公务接待费": "2"},
    ]
    assert fill(capsys, book, {"tables": {"机构三公": None}}).code == 0
    assert cell(book, "三公经费").text == ""
    assert fill(capsys, book, {"tables": {"机构三公": rows}}).code == 0
    assert cell(book, "三公经费").text == "7"  # the total's cached value follows
    some = {"机构三公": [{"公务接待费": None}, {}]}
    assert fill(capsys, book, {"tables": some}).code == 0
    held = run(capsys, "facts", book, "--json").json["tables"]["机构三公"]
    assert held == [{"机构名称": "乙", "因公出国费": "1"}, rows[1]]
    assert fill(capsys, book, {"tables": {"机构三公": [None]}}).code == 0
    held = run(capsys, "facts", book, "--json").json["tables"]["机构三公"]
    assert held == [{}, rows[1]]
    assert fill(capsys, book, {"tables": {"机构三公": []}}).code == 0
    assert run(capsys, "facts", book, "--json").json["tables"]["机构三公"] == held


def test_fill_leaves_what_a_row_does_not_name(capsys, tmp_path: Path) -> None:
    path = str(tmp_path / "项目.xlsx")
    facts = str(Path(__file__).parent.parent / "examples/facts/ziyang-2022.json")
    assert run(capsys, "new", "project", path, "--facts", facts).code == 0
    before = run(capsys, "facts", path, "--json").json
    assert fill(capsys, path, {"tables": {"绩效指标": [{"实际完成值": "60台"}]}}).code == 0
    before["tables"]["绩效指标"][0]["实际完成值"] = "60台"
    assert run(capsys, "facts", path, "--json").json == before


def test_fill_leaves_a_persons_formula_in_a_row(capsys, book: str) -> None:
    sheet, row, column = open_projects(book)[0].facts.tables["机构三公"][0].places["公务接待费"]
    type_at(book, sheet, {f"{letters(column)}{row}": ("1+1", 2)})
    assert fill(capsys, book, {"tables": {"机构三公": [{"因公出国费": "1"}]}}).code == 0
    assert cell(book, (sheet, row, column)).formula == "1+1"


def test_fill_refuses_too_many_rows_and_writes_nothing(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    out = fill(
        capsys,
        book,
        {"facts": {"编制数": 1}, "tables": {"机构三公": [{"机构名称": str(n)} for n in range(40)]}},
    )
    assert out.code == 2
    assert "40 行" in out.err
    assert "3 行" in out.err
    assert Path(book).read_bytes() == before


def test_fill_tells_every_mistake_at_once(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    out = fill(
        capsys,
        book,
        {
            "facts": {
                "编制": 1,
                "在职人员数": "十四",
                "满意度": True,
                "预算管理制度_制定": "有",
                "联系人": ["甲"],
                "年末结余": "１２",
            },
            "tables": {"机构收人": [], "机构三公": [{"机构": "甲"}], "绩效指标": 5},
            "claims": {
                "staff_control": {"自评得分": 1},
                "asset-use": {"得分": 1},
                "procurement": 3,
                "total": "很多",
                "subtotals": {"投人": 1},
            },
        },
    )
    assert (out.code, Path(book).read_bytes()) == (2, before)
    lines = out.err.splitlines()
    for mistake, hint in [
        ("“编制”", "“编制数”"),
        ("“在职人员数”", "十四"),
        ("“满意度”", "true"),
        ("“预算管理制度_制定”", "有"),
        ("“联系人”", "甲"),
        ("“年末结余”", "１２"),
        ("“机构收人”", "“机构收入”"),
        ("“机构”", "“机构名称”"),
        ("“tables.绩效指标”", "[…]"),
        ("“staff_control”", "“staff-control”"),
        ("“得分”", "“自评得分”"),
        ("“claims.procurement”", "{…}"),
        ("“claims.total”", "很多"),
        ("“投人”", "“投入”"),
    ]:
        assert any(mistake in line and hint in line for line in lines), (mistake, out.err)
    assert len(lines) == 15
    assert "自评 表.json”有 14 处" in lines[0], "the file is named once, above"
    assert f"rubric-sheets rubric show {RUBRIC} " in lines[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "JSON"),
        ("{", "第 1 行"),
        ('{"facts": {"编制数": 1,}}', "第 1 行"),
        ("[]", "{…}"),
        ('{"facts": []}', "facts"),
        ('{"编制数": 3}', "facts"),
        ('{"fact": {"编制数": 3}}', "“facts”"),
        ('{"facts": {"编制数": NaN}}', "编制数"),
        ('{"facts": {"编制数": 1e999}}', "编制数"),
        ('{"facts": {"编制数": 1' + "0" * 400 + "}}", "编制数"),
        ('{"facts": {"编制数": 1' + "0" * 9000 + "}}", "过长"),
        ('{"facts": {"编制数": 1, "编制数": 2}}', "写了两次"),
        ("[" * 100_000, "嵌套过深"),
        ('{"facts": {"联系人": "\\u0001"}}', "联系人"),
        ('{"facts": {"联系人": "\\ud800"}}', "半个字符"),
        ('{"facts": {"联系人": "' + "长" * 40000 + '"}}', "联系人"),
        ('{"rubric": "project"}', "project"),
        ('{"rubric": 5}', "5"),
        ('{"claims": {"asset-use": {"自评得分": "3分"}}}', "3分"),
    ],
)
def test_facts_files_that_cannot_be_used(
    capsys, tmp_path: Path, book: str, data: str, said: str
) -> None:
    before = Path(book).read_bytes()
    facts = write_json(tmp_path / "坏.json", data)
    for argv in (["fill", book], ["new", RUBRIC, str(tmp_path / "新.xlsx")]):
        out = run(capsys, *argv, "--facts", facts)
        assert (out.code, out.out) == (2, "")
        assert said in out.err
        assert len(out.err) < 400
    assert Path(book).read_bytes() == before
    assert not (tmp_path / "新.xlsx").exists()


def test_facts_file_in_no_encoding_or_a_folder_or_missing(
    capsys, tmp_path: Path, book: str
) -> None:
    (tmp_path / "bad.json").write_bytes(b'{"facts": {"\xff\xff": 1}}')
    assert "编码" in run(capsys, "fill", book, "--facts", str(tmp_path / "bad.json")).err
    assert "文件夹" in run(capsys, "fill", book, "--facts", str(tmp_path)).err
    assert "找不到" in run(capsys, "fill", book, "--facts", str(tmp_path / "x.json")).err
    assert "是工作簿" in run(capsys, "fill", book, "--facts", book).err
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf" + b'{"facts": {}}')
    assert run(capsys, "fill", book, "--facts", str(tmp_path / "bom.json")).code == 0


def test_fill_claims(capsys, book: str) -> None:
    """A judged indicator has one cell for its fact and its claim;
    a claim given in part stays in the rest."""
    assert fill(capsys, book, {"claims": {"asset-use": {"自评得分": 2, "说明": "闲置"}}}).code == 0
    assert fill(capsys, book, {"claims": {"asset-use": {"说明": "闲置两间"}}}).code == 0
    assert fill(capsys, book, {"facts": {"新增长极目标自评": 6}}).code == 0
    held = run(capsys, "facts", book, "--json").json["claims"]
    assert held["asset-use"] == {"自评得分": "2", "说明": "闲置两间"}
    assert held["growth-pole-goals"] == {"自评得分": "6"}
    assert (
        fill(
            capsys, book, {"facts": {"新增长极目标自评": None}, "claims": {"asset-use": None}}
        ).code
        == 0
    )
    held = run(capsys, "facts", book, "--json").json["claims"]
    assert not {"asset-use", "growth-pole-goals"} & set(held)


def test_fill_total_and_back(capsys, book: str) -> None:
    formula = cell(book, "自评总分").formula
    assert formula
    assert fill(capsys, book, {"claims": {"total": None, "subtotals": {"投入": None}}}).code == 0
    assert cell(book, "自评总分").formula == formula
    assert fill(capsys, book, {"claims": {"total": 92, "grade": None}}).code == 0
    claims = run(capsys, "facts", book, "--json").json["claims"]
    assert claims["total"] == "92"
    assert "grade" not in claims
    assert fill(capsys, book, {"claims": {"total": None}}).code == 0
    assert cell(book, "自评总分").kind == "blank"
    assert run(capsys, "score", book).code == 0
    assert "total" not in run(capsys, "facts", book, "--json").json["claims"]


def test_fill_a_total_over_its_formula(capsys, book: str) -> None:
    formula = cell(book, "收入合计").formula
    assert fill(capsys, book, {"facts": {"收入合计": None}}).code == 0
    assert cell(book, "收入合计").formula == formula
    assert fill(capsys, book, {"facts": {"收入合计": "353"}}).code == 0
    assert cell(book, "收入合计").formula is None
    assert found(run(capsys, "check", book, "--json"), "summary-differs")


def test_fill_names_the_facts_file_and_where_the_names_are(
    capsys, book: str, tmp_path: Path
) -> None:
    facts = write_json(tmp_path / "数 据.json", {"facts": {"编制人数": 14}})
    out = run(capsys, "fill", book, "--facts", facts)
    assert out.err.splitlines()[0] == (
        f"数据文件“{facts}”有 1 处不能用，未作任何改动。请按以下各条处理后再试。全部名称可用 rubric-sheets rubric show {RUBRIC} 查看。"
    )


def test_names_of_a_rubric_of_ones_own_are_found_in_the_workbook(capsys, tmp_path: Path) -> None:
    rubric, book = str(tmp_path / "own.toml"), str(tmp_path / "自评 表.xlsx")
    assert run(capsys, "rubric", "export", RUBRIC, rubric).code == 0
    text = Path(rubric).read_text(encoding="utf-8")
    Path(rubric).write_text(text.replace(f'id = "{RUBRIC}"', 'id = "our-county"'), encoding="utf-8")
    assert run(capsys, "new", rubric, book).code == 0
    facts = write_json(tmp_path / "f.json", {"facts": {"编制人数": 14}})
    assert (
        f'全部名称可用 rubric-sheets facts "{book}" 查看。'
        in run(capsys, "fill", book, "--facts", facts).err
    )
    again = run(capsys, "new", rubric, str(tmp_path / "b.xlsx"), "--facts", facts)
    assert f"全部名称可用 rubric-sheets rubric show {rubric} 查看。" in again.err


def test_fill_needs_a_cell_for_every_value(capsys, book: str) -> None:
    def drop(workbook) -> None:
        del workbook.defined_names["编制数"], workbook.defined_names["年度目标"]

    with_openpyxl(book, drop)
    before = Path(book).read_bytes()
    out = fill(
        capsys,
        book,
        {"facts": {"编制数": 3, "在职人员数": 4}, "tables": {"年度目标": [{"预期目标": "甲"}]}},
    )
    assert (out.code, Path(book).read_bytes()) == (2, before)
    assert "编制数" in out.err
    assert "年度目标" in out.err


def test_fill_after_score_leaves_nothing_that_is_wrong(capsys, book: str) -> None:
    """Reasons follow the facts; findings of the last run are called so, until the next one."""
    run(capsys, "score", book)
    fill(capsys, book, {"facts": {"在职人员数": 15}})
    sheet, row, _ = place(book, "指标_staff_control")
    assert "15 ÷ 14" in cell(book, (sheet, row, 10)).text
    assert "上次" in cell(book, "校验摘要").text
    run(capsys, "score", book)
    assert "总分" in cell(book, "校验摘要").text


def test_fill_does_not_pretend_to_have_checked(capsys, book: str) -> None:
    fill(capsys, book, {"facts": {"在职人员数": 15}})
    assert cell(book, "校验摘要").text.startswith("尚未校验")
    sheet, row, _ = place(book, "指标_staff_control")
    assert cell(book, (sheet, row, 10)).kind == "blank"


def test_fill_keeps_the_old_file(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    fill(capsys, book, {"facts": {"编制数": 15}})
    assert Path(book + ".bak").read_bytes() == before


# -- score


def test_score_twice_gives_the_same_file(capsys, book: str) -> None:
    before = Path(book).read_bytes()
    first = run(capsys, "score", book)
    scored = Path(book).read_bytes()
    assert first.code == 0
    assert ".bak" in first.out
    assert scored != before
    assert Path(book + ".bak").read_bytes() == before
    Path(book + ".bak").unlink()
    again = run(capsys, "score", book)
    assert Path(book).read_bytes() == scored
    assert not Path(book + ".bak").exists()
    assert "未改动" in again.out


def test_check_and_dry_run_write_nothing(capsys, book: str, tmp_path: Path) -> None:
    before = Path(book).read_bytes()
    for argv in (
        ["check", book],
        ["check", book, "--json"],
        ["score", "--dry-run", book],
        ["facts", book],
    ):
        run(capsys, *argv)
    assert Path(book).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [Path(book).name]


def test_check_says_what_score_says(capsys, book: str) -> None:
    type_in(book, 总分=99, 编制数="14人", 三公经费="x")
    checked = run(capsys, "check", book, "--json").json
    dry = run(capsys, "score", "--dry-run", book, "--json").json
    scored = run(capsys, "score", book, "--json").json
    assert checked == dry == scored
    assert {"formula-lost", "cell-text-number", "cell-text"} <= {
        one["code"] for one in checked["findings"]
    }
    order = {"error": 0, "warning": 1, "note": 2}
    ranks = [order[one["severity"]] for one in checked["findings"]]
    assert ranks == sorted(ranks)


def test_what_score_wrote_is_read_back(capsys, book: str) -> None:
    type_in(book, 在职人员数=16, 政府采购实际="八")
    data = run(capsys, "score", book, "--json").json
    workbook = openpyxl.load_workbook(book, data_only=True)
    sheet = workbook["评分表"]
    header = {c.value: c.column for c in sheet[4]}
    by_name = [(sheet.cell(row, header["三级指标"]).value, row) for row in range(5, 30)]
    assert [name for name, _ in by_name] == [one["levels"][-1] for one in data["indicators"]]
    for (_, row), one in zip(by_name, data["indicators"]):
        score = sheet.cell(row, header["得分"]).value
        expected = (
            float(one["score"])
            if one["score"]
            else "不适用"
            if one["status"] == "not_applicable"
            else None
        )
        assert score == expected, one
        assert sheet.cell(row, header["扣分原因"]).value == one["reason"]
    total = workbook.defined_names["总分"].attr_text
    assert sheet[total.rpartition("!")[2].replace("$", "")].value == pytest.approx(
        float(data["total"]), abs=1e-9
    )
    rows = [
        [c.value for c in row]
        for row in workbook["校验"].iter_rows(min_row=4, max_row=40, max_col=7)
        if row[0].value
    ]
    assert len(rows) == len(data["findings"])
    for number, (row, one) in enumerate(zip(rows, data["findings"]), 1):
        severity = {"error": "错误", "warning": "提示", "note": "说明"}[one["severity"]]
        place_text = f"{one['sheet']}!{one['cell']}" if one["cell"] else one["sheet"]
        assert row == [
            number,
            severity,
            place_text,
            one["message"],
            one["expected"] or None,
            one["actual"] or None,
            one["fix"],
        ]
    formulas = openpyxl.load_workbook(book)["评分表"]
    assert str(formulas.cell(5, header["得分"]).value).startswith("=")
    link = next(c for c in workbook["校验"]["C"] if c.value == "资产采购!E16" or c.hyperlink)
    assert link.hyperlink.location


def test_findings_that_are_mended_go_away(capsys, book: str) -> None:
    type_in(book, 编制数="十四", 政府采购实际="八", 满意度="很好")
    run(capsys, "score", book)
    type_in(book, 编制数=14, 政府采购实际=10, 满意度=0.96)
    assert run(capsys, "score", book, "--json").json["findings"] == []
    sheet = openpyxl.load_workbook(book)["校验"]
    assert [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)] == []
    assert not [c for row in sheet.iter_rows(min_row=4) for c in row if c.hyperlink]


def test_long_findings_get_room(capsys, tmp_path: Path) -> None:
    """A row of the 校验 is as high as its longest text,
    and of the common height again when that is gone."""
    names = [
        f"违规例数_{kind}" for kind in ("财经法规", "审批程序", "项目论证", "批复用途", "截留挪用")
    ]
    claims = {"fund-compliance": 3, **JUDGED}
    data = {
        "facts": dict.fromkeys(names, 1),
        "claims": {id_: {"自评得分": points} for id_, points in claims.items()},
    }
    path = new(tmp_path / "长.xlsx", data)

    def heights() -> set[tuple[int, float]]:
        """(lines of the longest text, height) of the findings; 48 where the row says nothing."""
        sheet = openpyxl.load_workbook(path)["校验"]
        found = set()
        for row in sheet.iter_rows(min_row=4):
            if row[0].value:
                lines = max(
                    -(-2 * len(str(row[at].value or "")) // width)
                    for at, width in ((3, 60), (6, 46))
                )
                found.add((lines, sheet.row_dimensions[row[0].row].height or 48))
        return found

    run(capsys, "score", path)
    assert max(heights()) > (4, 4 * 15.6)
    assert all(height >= min(lines, 3) * 16 for lines, height in heights())
    assert min(heights())[1] == 48
    type_in(path, **dict.fromkeys(names, 0))
    run(capsys, "score", path)
    assert max(heights()) <= (3, 64)


def hidden_findings(path: str) -> list[int]:
    rows = openpyxl.load_workbook(path)["校验"].row_dimensions
    return [number for number, row in rows.items() if row.hidden]


def test_new_findings_are_not_written_into_hidden_rows(capsys, book: str) -> None:
    """Old ones may stay hidden: somebody wanted it so."""
    run(capsys, "score", book)

    def hide(workbook) -> None:
        workbook["校验"].row_dimensions.group(5, 30, hidden=True)
        workbook["校验"].auto_filter.ref = "A3:G30"
        workbook["校验"].auto_filter.add_filter_column(1, ["错误"])

    with_openpyxl(book, hide)
    hidden = hidden_findings(book)
    assert hidden
    run(capsys, "score", book)
    assert hidden_findings(book) == hidden
    type_in(book, 编制数="十四", 满意度="九成", 年末结余=-5)
    run(capsys, "score", book)
    assert hidden_findings(book) == []
    filtered = openpyxl.load_workbook(book)["校验"].auto_filter
    assert (filtered.ref, filtered.filterColumn) == ("A3:G30", [])


def test_untouched_parts_stay(capsys, book: str) -> None:
    before = parts(book)
    run(capsys, "score", book)
    after = parts(book)
    assert list(after) == list(before)
    sheets = {name for name in before if before[name] != after[name]}
    assert sheets <= {
        name for name in before if name.startswith("xl/worksheets/") or name == "xl/workbook.xml"
    }


def test_breaches_and_blanks_are_not_zero(capsys, tmp_path: Path) -> None:
    facts = {"facts": dict.fromkeys(COUNTS[:4], 0)}
    by_id = {
        i["id"]: i
        for i in run(capsys, "check", new(tmp_path / "a.xlsx", facts), "--json").json["indicators"]
    }
    assert by_id["fund-compliance"]["status"] == "missing"
    assert by_id["fund-compliance"]["score"] is None
    assert set(JUDGED) <= set(by_id)


@pytest.mark.parametrize("command", ["check", "score"])
def test_a_click_loads_no_heavy_modules(tmp_path: Path, command: str) -> None:
    """docs/decisions/start-time.md: what each of them would cost."""
    book = tmp_path / "评分表.xlsx"
    shutil.copy("examples/yueyang-2021.xlsx", book)
    heavy = ("typing", "dataclasses", "argparse", "openpyxl", "xlsxwriter")
    program = (
        "import sys; from rubric_sheets.commands.cli import main; main(sys.argv[1:])\n"
        f"print('loaded:', *[name for name in {heavy} if name in sys.modules])"
    )
    call = [sys.executable, "-S", "-c", program, command, str(book)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"
