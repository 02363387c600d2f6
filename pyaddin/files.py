"""The buttons that make files beside the workbook, and 自检."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rubric_sheets.authoring.find import find
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.tasks.transfer import fitting

from .live.source import read_live
from .session import Session, folder_of

if TYPE_CHECKING:
    from .hosts.protocol import Host

MOST_NAMED = 6  # of the data that was left behind
ASK_DRAFT = "还不能报送：{reason}。\n要先生成一份标明“草稿”的吗？草稿不写总分和等次。"
ASK_RUBRIC = "请输入指标体系编号（{known}），或自备的指标体系文件名："


def export(host: Host) -> str:
    """The submission, as a file beside the workbook; the workbook stays as it is. What is not
    finished is a draft, made only where the person wants one."""
    from rubric_sheets.tasks.submit import blocked, evaluated, write

    folder = folder_of(host)
    with Session(host, "绩效自评：正在检查…"):
        readers = read_live(host, lists=True)
        evaluation, reason = evaluated(readers)
    if reason and not host.confirm(ASK_DRAFT.format(reason=reason)):
        if evaluation.has_errors:
            raise blocked(host.path, evaluation)
        return f"没有导出。{reason}。"
    with Session(host, "绩效自评：正在导出…"):
        path = free_name(folder, f"{stem(host)}（{'草稿' if reason else '报送'}）", ".xlsx")
        write(readers, path, force=True)
    said = f"标明“草稿”：{reason}。" if reason else ""
    return f"已导出“{os.path.basename(path)}”，在本工作簿所在的文件夹。{said}"


def change_rubric(host: Host) -> str:
    """Ask for another rubric and make a new workbook with the
    same data; the old one stays as it is."""
    from rubric_sheets.rubric.load import published

    folder = folder_of(host)
    name = host.ask(ASK_RUBRIC.format(known="、".join(published())))
    if name is None:
        raise InputError(
            "live-cannot-ask", book=quoted(host.path), new=quoted(f"{stem(host)}-新.xlsx")
        )
    if not name:
        return "没有输入指标体系，未作任何改动。"
    rubric = find(name if name in published() else os.path.join(folder, name))
    return carry_over(host, rubric, folder)


def carry_over(host: Host, rubric: Rubric, folder: str) -> str:
    """The new workbook beside the old one; what to tell the person."""
    from rubric_sheets.books.create import workbook
    from rubric_sheets.books.files import write_new
    from rubric_sheets.tasks.transfer import dump_projects

    with Session(host, "绩效自评：正在换指标体系…"):
        data, left = fitting(dump_projects(read_live(host, lists=True)), rubric)
    kind = os.path.splitext(host.path)[1].lower()
    kind = kind if kind in (".xlsx", ".xlsm") else ".xlsx"
    path = free_name(folder, f"{stem(host)}（{rubric['id']}）", kind)
    write_new(path, workbook(rubric, data, macros=kind == ".xlsm"))
    return f"已生成“{os.path.basename(path)}”，数据已带过去。{_lost(left)}原工作簿未改动。"


def _lost(left: list[str]) -> str:
    """What the new rubric has no place for; empty where there is nothing."""
    if not left:
        return ""
    more = "等" if len(left) > MOST_NAMED else ""
    return f"新指标体系没有 {len(left)} 项原有数据：{'、'.join(left[:MOST_NAMED])}{more}。"


def doctor(host: Host) -> str:
    """What is missing, and its mend."""
    from .setup.doctor import System, examine, report

    return report(examine(System.here(), book=host.path))


def stem(host: Host) -> str:
    """The book's file name without its ending."""
    return os.path.splitext(os.path.basename(host.path))[0]


def free_name(folder: str, name: str, kind: str) -> str:
    """A path that is not taken: 名称.xlsx, 名称(2).xlsx …"""
    path, number = os.path.join(folder, name + kind), 2
    while os.path.lexists(path):
        path, number = os.path.join(folder, f"{name}({number}){kind}"), number + 1
    return path


def quoted(text: str) -> str:
    """For the command line."""
    return f'"{text}"'
