"""The store, and questions to it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from rubric_sheets.audit import schema
from rubric_sheets.audit.questions import QUESTIONS
from rubric_sheets.audit.store import Store
from rubric_sheets.findings.finding import InputError
from rubric_sheets.reports.reading.document import Spot

from ..books import new, run, type_at
from ..reports import miniatures
from ..reports.documents import save
from .helpers import audit, folder, unit


@pytest.fixture(scope="module")
def store(tmp_path_factory: Any) -> str:
    """Two units, one of them in two years, one that claims too much, one with a formula that gives
    something else, a report with a sum that is wrong, and no workbook."""
    from rubric_sheets.commands.cli import main

    path = tmp_path_factory.mktemp("store")
    low, high = unit("某局", 2021), unit("某局", 2022, 编制数=12, 满意度=80)
    low["claims"] = {**low["claims"], "total": 100}
    high["claims"] = {**high["claims"], "staff-control": {"自评得分": 5}, "total": 97}
    new(path / "a.xlsx", low)
    new(path / "b.xlsx", high)
    new(path / "c.xlsx", unit("=危险局", 2021))
    type_at(str(path / "c.xlsx"), "评分表", {"H5": ("5-1", 5)})
    new(path / "d.xlsx", unit("=危险局", 2021, 编制数=15))
    (path / "e.xlsx").write_text("x", "utf-8")
    wrong = "全年总支出277.14万元：其中基本支出63.81万元，项目支出231.33万元。"
    save(path, [*miniatures.FORM, wrong], "docx")
    out = ["--out", str(path / "汇总.csv"), "--store", str(path / "s.duckdb")]
    main(["audit", str(path), *out, "--verify"])
    return str(path / "s.duckdb")


def asked(capsys: Any, store: str, question: str) -> list[dict[str, Any]]:
    outcome = run(capsys, "query", store, question, "--json")
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_every_table_is_as_described(store: str) -> None:
    with duckdb.connect(store, read_only=True) as base:
        for tables in (schema.KEPT, schema.DERIVED):
            for name, (_, columns) in tables.items():
                found = base.execute(f"DESCRIBE {name}").fetchall()
                assert [(column, kind) for column, kind, *_ in found] == [
                    (column, kind) for column, kind, _ in columns
                ]


def test_what_stands_in_it(capsys: Any, store: str) -> None:
    """The same figures as in `check --json` and `facts --json`."""
    files = asked(capsys, store, "SELECT * FROM units WHERE kind = 'book' AND usable ORDER BY unit")
    assert [one["name"] for one in files] == ["某局", "某局", "=危险局", "=危险局"]
    for one in files:
        checked = run(capsys, "check", one["file"], "--json").json
        same = ("rubric", "complete", "raw", "base", "bonus", "penalty", "total", "grade")
        assert {key: one[key] for key in same} == {key: checked[key] for key in same}
        of_it = f"WHERE unit = {one['unit']} ORDER BY position"
        kept = "* EXCLUDE (unit, position, place, quote)"
        assert asked(capsys, store, f"SELECT {kept} FROM findings {of_it}") == checked["findings"]
        scores = asked(capsys, store, f"SELECT * FROM scores {of_it}")
        assert [(row["indicator"], row["score"], row["reason"]) for row in scores] == [
            (row["id"], row["score"], row["reason"]) for row in checked["indicators"]
        ]
        facts = run(capsys, "facts", one["file"], "--json").json["facts"]
        kept = asked(
            capsys, store, f"SELECT * FROM facts WHERE unit = {one['unit']} AND list IS NULL"
        )
        values = {row["name"]: row["value"] for row in kept}
        filled = {name: str(value) for name, value in facts.items() if value is not None}
        assert {name: values.get(name) for name in filled} == filled


def test_the_statements_of_a_report(capsys: Any, store: str) -> None:
    """As `check --json` has them, with their places in words; those of its findings too."""
    (report,) = asked(capsys, store, "SELECT * FROM units WHERE kind = 'report'")
    checked = run(capsys, "check", report["file"], "--json").json
    of_it = f"WHERE unit = {report['unit']} ORDER BY position"
    kept = asked(capsys, store, f"SELECT * EXCLUDE (unit, position, place) FROM statements {of_it}")
    wanted = [
        {key: value for key, value in one.items() if key != "place"}
        for one in checked["statements"]
    ]
    assert [dict(sorted(one.items())) for one in kept] == [
        dict(sorted(one.items())) for one in wanted
    ]
    places = asked(capsys, store, f"SELECT place FROM statements {of_it}")
    assert [row["place"] for row in places] == [
        str(Spot(**one["place"])) for one in checked["statements"]
    ]
    found = asked(capsys, store, f"SELECT message, place, quote FROM findings {of_it}")
    for row, one in zip(found, checked["findings"], strict=True):
        first = one["evidence"][0] if one["evidence"] else None
        assert row["quote"] == (first["quote"] if first else None)
        assert row["place"] == (str(Spot(**first["place"])) if first else None)
    (wrong,) = asked(capsys, store, "报告里算错的")
    assert (wrong["所写"], wrong["应为"]) == ("277.14万元", "295.14万元")
    counted = {row["种类"]: row for row in asked(capsys, store, "复算情况")}
    assert counted["合计"]["不符"] == 1
    assert sum(row["处数"] for row in counted.values()) == len(checked["statements"])


def test_merged_indicators_count_once(capsys: Any, store: str) -> None:
    (row,) = asked(
        capsys,
        store,
        "SELECT name, weight, score FROM merged WHERE unit = 1 AND indicator LIKE 'group%'",
    )
    assert row == {"name": "履职效益", "weight": "15", "score": "15"}
    (whole,) = asked(capsys, store, "SELECT sum(weight) AS weight FROM merged WHERE unit = 1")
    (base,) = asked(capsys, store, "SELECT base FROM units WHERE unit = 1")
    assert whole["weight"] == base["base"]


def test_every_ready_question_has_an_answer(capsys: Any, store: str) -> None:
    rows = {one.name: asked(capsys, store, one.name) for one in QUESTIONS}
    assert [name for name, found in rows.items() if not found] == []
    change = rows["同比"][0]
    assert (change["单位"], change["上年"], change["本年"]) == ("某局", 2021, 2022)
    assert change["自评增减"] == "-3"
    worst = rows["扣分最多"][0]
    assert worst["理由"].startswith("在职人员控制率 14 ÷ 12 = 116.67%")
    assert (worst["单位"], worst["丢分"]) == ("某局", "5")
    assert rows["自评与测算差距"][0]["单位"] == "某局"
    (twice,) = rows["重复"]
    assert (twice["单位"], twice["份数"]) == ("=危险局", 2)
    assert rows["最常见的问题"] == sorted(
        rows["最常见的问题"], key=lambda row: (-row["份数"], -row["条数"], row["代码"])
    )


def test_the_list(capsys: Any, store: str) -> None:
    shown = run(capsys, "query", store, "--list").out
    assert all(one.name in shown and one.answers in shown for one in QUESTIONS)
    listed = run(capsys, "query", store, "--list", "--json").json
    assert [one["name"] for one in listed] == [one.name for one in QUESTIONS]


def test_forms_of_an_answer(capsys: Any, store: str) -> None:
    sql = "SELECT name, full_marks, complete, [1, 2] AS both FROM units WHERE unit = 3"
    assert asked(capsys, store, sql) == [
        {"name": "=危险局", "full_marks": "100", "complete": True, "both": [1, 2]}
    ]
    table = list(csv.reader(io.StringIO(run(capsys, "query", store, sql, "--csv").out)))
    assert table == [["name", "full_marks", "complete", "both"], ["'=危险局", "100", "是", "1、2"]]
    shown = run(capsys, "query", store, sql).out.splitlines()
    assert shown[1].split() == ["=危险局", "100", "是", "1、2"]
    assert shown[-1] == "1 行"


HOSTILE = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "COPY units TO '{folder}/stolen.csv'",
    "EXPORT DATABASE '{folder}/stolen'",
    "ATTACH '{folder}/other.duckdb' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA temp_directory='{folder}'",
    "DELETE FROM units",
    "DROP TABLE units",
    "UPDATE meta SET value = '9'",
    "CREATE TABLE more AS SELECT 1",
    "SELECT 1; DELETE FROM units",
    "nonsense",
    "SELECT no_such_column FROM units",
    "SELECT getenv('HOME')",
]


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_question_reads_the_store_and_nothing_else(
    capsys: Any, tmp_path: Path, store: str, sql: str
) -> None:
    before = Path(store).read_bytes()
    outcome = run(capsys, "query", store, sql.format(folder=tmp_path))
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("查询没有做成：")
    assert "root:" not in outcome.err
    assert Path(store).read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_calls_that_cannot_be_used(capsys: Any, tmp_path: Path, store: str) -> None:
    assert "找不到文件" in run(capsys, "query", str(tmp_path / "没有.duckdb"), "SELECT 1").err
    assert "缺少参数：SQL" in run(capsys, "query", store).err
    (tmp_path / "文字.duckdb").write_text("x" * 5000, "utf-8")
    told = run(capsys, "query", str(tmp_path / "文字.duckdb"), "SELECT 1").err
    assert "不是 DuckDB 数据库" in told
    with duckdb.connect(str(tmp_path / "别的.duckdb")) as base:
        base.execute("CREATE TABLE cats (name VARCHAR)")
    told = run(capsys, "query", str(tmp_path / "别的.duckdb"), "SELECT 1").err
    assert "里面没有审核结果" in told


def test_a_store_of_another_version(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """An older one is filled anew from its documents, by the next audit and without judging."""
    books, store = folder(tmp_path / "单位", 2), tmp_path / "汇总.duckdb"
    call = (books, "--out", tmp_path / "汇总.xlsx")
    audit(capsys, *call)
    with duckdb.connect(str(store), read_only=True) as base:
        before = {
            name: base.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in schema.DERIVED
        }
    with duckdb.connect(str(store)) as base:
        base.execute("UPDATE meta SET value = '0'")
        base.execute("DROP TABLE ratios")
        base.execute("DROP VIEW merged")
        base.execute("ALTER TABLE units DROP COLUMN claimed")
    assert "由较旧版本的工具生成" in run(capsys, "query", str(store), "SELECT 1").err
    assert "2 份没有变化" in audit(capsys, *call).out
    with duckdb.connect(str(store), read_only=True) as base:
        after = {
            name: base.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in schema.DERIVED
        }
    assert after == before
    assert asked(capsys, str(store), "SELECT count(*) AS n FROM merged") != [{"n": 0}]
    with duckdb.connect(str(store)) as base:
        base.execute("UPDATE meta SET value = '99'")
    assert "由更新版本的工具生成" in audit(capsys, *call).err
    assert "由更新版本的工具生成" in run(capsys, "query", str(store), "SELECT 1").err


def test_one_audit_at_a_time(tmp_path: Path) -> None:
    """Another process holds it."""
    import subprocess
    import sys

    path = str(tmp_path / "s.duckdb")
    code = (
        f"import duckdb, sys; b = duckdb.connect({path!r}); print(1, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InputError, match="正被另一个程序使用"):
            Store.open(path, "program")
        other.communicate(b"")
    Store.open(path, "program").close()


def test_a_folder_as_store(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="是文件夹"):
        Store.open(str(tmp_path), "program")
    with pytest.raises(InputError, match="所在文件夹不存在"):
        Store.open(str(tmp_path / "没有" / "s.duckdb"), "program")


def test_the_objects_come_back_as_they_went_in(capsys: Any, tmp_path: Path) -> None:
    books = folder(tmp_path / "单位", 3)
    call = (books, "--out", tmp_path / "汇总.csv", "--json")
    first = audit(capsys, *call).out.splitlines()
    new(books / "01.xlsx", unit("新的"))
    second = audit(capsys, *call).out.splitlines()
    assert (second[0], second[2]) == (first[0], first[2])
    assert json.loads(second[1])["indicators"] != []
    assert second[1] != first[1]
