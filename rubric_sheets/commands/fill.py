"""`fill BOOK --facts FACTS.json`: writes facts into an existing workbook;
formulas show their new values at once."""

from __future__ import annotations

from ..facts.json_form import read_file
from ..tasks.fill import fill_book
from .arguments import parser as new_parser
from .kept import kept


def run(argv: list[str]) -> int:
    parser = new_parser("fill", "把数据文件填入已有的工作簿；没写的项、行、列保持不变，null 清空")
    parser.add_argument("book", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm）")
    parser.add_argument("--facts", required=True, metavar="FACTS.json", help="数据文件")
    args = parser.parse_args(argv)
    count = fill_book(args.book, read_file(args.facts), args.facts)
    print(
        f"已填入 {count} 个单元格，{kept(args.book)}" if count else "工作簿里已是这些数据，未改动。"
    )
    return 0
