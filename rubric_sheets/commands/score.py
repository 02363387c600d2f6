"""`score BOOK…`: read, validate, compute, and write scores, reasons and findings back into the same file."""

from __future__ import annotations

import sys

from ..books.read import Reader, open_units
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import derived, reasons
from ..books.shown_values import scores as scores_of
from ..books.write import Writer
from ..checks.evaluation import Evaluation, as_json, by_place, evaluate, together
from ..findings.finding import InputError, finding
from ..places.names import FINDINGS_AREA
from .arguments import books_and_flags, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


PARTLY = (
    "sheet-missing",
    "name-lost",
    "findings-nowhere",
)  # then some results have no cell to go to


def run(argv: list[str]) -> int:
    flags = {"--dry-run": "只计算，不写入", "--json": "输出 JSON"}
    books, given = books_and_flags(
        "score", "校验、计算，把得分、扣分原因和校验结果写回工作簿", argv, flags
    )
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
    readers = open_units(path, lists=False)
    with foreign_rubric(path, readers[0].published):
        evaluation, writer = results(readers)
        if not write:
            return evaluation, False
        writer.findings(evaluation.findings, evaluation.summary)
    from ..ooxml.save import save

    return evaluation, save(writer.changes)


def results(readers: list[Reader], *, scores: bool = True) -> tuple[Evaluation, Writer]:
    """Evaluate every project and collect what is to be written: `check` says what `score` says. `scores` False
    leaves scores and reasons as they are."""
    parts: list[Evaluation] = []
    writers: list[Writer] = []
    for reader in readers:
        evaluation = evaluate(reader.rubric, reader.facts, reader.published)
        writer = Writer(reader, writers[0].changes if writers else None)
        if scores:
            found = writer.results(outputs(evaluation))
            if FINDINGS_AREA not in reader.source.names and not parts:
                found.append(finding("findings-nowhere"))
            if found:
                found = sorted(evaluation.findings + found, key=by_place(reader.rubric))
                evaluation = evaluation._replace(findings=found)
        parts.append(evaluation)
        writers.append(writer)
    return together(parts), writers[0]


def outputs(evaluation: Evaluation) -> dict[str, Any]:
    """Every slot that a scoring run writes."""
    rubric, facts, card = evaluation.rubric, evaluation.facts, evaluation.card
    return {**derived(rubric, facts), **scores_of(rubric, facts, card), **reasons(rubric, card)}


def report(path: str, evaluation: Evaluation, written: bool | None) -> None:
    """For a person. `written`: None where nothing was to be written."""
    from ..ooxml.atomic import backup_of
    from .terminal import findings, scorecard, totals

    print(f"{path}　{evaluation.rubric['title']}（{evaluation.rubric['id']}）\n")
    for part in evaluation.projects or (evaluation,):
        if evaluation.projects:
            print(f"【{part.facts.values.get('项目名称') or '未命名项目'}】")
        print(scorecard(part))
        print("\n" + totals(part) + ("\n" if evaluation.projects else ""))
    if evaluation.projects:
        print(f"{len(evaluation.projects)} 个项目合计：{totals(evaluation)}")
    if evaluation.findings:
        print("\n" + findings(evaluation.findings))
    state = {
        True: f"已写回工作簿，原文件另存为 {backup_of(path)}。",
        False: "工作簿里已是这些结果，未改动。",
        None: "未写入工作簿。",
    }[written]
    lost = any(one.code in PARTLY for one in evaluation.findings) and written is not None
    print("\n" + evaluation.summary + state + ("找不到单元格的结果没有写入。" if lost else ""))
