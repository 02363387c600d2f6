"""`check BOOK…`: the same as `score`, without writing."""

from __future__ import annotations

from .arguments import books_and_flags
from .score import score_books


def run(argv: list[str]) -> int:
    books, given = books_and_flags(
        "check", "校验并试算，不写入；数据不必填全", argv, {"--json": "输出 JSON"}
    )
    return score_books(books, write=False, as_data="--json" in given, submissions=True)
