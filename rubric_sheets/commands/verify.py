"""`verify BOOK`: its live formulas, computed by another engine, against the exact scores."""

from __future__ import annotations

from .arguments import parser as new_parser
from .arguments import print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..verify.verifying import Verified

NAMES = ("formulas", "ironcalc", "libreoffice", "formualizer")


def run(argv: list[str]) -> int:
    parser = new_parser("verify", "用另一个计算引擎重算工作簿里的公式，与精确得分比较")
    parser.add_argument("book", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm）")
    parser.add_argument(
        "--engine", choices=NAMES, metavar="ENGINE", help=f"用哪一个：{'、'.join(NAMES)}"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    from ..verify.verifying import as_json, chosen, verify

    verified = verify(args.book, chosen(args.engine))
    if args.json:
        print_json(as_json(args.book, verified))
    else:
        _report(args.book, verified)
    return int(any(one.severity == "error" for one in verified.findings))


def _report(book: str, verified: Verified) -> None:
    from ..verify.compare import DIFFERS, ROUNDED, SAME, UNABLE
    from .terminal import findings

    print(f"{book}　{verified.rubric['title']}（{verified.rubric['id']}）")
    if verified.findings:
        print("\n" + findings(verified.findings) + "\n")
    count = verified.count
    print(
        f"用 {verified.name} {verified.version} 重算了 {len(verified.cells)} 个公式："
        f"一致 {count(SAME)}，只差末位舍入 {count(ROUNDED)}，不一致 {count(DIFFERS)}，"
        f"算不出 {count(UNABLE)}。"
    )
