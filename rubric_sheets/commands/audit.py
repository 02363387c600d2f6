"""`audit PATH… --out SUMMARY.xlsx`: many workbooks → one summary, and a store to ask."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext

from ..findings.finding import InputError
from .arguments import parser as new_parser
from .files import refuse_no_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from contextlib import AbstractContextManager

    from ..audit.figures import Figures
    from ..audit.opinions import Written
    from ..audit.run import Done, Told

MAX_WORKERS = 64
ENGINES = ("formualizer", "ironcalc", "formulas", "libreoffice")
BY = ("主管部门", "年度", "指标体系")


def run(argv: list[str]) -> int:
    parser = _arguments()
    args = parser.parse_args(argv)
    _check_call(args)
    if args.cluster:
        _check_cluster()
    try:
        from ..audit import opinions
        from ..audit import run as auditing
        from ..audit.figures import Figures
        from ..audit.page import writing as page
        from ..audit.summary import writing
    except ImportError as missing:
        raise InputError("package-missing", name=missing.name or "", extra="audit") from None
    kind = writing.kind_of(args.out)
    if args.by and kind != ".xlsx":
        parser.error("参数 --by：只有 .xlsx 的汇总表能分表")
    if args.html:
        page.check_path(args.html)
    if args.opinions:
        opinions.make_folder(args.opinions)
    store_path = args.store or os.path.splitext(args.out)[0] + ".duckdb"
    with _told(as_lines=args.json) as told:
        store, done = auditing.audit(
            args.paths,
            store_path,
            by=auditing.By(args.workers, args.cluster, args.verify or ""),
            leave_out=[*_made(args), *filter(None, [args.opinions])],
            told=told,
        )
    try:
        figures = Figures(store)
        writing.write(figures, args.out, kind, args.by)
        if args.html:
            page.write(figures, args.html)
        written = opinions.write(figures, args.opinions) if args.opinions else None
        return _report(args, store_path, figures, done, written)
    finally:
        store.close()


def _arguments() -> argparse.ArgumentParser:
    parser = new_parser("audit", "审核许多工作簿：一份汇总表，一个可以查询的数据库")
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="工作簿、文件夹、带 * 的名称或 zip 压缩包"
    )
    parser.add_argument(
        "--out", required=True, metavar="SUMMARY", help="汇总表（.xlsx，或 .csv、.parquet）"
    )
    parser.add_argument("--by", choices=BY, metavar="BY", help=f"再各列一张表：{'、'.join(BY)}")
    parser.add_argument("--html", metavar="PAGE", help="再写成一页网页（.html），不用联网")
    parser.add_argument("--opinions", metavar="FOLDER", help="每个单位写一份审核意见（.docx）")
    parser.add_argument("--store", metavar="FILE", help="数据库，默认与汇总表同名，扩展名 .duckdb")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--workers", type=_workers, metavar="N", help="同时用几个进程")
    who.add_argument("--cluster", metavar="ADDRESS", help="用 Dask 集群（如 tcp://主机:8786）")
    parser.add_argument(
        "--verify",
        nargs="?",
        const=ENGINES[0],
        choices=ENGINES,
        metavar="ENGINE",
        help=f"再用别的引擎重算每一册：{'、'.join(ENGINES)}，不写就用第一个",
    )
    parser.add_argument("--json", action="store_true", help="每份一行 JSON，最后一行是汇总")
    return parser


def _workers(text: str) -> int:
    import argparse

    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= MAX_WORKERS:
        raise argparse.ArgumentTypeError(f"“{text}”应为 1 到 {MAX_WORKERS} 的整数")
    return number


def _check_call(args: argparse.Namespace) -> None:
    """What can be said before any work."""
    for out, name in ((args.out, "汇总表.xlsx"), (args.html, "审核报告.html")):
        if out and os.path.isdir(out):
            raise InputError("out-is-folder", path=out, suggestion=os.path.join(out, name))
    taken = {os.path.realpath(path): path for path in (*args.paths, args.store) if path}
    for out in _made(args):
        refuse_no_folder(out)
        if os.path.realpath(out) in taken:
            raise InputError("audit-out-is-input", path=out)
        taken[os.path.realpath(out)] = out
    if args.opinions:
        folder = os.path.join(os.path.realpath(args.opinions), "")
        if any(os.path.join(os.path.realpath(path), "").startswith(folder) for path in args.paths):
            raise InputError("audit-opinions-inside", path=args.opinions)


def _check_cluster() -> None:
    """Is what it needs installed?"""
    try:
        import distributed  # noqa: F401 -- asked of the package itself: a module may be there already
    except ImportError as missing:
        raise InputError("package-missing", name=missing.name or "", extra="cluster") from None


def _made(args: argparse.Namespace) -> list[str]:
    """What the call writes for people."""
    return [path for path in (args.out, args.html) if path]


def _told(*, as_lines: bool) -> AbstractContextManager[Told]:
    """Lines of JSON on standard output; a bar on a terminal, and only there."""
    from ..audit.run import Told

    class Lines(Told):
        wants_lines = as_lines

        def said(self, line: str) -> None:
            sys.stdout.write(line + "\n")

    if sys.stderr.isatty():
        from .progress import Bar

        return Bar(Lines())
    return nullcontext(Lines())


def _report(
    args: argparse.Namespace, store_path: str, figures: Figures, done: Done, written: Written | None
) -> int:
    summary, verified = figures.summary(), figures.verified() if args.verify else None
    if args.json:
        summary = {**summary, "complete": done.complete}
        if verified is not None:
            summary["verified"] = verified
        if written is not None:
            summary["opinions"] = written._asdict()
        sys.stdout.write(json.dumps({"summary": summary}, ensure_ascii=False) + "\n")
    else:
        from .audit_words import opinions_made, report, second_opinion

        print(report(summary, done, _made(args), store_path))
        if verified is not None:
            print(second_opinion(verified))
        if written is not None:
            print(opinions_made(written, args.opinions))
    if not done.complete:
        print(
            f"已中断：看完 {done.inputs} 份，结果都在汇总表和数据库里；再运行一次，只看其余的。",
            file=sys.stderr,
        )
        return 2
    return int(bool(summary["errors"] or (verified and verified["disagree"])))
