"""`score BOOK…`: read, validate, compute, and write scores, reasons and findings back into the same file."""

from __future__ import annotations

import sys

from ..evaluate import ORDER, Evaluation, as_json, evaluate
from ..findings import InputError
from ..sheets.read import Reader, foreign_rubric, open_book
from .arguments import books_and_flags, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..sheets.write import Writer


def run(argv: list[str]) -> int:
    flags = {"--dry-run": "只计算，不写入", "--json": "输出 JSON"}
    books, given = books_and_flags("score", "校验、计算，把得分、扣分原因和校验结果写回工作簿", argv, flags)
    return score_books(books, write="--dry-run" not in given, as_data="--json" in given)


def score_books(books: list[str], *, write: bool, as_data: bool) -> int:
    """Each book by itself: one that cannot be used does not stop the others."""
    done: list[tuple[str, Evaluation, bool]] = []
    unusable = 0
    for path in books:
        try:
            done.append((path, *score_book(path, write=write)))
        except InputError as problem:
            print(problem, file=sys.stderr)
            unusable += 1
    if as_data:
        objects: list[dict[str, Any]] = [as_json(path, evaluation) for path, evaluation, _ in done]
        if objects:
            print_json(objects if len(books) > 1 else objects[0])
    else:
        for path, evaluation, written in done:
            report(path, evaluation, written if write else None)
    return 2 if unusable else int(any(evaluation.has_errors for _, evaluation, _ in done))


def score_book(path: str, *, write: bool) -> tuple[Evaluation, bool]:
    """Score one workbook file; also whether the file changed. Raises InputError; the file is then as it was."""
    reader = open_book(path, lists=False)
    with foreign_rubric(path, reader.published):
        evaluation, writer = results(reader, evaluate(reader.rubric, reader.facts, reader.published))
        if not write:
            return evaluation, False
        writer.findings(evaluation.findings, evaluation.summary)
    from ..ooxml.save import save

    return evaluation, save(writer.changes)


def results(reader: Reader, evaluation: Evaluation) -> tuple[Evaluation, Writer]:
    """What is to be written, and the findings of writing among the others: `check` says what `score` says."""
    from ..sheets.outputs import derived, reasons, scores
    from ..sheets.write import Writer

    writer = Writer(reader)
    rubric, facts, card = reader.rubric, reader.facts, evaluation.card
    found = writer.results({**derived(rubric, facts), **scores(rubric, facts, card), **reasons(rubric, card)})
    if found:
        found = sorted(evaluation.findings + found, key=lambda one: ORDER[one.severity])
        evaluation = evaluation._replace(findings=found)
    return evaluation, writer


def report(path: str, evaluation: Evaluation, written: bool | None) -> None:
    """For a person. `written`: None where nothing was to be written."""
    from ..terminal import findings, scorecard, totals

    print(f"{path}　{evaluation.rubric['title']}（{evaluation.rubric['id']}）\n")
    print(scorecard(evaluation))
    print("\n" + totals(evaluation))
    if evaluation.findings:
        print("\n" + findings(evaluation))
    state = {True: f"已写回工作簿，原文件另存为 {path}.bak。", False: "工作簿里已是这些结果，未改动。", None: "未写入工作簿。"}[written]
    print("\n" + evaluation.summary + state)
