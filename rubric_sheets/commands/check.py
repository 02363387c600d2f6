"""`check BOOK…`: the same as `score`, without writing."""

from __future__ import annotations

from .arguments import Parser
from .score import score_books


def run(argv: list[str]) -> int:
    parser = Parser("check", "校验并试算，不写入；数据不必填全")
    parser.add_argument("books", nargs="+", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm），可以有多个")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    return score_books(args.books, write=False, as_data=args.json)
