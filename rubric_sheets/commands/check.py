"""`check BOOK…`: the same as `score`, without writing; `check REPORT…`: what does not hold in a
finished report. The same command decides by content which of the two a file is."""

from __future__ import annotations

import os

from ..findings.finding import InputError
from .arguments import books_and_flags, expanded, parser, print_json
from .outcomes import outcomes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from ..reports.output import Result as Reading
    from ..rubric.model import Rubric
    from ..tasks.seal import Sealed
    from .outcomes import Outcomes

WORKBOOKS = (".xlsx", ".xlsm")
OPTIONS = ("--rubric", "--out", "--marked")  # of reports alone
ABOUT = "校验并试算工作簿，不写入；或核对写好的报告"
NOT_OURS = (
    "book-not-ours",
    "file-other-kind",
    "file-not-workbook",
)  # a workbook or a document of others


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
    full.add_argument("--out", metavar="意见.docx", help="把发现写成审核意见（只限一份报告）")
    args = full.parse_args(argv)
    if args.out:
        return _opinion(args)
    rubric = None
    if args.rubric:
        from .files import rubric_named

        rubric = rubric_named(args.rubric)
    return _each(expanded(args.books), as_data=args.json, rubric=rubric)


def _opinion(args: argparse.Namespace) -> int:
    """One report, its findings as a page to send back."""
    from ..books.files import write_new
    from ..reports.opinion import opinion
    from ..tasks.read_report import read_report
    from .files import output_kind, rubric_named

    if len(args.books) > 1:
        raise InputError("report-one", option="--out")
    output_kind(args.out, (".docx", ".docx"), "审核意见")
    rubric = rubric_named(args.rubric) if args.rubric else None
    path = args.books[0]
    result = read_report(path, rubric)
    name = os.path.splitext(os.path.basename(path))[0]
    write_new(args.out, opinion(result, name), overwrite=True)
    if args.json:
        from ..reports.output import as_json

        print_json(as_json(result))
    else:
        print(
            f"已生成 {args.out}：需要改正 {result.count('error')} 处，"
            f"需要核实或说明 {result.count('warning')} 处。"
        )
    return int(result.has_errors)


def _is_workbook(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in WORKBOOKS


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
    instead = None
    if _is_workbook(path) or not os.path.exists(path):
        from ..tasks.score import score_book

        try:
            evaluation, _ = score_book(path, write=False)
        except InputError as problem:
            if problem.findings[0].code not in NOT_OURS:
                raise
            instead = problem
        else:
            shown.book(path, evaluation, None)
            return
    sealed = _submission(path) if rubric is None else None
    if sealed is None:
        shown.report(path, _report(path, rubric, instead))
    else:
        shown.submission(path, sealed)


def _submission(path: str) -> Sealed | None:
    """What was handed in is compared with its 报送码; None where there is none."""
    from ..tasks.seal import seal

    try:
        return seal(path)
    except InputError:
        return None


def _report(path: str, rubric: Rubric | None, instead: InputError | None) -> Reading:
    """A finished report. `instead`: what is wrong with it as a workbook, said where it is no
    report either."""
    from ..tasks.read_report import read_report, says_nothing

    try:
        result = read_report(path, rubric)
    except InputError:
        if instead is not None:
            raise instead from None
        raise
    if instead is not None and says_nothing(result):
        raise instead
    return result
