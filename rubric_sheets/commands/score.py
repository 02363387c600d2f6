"""`score BOOK…`: read, validate, compute, and write scores,
reasons and findings back into the same file."""

from __future__ import annotations

import gc
import sys

from ..checks.evaluation import Evaluation, as_json
from ..findings.finding import InputError
from ..tasks.score import score_book
from .arguments import JsonList, books_and_flags, print_json

# Then some results have no cell to go to.
PARTLY = ("sheet-missing", "name-lost", "heading-missing", "findings-nowhere")


def run(argv: list[str]) -> int:
    flags = {"--dry-run": "只计算，不写入", "--json": "输出 JSON"}
    books, given = books_and_flags(
        "score", "校验、计算，把得分、扣分原因和校验结果写回工作簿", argv, flags
    )
    return score_books(books, write="--dry-run" not in given, as_data="--json" in given)


def score_books(books: list[str], *, write: bool, as_data: bool) -> int:
    """Each book by itself, one at a time: one that cannot be used does not stop the others."""
    if len(books) > 1:
        # A batch lives longer than one command: what JSON's encoder leaves behind adds up.
        gc.enable()
    listed = JsonList()
    unusable = has_errors = False
    for path in books:
        try:
            evaluation, written = score_book(path, write=write)
        except InputError as problem:
            print(problem, file=sys.stderr)
            unusable = True
            continue
        has_errors = has_errors or evaluation.has_errors
        if not as_data:
            report(path, evaluation, written if write else None)
        elif len(books) == 1:
            print_json(as_json(path, evaluation))
        else:
            listed.add(as_json(path, evaluation))
    listed.close()
    return 2 if unusable else int(has_errors)


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
