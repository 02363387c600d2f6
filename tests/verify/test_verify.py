"""Second opinions: other engines on the live formulas, against the exact scores."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_sheets.books.create import workbook
from rubric_sheets.books.source import FileSource
from rubric_sheets.exact.quantities import for_cell
from rubric_sheets.ooxml.book import Book
from rubric_sheets.places.names import DASHBOARD_SHEET
from rubric_sheets.rubric.load import load, published
from rubric_sheets.verify.compare import DIFFERS, ROUNDED, SAME, UNABLE, verdict
from rubric_sheets.verify.engines import ENGINES, engine
from rubric_sheets.verify.live import with_wrong_values
from rubric_sheets.verify.names import in_ascii
from rubric_sheets.verify.verifying import chosen, verify

from ..books import FULL, new, run, type_at, type_in
from ..generate import Maker
from ..honest import Honest
from ..recalc import TAMPERED, formulas_of

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.xlsx"))
FAST = ("formualizer", "ironcalc")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", FAST)
def test_the_examples(name: str, path: Path) -> None:
    found = verify(str(path), chosen(name))
    assert found.findings == []
    assert found.count(SAME) + found.count(ROUNDED) == len(found.cells) > 25


@pytest.mark.parametrize("name", ["formulas", "libreoffice"])
def test_the_slow_ones(capsys: Any, name: str) -> None:
    book = str(ROOT / "examples" / "yunxi-2021.xlsx")
    outcome = run(capsys, "verify", book, "--engine", name, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["cells"] == outcome.json["same"] + outcome.json["rounded"] > 100
    assert outcome.json["findings"] == []


@pytest.mark.parametrize("rubric_id", published())
def test_honest_units_and_any_others(rubric_id: str, tmp_path: Path) -> None:
    """Facts at every threshold, blanks, 0/0: where none is unusable, the formulas agree."""
    rubric = load(rubric_id)
    data = [Honest(rubric, seed).data() for seed in range(3)]
    data += [Maker(rubric, seed).data() for seed in range(4)]
    path = tmp_path / "book.xlsx"
    for given_data in data:
        path.write_bytes(workbook(rubric, given_data))
        found = verify(str(path), chosen("formualizer"))
        assert [one for one in found.findings if one.severity == "error"] == []
        assert found.count(UNABLE) == 0


def test_every_formula_of_a_book_is_looked_at(tmp_path: Path) -> None:
    path = new(tmp_path / "a.xlsx")
    looked_at = {one.live.place.address for one in verify(path, chosen("formualizer")).cells}
    every = formulas_of(Path(path).read_bytes())
    assert looked_at == {at for at in every if at[0] != DASHBOARD_SHEET}  # which repeats and links


def test_a_formula_that_was_changed(capsys: Any, tmp_path: Path) -> None:
    """The value stored beside it is right: only computing it shows what it is."""
    path = new(tmp_path / "a.xlsx")
    type_at(path, "评分表", {"H5": ("5-1", 5)})
    outcome = run(capsys, "verify", path, "--engine", "formualizer", "--json")
    assert outcome.code == 1
    first = next(one for one in outcome.json["listed"] if one["verdict"] == DIFFERS)
    assert (first["sheet"], first["cell"], first["exact"], first["answer"]) == (
        "评分表",
        "H5",
        "5",
        "4",
    )
    assert first["formula"] == "5-1"
    shown = run(capsys, "verify", path).out
    assert "[错误] 评分表!H5　formualizer 按表内公式算出 4，按评分标准应为 5。" in shown
    assert "不一致 5，算不出 0。" in shown


def test_what_an_engine_cannot_do(capsys: Any, tmp_path: Path) -> None:
    path = new(tmp_path / "a.xlsx")
    type_at(path, "评分表", {"H5": ("NOSUCHFUNCTION(1)", 5)})
    outcome = run(capsys, "verify", path, "--engine", "formualizer", "--json")
    assert outcome.json["unable"] > 0
    (found,) = [one for one in outcome.json["findings"] if one["code"] == "verify-unable"]
    assert (found["cell"], found["severity"]) == ("H5", "warning")
    assert outcome.code == 0


def test_facts_that_cannot_be_used(capsys: Any, tmp_path: Path) -> None:
    """The formulas use 80 as 8000%; the difference is told, but not as a fault of theirs."""
    path = new(tmp_path / "a.xlsx")
    type_in(path, 满意度=80)
    outcome = run(capsys, "verify", path, "--engine", "formualizer", "--json")
    assert outcome.code == 0
    found = [(one["code"], one["severity"]) for one in outcome.json["findings"]]
    assert found[0] == ("verify-inputs", "note")
    assert set(found[1:]) == {("verify-differs", "warning")}


def test_stored_values_are_no_answer(tmp_path: Path) -> None:
    path = new(tmp_path / "a.xlsx")
    source = FileSource(path)
    spoilt = FileSource(path, with_wrong_values(source))
    for sheet, cell in formulas_of(Path(path).read_bytes()):
        from rubric_sheets.places.addresses import cell as address

        assert spoilt.cell(sheet, *address(cell)).text == TAMPERED  # type: ignore[union-attr]
    typed = source.cell("基本情况", 7, 2)
    assert typed is not None
    assert spoilt.cell("基本情况", 7, 2) == typed


def test_names_in_ascii(tmp_path: Path) -> None:
    """Names, and names only: a text, a sheet and a function that look like one stay."""
    path = new(tmp_path / "a.xlsx")
    formula = "编制数+基本情况!B7+LEN(\"编制数\")+'三公'!B7"
    type_at(path, "评分表", {"H5": (formula, 5)})
    book = Book.open(path)
    other = Book.of("b.xlsx", book.container.rewrite(in_ascii(book)))
    assert all(name.isascii() for name in other.names)
    assert sorted(map(tuple, other.names.values())) == sorted(map(tuple, book.names.values()))
    changed = other.sheet("评分表").cell(5, 8)
    assert changed is not None
    name = next(name for name, area in other.names.items() if area == book.names["编制数"])
    assert changed.formula == f"{name}+基本情况!B7+LEN(\"编制数\")+'三公'!B7"


@settings(deadline=None)
@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_rounding_is_told_from_a_disagreement(exact: Fraction) -> None:
    stored = float(for_cell(exact))
    assert verdict(exact, stored) == SAME
    scale = max(1, abs(exact))
    assert verdict(exact, float(exact + scale * Fraction(3, 10**8))) in (SAME, ROUNDED)
    assert verdict(exact, float(exact + scale * Fraction(3, 10**6))) == DIFFERS
    assert verdict(exact, None) == DIFFERS
    assert verdict(exact, "5") == DIFFERS


def test_verdicts_of_texts_and_errors() -> None:
    assert verdict("", None) == verdict("", "") == verdict("优", "优") == SAME
    assert verdict("优", "良") == verdict("", 0.0) == verdict("优", None) == DIFFERS
    assert verdict("优", "#NAME?") == verdict(Fraction(1), "#VALUE!") == UNABLE
    assert verdict(Fraction(1), float("nan")) == verdict(Fraction(1), float("inf")) == UNABLE
    assert verdict(Fraction(1), True) == DIFFERS


def test_which_engine(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    assert {engine(name).NAME for name in ENGINES} == {
        "formualizer",
        "formulas",
        "LibreOffice",
        "IronCalc",
    }
    path = new(tmp_path / "a.xlsx")
    monkeypatch.setitem(sys.modules, "formualizer", None)
    assert chosen(None).NAME == "formulas"
    told = run(capsys, "verify", path, "--engine", "formualizer")
    assert told.code == 2
    assert told.err.strip() == (
        '这个命令要用的“formualizer”没有安装。请运行 pip install "rubric-sheets[verify]"。'
    )
    monkeypatch.setitem(sys.modules, "formulas", None)
    monkeypatch.setitem(sys.modules, "ironcalc", None)
    monkeypatch.setenv("PATH", "")
    assert chosen(None).NAME == "LibreOffice"
    assert "没有这个选项" in run(capsys, "verify", path, "--engine", "lotus").err


def test_an_engine_that_breaks(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    import formualizer

    def broken(data: bytes) -> None:
        raise ValueError("no such thing\nat all")

    monkeypatch.setattr(formualizer, "load_workbook_bytes", broken)
    path = new(tmp_path / "a.xlsx", json.loads(json.dumps(FULL)))
    told = run(capsys, "verify", path, "--engine", "formualizer")
    assert told.code == 2
    assert told.err.strip() == (
        f"formualizer 读不了“{path}”：no such thing at all。请换一个引擎（--engine）再试。"
    )
    assert "找不到文件" in run(capsys, "verify", str(tmp_path / "没有.xlsx")).err
