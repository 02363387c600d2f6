"""Second opinions in bulk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest

from rubric_sheets.audit import second
from rubric_sheets.commands import audit as command

from ..books import new, run, type_at, type_in
from .helpers import audit, lines, summary, unit
from .test_store import asked

ROOT = Path(__file__).resolve().parents[2]


def made(path: Path) -> Path:
    """A good workbook, a formula that was changed, a fact that cannot be used, and no workbook."""
    path.mkdir()
    new(path / "好.xlsx", unit("好局"))
    new(path / "改.xlsx", unit("改局"))
    type_at(str(path / "改.xlsx"), "评分表", {"H5": ("5-1", 5)})
    new(path / "错.xlsx", unit("错局"))
    type_in(str(path / "错.xlsx"), 满意度=80)
    (path / "坏.xlsx").write_text("x", "utf-8")
    return path


def test_each_is_what_verify_says(capsys: Any, tmp_path: Path) -> None:
    books, store = made(tmp_path / "夹"), tmp_path / "s.duckdb"
    call = (books, "--out", tmp_path / "s.xlsx", "--json")
    plain = audit(capsys, *call)
    outcome = audit(capsys, *call, "--verify")
    assert lines(outcome) == lines(plain)  # what is said of each file is the same
    for name in ("好", "改", "错"):
        alone = run(
            capsys, "verify", str(books / f"{name}.xlsx"), "--engine", "formualizer", "--json"
        ).json
        (kept,) = asked(
            capsys,
            str(store),
            f"SELECT verified.* FROM verified JOIN units USING (unit) WHERE name = '{name}局'",
        )
        for key in ("cells", "same", "rounded", "differs", "unable", "invalid"):
            assert kept[key] == alone[key]
        listed = asked(
            capsys,
            str(store),
            f"SELECT differences.* EXCLUDE (unit) FROM differences JOIN units USING (unit) WHERE name = '{name}局'",
        )
        wanted = [one for one in alone["listed"] if one["verdict"] in ("differs", "unable")]
        assert listed == [{key: one[key] for key in second.FIELDS} for one in wanted]
    found = summary(outcome)["verified"]
    assert (found["books"], found["disagree"]) == (3, 1)
    assert "verified" not in summary(plain)
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["第二意见"]
    shown = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in shown[:5]] == ["不一致"] * 5
    assert shown[0][:5] == ("改局", "不一致", "评分表!H5", "5", "4")
    assert {row[1] for row in shown[5:]} == {"所填不能用"}
    assert asked(capsys, str(store), "第二意见")[0]["引擎得"] == "4"


def test_it_is_done_once(capsys: Any, tmp_path: Path) -> None:
    """What was verified is not verified again, nor lost by an audit that does not ask for it."""
    books, store = made(tmp_path / "夹"), tmp_path / "s.duckdb"
    (books / "坏.xlsx").unlink()
    call = (books, "--out", tmp_path / "s.xlsx")
    told = [
        audit(capsys, *call, *more).out
        for more in ((), ("--verify",), ("--verify", "formualizer"), (), ("--verify", "ironcalc"))
    ]
    judged = [
        row["judged"] for row in asked(capsys, str(store), "SELECT judged FROM runs ORDER BY run")
    ]
    assert judged == [3, 3, 0, 0, 3]
    assert "第二意见（formualizer " in told[1]
    assert told[1].splitlines()[-1] == told[2].splitlines()[-1]
    assert "第二意见" not in told[0] + told[3]
    assert "第二意见（IronCalc " in told[4]


def test_any_number_of_workers(capsys: Any, tmp_path: Path) -> None:
    books = made(tmp_path / "夹")
    results = []
    for workers in (1, 2):
        for left in tmp_path.glob("s.*"):
            left.unlink()
        call = (books, "--out", tmp_path / "s.xlsx", "--verify", "--workers", workers)
        results.append((audit(capsys, *call).out, (tmp_path / "s.xlsx").read_bytes()))
    assert results[0] == results[1]


def test_the_status(capsys: Any, tmp_path: Path) -> None:
    """A formula that gives something else is an error, though every figure is right."""
    new(tmp_path / "a.xlsx")
    call = (tmp_path / "a.xlsx", "--out", tmp_path / "s.csv")
    assert audit(capsys, *call, "--verify").code == 0
    type_at(str(tmp_path / "a.xlsx"), "评分表", {"H5": ("5-1", 5)})
    without = audit(capsys, *call)
    assert audit(capsys, *call, "--verify").code == 1
    assert "错误 0 条" not in without.out or without.code == 0


class Panic(BaseException):
    """As a fault of a program in Rust arrives."""


def test_an_engine_that_breaks(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    def broken(data: bytes) -> None:
        raise Panic("index out of bounds")

    new(tmp_path / "a.xlsx")
    monkeypatch.setattr(formualizer, "load_workbook_bytes", broken)
    call = (tmp_path / "a.xlsx", "--out", tmp_path / "s.csv", "--verify", "--workers", 1)
    outcome = audit(capsys, *call)
    assert outcome.code == 0
    assert "1 册没有读成" in outcome.out
    (kept,) = asked(capsys, str(tmp_path / "s.duckdb"), "SELECT failed FROM verified")
    assert "index out of bounds" in kept["failed"]


@pytest.mark.parametrize("name", ["formulas", "libreoffice"])
def test_the_slow_ones(capsys: Any, tmp_path: Path, name: str) -> None:
    shutil.copy(ROOT / "examples" / "yunxi-2021.xlsx", tmp_path / "a.xlsx")
    call = (tmp_path / "a.xlsx", "--out", tmp_path / "s.csv", "--verify", name, "--json")
    found = summary(audit(capsys, *call))["verified"]
    assert found["cells"] == found["same"] + found["rounded"] > 100


def test_engines_that_are_not_there(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    assert command.ENGINES == second.ENGINES
    new(tmp_path / "a.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "ironcalc", None)
    second.known_as.cache_clear()
    told = audit(capsys, tmp_path / "a.xlsx", "--out", tmp_path / "s.csv", "--verify", "ironcalc")
    assert told.code == 2
    assert 'pip install "rubric-sheets[verify]"' in told.err
    assert not (tmp_path / "s.duckdb").exists()
    assert (
        audit(capsys, tmp_path / "a.xlsx", "--out", tmp_path / "s.csv", "--verify", "lotus").code
        == 2
    )
