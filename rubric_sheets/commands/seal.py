"""`seal FILE`: the 报送码 of a workbook; of a submission, whether it still fits what stands
there."""

from __future__ import annotations

from ..tasks.seal import Sealed, as_json, seal
from .arguments import parser as new_parser
from .arguments import print_json
from .terminal import findings


def run(argv: list[str]) -> int:
    parser = new_parser("seal", "工作簿的报送码；报送件与报送码是否相符，哪一张表改过")
    parser.add_argument("file", metavar="FILE", help="工作簿，或报送件（.xlsx、.docx、.pdf）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    found = seal(args.file)
    if args.json:
        print_json(as_json(args.file, found))
    else:
        report(args.file, found)
    return int(not found.is_right)


def report(path: str, found: Sealed) -> None:
    """For a person."""
    kind = "报送件" if found.kind == "submission" else "工作簿"
    print(f"{path}　{kind}，报送码 {found.code}（{found.rubric.partition(' sha256:')[0]}）")
    if found.findings:
        print(findings(found.findings))
    elif found.kind == "submission":
        print("与报送时相符。")
