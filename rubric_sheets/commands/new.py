"""`new ID-or-RUBRIC-FILE OUT.(xlsx|xlsm)`: a workbook to fill in,
filled with the facts where given."""

from __future__ import annotations

from ..books.create import workbook
from ..books.files import write_new
from ..facts.json_form import read_file
from ..tasks.facts_file import facts_file
from .arguments import parser as new_parser
from .files import output_kind, rubric_named


def run(argv: list[str]) -> int:
    parser = new_parser("new", "新建要填报的工作簿；.xlsm 带“计算得分”等宏按钮")
    parser.add_argument(
        "rubric", metavar="ID", help="指标体系编号（见 rubric list），或自备的指标体系文件"
    )
    parser.add_argument("out", metavar="OUT", help="要生成的文件，.xlsx 或 .xlsm")
    parser.add_argument(
        "--from",
        dest="last_year",
        metavar="LAST-YEAR.xlsx",
        help="上年的工作簿、报送件或报告：单位情况和上年的数带到本年，标出来待核对",
    )
    parser.add_argument("--facts", metavar="FACTS.json", help="一并填入的数据")
    args = parser.parse_args(argv)
    kind = output_kind(args.out, (".xlsx", ".xlsm"), "评分表")
    rubric = rubric_named(args.rubric)
    data = read_file(args.facts) if args.facts else None
    carried = None
    if args.last_year:
        from ..tasks.last_year import from_last_year, over

        before, carried = from_last_year(args.last_year, rubric)
        data = over(before, data or {})
    with facts_file(args.facts, "rubric show", args.rubric):
        content = workbook(rubric, data, macros=kind == ".xlsm", carried=carried)
    write_new(args.out, content)
    print(f"已生成 {args.out}（{rubric['title']}，{rubric['id']}）。")
    if carried is not None:
        print(f"从 {args.last_year} 带来 {len(carried.entries)} 项，见“上年带入”表，请逐项核对。")
        for line in carried.changes:
            print(f"　{line}")
    return 0
