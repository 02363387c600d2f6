"""The buttons that make files beside the workbook, and 自检."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rubric_sheets.findings import InputError
from rubric_sheets.rubric.find import find
from rubric_sheets.rubric.model import Rubric

from .live.source import read_live
from .session import Session, folder_of

if TYPE_CHECKING:
    from .hosts.protocol import Host

MOST_NAMED = 6  # of the data that was left behind
ASK_RUBRIC = "请输入指标体系编号（{known}），或自备的指标体系文件名："


def export(host: Host) -> str:
    """The submission, as a file beside the workbook; the workbook stays as it is."""
    from rubric_sheets.export.submission import write

    folder = folder_of(host)
    with Session(host, "绩效自评：正在导出…"):
        readers = read_live(host, lists=True)
        path = free_name(folder, f"{stem(host)}（报送）", ".xlsx")
        write(readers, path)
    return f"已导出“{os.path.basename(path)}”，在本工作簿所在的文件夹。"


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
    from rubric_sheets.commands.facts import dump_units
    from rubric_sheets.ooxml.atomic import write_new
    from rubric_sheets.sheets.create import workbook

    with Session(host, "绩效自评：正在换指标体系…"):
        data, left = fitting(dump_units(read_live(host, lists=True)), rubric)
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


def fitting(data: dict[str, Any], rubric: Rubric) -> tuple[dict[str, Any], list[str]]:
    """The part of a dump that another rubric knows, and the names of
    what was filled and has no place there."""
    left: list[str] = []
    same = data["rubric"] == rubric["id"]  # sums of other indicators mean nothing here
    parts = [_fitting(part, rubric, same, left) for part in data.get("projects", [data])]
    kept = parts[0] if len(parts) == 1 else {"projects": parts}
    return {"rubric": rubric["id"], **kept}, list(dict.fromkeys(left))


def _fitting(data: dict[str, Any], rubric: Rubric, same: bool, left: list[str]) -> dict[str, Any]:
    ids = {spec["id"] for spec in rubric["indicators"]}
    left += [
        name
        for name, value in data["facts"].items()
        if value is not None and name not in rubric["facts"]
    ]
    left += [name for name, rows in data["tables"].items() if rows and name not in rubric["tables"]]
    tables = {}
    for name, rows in data["tables"].items():
        if name in rubric["tables"]:
            spec = rubric["tables"][name]
            columns = {column["name"] for column in spec["columns"] if column["kind"] != "result"}
            columns |= {"机构名称"} if spec["totals"] else set()
            tables[name] = [{c: value for c, value in row.items() if c in columns} for row in rows]
    claims = {key: value for key, value in data["claims"].items() if key in ids or same}
    facts = {name: value for name, value in data["facts"].items() if name in rubric["facts"]}
    return {"facts": facts, "tables": tables, "claims": claims}


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
