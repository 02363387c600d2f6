"""Which sheets and blocks a rubric wants, and where its own data stand."""

from __future__ import annotations

import re
from typing import Any

from ...places.names import (
    CARRIED_SHEET,
    CHECKLIST_SHEET,
    EXTRA_SHEET,
    FINDINGS_SHEET,
    META_SHEET,
    RUBRIC_SHEET,
    SCORE_SHEET,
)
from ...rubric.shaping import HOLDING, PAGE
from ...rules.loose import rows
from ..problems import Path, Problems

OURS = (SCORE_SHEET, CARRIED_SHEET, FINDINGS_SHEET, META_SHEET, RUBRIC_SHEET, CHECKLIST_SHEET)
LEGAL = re.compile(r"[^\[\]:*?/\\']{1,31}\Z")


def check_sheets(source: dict[str, Any], form: dict[str, Any], problems: Problems) -> None:
    """`form`: as it is without the rubric."""
    sheets = {sheet["name"]: sheet for sheet in form["sheet"]}
    own = [fact.get("sheet") for _, fact in rows(source.get("fact"))]
    wanted = [row.get("name") for _, row in rows(source.get("sheet"))]
    for index, row in rows(source.get("sheet")):
        name, path = row.get("name"), ("sheet", index)
        if not isinstance(name, str) or not name:
            continue
        if name in wanted[:index]:
            problems.add("rubric-duplicate", (*path, "name"), actual=name, expected="上面的一行")
        elif name not in (*sheets, *own, SCORE_SHEET):
            hint = problems.hint(name, sheets)
            problems.add("rubric-sheet-unknown", (*path, "name"), actual=name, hint=hint)
        else:
            _row(row, sheets.get(name), path, problems)
    for index, fact in rows(source.get("fact")):
        _fact(fact, sheets, ("fact", index), problems)


def _row(row: dict[str, Any], sheet: Any, path: Path, problems: Problems) -> None:
    blocks = row.get("blocks")
    if not isinstance(blocks, list):
        return
    if sheet is None or PAGE in sheet:
        what = "整页一体的表不能挑内容块" if sheet else "它不是填报表里的表"
        problems.add("rubric-setting-unused", (*path, "blocks"), what=what)
        return
    titles = [block["title"] for block in sheet["block"] if block.get("title")]
    for at, title in enumerate(blocks):
        if isinstance(title, str) and title not in titles:
            hint = problems.hint(title, titles)
            place = (*path, "blocks", at)
            problems.add(
                "rubric-block-unknown", place, actual=title, hint=hint, expected="、".join(titles)
            )


def _fact(fact: dict[str, Any], sheets: dict[str, Any], path: Path, problems: Problems) -> None:
    name, block = fact.get("sheet"), fact.get("block")
    if not isinstance(name, str) or not name:
        if block:
            problems.add("rubric-setting-unused", (*path, "block"), what="没有写填在哪张表")
        return
    place = (*path, "sheet")
    if name in OURS or PAGE in sheets.get(name, {}):
        problems.add("rubric-text", place, what=f"“{name}”是程序自用或整页一体的表，放不下别的数据")
    elif not LEGAL.match(name) or name != name.strip():
        problems.add("rubric-text", place, what=f"“{name}”不能用作表名")
    elif name != EXTRA_SHEET and isinstance(block, str):
        _block(name, block, sheets, path, problems)


def _block(name: str, block: str, sheets: dict[str, Any], path: Path, problems: Problems) -> None:
    """A heading that the form has for something else than single figures."""
    for one in sheets.get(name, {"block": []})["block"]:
        if one.get("title") == block and one["kind"] not in HOLDING:
            what = f"“{block}”是一张表，放不下单项数据，请另起小标题"
            problems.add("rubric-text", (*path, "block"), what=what)
