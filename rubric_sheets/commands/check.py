"""`check BOOK…`: the same as `score`, without writing; `check REPORT…`: what does not hold in a
finished report. The same command decides by content which of the two a file is."""

from __future__ import annotations

import os
import sys

from ..findings.finding import InputError
from .arguments import JsonList, books_and_flags, parser, print_json
from .score import report as show_book
from .score import score_books

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from ..rubric.model import Rubric

WORKBOOKS = (".xlsx", ".xlsm")
OPTIONS = ("--rubric", "--out", "--marked")  # of reports alone
ABOUT = "校验并试算工作簿，不写入；或核对写好的报告"
NOT_OURS = ("book-not-ours", "file-other-kind")  # a workbook or a document of others


def run(argv: list[str]) -> int:
    if not any(word.partition("=")[0] in OPTIONS for word in argv):
        books, given = books_and_flags("check", ABOUT, argv, {"--json": "输出 JSON"})
        if all(map(_is_workbook, books)) and len(books) != 1:
            return score_books(books, write=False, as_data="--json" in given)
        return _each(books, as_data="--json" in given)
    full = parser("check", ABOUT)
    full.add_argument(
        "books", nargs="+", metavar="FILE", help="工作簿，或 .docx、.pdf、.txt、.xlsx 报告"
    )
    full.add_argument("--json", action="store_true", help="输出 JSON")
    full.add_argument("--rubric", metavar="ID-or-FILE", help="报告所用的指标体系；不写则自动识别")
    full.add_argument("--out", metavar="意见.docx", help="把发现写成审核意见（只限一份报告）")
    full.add_argument("--marked", metavar="批注.docx", help="在原报告上加批注（只限一份 .docx）")
    args = full.parse_args(argv)
    if args.out or args.marked:
        return _opinion(args)
    rubric = None
    if args.rubric:
        from .files import rubric_named

        rubric = rubric_named(args.rubric)
    return _each(args.books, as_data=args.json, rubric=rubric)


def _opinion(args: argparse.Namespace) -> int:
    """One report, its findings as a page to send back, or as comments in it."""
    from ..books.files import write_new
    from ..reports.opinion import opinion
    from ..tasks.read_report import read_report
    from .files import output_kind, rubric_named

    if len(args.books) > 1:
        raise InputError("report-one", option="--out 和 --marked")
    for out in filter(None, (args.out, args.marked)):
        output_kind(out, (".docx", ".docx"), "审核意见")
    rubric = rubric_named(args.rubric) if args.rubric else None
    path = args.books[0]
    result = read_report(path, rubric)
    name = os.path.splitext(os.path.basename(path))[0]
    if args.marked:
        from ..reports.comments import marked
        from ..reports.reading.open import content

        write_new(args.marked, marked(content(path), path, result), overwrite=True)
    if args.out:
        write_new(args.out, opinion(result, name), overwrite=True)
    made = "、".join(filter(None, (args.out, args.marked)))
    if args.json:
        from ..reports.output import as_json

        print_json(as_json(result))
    else:
        print(
            f"已生成 {made}：需要改正 {result.count('error')} 处，"
            f"需要核实或说明 {result.count('warning')} 处。"
        )
    return int(result.has_errors)


def _is_workbook(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in WORKBOOKS


def _each(books: list[str], *, as_data: bool, rubric: Rubric | None = None) -> int:
    """Each file by itself: one that cannot be used does not stop the others."""
    listed = JsonList()
    unusable = has_errors = False
    for path in books:
        try:
            found, data = _one(path, as_data=as_data, rubric=rubric)
        except InputError as problem:
            print(problem, file=sys.stderr)
            unusable = True
            continue
        has_errors = has_errors or found
        if as_data and len(books) == 1:
            print_json(data)
        elif as_data:
            listed.add(data)
    listed.close()
    return 2 if unusable else int(has_errors)


def _one(path: str, *, as_data: bool, rubric: Rubric | None) -> tuple[bool, Any]:
    """(has it errors, its JSON); shown here where no JSON is wanted."""
    if not _is_workbook(path) and os.path.exists(path):
        return _report(path, as_data=as_data, rubric=rubric)
    from ..tasks.score import score_book

    try:
        evaluation, _ = score_book(path, write=False)
    except InputError as problem:
        if problem.findings[0].code not in NOT_OURS:
            raise
        return _report(path, as_data=as_data, rubric=rubric, instead=problem)
    if as_data:
        from ..checks.evaluation import as_json

        return evaluation.has_errors, as_json(path, evaluation)
    show_book(path, evaluation, None)
    return evaluation.has_errors, None


def _report(
    path: str, *, as_data: bool, rubric: Rubric | None, instead: InputError | None = None
) -> tuple[bool, Any]:
    """A finished report. `instead`: what is wrong with it as a workbook, said where it is no
    report either."""
    from ..reports.output import as_json
    from ..tasks.read_report import read_report, says_nothing
    from .report_text import shown

    try:
        result = read_report(path, rubric)
    except InputError:
        if instead is not None:
            raise instead from None
        raise
    if instead is not None and says_nothing(result):
        raise instead
    if as_data:
        return result.has_errors, as_json(result)
    print(shown(result))
    return result.has_errors, None
