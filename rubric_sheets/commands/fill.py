"""`fill BOOK --facts FACTS.json`, or `--projects PROJECT.xlsx…`: writes facts, or what projects
came to, into an existing workbook; formulas show their new values at once."""

from __future__ import annotations

from ..facts.json_form import read_file
from ..tasks.fill import fill_book
from .arguments import parser as new_parser
from .kept import kept


def run(argv: list[str]) -> int:
    parser = new_parser("fill", "把数据文件填入已有的工作簿；没写的项、行、列保持不变，null 清空")
    parser.add_argument("book", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm）")
    data = parser.add_mutually_exclusive_group(required=True)
    data.add_argument("--facts", metavar="FACTS.json", help="数据文件")
    data.add_argument(
        "--projects",
        nargs="+",
        metavar="PROJECT.xlsx",
        help="各项目的工作簿：名称、预算、执行数和总分填入部门工作簿的“项目绩效”表",
    )
    args = parser.parse_args(argv)
    if args.projects:
        from ..tasks.project_scores import fill_projects

        count = fill_projects(args.book, args.projects)
    else:
        count = fill_book(args.book, read_file(args.facts), args.facts)
    print(
        f"已填入 {count} 个单元格，{kept(args.book)}" if count else "工作簿里已是这些数据，未改动。"
    )
    return 0
