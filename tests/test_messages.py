"""Messages compared to the letter; the texts stand in `cases/`. That every message of the
catalogue is produced by some test is asked at the end of a run of all tests, see `conftest.py`."""

from __future__ import annotations

import os
import re
import string
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book
from rubric_sheets.commands import new
from rubric_sheets.facts.json_form import apply, blank, read_file
from rubric_sheets.facts.model import Row
from rubric_sheets.findings.catalogue import CATALOGUE
from rubric_sheets.findings.finding import InputError, finding
from rubric_sheets.rubric import load
from rubric_sheets.tasks.fill import fill_book

from .test_cases import FOLDER, read

TESTS = os.path.dirname(FOLDER)
MESSAGES = read("messages.toml")


def run(case: dict[str, Any], path: Path) -> None:
    """Do what the case says; it must raise InputError."""
    if "new" in case:
        workbook(find(case["new"]), case["data"])
    elif "fill" in case:
        fill_book(str(path), case["data"])
    elif "data" in case:
        rubric = load.load("yueyang-department")
        facts = blank(rubric)
        if "rows" in case:
            facts.tables["机构收入"] = [Row({}) for _ in range(case["rows"])]
        apply(rubric, facts, case["data"])
    elif "rubric" in case:
        find(case["rubric"])
    elif "rubric_source" in case:
        load.complete(case["rubric_source"])
    elif "form" in case:
        load.load_form(case["form"])
    elif "out" in case:
        new.run(["yueyang-department", case["out"]])
    elif "call" in case:
        import_module(f"rubric_sheets.commands.{case['call'][0]}").run(case["call"][1:])
    elif "out_facts" in case:
        new.run(["yueyang-department", "a.xlsx", "--facts", case["out_facts"]])
    else:
        {"facts": read_file, "rubric": load.read_toml, "book": open_book}[case["read"]](str(path))


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{i}-{case['code']}") for i, case in enumerate(MESSAGES["message"])],
)
def test_message(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "file"
    if "file" in case:
        path.write_text(case["file"], encoding="utf-8")
    elif case.get("read") == "book":
        import openpyxl

        path = tmp_path / "book.xlsx"
        openpyxl.Workbook().save(path)
    elif "fill" in case:
        path.write_bytes(workbook(find(case["fill"])))
    with pytest.raises(InputError) as caught:
        run(case, path)
    codes = [found.code for found in caught.value.findings]
    assert codes == ([case["code"], *case["under"]] if "under" in case else [case["code"]])
    said = str(caught.value)
    if "text" in case:
        assert said == case["text"].replace("{path}", str(path))
    assert said.startswith(case.get("begins", "").replace("{path}", str(path)))
    assert os.listdir(tmp_path) == ([path.name] if path.exists() else []), "nothing is written"


def test_a_fact_without_a_cell(tmp_path: Path) -> None:
    """facts-no-cell: the name of a cell was deleted, so nothing is filled at all."""
    path = tmp_path / "book.xlsx"
    rubric = load.load("yueyang-department")
    with zipfile.ZipFile(BytesIO(workbook(rubric))) as old, zipfile.ZipFile(path, "w") as changed:
        for part in old.namelist():
            content = old.read(part)
            changed.writestr(
                part,
                re.sub(
                    rb'<definedName name="\xe7\xbc\x96\xe5\x88\xb6\xe6\x95\xb0">[^<]*</definedName>',
                    b"",
                    content,
                ),
            )
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        fill_book(str(path), {"facts": {"编制数": 14}})
    assert [found.code for found in caught.value.findings] == ["facts-no-cell"]
    assert str(caught.value).startswith("工作簿里找不到“编制数”的单元格，填不进去；未作任何改动。")
    assert path.read_bytes() == before


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_message_is_whole(code: str) -> None:
    """What is wrong and what to do, each a sentence;
    a field that is not given is a mistake of ours."""
    severity, problem, fix = CATALOGUE[code]
    assert severity in ("error", "warning", "note")
    assert problem.endswith(("。", "}"))
    assert fix.endswith(("。", "}"))
    fields = {
        name for text in (problem, fix) for _, name, _, _ in string.Formatter().parse(text) if name
    }
    given = {name: f"‹{name}›" for name in fields}
    made = finding(code, given.pop("sheet", ""), **given)
    for name in fields:
        assert f"‹{name}›" in made.message + made.fix


def test_texts_of_forms_are_whole() -> None:
    for rubric_id in load.published():
        rubric = load.load(rubric_id)
        for check in rubric["checks"]:
            assert check["at"] in rubric["facts"]
            assert check["severity"] in ("error", "warning", "note")
            for name in re.findall(r"\{([^}]*)\}", check["message"] + check["fix"]):
                assert name in check["when"], (
                    f"{rubric_id}: {name} has no figure in “{check['message']}”"
                )
