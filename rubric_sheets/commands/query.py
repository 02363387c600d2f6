"""`query STORE "SQL"`: questions to the store of an audit, ready ones or one's own."""

from __future__ import annotations

import csv
import json
import sys

from ..audit.texts import csv_text, json_value, text_of
from ..findings.finding import InputError
from .arguments import parser as new_parser
from .terminal import table, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..audit.query import Answer
    from ..audit.questions import Question

WIDEST = 44  # columns of a terminal for one column of the answer


def run(argv: list[str]) -> int:
    parser = new_parser("query", "查询审核得到的数据库：现成的问题，或自己写的 SQL（只读）")
    parser.add_argument("store", metavar="STORE", help="audit 生成的数据库（.duckdb）")
    parser.add_argument("question", nargs="?", metavar="SQL", help="SQL，或现成问题的名称")
    parser.add_argument("--list", action="store_true", help="列出现成的问题")
    parser.add_argument("--csv", action="store_true", help="输出 CSV")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    try:
        from ..audit.query import ask
        from ..audit.questions import QUESTIONS, named
    except ImportError as missing:
        raise InputError("package-missing", name=missing.name or "", extra="audit") from None
    if args.list:
        return _list(QUESTIONS, as_data=args.json)
    if not args.question:
        parser.error("缺少参数：SQL，或现成问题的名称；--list 列出现成的问题")
    ready = named(args.question)
    answer = ask(args.store, ready.sql if ready else args.question)
    if args.json:
        _json(answer)
    elif args.csv:
        _csv(answer)
    else:
        _show(answer)
    return 0


def _list(questions: tuple[Question, ...], *, as_data: bool) -> int:
    if as_data:
        listed = [one._asdict() for one in questions]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return 0
    print(table([("问题", "回答"), *((one.name, one.answers) for one in questions)], (16, 0)))
    return 0


def _json(answer: Answer) -> None:
    """A list of objects, one a line, written as they come."""
    sys.stdout.write("[")
    for number, row in enumerate(answer.rows):
        found = dict(zip(answer.columns, map(json_value, row)))
        line = json.dumps(found, ensure_ascii=False)
        sys.stdout.write(("," if number else "") + "\n " + line)
    sys.stdout.write("\n]\n")


def _csv(answer: Answer) -> None:
    """As a spreadsheet opens it."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(answer.columns)
    out.writerows(map(csv_text, row) for row in answer.rows)


def _show(answer: Answer) -> None:
    """Columns that line up, as wide as they need to be up to a limit."""
    rows = [tuple(answer.columns), *(tuple(map(_line, row)) for row in answer.rows)]
    if not answer.columns:
        return
    widths = [min(WIDEST, max(map(width, column))) for column in zip(*rows)]
    print(table(rows, (*widths[:-1], 0)))
    print(f"\n{len(rows) - 1} 行")


def _line(value: object) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text_of(value))
