"""Submissions of every published rubric, blank and with the example facts,
and all of them as PDF in one run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.checks.evaluation import Evaluation, evaluate, together
from rubric_sheets.export.book import submission
from rubric_sheets.export.forms import raw_texts
from rubric_sheets.export.pdf import convert
from rubric_sheets.pages.page import Page
from rubric_sheets.rubric.load import published
from rubric_sheets.tasks.submit import write
from xlwings_libreoffice.errors import OfficeMissing
from xlwings_libreoffice.program import find_soffice

EXAMPLES = Path(__file__).parents[2] / "examples" / "facts"
LONG = "本单位按照年度工作计划推进各项任务，加强资金管理，按规定公开信息，完成了全部目标。" * 4


class Case(NamedTuple):
    """One workbook and its submission."""

    name: str
    book: Path
    out: Path
    evaluation: Evaluation
    pages: list[Page]

    @property
    def parts(self) -> list[tuple[str, Evaluation]]:
        """Each project with the name of its score table."""
        parts = self.evaluation.projects or (self.evaluation,)
        return [
            ("评分表" + (f"（{number}）" if number > 1 else ""), part)
            for number, part in enumerate(parts, 1)
        ]


def full() -> dict[str, Any]:
    """Much of everything: long texts, many institutions, more rows than a page holds,
    texts like formulas."""
    data: dict[str, Any] = json.loads((EXAMPLES / "yueyang-2021.json").read_text(encoding="utf-8"))
    data["facts"].update(
        {
            "职能职责概述": "=1+1",
            "年度主要工作内容": "@" + LONG * 3,
            "总体运行情况及成绩": "\n".join(f"{number}、{LONG}" for number in range(20)),
        }
    )
    data["tables"]["机构收入"] += [
        {"机构名称": f"二级机构{n}", "上年结转": "1", "公共财政拨款": "2.5"} for n in range(30)
    ]
    data["tables"]["机构支出"] += [{"机构名称": f"二级机构{n}", "人员支出": "1"} for n in range(30)]
    data["tables"]["绩效指标"] = [
        {
            "一级指标": "产出目标" if n < 20 else "效益目标",
            "三级指标": f"-第{n}项" + LONG[: n * 3],
            "年度指标值": "≥65次",
            "分值": "2.5",
        }
        for n in range(40)
    ]
    data["claims"]["staff-control"] = {"自评得分": 5, "说明": LONG * 6}
    data["claims"]["carry-over"] = {"自评得分": 2, "说明": "+有结余"}
    return data


def facts() -> dict[str, dict[str, Any]]:
    """Name → facts of every case."""
    out = {f"blank-{id_}": {"rubric": id_} for id_ in published()}
    for file in sorted(EXAMPLES.glob("*.json")):
        out[file.stem] = json.loads(file.read_text(encoding="utf-8"))
    projects = [data for data in out.values() if data["rubric"] == "project"]
    return out | {"full": full(), "projects": {"rubric": "project", "projects": projects}}


NAMES = sorted(facts())


@cache
def made(name: str) -> bytes:
    data = facts()[name]
    return workbook(find(data["rubric"]), data)


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    folder = tmp_path_factory.mktemp("export")
    out = {}
    for name in NAMES:
        book, target = folder / f"{name}-filled.xlsx", folder / f"{name}.xlsx"
        book.write_bytes(made(name))
        write(str(book), str(target), force=True)
        readers = open_projects(str(book))
        evaluation = together([evaluate(one.rubric, one.facts, one.published) for one in readers])
        pages = [page for page, _ in submission(evaluation, [raw_texts(one) for one in readers])]
        out[name] = Case(name, book, target, evaluation, pages)
    return out


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    return cases[request.param]


def need_office() -> None:
    """A missing program is a failure with one clear line, never a test left out."""
    try:
        program = find_soffice()
    except OfficeMissing:
        program = "soffice"
    if shutil.which(program) is None:
        pytest.fail(
            f"LibreOffice ({program}) is needed for these tests: apt install libreoffice-calc fonts-noto-cjk",
            pytrace=False,
        )


@pytest.fixture(scope="session")
def pdfs(cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDF of every case."""
    need_office()
    folder = tmp_path_factory.mktemp("pdf")
    convert([str(one.out) for one in cases.values()], str(folder), "PDF")
    return folder


FEW_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>
<selectfont>
<acceptfont><glob>*/DejaVuSans*.ttf</glob><glob>*/NotoSansCJK*</glob></acceptfont>
<rejectfont><glob>*.ttf</glob><glob>*.otf</glob><glob>*.ttc</glob><glob>*.pfb</glob><glob>*.t1</glob></rejectfont>
</selectfont>
</fontconfig>"""


def stock(sources: list[Path], folder: Path, few_fonts: bool = False) -> Path:
    """The folder with the PDFs of the sources as a LibreOffice prints them that knows nothing of
    this program, with the fonts of the machine or with the two that are always there."""
    need_office()
    environment = dict(os.environ)
    if few_fonts:
        environment["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
        (folder / "fonts.conf").write_text(FEW_FONTS.format(folder=folder), encoding="utf-8")
    command = [
        find_soffice(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    for _ in range(3):  # a fresh profile may make the first start end early
        subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
        if all((folder / f"{source.stem}.pdf").exists() for source in sources):
            return folder
    pytest.fail("LibreOffice 没有生成 PDF", pytrace=False)


def told(program: str, *arguments: str) -> str:
    """What one of the poppler tools prints."""
    try:
        return subprocess.run(
            [program, *arguments], capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout
    except FileNotFoundError:
        pytest.fail(
            f"{program} is needed for these tests: apt install poppler-utils", pytrace=False
        )
