"""`score BOOK…`: read, validate, compute, and write scores, reasons and findings back into the same file."""

from __future__ import annotations

import sys

from ..evaluate import Evaluation, as_json, evaluate
from ..findings import InputError
from ..sheets.read import Reader, open_book
from .arguments import Parser, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def run(argv: list[str]) -> int:
    parser = Parser("score", "校验、计算，把得分、扣分原因和校验结果写回工作簿")
    parser.add_argument("books", nargs="+", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm），可以有多个")
    parser.add_argument("--dry-run", action="store_true", help="只计算，不写入")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    return score_books(args.books, write=not args.dry_run, as_data=args.json)


def score_books(books: list[str], *, write: bool, as_data: bool) -> int:
    """Each book by itself: one that cannot be used does not stop the others."""
    done: list[tuple[str, Evaluation]] = []
    unusable = 0
    for path in books:
        try:
            done.append((path, score_book(path, write=write)))
        except InputError as problem:
            print(problem, file=sys.stderr)
            unusable += 1
    if as_data:
        objects: list[dict[str, Any]] = [as_json(path, evaluation) for path, evaluation in done]
        if objects:
            print_json(objects if len(books) > 1 else objects[0])
    else:
        for path, evaluation in done:
            report(path, evaluation, write)
    return 2 if unusable else int(any(evaluation.has_errors for _, evaluation in done))


def score_book(path: str, *, write: bool) -> Evaluation:
    """Score one workbook file. Raises InputError; the file is then as it was."""
    reader = open_book(path, lists=False)
    evaluation = evaluate(reader.rubric, reader.facts, reader.published)
    return write_back(reader, evaluation) if write else evaluation


def write_back(reader: Reader, evaluation: Evaluation) -> Evaluation:
    """Write every result; the evaluation returned has the findings of writing too."""
    from ..ooxml.save import save
    from ..sheets.outputs import derived, reasons, scores
    from ..sheets.write import Writer

    writer = Writer(reader)
    rubric, facts, card = reader.rubric, reader.facts, evaluation.card
    found = writer.results({**derived(rubric, facts), **scores(rubric, facts, card), **reasons(card)})
    evaluation = evaluation._replace(findings=evaluation.findings + found)
    writer.findings(evaluation.findings, evaluation.summary)
    save(writer.changes)
    return evaluation


def report(path: str, evaluation: Evaluation, written: bool) -> None:
    from ..terminal import findings, scorecard, totals

    print(f"{path}　{evaluation.rubric['title']}（{evaluation.rubric['id']}）\n")
    print(scorecard(evaluation))
    print("\n" + totals(evaluation))
    if evaluation.findings:
        print("\n" + findings(evaluation))
    print("\n" + evaluation.summary + ("已写回工作簿，原文件另存为 .bak。" if written else ""))
