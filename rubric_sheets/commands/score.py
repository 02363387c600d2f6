"""`score BOOK…`: read, validate, compute, and write scores,
reasons and findings back into the same file."""

from __future__ import annotations

import gc

from ..findings.finding import InputError
from ..tasks.score import score_book
from .arguments import books_and_flags
from .outcomes import AsData, InFull, InLines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tasks.seal import Sealed
    from .outcomes import Outcomes

# What is no workbook of ours may be one that was handed in.
NO_BOOK = ("book-not-ours", "file-other-kind", "file-not-workbook")


def run(argv: list[str]) -> int:
    flags = {"--dry-run": "只计算，不写入", "--json": "输出 JSON"}
    books, given = books_and_flags(
        "score", "校验、计算，把得分、扣分原因和校验结果写回工作簿", argv, flags
    )
    return score_books(books, write="--dry-run" not in given, as_data="--json" in given)


def score_books(books: list[str], *, write: bool, as_data: bool, submissions: bool = False) -> int:
    """Each book by itself, one at a time: one that cannot be used does not stop the others.
    `submissions`: what was handed in is compared with its 报送码 instead."""
    several = len(books) > 1
    if several:
        # A batch lives longer than one command: what JSON's encoder leaves behind adds up.
        gc.enable()
    shown: Outcomes = InLines() if several else InFull()
    if as_data:
        shown = AsData(several=several)
    for path in books:
        try:
            evaluation, written = score_book(path, write=write)
        except InputError as problem:
            sealed = _submission(path, problem) if submissions else None
            if sealed is None:
                shown.unusable(problem)
            else:
                shown.submission(path, sealed)
            continue
        shown.book(path, evaluation, written if write else None)
    return shown.close()


def _submission(path: str, problem: InputError) -> Sealed | None:
    """What was handed in; None where it is something else."""
    if problem.findings[0].code not in NO_BOOK:
        return None
    from ..tasks.seal import seal

    try:
        return seal(path)
    except InputError:
        return None
