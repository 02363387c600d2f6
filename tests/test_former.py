"""Workbooks and rubric files made by version 0.1.0 before the rooms were moved open and score as
they did then.

`former/*.xlsx` and `.xlsm` were made and scored by that version, one of every rubric; two were
saved again by LibreOffice. `former/rubrics/` are its exports of the published rubrics.
They are never made again.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.commands.cli import main

from .books import cell, place, type_at, type_in
from .test_producers import convert

FORMER = Path(__file__).with_name("former")
EXPECTED: dict[str, Any] = json.loads((FORMER / "expected.json").read_text("utf-8"))


def result_of(capsys: pytest.CaptureFixture[str], *call: str) -> dict[str, Any]:
    assert main([*call, "--json"]) in (0, 1)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    found["indicators"] = {
        one["id"]: [one[k] for k in ("status", "computed", "score")] for one in found["indicators"]
    }
    return found


def test_every_workbook_is_expected() -> None:
    assert {path.name for path in FORMER.glob("*.xls?")} == set(EXPECTED)
    assert {one["rubric"] for one in EXPECTED.values()} == {
        path.stem for path in (FORMER / "rubrics").glob("*.xlsx")
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_former_workbook_scores_as_it_did(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = shutil.copy(FORMER / name, tmp_path / name)
    before, wanted = Path(book).read_bytes(), EXPECTED[name]
    found = result_of(capsys, "check", str(book))
    assert {key: found[key] for key in wanted} == wanted
    assert Path(book).read_bytes() == before
    found = result_of(capsys, "score", str(book))
    assert {key: found[key] for key in wanted} == wanted


CHANGED = {
    "yueyang": {"在职人员数": 15},
    "hunan": {"编制数": 50},
    "ziyang": {"年度资金总额全年执行数": 3},
}


@pytest.mark.parametrize("name", [one for one in EXPECTED if one.partition("-")[0] in CHANGED])
def test_formulas_of_a_former_version_are_no_others(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure was changed by a library, which calculates nothing: the values are old, and the
    formulas are not worded as they are now."""
    book = shutil.copy(FORMER / name, tmp_path / name)
    type_in(str(book), **CHANGED[name.partition("-")[0]])
    codes = {one["code"] for one in result_of(capsys, "check", str(book))["findings"]}
    assert "formula-other" not in codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"5-0\.5\*", "5-0.4*"),  # another figure
        (r"MAX\(0,5-", "MAX(0,3-"),
        (r"^.*$", "H4"),  # nothing of the rule at all
    ],
)
def test_a_formula_that_somebody_wrote_anew(
    old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = shutil.copy(FORMER / "yueyang-2021.xlsx", tmp_path / "a.xlsx")
    sheet, row, _ = place(str(book), "指标_staff_control")
    formula = str(cell(str(book), (sheet, row, 8)).formula)
    written = re.sub(old, new, formula)
    assert written != formula
    type_at(str(book), sheet, {f"H{row}": (written, 2)})
    told = result_of(capsys, "check", str(book))["findings"]
    assert [one["cell"] for one in told if one["code"] == "formula-other"] == [f"H{row}"]


def test_the_formula_of_another_row_of_a_former_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = shutil.copy(FORMER / "yueyang-2021.xlsx", tmp_path / "a.xlsx")
    sheet, row, _ = place(str(book), "指标_staff_control")
    formula = str(cell(str(book), (sheet, row, 8)).formula)
    below = re.sub(rf"([EF]){row}\b", rf"\g<1>{row + 1}", formula)
    type_at(str(book), sheet, {f"H{row + 1}": (below, 3)})
    told = result_of(capsys, "check", str(book))["findings"]
    assert [one["cell"] for one in told if one["code"] == "formula-other"] == [f"H{row + 1}"]


@pytest.fixture(scope="module")
def saved_twice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbooks without macros, opened and saved by LibreOffice two times over."""
    books = sorted(FORMER.glob("*.xlsx"))
    for number in (1, 2):
        found = convert(tmp_path_factory.mktemp(f"saved-{number}"), *books)
        books = list(found.values())
    return {path.name: path for path in books}


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.endswith(".xlsx")])
def test_a_workbook_saved_twice_by_libreoffice_scores_as_it_did(
    name: str, saved_twice: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = EXPECTED[name]
    for command in ("check", "score"):
        found = result_of(capsys, command, str(saved_twice[name]))
        assert {key: found[key] for key in wanted} == wanted


NEWER = re.compile(r"^(place|year|zero_text) = .*\n", re.MULTILINE)  # what former files do not say


@pytest.mark.parametrize(
    "path",
    # baojing-2019 has been mended since: it compares the two budgets
    [path for path in sorted((FORMER / "rubrics").glob("*.xlsx")) if path.stem != "baojing-2019"],
    ids=lambda path: path.stem,
)
def test_a_former_rubric_file_is_the_published_rubric(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rubric", "check", str(path)]) == 0
    for of, to in ((str(path), "former.toml"), (path.stem, "published.toml")):
        assert main(["rubric", "export", of, str(tmp_path / to)]) == 0
    published = (tmp_path / "published.toml").read_text("utf-8")
    assert (tmp_path / "former.toml").read_text("utf-8") == NEWER.sub("", published)
