"""`check BOOK…`: the same as `score`, without writing; `check REPORT…`: what does not hold in a
finished report. The same command decides by content which of the two a file is."""

from __future__ import annotations

import os

from ..findings.finding import InputError
from ..tasks.look_at import look_at
from .arguments import books_and_flags, expanded, parser, print_json
from .outcomes import outcomes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from ..checks.evaluation import Evaluation
    from ..reports.opinion import Opinion
    from ..reports.output import Result
    from ..rubric.model import Rubric
    from .outcomes import Outcomes

OPTIONS = ("--rubric", "--out", "--marked")
ABOUT = "校验并试算工作簿，不写入；或核对写好的报告"


def run(argv: list[str]) -> int:
    if not any(word.partition("=")[0] in OPTIONS for word in argv):
        books, given = books_and_flags("check", ABOUT, argv, {"--json": "输出 JSON"})
        return _each(books, as_data="--json" in given)
    full = parser("check", ABOUT)
    full.add_argument(
        "books", nargs="+", metavar="FILE", help="工作簿，或 .docx、.pdf、.txt、.xlsx 报告"
    )
    full.add_argument("--json", action="store_true", help="输出 JSON")
    full.add_argument("--rubric", metavar="ID-or-FILE", help="报告所用的指标体系；不写则自动识别")
    full.add_argument(
        "--out", metavar="意见.docx", help="把发现写成审核意见，.docx 或 .xlsx（只限一份）"
    )
    full.add_argument("--marked", metavar="批注.docx", help="在原报告上加批注（只限一份 .docx）")
    args = full.parse_args(argv)
    if args.out or args.marked:
        return _opinion(args)
    rubric = None
    if args.rubric:
        from .files import rubric_named

        rubric = rubric_named(args.rubric)
    return _each(expanded(args.books), as_data=args.json, rubric=rubric)


def _opinion(args: argparse.Namespace) -> int:
    """One workbook or report, its findings as a page to send back, or as comments in it."""
    from ..books.files import write_new
    from ..checks.evaluation import Evaluation
    from ..reports.reading.open import content
    from ..tasks.opinion import judged
    from .files import rubric_named

    _check_outputs(args)
    path = args.books[0]
    result, opinion = judged(path, rubric_named(args.rubric) if args.rubric else None)
    if args.marked:
        if isinstance(result, Evaluation):
            raise InputError("report-marked-kind", path=path)
        from ..reports.comments import marked

        write_new(args.marked, marked(content(path), path, result))
    if args.out:
        write_new(args.out, _written(args.out)(opinion))
    made = "、".join(filter(None, (args.out, args.marked)))
    if args.json:
        print_json(_as_data(path, result))
    else:
        print(
            f"已生成 {made}：需要改正 {opinion.count('error')} 处，"
            f"需要核实或说明 {opinion.count('warning')} 处。"
        )
    return int(result.has_errors)


def _as_data(path: str, result: Evaluation | Result) -> dict[str, Any]:
    """As without --out."""
    from ..checks.evaluation import Evaluation, as_json

    if isinstance(result, Evaluation):
        return as_json(path, result)
    from ..reports.output import as_json as report_json

    return report_json(result)


def _check_outputs(args: argparse.Namespace) -> None:
    """InputError before any work, for what could not be written at its end."""
    from .files import output_kind

    if len(args.books) > 1:
        raise InputError("report-one", option="--out 和 --marked")
    outputs = ((args.out, (".docx", ".xlsx")), (args.marked, (".docx", ".docx")))
    for out, kinds in outputs:
        if not out:
            continue
        output_kind(out, kinds, "审核意见")
        if os.path.lexists(out):  # the report itself, perhaps
            raise InputError("file-exists", path=out)
    given = [os.path.realpath(out) for out, _ in outputs if out]
    if len(set(given)) < len(given):
        raise InputError("report-one-output", path=args.out)


def _written(out: str) -> Callable[[Opinion], bytes]:
    """The writer of an opinion, by the ending of its file."""
    if out.lower().endswith(".xlsx"):
        from ..reports.opinion_sheet import sheet

        return sheet
    from ..reports.opinion import document

    return document


def _each(books: list[str], *, as_data: bool, rubric: Rubric | None = None) -> int:
    """Each file by itself: one that cannot be used does not stop the others."""
    shown = outcomes(len(books), as_data=as_data)
    for path in books:
        try:
            _one(path, shown, rubric)
        except InputError as problem:
            shown.unusable(problem)
    return shown.close()


def _one(path: str, shown: Outcomes, rubric: Rubric | None) -> None:
    """A workbook, what was handed in, or a finished report."""
    from ..checks.evaluation import Evaluation

    found = look_at(path, rubric)
    if isinstance(found, Evaluation):
        shown.book(path, found, None)
        return
    from ..tasks.seal import Sealed

    if isinstance(found, Sealed):
        shown.submission(path, found)
    else:
        shown.report(path, found)
