"""`rubric list`, `show`: what is scored, by which rule, from which cells; and the way to the
commands for a rubric of one's own."""

from __future__ import annotations

import sys
from typing import Any

from ..authoring.find import find
from ..facts.pairs import INSTITUTION
from ..rubric.load import published
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import scale
from .arguments import parser as new_parser
from .arguments import print_json
from .files import rubric_named
from .terminal import table

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
      rubric-sheets rubric check FILE(.toml|.xlsx) [--preview OUT.xlsx] [--json]
      rubric-sheets rubric diff A B [--json]
      rubric-sheets rubric export ID-or-FILE-or-BOOK OUT(.xlsx|.toml)
      rubric-sheets rubric new OUT(.xlsx|.toml) [--form FORM] [--from LAST-YEAR]"""


def run(argv: list[str]) -> int:
    actions = {
        "list": list_rubrics,
        "show": show_rubric,
        "check": check_rubric,
        "diff": diff_rubrics,
        "new": new_rubric,
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
    from .rubric_files import check

    return check(argv)


def export_rubric(argv: list[str]) -> int:
    from .rubric_files import export

    return export(argv)


def new_rubric(argv: list[str]) -> int:
    from .rubric_files import new

    return new(argv)


def diff_rubrics(argv: list[str]) -> int:
    from .rubric_diff import run as run_diff

    return run_diff(argv)


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
