"""One 审核意见 for each unit: what it says, where it stands, what it never overwrites."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from rubric_sheets.audit.opinions import file_name
from rubric_sheets.reports.opinion import Opinion, Remark, document

from ..books import new, run
from ..reports import miniatures
from ..reports.documents import save
from .helpers import audit, summary, unit

END = "审核意见.docx"


def texts(path: Path) -> list[str]:
    return [one.text.strip() for one in docx.Document(path).paragraphs]


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def wrong(name: str, **facts: Any) -> dict[str, Any]:
    """A unit that claims too much."""
    found = unit(name, 编制数=12, **facts)
    found["claims"] = {**found["claims"], "staff-control": {"自评得分": 5}, "total": 97}
    return found


def test_each_says_what_check_says(capsys: Any, tmp_path: Path) -> None:
    """A workbook, a good one, a report; what could not be read gets none."""
    new(tmp_path / "a.xlsx", wrong("甲局"))
    new(tmp_path / "b.xlsx", unit("乙局"))
    report = save(tmp_path, miniatures.FORM, "docx")
    (tmp_path / "坏.xlsx").write_text("x", "utf-8")
    out = tmp_path / "意见"
    outcome = audit(capsys, tmp_path, "--out", tmp_path / "s.csv", "--opinions", out)
    assert f"审核意见 3 份在 {out}。" in outcome.out
    assert names(out) == [f"乙局2021年{END}", f"甲局2021年{END}", f"甲市乙办公室2021年{END}"]
    book = texts(out / f"甲局2021年{END}")
    checked = run(capsys, "check", str(tmp_path / "a.xlsx"), "--json").json
    assert book[1] == "甲局："
    assert f"测算 {checked['total']} 分" in book[2]
    assert "自评 97 分" in book[2]
    for one in checked["findings"]:
        assert any(one["message"] in line for line in book)
        assert f"建议：{one['fix']}" in book
        if one["cell"]:
            assert any(f"{one['sheet']}!{one['cell']}" in line for line in book)
    assert "没有发现数据和得分方面的问题" in texts(out / f"乙局2021年{END}")[2]
    alone = tmp_path / "单独.docx"
    run(capsys, "check", report, "--out", str(alone))
    by_check, by_audit = texts(alone), texts(out / f"甲市乙办公室2021年{END}")
    assert by_audit[:2] == by_check[:2]
    assert by_audit[3:] == by_check[3:]


def test_again_and_after_a_change(capsys: Any, tmp_path: Path) -> None:
    """Only what is new is written; the opinions are not audited themselves."""
    new(tmp_path / "a.xlsx", wrong("甲局"))
    new(tmp_path / "b.xlsx", wrong("乙局"))
    out = tmp_path / "意见"
    call = (tmp_path, "--out", tmp_path / "s.csv", "--opinions", out)
    audit(capsys, *call)
    first = {name: (out / name).read_bytes() for name in names(out)}
    assert "审核意见 2 份在" in audit(capsys, *call).out
    assert {name: (out / name).read_bytes() for name in names(out)} == first
    new(tmp_path / "b.xlsx", unit("乙局"))
    again = audit(capsys, *call, "--json")
    assert summary(again)["inputs"] == 2
    assert summary(again)["opinions"] == {"made": 1, "kept": 1, "beside": []}
    assert "没有发现" in texts(out / f"乙局2021年{END}")[2]
    assert (out / f"甲局2021年{END}").read_bytes() == first[f"甲局2021年{END}"]


def test_what_somebody_wrote_stays(capsys: Any, tmp_path: Path) -> None:
    """A foreign file of that name, and an opinion that a person has changed."""
    new(tmp_path / "a.xlsx", wrong("甲局"))
    out = tmp_path / "意见"
    out.mkdir()
    foreign = out / f"甲局2021年{END}"
    foreign.write_text("别人的", "utf-8")
    call = (tmp_path / "a.xlsx", "--out", tmp_path / "s.csv", "--opinions", out)
    told = audit(capsys, *call).out
    assert f"“甲局2021年{END}”有人改过，或不是本程序写的，没有动" in told
    assert foreign.read_text("utf-8") == "别人的"
    ours = out / f"甲局2021年（2）{END}"
    document = docx.Document(ours)
    document.add_paragraph("我加的一句")
    document.save(ours)
    changed = ours.read_bytes()
    audit(capsys, *call)  # the same opinion: whoever changed it has seen it
    assert (ours.read_bytes(), len(names(out))) == (changed, 2)
    new(tmp_path / "a.xlsx", unit("甲局"))
    audit(capsys, *call)
    assert ours.read_bytes() == changed
    assert "没有发现" in texts(out / f"甲局2021年（3）{END}")[2]


def test_units_of_one_name(capsys: Any, tmp_path: Path) -> None:
    """Each has its own, whatever the case and the form of its letters."""
    for number, name in enumerate(("某局A", "某局a", "某局Ａ", "某局A")):
        new(tmp_path / f"{number}.xlsx", unit(name, 编制数=14 + number))
    out = tmp_path / "意见"
    audit(capsys, tmp_path, "--out", tmp_path / "s.csv", "--opinions", out)
    found = {texts(out / name)[2][:20] for name in names(out)}
    assert len(names(out)) == len(found) == 4


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("CON", "_CON"),
        ("com1.2021", "_com1.2021"),
        ("\x00\x1b[31m\n 某局\u202e", "[31m 某局"),
        (" . ", "_"),
        ("长" * 300, "长" * 50),
    ],
)
def test_a_name_is_never_a_path(name: str, made: str) -> None:
    assert file_name(name) == made


def test_hostile_names(capsys: Any, tmp_path: Path) -> None:
    books = tmp_path / "夹"
    books.mkdir()
    for number, name in enumerate(("../../逃", "第_x0007_局", "/tmp/x", "<w:p>&局")):
        new(books / f"{number}.xlsx", wrong(name))
    out = tmp_path / "意见"
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    outcome = audit(capsys, books, "--out", tmp_path / "s.csv", "--opinions", out)
    assert outcome.err == ""
    made = {str(path) for path in tmp_path.rglob("*")} - set(before)
    assert {Path(path).parent for path in made if path.endswith(".docx")} == {out}
    assert len(names(out)) == 4
    assert {texts(out / name)[1] for name in names(out)} == {
        "../../逃：",
        "第_x0007_局：",
        "/tmp/x：",
        "<w:p>&局：",
    }
    for name in names(out):
        with zipfile.ZipFile(out / name) as package:
            assert package.testzip() is None


def test_signs_that_no_document_holds(tmp_path: Path) -> None:
    remark = Remark("error", "\x07问题\ud800", "办法\x1b", quotes=(("第 1 段", "原\x00文"),))
    (tmp_path / "a.docx").write_bytes(document(Opinion("第\x07局", "a\x0b", "复算", [remark])))
    found = texts(tmp_path / "a.docx")
    assert found[1] == "第�局："
    assert "1. �问题�" in found
    assert "原文（第 1 段）：“原�文”" in found


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("b.txt", "“b.txt”是文件，不是文件夹"),
        (".", "审核意见不能写进“.”：要审核的文件就在那里。"),
        ("a.xlsx/意见", "没有生成“a.xlsx/意见”"),
    ],
)
def test_folders_that_cannot_be_used(
    capsys: Any, tmp_path: Path, monkeypatch: Any, folder: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    new(tmp_path / "a.xlsx")
    (tmp_path / "b.txt").touch()
    before = json.dumps(names(tmp_path))
    outcome = audit(capsys, "a.xlsx", "--out", "s.csv", "--opinions", folder)
    assert outcome.code == 2
    assert said in outcome.err
    assert json.dumps(names(tmp_path)) == before
