"""`export BOOK OUT`: the submission as .xlsx or .pdf, the report as .docx;
the workbook itself stays as it is."""

from __future__ import annotations

import os
import sys

from ..tasks.submit import Blocked, submit
from .arguments import parser as new_parser
from .files import refuse_no_folder


def run(argv: list[str]) -> int:
    parser = new_parser("export", "生成报送表：只有数值和格式，可直接打印报送；工作簿本身不改动")
    parser.add_argument("book", metavar="BOOK", help="填好的工作簿（.xlsx 或 .xlsm）")
    parser.add_argument(
        "out",
        metavar="OUT",
        help="报送表 .xlsx、.pdf，或自评报告 .docx；写文件夹则按单位和年度命名",
    )
    parser.add_argument(
        "--template", metavar="T.docx", default="", help="自备的 Word 模板，用于 .docx"
    )
    parser.add_argument("--force", action="store_true", help="有错误未改正也生成，标明“草稿”")
    parser.add_argument("--overwrite", action="store_true", help="OUT 已存在时覆盖")
    args = parser.parse_args(argv)
    if not os.path.isdir(args.out):
        refuse_no_folder(args.out)
    try:
        path, evaluation = submit(
            args.book,
            args.out,
            force=args.force,
            overwrite=args.overwrite,
            template=args.template,
        )
    except Blocked as problem:
        print(problem, file=sys.stderr)
        return 1
    from ..export.draft import why

    reason = why(evaluation)
    state = f"草稿：{reason}，没有定总分和等次，不得报送。" if reason else ""
    lacking = sum(part.card.pending for part in evaluation.projects or (evaluation,))
    state += f"未完成：有 {lacking} 项指标缺少测算依据。" if lacking and not reason else ""
    warnings = evaluation.count("warning")
    hint = f"另有提示 {warnings} 条，可用 rubric-sheets check 查看。" if warnings else ""
    print(f"已生成 {path}。{state}{hint}")
    return int(evaluation.has_errors)
