"""`import REPORT OUT.xlsx`: a finished report → a filled workbook, its claims beside the computed
scores, and a sheet 来源 that says where each figure was read."""

from __future__ import annotations

from ..tasks.import_report import import_report
from .arguments import parser as new_parser
from .arguments import print_json
from .files import output_kind, rubric_named


def run(argv: list[str]) -> int:
    parser = new_parser("import", "读一份写好的报告，填成工作簿；“来源”表写明每个数取自哪里")
    parser.add_argument(
        "report", metavar="REPORT", help=".docx、.pdf、.txt、.xlsx，或 .doc、.wps、.xls、.et"
    )
    parser.add_argument("out", metavar="OUT.xlsx", help="要生成的工作簿")
    parser.add_argument("--rubric", metavar="ID-or-FILE", help="报告所用的指标体系；不写则自动识别")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    output_kind(args.out, (".xlsx", ".xlsx"), "自评")
    named = rubric_named(args.rubric) if args.rubric else None
    result = import_report(args.report, args.out, named)
    if args.json:
        from ..reports.output import as_json

        print_json(as_json(result, args.out))
    else:
        from .report_text import shown

        print(shown(result))
        print(f"已生成 {args.out}；每个数取自哪里，见“来源”表。")
    return int(result.has_errors)
