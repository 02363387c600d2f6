"""`score BOOK…`: read, validate, compute, and write scores,
reasons and findings back into the same file."""

from __future__ import annotations

from ..findings.finding import InputError
from ..tasks.score import score_book
from .arguments import books_and_flags
from .outcomes import outcomes


def run(argv: list[str]) -> int:
    flags = {"--dry-run": "只计算，不写入", "--json": "输出 JSON"}
    books, given = books_and_flags(
        "score", "校验、计算，把得分、扣分原因和校验结果写回工作簿", argv, flags
    )
    return score_books(books, write="--dry-run" not in given, as_data="--json" in given)


def score_books(books: list[str], *, write: bool, as_data: bool) -> int:
    """Each book by itself, one at a time: one that cannot be used does not stop the others."""
    shown = outcomes(len(books), as_data=as_data)
    for path in books:
        try:
            evaluation, written = score_book(path, write=write)
        except InputError as problem:
            shown.unusable(problem)
            continue
        shown.book(path, evaluation, written if write else None)
    return shown.close()
