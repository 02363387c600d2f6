"""An author at work, as typed at the terminal: export, edit in Excel, check,
make a workbook, score."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rubric_sheets.authoring.files import read_source
from rubric_sheets.authoring.find import find
from rubric_sheets.authoring.toml_text import to_toml
from rubric_sheets.commands.cli import main
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric import load

from .helpers import Book, put, small

LIST = "分档／条件／等级"


def said(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(one) for one in argv])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def score_of(capsys: pytest.CaptureFixture[str], book: Path, indicator: str) -> dict[str, str]:
    _, out, _ = said(capsys, "score", book, "--json")
    return next(one for one in json.loads(out)["indicators"] if one["id"] == indicator)


def test_from_export_to_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rubric, filled = tmp_path / "rubric.xlsx", tmp_path / "filled.xlsx"
    assert said(capsys, "rubric", "export", "yueyang-department", rubric)[0] == 0
    assert said(capsys, "rubric", "check", rubric) == (
        0,
        "没有发现问题：25 条指标、合计 100 分、验算用例 31 个。\n",
        "",
    )

    book = Book(rubric)
    book.set("指标", "分值", "key-spending", 6)
    book.set("指标", LIST, "key-spending", "[95,)→6；[80,95)→4；(,80)→0")
    place = book.set("其他", "值", 1, "own-department")
    book.save()
    code, out, _ = said(capsys, "rubric", "check", rubric)
    assert code == 1
    assert place not in out
    assert "分值合计 101，满分是 100，多 1 分" in out
    assert "[错误] 用例!C" in out, "the old case of that indicator no longer holds"

    book.set("指标", "分值", "satisfaction", 4)
    book.set("指标", LIST, "satisfaction", "[95,)→4；[85,95)→3；[75,85)→1；(,75)→0")
    for row in range(1, 60):
        if book.cell("用例", "指标编号", row).value in ("key-spending", "satisfaction"):
            for heading in ("指标编号", "填报数据", "应得分"):
                book.set("用例", heading, row, None)
    book.save()
    assert said(capsys, "rubric", "check", rubric)[0] == 0

    facts = tmp_path / "facts.json"
    facts.write_text('{"facts": {"重点项目支出": "92", "项目支出": "100"}}', encoding="utf-8")
    assert said(capsys, "new", rubric, filled, "--facts", facts)[0] == 0
    assert (
        said(capsys, "new", "yueyang-department", tmp_path / "old.xlsx", "--facts", facts)[0] == 0
    )
    assert score_of(capsys, filled, "key-spending")["score"] == "4"
    assert score_of(capsys, tmp_path / "old.xlsx", "key-spending")["score"] == "5"
    assert score_of(capsys, filled, "key-spending")["weight"] == "6"


def test_an_untouched_export_is_the_published_rubric(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through Excel and back nothing differs, so no workbook is said to carry another rubric."""
    for rubric_id in load.published():
        out = tmp_path / f"{rubric_id}.xlsx"
        assert said(capsys, "rubric", "export", rubric_id, out)[0] == 0
        assert find(str(out)) == find(rubric_id)
    said(capsys, "new", tmp_path / "yueyang-department.xlsx", tmp_path / "filled.xlsx")
    assert "rubric-differs" not in said(capsys, "check", tmp_path / "filled.xlsx", "--json")[1]


def test_export_to_text_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "rubric", "export", "baojing-2019", tmp_path / "a.xlsx")[0] == 0
    assert said(capsys, "rubric", "export", tmp_path / "a.xlsx", tmp_path / "a.toml")[0] == 0
    assert said(capsys, "rubric", "export", "baojing-2019", tmp_path / "b.toml")[0] == 0
    assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()
    code, _, err = said(capsys, "rubric", "export", "baojing-2019", tmp_path / "b.toml")
    assert code == 2
    assert "已存在" in err


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Book(tmp_path / "a.xlsx", small())
    path.set("指标", "标准", "staff", "一百")
    code, out, _ = said(capsys, "rubric", "check", path.save(), "--json")
    (one,) = json.loads(out)["findings"]
    assert code == 1
    assert one == {
        "code": "rubric-not-number",
        "severity": "error",
        "sheet": "指标",
        "cell": one["cell"],
        "expected": "",
        "actual": "一百",
        "message": "指标“staff”的“标准”填的是“一百”，应为数字。",
        "fix": "请只填数字，不带单位；百分数只写数字，100 即 100%。",
    }


def test_text_files_name_indicator_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small()
    put("indicator", 0, "rule", "limit", to="一百")(source)
    put("indicator", 1, "rule", "bands", 1, "points", to="25")(source)
    path = tmp_path / "own.toml"
    path.write_text(to_toml(source), encoding="utf-8")
    code, out, _ = said(capsys, "rubric", "check", path)
    assert code == 1
    assert "指标“staff”的“标准”（rule.limit）填的是“一百”" in out
    assert (
        "指标“change”的“分档”第 2 档的“得分”（rule.bands.points）是 25 分，超过该指标的分值 20。"
        in out
    )
    assert out.endswith("错误 2 条，提示 0 条。\n")


def test_a_rubric_with_errors_is_refused_with_all_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    places = [
        book.set("指标", "标准", "staff", "一百"),
        book.set("比率与数据", "公式", 2, "三公经费 /"),
    ]
    code, _, err = said(capsys, "new", book.save(), tmp_path / "out.xlsx")
    assert code == 2
    assert all(place in err for place in places)
    assert err.count("\n") == 2
    assert not os.path.exists(tmp_path / "out.xlsx")


def test_export_of_an_unfinished_rubric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Weights that do not add up yet do not keep a rubric from being moved to Excel;
    a field that would be lost does."""
    source = small()
    put("indicator", 0, "weight", to="30")(source)
    path = tmp_path / "own.toml"
    path.write_text(to_toml(source), encoding="utf-8")
    code, out, _ = said(capsys, "rubric", "export", path, tmp_path / "a.xlsx")
    assert code == 1
    assert "分值合计" in out
    assert os.path.exists(tmp_path / "a.xlsx")
    put("indicator", 0, "wieght", to="30")(source)
    path.write_text(to_toml(source), encoding="utf-8")
    code, _, err = said(capsys, "rubric", "export", path, tmp_path / "b.xlsx")
    assert code == 2
    assert "wieght" in err
    assert not os.path.exists(tmp_path / "b.xlsx")


def test_a_difference_from_another_rubric(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'extends = "yueyang-department"\nid = "own"\nremove = ["asset-us"]\n[[indicator]]\nid = "asset-use"\nrule.lose = 0.2\n',
        encoding="utf-8",
    )
    code, out, _ = said(capsys, "rubric", "check", path)
    assert code == 1
    assert [one.code for one in read_source(str(path)).findings] == ["rubric-indicator-unknown"]
    assert "asset-us”不是原指标体系里的指标编号。是否指“asset-use”？" in out
    for text in (
        'extends = "yueyang"\n',
        'extends = "yueyang-department"\nindicator = 5\n',
        'extends = ["x"]\n',
        "extends = 1",
    ):
        path.write_text(text, encoding="utf-8")
        assert said(capsys, "rubric", "check", path)[0] == 2


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("rubric", "check", "没有.toml"), "file-not-found"),
        (("rubric", "check", "没有.xlsx"), "file-not-found"),
        (("rubric", "check", "a.csv"), "rubric-extension"),
        (("rubric", "export", "yueyang-department", "a.xls"), "out-extension"),
        (("rubric", "export", "yueyang", "a.xlsx"), "rubric-extension"),
    ],
)
def test_calls_that_cannot_be_used(
    argv: tuple[str, ...], code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    from rubric_sheets.commands import rubric

    with pytest.raises(InputError) as caught:
        rubric.run(list(argv[1:]))
    assert caught.value.findings[0].code == code
    assert os.listdir(tmp_path) == []
