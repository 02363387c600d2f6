"""The command as a whole: what it prints, what it leaves, what a second run does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from rubric_sheets.audit import run as auditing
from rubric_sheets.audit.run import Told

from ..books import RUBRIC, new, run, type_in
from ..reports import miniatures
from ..reports.documents import save
from .helpers import audit, folder, lines, summary, unit

ROOT = Path(__file__).resolve().parents[2]


def some(path: Path) -> list[str]:
    """Workbooks of several rubrics, and what is none."""
    books = folder(path, 3)
    shutil.copy(ROOT / "examples" / "ziyang-2022.xlsx", books / "项目.xlsx")
    shutil.copy(ROOT / "examples" / "baojing-2019.xlsx", books / "保靖.xlsx")
    type_in(str(books / "01.xlsx"), 编制数="十四")
    (books / "空.xlsx").touch()
    (books / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (books / "~$00.xlsx").write_text("lock", "utf-8")
    (books / "坏.xlsx").write_bytes((books / "00.xlsx").read_bytes()[:5000])
    return [str(books / name) for name in sorted(os.listdir(books)) if not name.startswith("~")]


def test_each_line_is_what_check_says(capsys: Any, tmp_path: Path) -> None:
    paths = some(tmp_path / "单位")
    outcome = audit(capsys, tmp_path / "单位", "--out", tmp_path / "汇总.xlsx", "--json")
    printed = outcome.out.splitlines()
    assert outcome.err == ""
    assert [json.loads(line)["book"] for line in printed[:-1]] == paths
    usable = 0
    for path, line in zip(paths, printed):
        checked = run(capsys, "check", path, "--json")
        if checked.code == 2:
            found = json.loads(line)
            (reason,) = found["findings"]
            assert found["usable"] is False
            assert checked.err.strip() == reason["message"] + reason["fix"]
        else:
            usable += 1
            assert line == json.dumps(checked.json, ensure_ascii=False)
    found = summary(outcome)
    assert (found["inputs"], found["usable"], found["unusable"]) == (len(paths), usable, 3)
    assert found["complete"] is True
    assert outcome.code == 1


def test_any_number_of_workers_gives_the_same_bytes(capsys: Any, tmp_path: Path) -> None:
    some(tmp_path / "单位")
    made = []
    for workers in (1, 2, 3):
        out = tmp_path / "汇总.xlsx"
        for left in tmp_path.glob("汇总.*"):
            left.unlink()
        outcome = audit(capsys, tmp_path / "单位", "--out", out, "--workers", workers, "--json")
        made.append((outcome.out, out.read_bytes()))
    assert made[0] == made[1] == made[2]


def runs(store: Path) -> list[tuple[int, int, bool]]:
    with duckdb.connect(str(store), read_only=True) as base:
        return base.execute("SELECT inputs, judged, complete FROM runs ORDER BY run").fetchall()


def test_a_second_run_does_what_has_changed(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    books, store = folder(tmp_path / "单位", 4), tmp_path / "汇总.duckdb"
    call = (books, "--out", tmp_path / "汇总.xlsx", "--json")
    first = audit(capsys, *call)
    second = audit(capsys, *call)
    assert second.out == first.out
    new(books / "02.xlsx", unit("改过的单位"))
    (books / "03.xlsx").unlink()
    new(books / "04.xlsx", unit("新来的单位"))
    third = audit(capsys, *call)
    assert runs(store) == [(4, 4, True), (4, 0, True), (4, 2, True)]
    with duckdb.connect(str(store), read_only=True) as base:
        names = base.execute("SELECT name FROM units ORDER BY name").fetchall()
        counted = base.execute("SELECT count(DISTINCT unit) FROM scores").fetchone()
    assert [name for (name,) in names] == ["改过的单位", "新来的单位", "第0单位", "第1单位"]
    assert counted == (4,)
    monkeypatch.setattr(auditing, "fingerprint", lambda: "another program")
    assert audit(capsys, *call).out == third.out
    assert runs(store)[-1] == (4, 4, True)


def test_ctrl_c_leaves_what_is_done(tmp_path: Path) -> None:
    books, store = folder(tmp_path / "单位", 5), str(tmp_path / "审核.duckdb")

    class Impatient(Told):
        seen = 0

        def done(self, count: int) -> None:
            self.seen += count
            if self.seen == 2:
                os.kill(os.getpid(), signal.SIGINT)

    def once(told: Told) -> auditing.Done:
        base, done = auditing.audit([str(books)], store, by=auditing.By(1), leave_out=[], told=told)
        base.close()
        return done

    assert once(Impatient()) == (2, 2, False)
    assert once(Told()) == (5, 3, True)


def test_ctrl_c_at_the_command(tmp_path: Path) -> None:
    """The summary is there all the same, and the status says that it is not all."""
    books = folder(tmp_path / "单位", 6)
    for number in range(6, 400):
        os.link(books / "00.xlsx", books / f"{number:03}.xlsx")
    process = subprocess.Popen(
        [sys.executable, "-m", "rubric_sheets", "audit", str(books), "--out", "汇.xlsx", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # or a part of what follows the first line would be kept behind
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, told = process.communicate()
    lines = (first + rest).decode().splitlines()
    found = json.loads(lines[-1])["summary"]
    assert (tmp_path / "汇.xlsx").exists()
    # It waits for somebody to read on: the pipe is full long before the last of them
    assert not found["complete"]
    assert process.returncode == 2
    assert "已中断" in told.decode()
    assert found["inputs"] == len(lines) - 1


def test_the_same_unit_and_year_twice(capsys: Any, tmp_path: Path) -> None:
    new(tmp_path / "一.xlsx", unit("某局"))
    new(tmp_path / "二.xlsx", unit("某局", 编制数=15))
    new(tmp_path / "三.xlsx", unit("某局", 2022))
    shutil.copy(tmp_path / "三.xlsx", tmp_path / "三（副本）.xlsx")
    outcome = audit(capsys, tmp_path, "--out", tmp_path / "汇总.csv")
    assert f"重复：某局 2021 年有 2 份：{tmp_path}/一.xlsx、{tmp_path}/二.xlsx。" in outcome.out
    assert "重复：某局 2022 年有 2 份，内容相同：" in outcome.out
    assert audit(capsys, tmp_path / "?.xlsx", "--out", tmp_path / "汇.csv").out.count("重复：") == 1


def text_of(book: str, capsys: Any) -> str:
    """A report as text, with its table of scores: a line that begins with a tab is a cell, an
    empty line ends a row."""
    found = run(capsys, "check", book, "--json").json
    rows = [["一级指标", "二级指标", "三级指标", "分值", "得分"]]
    rows += [[*one["levels"], one["weight"], one["score"] or "0"] for one in found["indicators"]]
    cells = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    lines = ["部门整体支出绩效评价自评报告", "（2021 年度）", "部门（单位）名称：某县保密局"]
    lines += ["本单位编制14人，在职人员14人。", "", cells, ""]
    return "\n".join([*lines, "合计得分 90 分，等次：优。"])


def test_reports_and_submissions_are_what_check_says(capsys: Any, tmp_path: Path) -> None:
    files = tmp_path / "各种"
    files.mkdir()
    book = new(tmp_path / "a.xlsx")
    (files / "报告.txt").write_text(text_of(book, capsys), "utf-8")
    (files / "说明.txt").write_text("一页空话", "utf-8")
    (files / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("报送.xlsx", "报送.docx"):
        assert run(capsys, "export", book, str(files / name), "--force").code == 0
    outcome = audit(capsys, files, "--out", tmp_path / "汇总.csv", "--json")
    printed = dict(zip(sorted(os.listdir(files)), outcome.out.splitlines()))
    assert len(printed) == 5
    for name, line in printed.items():
        checked = run(capsys, "check", str(files / name), "--json")
        if name in ("图.png", "说明.txt"):
            assert checked.code == 2
            assert json.loads(line)["usable"] is False
        else:
            assert line == json.dumps(checked.json, ensure_ascii=False)
    with duckdb.connect(str(tmp_path / "汇总.duckdb"), read_only=True) as base:
        kinds = base.execute("SELECT kind, usable FROM units ORDER BY file").fetchall()
    assert sorted(kinds) == [
        ("book", False),
        ("book", False),
        ("report", True),
        ("submission", True),
        ("submission", True),
    ]


def test_a_report_in_an_archive(capsys: Any, tmp_path: Path) -> None:
    """It is told by its name in the archive."""
    book = new(tmp_path / "a.xlsx")
    (tmp_path / "报告.txt").write_text(text_of(book, capsys), "utf-8")
    (alone,) = lines(audit(capsys, tmp_path / "报告.txt", "--out", tmp_path / "一.csv", "--json"))
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.write(tmp_path / "报告.txt", "某局/报告.txt")
        archive.writestr("坏.pdf", b"%PDF-1.7 broken")
    packed = tmp_path / "包.zip"
    good, bad = lines(audit(capsys, packed, "--out", tmp_path / "二.csv", "--json"))
    assert good == {**alone, "report": f"{packed}/某局/报告.txt"}
    assert f"“{packed}/坏.pdf”" in bad["findings"][0]["message"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["没有*.xlsx", "--out", "汇总.xlsx"], None),
        (["空夹", "--out", "汇总.xlsx"], "没有找到要审核的文件：空夹里一份也没有。"),
        (["a.xlsx", "--out", "a.xlsx"], "汇总表不能写到“a.xlsx”上"),
        (["a.xlsx", "--out", "b.xlsx"], "“b.xlsx”已存在，未覆盖。"),
        (["a.xlsx", "--out", "汇总.docx"], "输出文件“汇总.docx”的扩展名不对。"),
        (["a.xlsx", "--out", "没有/汇总.xlsx"], "没有生成“没有/汇总.xlsx”"),
        (["a.xlsx", "--out", "空夹"], "“空夹”是文件夹"),
        (["a.xlsx", "--out", "c.xlsx", "--workers", "0"], "“0”应为 1 到 64 的整数"),
        (["a.xlsx", "--out", "c.xlsx", "--store", "b.xlsx"], "不是 DuckDB 数据库"),
    ],
)
def test_calls_that_cannot_be_used(
    capsys: Any, tmp_path: Path, monkeypatch: Any, argv: list[str], said: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空夹").mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        new(tmp_path / name)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    outcome = audit(capsys, *argv)
    if said is None:  # a name of nothing is told like any file that is not there
        assert outcome.code == 1
        assert "读不了 1 份" in outcome.out
        return
    assert outcome.code == 2
    assert said in outcome.err
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert left == before


def test_without_its_packages(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    for name in [name for name in sys.modules if name.startswith("rubric_sheets.audit")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    outcome = audit(capsys, tmp_path, "--out", tmp_path / "汇总.xlsx")
    assert outcome.code == 2
    assert outcome.err.strip() == (
        '这个命令要用的“duckdb”没有安装。请运行 pip install "rubric-sheets[audit]"。'
    )


def test_a_bar_on_a_terminal_only(tmp_path: Path) -> None:
    books = folder(tmp_path / "单位", 2)
    ours, theirs = os.openpty()
    call = [sys.executable, "-m", "rubric_sheets", "audit", str(books), "--out", "汇.csv"]
    place = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}}
    quiet = subprocess.run(call, capture_output=True, **place)
    assert quiet.stderr == b""
    shown = subprocess.run(call, stdout=subprocess.PIPE, stderr=theirs, **place)
    os.close(theirs)
    assert shown.returncode == quiet.returncode
    assert "审核" in os.read(ours, 1 << 16).decode("utf-8", "replace")
    os.close(ours)


def test_a_report_with_forms_of_two_kinds(capsys: Any, tmp_path: Path) -> None:
    """A department's form, then one of its projects: the store keeps the main one's figures."""
    path = save(tmp_path, [*miniatures.FORM, *miniatures.PROJECT], "txt")
    (line,) = lines(audit(capsys, path, "--out", tmp_path / "汇总.csv", "--json"))
    assert (line["rubric"], line.get("usable", True)) == (RUBRIC, True)


@pytest.mark.parametrize("name", ["空", "a", "\\\\机\\盘", "C:"])
def test_a_name_of_any_length_is_told(
    name: str, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    """The link to it in the summary too."""
    monkeypatch.chdir(tmp_path)
    answer = audit(capsys, name, "--out", "汇总表.xlsx")
    assert "读不了 1 份" in answer.out
    texts = {
        cell.value
        for sheet in openpyxl.load_workbook("汇总表.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    }
    assert name in texts
