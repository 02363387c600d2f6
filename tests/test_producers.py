"""The whole way for workbooks saved again by other programs: the same facts, the same scores,
files that still open."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.ooxml.book import Book

from .books import FULL, found, new, parts, place, run, type_in, with_openpyxl

EDITS = {
    "在职人员数": 15,
    "政府采购实际": 9.5,
    "满意度": 0.88,
    "公务卡刷卡额": "不适用",
    "资产问题例数_账实": 2,
    "联系人": "  李 会计\n二楼 ",
}
SCORES = {"staff-control": "1.5", "procurement": "2", "satisfaction": "3", "asset-safety": "2"}


# LibreOffice trusts the values in a file; told so, it computes every formula anew,
# a second opinion on ours.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(folder: Path, *files: Path) -> dict[str, Path]:
    """Save workbooks with LibreOffice, all in one run; stem → new file.
    Fails in one line where it is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail(
            "缺少 LibreOffice（soffice），请先安装：sudo apt install libreoffice-calc",
            pytrace=False,
        )
    out = folder / "out"
    (folder / "profile/user").mkdir(parents=True)
    (folder / "profile/user/registrymodifications.xcu").write_text(RECALCULATE)
    command = [
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        *map(str, files),
    ]
    made = {file.stem: out / f"{file.stem}.xlsx" for file in files}
    for _ in range(2):  # a fresh profile may end the first start early
        subprocess.run(command, capture_output=True, timeout=180, check=False)
        if all(path.exists() for path in made.values()):
            return made
    pytest.fail(
        f"LibreOffice 没有转换出 {[str(path) for path in made.values() if not path.exists()]}",
        pytrace=False,
    )


def edited(path: Path) -> str:
    type_in(new(path), **EDITS)
    return str(path)


def score(path: str) -> dict:
    """`score` without a terminal; the JSON as the command prints it, without the path."""
    from rubric_sheets.checks.evaluation import as_json
    from rubric_sheets.tasks.score import score_book

    return as_json("", score_book(path, write=True)[0])


@pytest.fixture(scope="session")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Producer → the same filled and edited workbook; then each scored,
    and the scored ones opened by LibreOffice."""
    folder = tmp_path_factory.mktemp("producers")
    own = folder / "own.xlsx"
    edited(own)
    by_openpyxl = folder / "openpyxl.xlsx"
    shutil.copy(own, by_openpyxl)
    with_openpyxl(str(by_openpyxl), lambda book: None)
    both = folder / "both.xlsx"
    shutil.copy(by_openpyxl, both)
    scored = folder / "scored-before.xlsx"
    shutil.copy(own, scored)
    score(str(scored))
    fresh = folder / "fresh.xlsx"
    fresh.write_bytes(Path(new(folder / "n.xlsx", FULL)).read_bytes())
    with_macros = folder / "macros.xlsm"
    edited(with_macros)
    files = convert(folder, own, both, scored, fresh, with_macros)
    made = {
        "own": own,
        "openpyxl": by_openpyxl,
        **{f"libreoffice-{stem}": path for stem, path in files.items()},
    }
    for path in made.values():
        shutil.copy(path, path.with_suffix(".unscored.xlsx"))
    return made


NAMES = [
    "own",
    "openpyxl",
    "libreoffice-own",
    "libreoffice-both",
    "libreoffice-scored-before",
    "libreoffice-macros",
]


@pytest.fixture
def copy(produced: dict[str, Path], tmp_path: Path) -> Callable[[str], str]:
    return lambda name: str(
        shutil.copy(produced[name].with_suffix(".unscored.xlsx"), tmp_path / "表.xlsx")
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_same_scores(capsys, copy: Callable[[str], str], name: str) -> None:
    path = copy(name)
    data = run(capsys, "check", path, "--json").json
    scores = {one["id"]: one["score"] for one in data["indicators"]}
    assert {id_: scores[id_] for id_ in SCORES} == SCORES
    assert run(capsys, "check", copy("own"), "--json").json | {"book": ""} == data | {"book": ""}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts(capsys, copy: Callable[[str], str], name: str) -> None:
    held = run(capsys, "facts", copy(name), "--json")
    own = run(capsys, "facts", copy("own"), "--json")
    assert (held.code, held.json) == (0, own.json)
    assert held.json["facts"]["联系人"] == EDITS["联系人"]


def test_nothing_is_flagged_in_a_clean_workbook(capsys, copy: Callable[[str], str]) -> None:
    assert run(capsys, "check", copy("libreoffice-fresh"), "--json").json["findings"] == []


@pytest.mark.parametrize("name", NAMES)
def test_score_writes_and_is_idempotent(capsys, copy: Callable[[str], str], name: str) -> None:
    path = copy(name)
    first = run(capsys, "score", path, "--json")
    data = Path(path).read_bytes()
    assert run(capsys, "score", path, "--json").json == first.json
    assert Path(path).read_bytes() == data
    assert (
        run(capsys, "facts", path, "--json").json == run(capsys, "facts", copy(name), "--json").json
    )


def values_of(path: str, sheets: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """What a person sees: every cell with a value; blank texts and blanks are the same."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet: {
            cell.coordinate: round(cell.value, 9) if isinstance(cell.value, float) else cell.value
            for row in book[sheet].iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        for sheet in sheets
    }


def test_scored_files_open_in_libreoffice_with_the_same_values(
    produced: dict[str, Path], tmp_path: Path
) -> None:
    """LibreOffice reads what `score` wrote into files of every producer, computes it anew,
    and shows the same."""
    files = []
    for name in NAMES:
        path = Path(
            shutil.copy(produced[name].with_suffix(".unscored.xlsx"), tmp_path / f"{name}.xlsx")
        )
        score(str(path))
        files.append(path)
    sheets = ("评分表", "校验", "三公", "收支表", "资产采购", "基本情况", "核查清单")
    differing = []
    for name, path in convert(tmp_path, *files).items():
        theirs, ours = (
            values_of(str(path), sheets),
            values_of(str(tmp_path / f"{name}.xlsx"), sheets),
        )
        for sheet in sheets:
            cells = {**theirs[sheet], **ours[sheet]}
            differing += [
                (name, sheet, at, theirs[sheet].get(at), ours[sheet].get(at))
                for at in cells
                if theirs[sheet].get(at) != ours[sheet].get(at)
            ]
    assert differing == []


def test_findings_point_to_the_same_cells(capsys, copy: Callable[[str], str]) -> None:
    for name in NAMES:
        path = copy(name)
        type_in(path, 编制数="十四", 满意度="九成")
        places = {
            (one["sheet"], one["cell"])
            for one in found(run(capsys, "check", path, "--json"), "cell-text")
        }
        own = {place(path, wanted)[0] for wanted in ("编制数", "满意度")}
        assert {sheet for sheet, _ in places} == own, name


# -- .xlsm


def test_macros_and_ribbon_stay_byte_for_byte(capsys, tmp_path: Path) -> None:
    path = edited(tmp_path / "表.xlsm")
    before = parts(path)
    assert {"xl/vbaProject.bin", "customUI/customUI.xml", "customUI/customUI14.xml"} <= set(before)
    assert run(capsys, "score", path).code in (0, 1)
    after = parts(path)
    changed = {name for name in before if before[name] != after.get(name)}
    assert all(
        name.startswith("xl/worksheets/sheet") or name == "xl/workbook.xml" for name in changed
    )
    assert list(after) == list(before)
    assert run(capsys, "fill", path, "--facts", _facts(tmp_path)).code == 0
    assert parts(path)["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert openpyxl.load_workbook(path).sheetnames == list(Book.open(path).sheets)


def test_the_same_scores_with_macros(capsys, tmp_path: Path) -> None:
    with_macros, without = edited(tmp_path / "a.xlsm"), edited(tmp_path / "b.xlsx")
    one, two = (run(capsys, "check", path, "--json").json for path in (with_macros, without))
    assert one | {"book": ""} == two | {"book": ""}


def test_openpyxl_keeps_the_ribbon_and_score_still_works(capsys, tmp_path: Path) -> None:
    path = edited(tmp_path / "表.xlsm")
    before = parts(path)
    with_openpyxl(path, lambda book: None)
    assert parts(path)["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert run(capsys, "score", path).code in (0, 1)
    assert parts(path)["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]


def _facts(folder: Path) -> str:
    path = folder / "f.json"
    path.write_text(json.dumps({"facts": {"编制数": 15}}), encoding="utf-8")
    return str(path)
