"""`rubric list`, `show`, `check`, `diff`, `export`: what is scored, by which rule, from which
cells; and a rubric of one's own."""

from __future__ import annotations

import sys
from typing import Any

from ..authoring.find import find
from ..facts.pairs import INSTITUTION
from ..findings.finding import Finding
from ..rubric.load import published, source_path
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import scale
from ..rules import is_judged
from .arguments import parser as new_parser
from .arguments import print_json
from .files import output_kind, refuse_folder, rubric_named
from .terminal import findings, table

# kind of fact → what a person calls it
KINDS = {
    "amount": "金额",
    "count": "个数",
    "percent": "百分比",
    "text": "文字",
    "yes_no": "是/否",
    "breach_count": "例数",
    "judged": "自评得分",
}
USAGE = """用法：rubric-sheets rubric list [--json]
      rubric-sheets rubric show ID [--json]
      rubric-sheets rubric check FILE(.toml|.xlsx) [--json]
      rubric-sheets rubric diff A B [--json]
      rubric-sheets rubric export ID-or-FILE OUT(.xlsx|.toml)"""


def run(argv: list[str]) -> int:
    actions = {
        "list": list_rubrics,
        "show": show_rubric,
        "check": check_rubric,
        "diff": diff_rubrics,
        "export": export_rubric,
    }
    if not argv or argv[0] not in actions:
        if argv and argv[0] in ("-h", "--help"):
            print(USAGE)
            return 0
        print(f"rubric 后面应为：{'、'.join(actions)}。", file=sys.stderr)
        return 2
    return actions[argv[0]](argv[1:])


def list_rubrics(argv: list[str]) -> int:
    parser = new_parser("rubric list", "列出随程序发布的指标体系")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    rubrics = [find(rubric_id) for rubric_id in published()]
    if args.json:
        print_json(
            [
                {
                    **{
                        key: rubric[key]
                        for key in ("id", "title", "full_marks", "version", "source")
                    },
                    **{key: rubric.get(key, "") for key in ("place", "year")},
                }
                for rubric in rubrics
            ]
        )
    else:
        rows = [
            ("编号", "满分", "版本", "地区", "年度", "名称"),
            *(
                (
                    r["id"],
                    r["full_marks"],
                    r["version"],
                    r.get("place", ""),
                    r.get("year", ""),
                    r["title"],
                )
                for r in rubrics
            ),
        ]
        print(table(rows, (24, 4, 7, 12, 5, 0)))
    return 0


def show_rubric(argv: list[str]) -> int:
    parser = new_parser("rubric show", "显示一套指标体系的指标、规则、比率和填报数据")
    parser.add_argument("rubric", metavar="ID", help="编号，或自备的指标体系文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    rubric = rubric_named(args.rubric)
    data = as_json(rubric)
    if args.json:
        print_json(data)
        return 0
    print(
        f"{rubric['title']}（{rubric['id']} {rubric['version']}，满分 {rubric['full_marks']}）\n"
        f"来源：{rubric['source']}\n"
    )
    rows = [("编号", "分值", "指标", "评分标准")]
    rows += [
        (i["id"], i["weight"], "·".join(i["levels"]), i["standard"].replace("\n", ""))
        for i in data["indicators"]
    ]
    print(table(rows, (22, 5, 44, 0)))
    print()
    facts = [("填报数据", "类型", "单位", "单元格", "工作表")]
    facts += [
        (f["name"], KINDS[f["kind"]], f["unit"], f["cell"], f["sheet"]) for f in data["facts"]
    ]
    print(table(facts, (30, 13, 6, 7, 0)))
    return 0


def check_rubric(argv: list[str]) -> int:
    parser = new_parser("rubric check", "检查自备的指标体系，一次列出全部错误及其位置")
    parser.add_argument("file", metavar="FILE", help="指标体系文件（.toml 或 .xlsx），或编号")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    from ..authoring.files import findings_of, read_source

    loaded = read_source(_path(args.file))
    found = findings_of(loaded)
    if args.json:
        print_json(
            {
                "file": args.file,
                "rubric": loaded.source.get("id"),
                "findings": [_finding_json(one) for one in found],
            }
        )
    else:
        _print_findings(found, checked(loaded.source))
    return int(any(one.severity == "error" for one in found))


def export_rubric(argv: list[str]) -> int:
    parser = new_parser("rubric export", "把指标体系导出为可在 Excel 里编辑的工作簿，或文本文件")
    parser.add_argument("rubric", metavar="ID", help="编号，或自备的指标体系文件")
    parser.add_argument("out", metavar="OUT", help="要生成的文件，.xlsx 或 .toml")
    args = parser.parse_args(argv)
    kind = output_kind(args.out, (".xlsx", ".toml"), "指标体系")
    from ..authoring.files import writable_source
    from ..books.files import write_new

    source, found = writable_source(_path(args.rubric))
    if kind == ".toml":
        from ..authoring.toml_text import to_toml

        content = to_toml(source).encode()
    else:
        from ..authoring.excel.write import workbook

        content = workbook(source)
    write_new(args.out, content)
    print(f"已生成 {args.out}（{source['title']}，{source['id']}）。")
    errors = any(one.severity == "error" for one in found)
    if errors:
        _print_findings(found, "")
    return int(errors)


def diff_rubrics(argv: list[str]) -> int:
    from .rubric_diff import run as run_diff

    return run_diff(argv)


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
    without = sum(not (spec.get("case") or is_judged(spec["rule"])) for spec in specs)
    verified = f"验算用例 {cases} 个" if cases else "没有用例可验算"
    if cases and without:
        verified += f"（{without} 条指标没有用例）"
    return f"{len(specs)} 条指标、合计 {source.get('full_marks', '100')} 分、{verified}"


def _print_findings(found: list[Finding], what: str) -> None:
    if found:
        print(findings(found))
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    print(f"错误 {errors} 条，提示 {warnings} 条。" if found else f"没有发现问题：{what}。")


def _finding_json(one: Finding) -> dict[str, str]:
    return {
        key: getattr(one, key)
        for key in ("code", "severity", "sheet", "cell", "message", "expected", "actual", "fix")
    }


def facts_of(rubric: Rubric, spec: IndicatorSpec) -> list[str]:
    """Every fact that an indicator needs: of its ratio, its condition and its rule."""
    from ..exact.expressions import names_in
    from ..rules import rule as rule_module

    found: dict[str, None] = {}
    if "ratio" in spec:
        found.update(dict.fromkeys(names_in(rubric["ratios"][spec["ratio"]]["formula"])))
    if "value" in spec:
        found[spec["value"]] = None
    for when in (spec.get("applies_when"), spec.get("void_when")):
        if when:
            found.update(dict.fromkeys(names_in(when)))
    found.update(dict.fromkeys(rule_module(spec["rule"]["kind"]).facts(spec["rule"])))
    return list(found)


def as_json(rubric: Rubric) -> dict[str, Any]:
    """The object of `rubric show --json`."""
    from ..pages.workbook_pages import fact_cells, pages

    cells = fact_cells(pages(rubric))
    return {
        "id": rubric["id"],
        "title": rubric["title"],
        "version": rubric["version"],
        "source": rubric["source"],
        "full_marks": rubric["full_marks"],
        "scale": scale(rubric),
        "years": {key: rubric.get(key) for key in ("first_year", "last_year")},
        "indicators": [
            {
                "id": spec["id"],
                "levels": spec["levels"],
                "weight": spec["weight"],
                "group": spec.get("group"),
                "standard": spec["standard"],
                "ratio": rubric["ratios"][spec["ratio"]] if "ratio" in spec else None,
                "rule": spec["rule"],
                "facts": facts_of(rubric, spec),
            }
            for spec in rubric["indicators"]
        ],
        "facts": [_fact_json(spec, cells) for spec in rubric["facts"].values()],
        "tables": [
            {
                "name": t["name"],
                "sheet": t["sheet"],
                "columns": ([INSTITUTION] if t["totals"] else [])
                + [c["name"] for c in t["columns"]],
            }
            for t in rubric["tables"].values()
        ],
    }


def _fact_json(spec: Any, cells: dict[str, Any]) -> dict[str, Any]:
    item = cells.get(spec["name"])
    out = {
        "name": spec["name"],
        "kind": spec["kind"],
        "unit": spec["unit"],
        "sheet": spec["sheet"],
        "cell": item.cell if item else "",
    }
    return {**out, **({"points": spec["points"]} if "points" in spec else {})}
