"""The report as a Word document: what it says, that Word opens it, and what a template may do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from rubric_sheets.authoring.find import find
from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.export import handed_in
from rubric_sheets.export.draft import why
from rubric_sheets.export.pdf import convert
from rubric_sheets.export.report.context import context, numeral
from rubric_sheets.export.report.said import Figures, clean
from rubric_sheets.export.report.sentences import said
from rubric_sheets.export.report.word import HERE, render, shipped
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.findings.finding import InputError
from rubric_sheets.tasks.submit import submit, write
from workbook import report as templates

from ..books import FULL, new, run
from .conftest import NAMES, Case, facts, made, need_office, told

Capture = pytest.CaptureFixture[str]


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(content: bytes) -> str:
    """Everything in the body, as it stands there."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(element.text or "" for element in body.iter(qn("w:t")))


def evaluated(data: dict[str, Any]) -> Evaluation:
    rubric = find(data["rubric"])
    own = blank(rubric)
    apply(rubric, own, data)
    return evaluate(rubric, own)


@pytest.fixture(scope="session")
def reports(cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    for name, case in cases.items():
        write(str(case.book), str(folder / f"{name}.docx"), force=True)
    return {name: folder / f"{name}.docx" for name in cases}


@pytest.mark.parametrize("name", NAMES)
def test_word_opens_it(reports: dict[str, Path], name: str) -> None:
    found = OpenXmlValidator().validate(reports[name])
    assert [error.description for error in found.errors] == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_said(cases: dict[str, Case], reports: dict[str, Path], name: str) -> None:
    text = plain(texts(reports[name].read_bytes()))
    for part in cases[name].evaluation.projects or (cases[name].evaluation,):
        for result in filter(handed_in.is_used, part.card.results):
            assert plain(result.spec["levels"][-1]) in text
            assert plain(clean(handed_in.note_of(result))) in text
        unit = part.facts.values.get("单位名称") or part.facts.values.get("实施单位") or ""
        assert plain(str(unit)) in text
    assert "{" not in text.replace("{{7*7}}", "")


def test_the_same_bytes_each_time(cases: dict[str, Case], tmp_path: Path) -> None:
    book = str(cases["yunxi-2021"].book)
    both = [tmp_path / "甲.docx", tmp_path / "乙.docx"]
    for out in both:
        write(book, str(out), force=True)
    assert both[0].read_bytes() == both[1].read_bytes()


@pytest.mark.parametrize("name", ["department", "project"])
def test_templates_are_those_of_their_texts(name: str) -> None:
    """Made by `make workbook`."""
    made_now = templates.template(templates.TEXTS.joinpath(f"{name}.txt").read_text("utf-8"))
    assert HERE.joinpath(f"{name}.docx").read_bytes() == made_now
    assert OpenXmlValidator().validate(HERE / f"{name}.docx").errors == []


def test_official_typography() -> None:
    document = docx.Document(HERE / "department.docx")
    used = [paragraph.style for paragraph in document.paragraphs]
    sizes = {style.name: style.font.size.pt for style in used}
    assert {sizes["封面首"], sizes["封面题"], sizes["题"]} <= {18, 22}
    assert 10.5 <= sizes["正文"] <= 12
    fonts = {style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in used}
    assert fonts == {"宋体", "黑体", "仿宋"}
    assert document.sections[0].page_width.cm == pytest.approx(21, abs=0.01)


# -- sentences

KNOWN = {"三公经费": "2.11", "上年三公经费": "2.50", "支出合计": 200, "基本支出": 50}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("决算 {三公经费} 万元。", "决算 2.11 万元。"),
        ("与上年相比{三公经费 比 上年三公经费}。", "与上年相比减少 0.39 万元，下降 15.6%。"),
        ("占 {基本支出 占 支出合计}。", "占 25%。"),
        ("决算 {三公经费} 万元[，预算 {三公经费预算} 万元]。", "决算 2.11 万元。"),
        ("预算 {三公经费预算} 万元。", ""),
        ("调整率 {预算调整率}。", ""),
        ("面积 {没有这个数} 平方米。", ""),
    ],
)
def test_a_sentence_has_all_its_figures_or_is_not_said(sentence: str, wanted: str) -> None:
    figures = Figures(evaluated({"rubric": "yueyang-department", "facts": KNOWN}))
    assert said(sentence, figures) == wanted


def test_a_figure_of_last_year_that_is_zero_gives_no_percentage() -> None:
    data = {"rubric": "yueyang-department", "facts": {"三公经费": 2, "上年三公经费": 0}}
    assert Figures(evaluated(data)).change("三公经费", "上年三公经费") == "增加 2.00 万元"


def test_every_name_in_the_sentences_is_one_of_some_rubric() -> None:
    """A name that is mistyped would only make its sentence disappear."""
    import tomllib

    from rubric_sheets.export.report.sentences import FIELD
    from rubric_sheets.rubric.load import FORMS, published

    known: dict[str, set[str]] = {}
    for rubric in map(find, published()):
        known.setdefault(rubric["form"], set()).update(rubric["facts"], rubric["ratios"])
    for form, names in known.items():
        data = tomllib.loads(Path(FORMS, f"{form}.toml").read_text("utf-8"))
        for chapter in data["report"]:
            fields = [f for lines in chapter["text"] for line in lines for f in FIELD.findall(line)]
            used = {name for field in fields for name in re.split(" [比占] ", field)}
            assert used | set(chapter.get("typed", ())) <= names, chapter["title"]


def test_a_group_is_one_deduction() -> None:
    data = facts()["yueyang-2021"]
    told_so = str(context(evaluated(data))["综述"])
    assert "“经济效益”、“社会效益”、“生态效益”满分 15 分，得 12 分，扣 3 分" in told_so


def test_what_the_unit_wrote_is_taken_as_it_is() -> None:
    typed = {"存在的主要问题": "一是预算偏粗。\n二是采购偏慢。", "支出管理及使用情况": "制度健全。"}
    evaluation = evaluated({"rubric": "yueyang-department", "facts": typed})
    chapters = {one["标题"]: one["段落"] for one in context(evaluation)["综述"]}
    assert chapters["存在的主要问题"] == ["一是预算偏粗。", "二是采购偏慢。"]
    assert chapters["支出管理及使用情况"] == ["制度健全。"]
    assert chapters["改进措施和有关建议"] == ["（请填写）"], "a place to write, to be seen at once"


def test_the_cover_says_where_and_when() -> None:
    data = {"rubric": "yueyang-department", "facts": {"评价年度": 2021}}
    text = texts(render(shipped("department"), context(evaluated(data))))
    assert "岳阳市2021年度部门整体支出绩效评价自评报告" in text
    assert "岳阳市财政局（制）" in text


def test_chapters_are_counted_as_people_do() -> None:
    counted = [numeral(number) for number in (1, 9, 10, 11, 20, 21)]
    assert counted == ["一", "九", "十", "十一", "二十", "二十一"]


# -- what comes from outside

HOSTILE = "=1+1 {{ 7*7 }} {% for 甲 in 评分 %} <w:p/> & \x07\x0b\x00" + "长" * 300 + "\ue001"


def test_text_from_outside_stays_text(tmp_path: Path) -> None:
    evaluation = evaluated({"rubric": "yueyang-department"})
    evaluation.facts.values.update(dict.fromkeys(("单位名称", "年度主要工作内容"), HOSTILE))
    content = render(shipped("department"), context(evaluation))
    text = texts(content)
    assert text.count("{{ 7*7 }} {% for 甲 in 评分 %} <w:p/> & " + "长" * 300) == 3
    (tmp_path / "a.docx").write_bytes(content)
    assert OpenXmlValidator().validate(tmp_path / "a.docx").errors == []


def changed(old: str, new_text: str) -> bytes:
    """The shipped template with another tag."""
    text = templates.TEXTS.joinpath("department.txt").read_text("utf-8")
    assert old in text
    return templates.template(text.replace(old, new_text))


BROKEN = [
    ("{{ 单位名称 }}", "{{ 单位名 }}", "template-name", "“单位名”。是否指“单位名称”？"),
    ("{{ 单位名称 }}", "{{ 单位名称 }", "template-tag", "{{ 单位名称 }"),
    ("{{ 单位名称 }}", "{% if 单位名称 %}有", "template-tag", "“{% if 单位名称 %}”"),
    ("{{ 单位名称 }}", "{{ 单位名称 ++ }}", "template-tag", "{{ 单位名称 ++ }}"),
    ("{{ 单位名称 }}", "{{ 1/0 }}", "template-failed", "ZeroDivisionError"),
    ("{{ 单位名称 }}", "{{ ''.__class__.__mro__ }}", "template-failed", "unsafe"),
    ("{{ 行.说明 }}", "{{ 行.说名 }}", "template-name", "“说名”"),
]


@pytest.mark.parametrize(("old", "tag", "code", "words"), BROKEN)
def test_a_broken_template_is_told_with_its_tag(
    old: str, tag: str, code: str, words: str, tmp_path: Path
) -> None:
    own, book = tmp_path / "模板.docx", new(tmp_path / "自评.xlsx")
    own.write_bytes(changed(old, tag))
    with pytest.raises(InputError) as caught:
        submit(book, str(tmp_path / "a.docx"), force=True, overwrite=False, template=str(own))
    assert [one.code for one in caught.value.findings] == [code]
    assert words in str(caught.value)
    assert not (tmp_path / "a.docx").exists()


def test_an_own_template(tmp_path: Path, capsys: Capture) -> None:
    own, book, out = tmp_path / "模板.docx", new(tmp_path / "自评.xlsx"), tmp_path / "报告.docx"
    own.write_bytes(changed("评 价 方 式：", "评价方式（本局）："))
    done = run(capsys, "export", book, str(out), "--template", str(own))
    assert (done.code, done.err) == (0, "")
    assert "评价方式（本局）" in texts(out.read_bytes())


def packages() -> Iterator[tuple[bytes, str]]:
    whole = shipped("department")
    yield b"", "file-empty"
    yield b"no package at all", "template-not-docx"
    yield whole[:-40], "template-not-docx"
    yield made("ziyang-2022"), "template-not-docx"
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(evil, "w") as out:
        for name in old.namelist():
            mark = b"?>\n<!DOCTYPE x [<!ENTITY a 'b'>]>" if name == "word/document.xml" else b"?>"
            out.writestr(name, old.read(name).replace(b"?>", mark, 1))
    yield evil.getvalue(), "template-not-docx"


@pytest.mark.parametrize(("content", "code"), list(packages()))
def test_what_is_no_template(content: bytes, code: str, tmp_path: Path) -> None:
    own, book = tmp_path / "模板.docx", new(tmp_path / "自评.xlsx")
    own.write_bytes(content)
    with pytest.raises(InputError) as caught:
        submit(book, str(tmp_path / "a.docx"), force=True, overwrite=False, template=str(own))
    assert [one.code for one in caught.value.findings] == [code]


def test_a_template_is_for_word_only(tmp_path: Path) -> None:
    book = new(tmp_path / "自评.xlsx", FULL)
    with pytest.raises(InputError) as caught:
        submit(book, str(tmp_path / "a.pdf"), force=True, overwrite=False, template="模板.docx")
    assert [one.code for one in caught.value.findings] == ["template-only-docx"]


# -- on paper


@pytest.fixture(scope="session")
def printed(reports: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_office()
    folder = tmp_path_factory.mktemp("printed")
    convert([str(path) for path in reports.values()], str(folder), "PDF")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_on_paper(cases: dict[str, Case], printed: Path, name: str) -> None:
    pages = told("pdftotext", "-layout", str(printed / f"{name}.pdf"), "-").split("\f")[:-1]
    assert all(f"第{number}页" in plain(page) for number, page in enumerate(pages, 1))
    is_draft = bool(why(cases[name].evaluation))
    assert all(("草稿" in plain(page)) == is_draft for page in pages)
    assert all(len(plain(page)) > 30 for page in pages), "no page is all but blank"
    lines = [line.strip() for page in pages for line in page.splitlines()]
    assert [line for line in lines if line.startswith(("，", "。", "；", "）"))] == []


def test_money_is_alike_in_a_column() -> None:
    data = {"rubric": "yueyang-department", "facts": {"三公经费": Fraction(3).numerator}}
    assert Figures(evaluated(data)).text("三公经费") == "3.00"
