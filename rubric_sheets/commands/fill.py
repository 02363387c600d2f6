"""`fill BOOK --facts FACTS.json`: writes facts into an existing workbook; formulas show their new values at once."""

from __future__ import annotations

from typing import Any

from ..facts_json import apply, read_file
from ..ooxml.save import save
from ..scoring import score
from ..sheets.names import FINDINGS_SUMMARY
from ..sheets.outputs import derived, inputs, reasons, scores
from ..sheets.read import foreign_rubric, open_book
from ..sheets.write import Writer
from .arguments import parser as new_parser

OUTDATED = "填入数据后尚未重新校验，以下是上次的结果。请按“计算得分”，或运行 rubric-sheets score。"


def run(argv: list[str]) -> int:
    parser = new_parser("fill", "把数据文件填入已有的工作簿；数据文件里没有的项保持不变，null 清空")
    parser.add_argument("book", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm）")
    parser.add_argument("--facts", required=True, metavar="FACTS.json", help="数据文件")
    args = parser.parse_args(argv)
    count = fill_book(args.book, read_file(args.facts))
    print(f"已填入 {count} 个单元格，原文件另存为 {args.book}.bak。" if count else "工作簿里已是这些数据，未改动。")
    return 0


def fill_book(path: str, data: dict[str, Any]) -> int:
    """Fill and save; returns how many input cells changed. Raises InputError, then nothing is written."""
    reader = open_book(path)
    with foreign_rubric(path, reader.published):
        given = apply(reader.rubric, reader.facts, data)
        after = inputs(reader.rubric, reader.facts)
        writer = Writer(reader)
        count = writer.inputs({slot: after.get(slot) for slot in given})
        card = score(reader.rubric, reader.facts)
        writer.results({**derived(reader.rubric, reader.facts), **scores(reader.rubric, reader.facts, card)})
        if count:
            _outdate(writer, reasons(reader.rubric, card))
    saved = save(writer.changes)
    return count if saved else 0


def _outdate(writer: Writer, now: dict[str, Any]) -> None:
    """Where an earlier run left reasons and findings: the reasons follow the facts, the findings are called old."""
    shown = [writer.shown(slot) for slot in now]
    if any(shown):
        writer.results(now)
    if writer.shown(FINDINGS_SUMMARY) not in ("", OUTDATED) and any(shown):
        writer.inputs({FINDINGS_SUMMARY: OUTDATED})
