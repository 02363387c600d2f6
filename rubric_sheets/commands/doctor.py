"""`doctor [BOOK]`: what is installed, what is missing, and the one step that mends it."""

from __future__ import annotations

import os

from .arguments import parser as new_parser
from .arguments import print_json


def run(argv: list[str]) -> int:
    parser = new_parser("doctor", "自检：Python、xlwings、加载项、宏、LibreOffice 和路径是否就绪")
    parser.add_argument("book", metavar="BOOK", nargs="?", help="一并检查这个工作簿所在的文件夹")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    from pyaddin.setup import doctor

    found = doctor.examine(doctor.System.here(), os.path.abspath(args.book) if args.book else "")
    if args.json:
        print_json(doctor.as_json(found))
    else:
        print(doctor.report(found))
    return int(any(one.ok is False for one in found))
