"""`rubric check`, `export`, `new`: a rubric of one's own, as a file to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..findings.finding import Finding
from ..rubric.load import form_ids, form_names, published, source_path
from ..rules import is_judged
from .arguments import parser as new_parser
from .arguments import print_json
from .files import output_kind, refuse_folder
from .terminal import findings

if TYPE_CHECKING:
    from ..authoring.files import Writable


MOST_NAMED = 5  # indicators without a case


def check(argv: list[str]) -> int:
    """All mistakes at once; with `--preview`, a copy with the wording of every rule."""
    parser = new_parser("rubric check", "检查自备的指标体系，一次列出全部错误及其位置")
    parser.add_argument("file", metavar="FILE", help="指标体系文件（.toml 或 .xlsx），或编号")
    parser.add_argument(
        "--preview",
        metavar="OUT.xlsx",
        help="另存一份，每条指标旁边写上自动写出的评分标准，名称表和下拉列表随之更新",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    from ..authoring.files import findings_of, read_source

    if args.preview:
        output_kind(args.preview, (".xlsx", ".xlsx"), "指标体系")
    loaded = read_source(_path(args.file))
    found = findings_of(loaded)
    if args.preview:
        _preview(_path(args.file), args.preview)
    if args.json:
        shown = [_finding_json(one) for one in found]
        id_ = loaded.source.get("id")
        print_json({"file": args.file, "rubric": id_, "findings": shown})
    else:
        _print_findings(found, checked(loaded.source))
        if args.preview:
            print(f"已生成 {args.preview}。")
    return int(any(one.severity == "error" for one in found))


def _preview(path: str, out: str) -> None:
    from ..authoring.files import writable
    from ..books.files import write_new

    write_new(out, writable(path).workbook())


def export(argv: list[str]) -> int:
    """A rubric as a workbook to be edited, or as text."""
    parser = new_parser("rubric export", "把指标体系导出为可在 Excel 里编辑的工作簿，或文本文件")
    parser.add_argument(
        "rubric", metavar="ID", help="编号，自备的指标体系文件，或填报用的工作簿（如去年的）"
    )
    parser.add_argument("out", metavar="OUT", help="要生成的文件，.xlsx 或 .toml")
    args = parser.parse_args(argv)
    kind = output_kind(args.out, (".xlsx", ".toml"), "指标体系")
    from ..authoring.files import writable

    return _write(writable(_path(args.rubric)), kind, args.out)


def _write(made: Writable, kind: str, out: str) -> int:
    from ..books.files import write_new

    source, found = made.loaded.source, made.findings
    if kind == ".toml":
        from ..authoring.toml_text import to_toml

        content = to_toml(source).encode()
    else:
        content = made.workbook()
    write_new(out, content)
    print(f"已生成 {out}（{source['title']}，{source['id']}）。")
    errors = any(one.severity == "error" for one in found)
    if errors:
        _print_findings(found, "")
    return int(errors)


def new(argv: list[str]) -> int:
    """A blank rubric, or that of last year for this one."""
    parser = new_parser("rubric new", "新建指标体系：空白的，或照去年的改")
    parser.add_argument("out", metavar="OUT", help="要生成的文件，.xlsx 或 .toml")
    names = list(form_names().values())
    parser.add_argument(
        "--form",
        metavar="FORM",
        help=f"填报表：{'、'.join(names)}；不写是{names[0]}",
    )
    parser.add_argument(
        "--from",
        dest="last_year",
        metavar="LAST-YEAR",
        help="去年的指标体系或填报工作簿，或编号：内容照搬，年度、版本加一年",
    )
    args = parser.parse_args(argv)
    kind = output_kind(args.out, (".xlsx", ".toml"), "指标体系")
    if not args.last_year:
        return _blank(args.out, kind, args.form)
    from ..authoring.files import writable
    from ..authoring.next_year import next_year

    made = writable(_path(args.last_year))
    told = next_year(made.loaded.source)
    status = _write(made, kind, args.out)
    for line in told:
        print(f"　{line}")
    return status


def _blank(out: str, kind: str, form: str | None) -> int:
    from ..authoring.blank import blank
    from ..books.files import write_new
    from ..findings.finding import InputError

    ids = {name: id_ for id_, name in form_names().items()}
    wanted = ids.get(form, form) if form else form_ids()[0]
    if wanted not in form_ids():
        raise InputError("form-unknown", id=form, known=list(ids))
    write_new(out, blank(wanted, kind))
    print(f"已生成 {out}（空白的指标体系，填报表：{form_names()[wanted]}）。")
    return 0


def _path(name: str) -> str:
    """The file of a published rubric, or the file itself."""
    if name in published():
        return source_path(name)
    refuse_folder(name)
    return name


def checked(source: dict[str, Any]) -> str:
    """What was looked at, of a source that has the right shape: `25 条指标、合计 100 分、…`."""
    specs = source.get("indicator", [])
    cases = sum(len(spec.get("case", ())) for spec in specs)
    without = [
        spec["levels"][-1] for spec in specs if not (spec.get("case") or is_judged(spec["rule"]))
    ]
    verified = f"验算用例 {cases} 个" if cases else "没有用例可验算"
    if cases and without:
        named = "、".join(without[:MOST_NAMED]) + ("等" if len(without) > MOST_NAMED else "")
        verified += f"（{named} {len(without)} 条指标没有用例）"
    return f"{len(specs)} 条指标、合计 {source.get('full_marks', '100')} 分、{verified}"


def _print_findings(found: list[Finding], what: str) -> None:
    if found:
        print(findings(found))
    if all(one.severity == "note" for one in found):
        print(f"没有发现问题：{what}。")
        return
    counts = [
        sum(one.severity == severity for one in found) for severity in ("error", "warning", "note")
    ]
    notes = f"，说明 {counts[2]} 条" if counts[2] else ""
    print(f"错误 {counts[0]} 条，提示 {counts[1]} 条{notes}。")


def _finding_json(one: Finding) -> dict[str, str]:
    return {
        key: getattr(one, key)
        for key in ("code", "severity", "sheet", "cell", "message", "expected", "actual", "fix")
    }
