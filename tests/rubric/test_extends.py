"""A rubric as a difference from any other: a published one, a text file, a rubric in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.commands.cli import main
from rubric_sheets.findings.finding import InputError

CHANGE = """
extends = "{base}"
id = "this-year"
version = "2"
title = "今年"
source = "测试"
{more}
[[indicator]]
id = "{id}"
rule = {{ lose = 1 }}
"""


def written(folder: Path, base: str, more: str = "", id_: str = "staff-control") -> Path:
    path = folder / "今年.toml"
    path.write_text(CHANGE.format(base=base, more=more, id=id_), encoding="utf-8")
    return path


def of(path: Path) -> tuple[dict[str, Any], list[str]]:
    loaded = read_source(str(path))
    errors = [one.code for one in findings_of(loaded) if one.severity == "error"]
    return loaded.source, errors


@pytest.mark.parametrize("name", ["去年.toml", "去年.xlsx"])
def test_a_file_may_be_extended(tmp_path: Path, name: str) -> None:
    main(["rubric", "export", "yueyang-department", str(tmp_path / name)])
    source, errors = of(written(tmp_path, name))
    published, _ = of(written(tmp_path, "yueyang-department"))
    assert errors == []
    assert source["indicator"][0]["rule"]["lose"] == "1"
    assert source["indicator"] == published["indicator"]


def test_a_file_in_another_folder_that_extends_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    main(["rubric", "export", "yueyang-department", str(tmp_path / "旧" / "去年.toml")])
    middle = written(tmp_path / "旧", "去年.toml")
    source, errors = of(written(tmp_path, f"旧/{middle.name}"))
    assert errors == []
    assert len(source["indicator"]) == 25


def test_a_circle_of_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="绕成了圈"):
        read_source(str(written(tmp_path, "今年.toml")))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有"):
        read_source(str(written(tmp_path, "没有.toml")))


def test_facts_and_ratios_of_the_base_can_be_taken_out(tmp_path: Path) -> None:
    gone = 'remove = ["priority-works", "重点工作实际完成率"]'
    more = f'{gone}\nfull_marks = "100"'
    path = written(tmp_path, "hunan-county-department", more)
    source, _ = of(path)
    assert "重点工作实际完成率" not in [fact["name"] for fact in source.get("fact", [])]


@pytest.mark.parametrize("id_", ["staff-contrl", "budget"])
def test_a_mistyped_id_of_a_change_is_told(tmp_path: Path, id_: str) -> None:
    _, errors = of(written(tmp_path, "yueyang-department", id_=id_))
    assert "rubric-indicator-unknown" in errors
