"""`facts BOOK`: what the workbook holds, in the form of FACTS.json."""

from __future__ import annotations

import sys

from ..books.read import Reader, open_projects
from ..facts.json_form import dump
from ..tasks.transfer import dump_projects
from .arguments import parser as new_parser
from .arguments import print_json
from .terminal import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..rubric.model import Rubric


def run(argv: list[str]) -> int:
    parser = new_parser("facts", "导出工作簿里的填报数据、各表和自评得分")
    parser.add_argument("book", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm）")
    parser.add_argument(
        "--json", action="store_true", help="输出 JSON，可直接用于 new、fill 的 --facts"
    )
    parser.add_argument(
        "--rubric",
        metavar="RUBRIC",
        help="随带的指标体系坏了时，按这一套（编号，或 .toml、.xlsx 文件）的单元格名称读取",
    )
    args = parser.parse_args(argv)
    readers = open_projects(args.book, by=_given(args.rubric))
    unread = [one for reader in readers for one in reader.facts.findings if one.severity == "error"]
    for one in unread:
        print(f"{one.place}：{one.message}{one.fix}", file=sys.stderr)
    status = 1 if unread else 0
    if args.json:
        print_json(dump_projects(readers))
        return status
    for reader in readers:
        show(reader)
    return status


def _given(name: str | None) -> Rubric | None:
    """The rubric that was named; what finds it is loaded only then."""
    if name is None:
        return None
    from ..authoring.find import find

    return find(name)


def show(reader: Reader) -> None:
    """For a person."""
    data, specs = dump(reader.rubric, reader.facts), reader.rubric["facts"]
    rows = [
        (
            name,
            "" if value is None else str(value),
            specs[name]["unit"],
            reader.facts.places[name].cell if name in reader.facts.places else "",
            specs[name]["sheet"],
        )
        for name, value in data["facts"].items()
    ]
    print(table([("数据", "填报数", "单位", "单元格", "工作表"), *rows], (30, 16, 6, 8, 0)))
    for name, filled in data["tables"].items():
        print(f"\n{name}（{len(filled)} 行）")
        for row in filled:
            print("　" + "，".join(f"{column} {value}" for column, value in row.items()))
