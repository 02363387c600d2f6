"""`new ID-or-RUBRIC-FILE OUT.(xlsx|xlsm)`: a workbook to fill in, filled with the facts where given."""

from __future__ import annotations

import os

from ..facts_json import read_file
from ..findings import InputError
from ..ooxml.atomic import write_new
from ..rubric.find import find
from ..sheets.create import workbook
from .arguments import parser as new_parser


def run(argv: list[str]) -> int:
    parser = new_parser("new", "新建要填报的工作簿；.xlsm 带“计算得分”等宏按钮")
    parser.add_argument("rubric", metavar="ID", help="指标体系编号（见 rubric list），或自备的指标体系文件")
    parser.add_argument("out", metavar="OUT", help="要生成的文件，.xlsx 或 .xlsm")
    parser.add_argument("--facts", metavar="FACTS.json", help="一并填入的数据")
    args = parser.parse_args(argv)
    kind = os.path.splitext(args.out)[1].lower()
    if kind not in (".xlsx", ".xlsm"):
        raise InputError("out-extension", path=args.out, expected=".xlsx 或 .xlsm")
    rubric = find(args.rubric)
    data = read_file(args.facts) if args.facts else None
    write_new(args.out, workbook(rubric, data, macros=kind == ".xlsm"))
    print(f"已生成 {args.out}（{rubric['title']}，{rubric['id']}）。")
    return 0
