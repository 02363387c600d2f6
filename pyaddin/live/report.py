"""The button 导入报告: a finished report is read, and what it says is filled into the open
workbook."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rubric_sheets.books.rubric_in_book import foreign_rubric
from rubric_sheets.findings.finding import InputError
from rubric_sheets.tasks.fill import filled

from ..session import Session, refuse_read_only
from .score import apply
from .source import read_live

if TYPE_CHECKING:
    from rubric_sheets.reports.output import Result

    from ..hosts.protocol import Host

TITLE = "选一份写好的自评报告"
KINDS = {"报告": "*.docx;*.pdf;*.txt;*.xlsx;*.doc;*.wps;*.xls;*.et", "所有文件": "*.*"}


def import_report(host: Host) -> str:
    """Ask for a report and fill in what it tells, as one step that can be undone; what was filled
    in and is told by the report too is replaced."""
    from rubric_sheets.tasks.read_report import read_report, says_nothing

    refuse_read_only(host)
    path = host.ask_file(TITLE, KINDS)
    if path is None:
        raise InputError("live-cannot-pick", book=f'"{host.path}"')
    if not path:
        return "没有选报告，未作任何改动。"
    with Session(host, "绩效自评：正在读报告…"):
        readers = read_live(host, lists=True)
        rubric = readers[0].rubric
        result = read_report(path, rubric)
        if says_nothing(result):
            raise InputError("report-nothing", path=path)
        parts = [one.part.data() for one in result.of_one_rubric][: len(readers)]
        with foreign_rubric(host.path, readers[0].published):
            _, count, changes = filled(readers, parts)
        apply(host, changes, [], keep=True, typed=True)
    return _summary(os.path.basename(path), count, result, len(readers))


def _summary(name: str, count: int, result: Result, room: int) -> str:
    """What was filled in, and what the report itself has wrong."""
    said = [f"已从“{name}”填入 {count} 个单元格；不对的，点“还原上次计算”退回。"]
    left = len(result.of_one_rubric) - room
    if left > 0:
        said.append(f"报告里还有 {left} 个项目，本工作簿没有地方填。")
    doubted = sorted({name for one in result.judged for name in one.part.doubted})
    if doubted:
        said.append(f"前后不一致、没有填的：{'、'.join(doubted)}。")
    wrong = result.count("error") + result.count("warning")
    if wrong:
        said.append(f"报告里有 {wrong} 处对不上，第一处：{result.told[0].finding.message}")
    return "\n".join([*said, "请核对后点“计算得分”。"])
