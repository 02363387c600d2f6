"""Generates those parts of `docs/` that the code already knows: messages, rubrics,
and tables of the glossary.

    python scripts/docs.py            write them
    python scripts/docs.py --check    name what is stale; status 1 where anything is

In `docs/glossary.md` only what stands between `<!-- 生成：… -->` and `<!-- 生成完 -->` is replaced.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT))

from rubric_sheets.audit import schema  # noqa: E402
from rubric_sheets.audit.questions import QUESTIONS  # noqa: E402
from rubric_sheets.exact.expressions import parse  # noqa: E402
from rubric_sheets.exact.quantities import plain, show  # noqa: E402
from rubric_sheets.exact.written import to_chinese  # noqa: E402
from rubric_sheets.findings import catalogue as messages  # noqa: E402
from rubric_sheets.rubric.fields import INDICATOR, PROPERTIES, TOP  # noqa: E402
from rubric_sheets.rubric.load import FORMS, form_facts, form_of, load, load_form, published  # noqa: E402
from rubric_sheets.rubric.model import Rubric  # noqa: E402
from rubric_sheets.rules import KINDS, rule  # noqa: E402
from rubric_sheets.rules.lists import is_list, listed  # noqa: E402

NOTE = "<!-- 由 scripts/docs.py 生成，请勿手改 -->\n\n"
SEVERITIES = {"error": "错误", "warning": "提示", "note": "说明"}
FACT_KINDS = {
    "amount": "金额（万元、㎡、分）",
    "count": "个数，整数",
    "percent": "百分比，单元格里填 95%",
    "text": "文字",
    "yes_no": "是、否、不适用",
    "breach_count": "发生的例数，没有填 0",
    "judged": "单位自评的得分",
    "result": "由程序填写",
}
# How a ratio is called where English is spoken of: commit messages, tests, other programs.
RATIOS = {
    "在职人员控制率": "staff control rate",
    "三公经费变动率": "three-public change rate",
    "三公经费预算变动率": "three-public budget change rate",
    "重点支出安排率": "key spending rate",
    "预算调整率": "budget adjustment rate",
    "预算完成率": "budget completion rate",
    "预算控制率": "budget control rate",
    "三公经费控制率": "three-public control rate",
    "公用经费控制率": "running costs control rate",
    "政府采购执行率": "procurement execution rate",
    "公务卡刷卡率": "official card rate",
    "固定资产利用率": "asset use rate",
    "新建楼堂馆所面积控制率": "building area control rate",
    "新建楼堂馆所投资概算控制率": "building cost control rate",
    "预算执行率": "budget execution rate",
    "支付进度率": "payment progress rate",
    "结转结余率": "carry-over rate",
    "结转结余变动率": "carry-over change rate",
    "实际完成率": "completion rate",
    "完成及时率": "timeliness rate",
    "质量达标率": "quality rate",
    "重点工作办结率": "key work rate",
}
# The comments that part the catalogue; their first words.
SECTIONS = {
    "files": "文件（整个文件不能用，退出状态 2）",
    "an audit": "成批审核和查询",
    "a second opinion": "用别的引擎重算",
    "the workbook as a whole": "整个工作簿",
    "a click": "点按钮时",
    "cells": "单元格",
    "rubrics in Excel": "在 Excel 里编辑的指标体系",
    "rubrics": "指标体系文件",
    "scores": "计分",
    "cross-checks": "勾稽关系",
    "claims": "自评与评分标准对照",
    "the list of targets": "不计分的绩效指标表",
    "FACTS.json": "数据文件 FACTS.json",
    "报送码": "报送码",
    "finished reports": "写好的报告",
    "the submission": "导出报送表",
    "the buttons": "安装按钮",
    "installing": "安装按钮",
}
# What stands in a message where the finding puts its own words.
FIELDS = {
    "path": "文件",
    "name": "名称",
    "names": "名称",
    "actual": "所填",
    "ask": "没有写原因的，请写明扣分事由；写了的，请看与数据是否相符",
    "expected": "应填",
    "what": "说明",
    "where": "位置",
    "hint": "猜测",
    "sheet": "工作表",
    "label": "名称",
    "indicator": "指标",
    "reason": "理由",
    "count": "个数",
    "table": "表名",
    "known": "可用的",
    "id": "编号",
    "row": "机构",
    "parts": "分项",
    "gap": "差额",
    "blank": "空着的分项",
    "total": "总分",
    "weight": "分值",
    "lost": "扣分",
    "limit": "界限",
    "levels": "等级",
    "suggestion": "建议",
    "who": "程序",
    "lock": "锁文件",
    "detail": "原话",
    "kind": "规则",
    "chain": "经过",
    "budget": "全年收支",
    "high": "较大的一项",
    "low": "较小的一项",
    "other": "另一数",
    "rows": "行数",
    "room": "现有数",
    "book": "工作簿",
    "new": "新文件",
    "problem": "写明的问题",
    "mend": "写明的办法",
    "extra": "附加件",
    "engine": "引擎",
    "by": "多少",
    "cells": "单元格",
    "column": "列名",
    "command": "命令",
    "first": "一处",
    "second": "另一处",
    "form": "填报表",
    "goal": "目标",
    "result": "完成情况",
    "heads": "实有人数",
    "quota": "编制数",
    "staff": "在职人数",
    "home": "个人文件夹",
    "how": "算式",
    "income": "收入",
    "spent": "支出",
    "items": "各项",
    "note": "说明",
    "of": "另一项",
    "whole": "另一项的数",
    "on": "表名",
    "option": "选项",
    "packages": "软件包",
    "python": "哪个 Python",
    "quote": "原文",
    "rubric": "编号",
    "signs": "字符",
    "source": "来源",
    "spare": "另一文件",
    "stored": "存的数",
    "sums": "各列的和",
    "system": "系统",
    "tag": "标记",
    "title": "名称",
    "year": "年度",
}


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table; what would break a cell is escaped."""
    lines = [list(map(str, heads)), *(list(map(cell, row)) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")


def resolved() -> list[Rubric]:
    """Every published rubric, from its text: what stands in `compiled/` may be older."""
    return [load(rubric_id) for rubric_id in published()]


# -- messages


def messages_page() -> str:
    """docs/messages.md"""
    parts = ["# 提示与错误信息\n\n", NOTE, MESSAGES_INTRO]
    for title, codes in sections():
        rows = []
        for code in codes:
            severity, problem, fix = messages.CATALOGUE[code]
            rows.append(
                (
                    f"`{code}`",
                    SEVERITIES[severity],
                    readable(problem),
                    readable(fix),
                )
            )
        parts.append(f"## {title}\n\n" + table(("代码", "程度", "说什么", "怎么办"), rows) + "\n")
    return "".join(parts).rstrip("\n") + "\n"


MESSAGES_INTRO = """每条信息都有固定的代码（`--json` 里的 `code`）、程度、位置、问题和改正办法。方括号里的字在实际信息中换成具体内容，
例如 `cell-text` 会说：收支表!D17　“人员支出”填的是“五十万”，应为数字（万元）。请改为数字；确不适用填“不适用”。

| 程度 | `severity` | 意思 |
| --- | --- | --- |
| 错误 | `error` | 必须改；有一条，命令的退出状态就是 1 |
| 提示 | `warning` | 请核对；不影响退出状态 |
| 说明 | `note` | 不用改，只是告诉您 |

"""


def sections() -> list[tuple[str, list[str]]]:
    """(title, codes) in the order of the catalogue, parted by its comments."""
    out: list[tuple[str, list[str]]] = []
    for line in inspect.getsource(messages).splitlines():
        if comment := re.match(r"    # -- (.*)", line):
            title = next(
                (title for words, title in SECTIONS.items() if comment[1].startswith(words)),
                comment[1],
            )
            out.append((title, []))
        elif found := re.match(r'    "([a-z0-9-]+)": \(', line):
            out[-1][1].append(found[1])
    return out


def readable(template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda field: f"[{FIELDS[field[1]]}]", template)


# -- rubrics


def rubrics_page() -> str:
    """docs/rubrics.md"""
    rubrics = resolved()
    parts = ["# 随程序发布的指标体系\n\n", NOTE, RUBRICS_INTRO]
    rows = [
        (f"[`{r['id']}`](#{r['id']})", r["title"], r["full_marks"], r["version"], f"`{r['form']}`")
        for r in rubrics
    ]
    parts.append(table(("编号", "名称", "满分", "版本", "填报表"), rows) + "\n")
    parts += [rubric_part(rubric) for rubric in rubrics]
    return "".join(parts).rstrip("\n") + "\n"


RUBRICS_INTRO = """评分标准的文字由规则生成，两者不会不一致。制定单位要用自己的措辞时，在指标体系里写 `standard`。

"""


def rubric_part(rubric: Rubric) -> str:
    parts = [
        f"## {rubric['id']}\n\n{rubric['title']}，版本 {rubric['version']}，满分 {rubric['full_marks']}。\n\n来源：{rubric['source']}。\n\n"
    ]
    grades = "；".join(
        f"{g['name']} ≥ {g['min']} 分"
        + (f"（也读作{'、'.join(g['synonyms'])}）" if g["synonyms"] else "")
        for g in rubric["grades"]
    )
    parts.append(f"等次按未舍入的总分：{grades}。\n\n")
    for group, cap in rubric["groups"].items():
        names = [i["levels"][-1] for i in rubric["indicators"] if i.get("group") == group]
        parts.append(
            f"合并分值“{group}”：{'、'.join(names)}，{len(names)} 项合计不超过 {cap} 分。\n\n"
        )
    if "targets" in rubric:
        targets = rubric["targets"]
        parts.append(
            f"单位自定的指标在“{targets['table']}”表里逐行填写，合计 {targets['weight']} 分；"
            f"“基本完成”得 {targets['mostly_from']}%—{targets['mostly']}%，“未完成”默认得 {targets['undone']}%。\n\n"
        )
    rows = [
        (
            f"`{i['id']}`",
            "·".join(i["levels"]),
            weight(i),
            rule(i["rule"]["kind"]).LABEL,
            measure(rubric, i),
            i["standard"],
        )
        for i in rubric["indicators"]
    ]
    return (
        "".join(parts)
        + table(("编号", "指标", "分值", "规则", "比率或数据", "评分标准"), rows)
        + "\n"
    )


def weight(indicator: Any) -> str:
    if "weight_fact" in indicator and not indicator.get("own"):
        return "单位填"
    points = show(plain(indicator["weight"]), 10)
    if indicator.get("own"):
        return f"{points}（单位可改）"
    return points if points != "0" else "—"


def measure(rubric: Rubric, indicator: Any) -> str:
    name = indicator.get("ratio")
    return (
        f"{name} = {formula(rubric['ratios'][name]['formula'])}"
        if name
        else indicator.get("value", "—")
    )


def formula(text: str) -> str:
    return to_chinese(parse(text))


# -- the store of an audit


def store_page() -> str:
    """docs/store.md"""
    parts = ["# 审核的数据库\n\n", NOTE, STORE_INTRO.format(version=schema.VERSION)]
    for tables in (schema.DERIVED, schema.KEPT):
        for name, (text, columns) in tables.items():
            rows = [(f"`{column}`", f"`{kind}`", words) for column, kind, words in columns]
            parts.append(f"## {name}\n\n{text}。\n\n" + table(("列", "类型", "意思"), rows) + "\n")
    parts.append("## 现成的问题\n\n" + STORE_QUESTIONS)
    rows = [(one.name, one.answers) for one in QUESTIONS]
    return "".join(parts) + table(("问题", "回答"), rows)


STORE_INTRO = """`rubric-sheets audit` 把结果存进一个 DuckDB 文件，默认与汇总表同名。可以用 `rubric-sheets query` 查，也可以用任何能读
DuckDB 的程序：Python 里 `duckdb.connect("汇总表.duckdb", read_only=True).sql("FROM units").df()` 就是 pandas 的表。

- 表结构的版本是 {version}，记在 `meta` 里。版本变了，下一次 `audit` 从 `inputs` 里留存的结果重新填好别的表，不用重算。
- 数都是精确的十进制，最多十位小数；空着就是没有，不是零。
- 各表用 `unit` 相连：一份文件一个编号，文件不变，编号不变。
- `merged` 是 `scores` 的另一种看法：合并分值的几项（如经济、社会、生态效益共 15 分）并作一行，得分率用它算。
- `query` 只能读：不能改，不能读写别的文件，不能装扩展，也不能改设置。

"""
STORE_QUESTIONS = """`rubric-sheets query 数据库 问题的名称`，`--list` 列出全部。

"""


def judged_page() -> str:
    """docs/judged.md: what `check` says of the examples, as a person judged it."""
    text = (ROOT / "tests" / "cases" / "judged.toml").read_text("utf-8")
    rows, sums = [], dict.fromkeys(VERDICTS, 0)
    for case in tomllib.loads(text)["case"]:
        said = [line["verdict"] for line in case["lines"]]
        rows.append((case["book"], len(said), *map(said.count, VERDICTS)))
        for verdict in VERDICTS:
            sums[verdict] += said.count(verdict)
    lines = sum(sums.values())
    rows.append(("合计", lines, *sums.values()))
    share = show(plain(str(100 * sums["有用"])) / lines, 0)
    intro = JUDGED_INTRO.format(share=share)
    return "# 校验说的话有多少有用\n\n" + NOTE + intro + table(("例子", "条数", *VERDICTS), rows)


VERDICTS = ("有用", "重复", "无用", "说错")
JUDGED_INTRO = """`examples/` 里每一份工作簿，`check` 说的每一条都由人判定，写在 `tests/cases/judged.toml`。多出一条没有判定过的，测试会指出来。
现在有用的占 {share}%，没有一条说错。

"""


# -- glossary


def ratios_block() -> str:
    used: dict[tuple[str, str], list[str]] = {}
    for rubric in resolved():
        for name, spec in rubric["ratios"].items():
            used.setdefault((name, spec["formula"]), []).append(f"`{rubric['id']}`")
    rows = [
        (name, english(name), formula(text), "、".join(ids)) for (name, text), ids in used.items()
    ]
    return table(("比率", "英文", "公式（×100%）", "用于"), rows)


def english(name: str) -> str:
    if name not in RATIOS:
        raise SystemExit(f"scripts/docs.py 的 RATIOS 里缺少“{name}”的英文名。")
    return RATIOS[name]


def kinds_block() -> str:
    rows = []
    for kind in KINDS:
        module = rule(kind)
        fields = [parameter_words(parameter) for parameter in module.PARAMETERS]
        rows.append((f"`{kind}`", module.LABEL, "、".join(fields)))
    return table(("`kind`", "规则", "要写的项"), rows)


def parameter_words(parameter: Any) -> str:
    """`bands` 分档（每条写 `range` 区间、`points` 得分）"""
    inner = listed(parameter.type).FIELDS if is_list(parameter.type) else ()
    rows = f"（每条写 {'、'.join(map(parameter_words, inner))}）" if inner else ""
    return (
        f"`{parameter.name}` {parameter.label}"
        + rows
        + ("" if parameter.required else "（可不写）")
    )


def fields_block() -> str:
    """The tables of a rubric's text that are no rules: `[[fact]]`, `[[sheet]]` and their like."""
    rows = [
        (
            f"`[[{field.name}]]`" if field.name != "grades" else "`grades`",
            field.label,
            inner_words(field.of),
        )
        for field in TOP
        if field.of and field.name != "indicator"
    ]
    rows.insert(0, ("`[[indicator]]`", "指标", inner_words(INDICATOR)))
    rows.insert(0, ("", "顶上", inner_words(PROPERTIES)))
    return table(("写作", "是什么", "要写的项"), rows)


def inner_words(fields: Any) -> str:
    return "、".join(
        f"`{field.name}` {field.label}" + ("" if field.required else "（可不写）")
        for field in fields
    )


def facts_block() -> str:
    parts = []
    for form_id in sorted(path.stem for path in Path(FORMS).glob("*.toml")):
        form = form_of({"form": form_id})
        facts, tables = form_facts(form)
        inside = {
            column["name"]: t["name"]
            for t in tables.values()
            if t["totals"]
            for column in t["columns"]
        }
        rows = [
            (name, f["sheet"], inside.get(name, ""), f"`{f['kind']}`", f["unit"], note(f))
            for name, f in facts.items()
        ]
        parts.append(
            f"### 填报表 `{form_id}`\n\n"
            + table(("数据", "工作表", "所在的表", "类型", "单位", "说明"), rows)
        )
        lists = [t for t in tables.values() if not t["totals"]]
        if lists:
            rows = [
                (
                    t["name"],
                    t["sheet"],
                    "、".join(c["name"] for c in t["columns"] if c["kind"] != "result"),
                )
                for t in lists
            ]
            parts.append(table(("逐行填写的表", "工作表", "各列"), rows))
    return "\n".join(parts)


def note(fact: Any) -> str:
    """Label where it differs, how it is computed, and what to mind."""
    words = (
        [f"表上写作“{fact['label']}”"] if fact.get("label", fact["name"]) != fact["name"] else []
    )
    words += ["= " + " + ".join(fact["sum"])] if "sum" in fact else []
    words += ["= " + formula(fact["formula"])] if "formula" in fact else []
    words += ["可为负数"] if fact.get("signed") else []
    words += [fact["help"]] if fact.get("help") else []
    return "；".join(words)


def fact_kinds_block() -> str:
    return table(("`kind`", "是什么"), [(f"`{kind}`", text) for kind, text in FACT_KINDS.items()])


def sheets_block() -> str:
    rows = []
    for form_id in sorted(path.stem for path in Path(FORMS).glob("*.toml")):
        rows += [
            (sheet["name"], f"`{form_id}`", sheet["title"]) for sheet in load_form(form_id)["sheet"]
        ]
    return table(("工作表", "填报表", "标题"), rows)


BLOCKS = {
    "比率": ratios_block,
    "写法": fields_block,
    "规则": kinds_block,
    "数据": facts_block,
    "数据类型": fact_kinds_block,
    "工作表": sheets_block,
}


def glossary_page() -> str:
    """docs/glossary.md with its blocks renewed."""
    text = (DOCS / "glossary.md").read_text("utf-8")
    for name, block in BLOCKS.items():
        start, end = f"<!-- 生成：{name} -->\n", "<!-- 生成完 -->"
        before, found, rest = text.partition(start)
        if not found or end not in rest:
            raise SystemExit(f"docs/glossary.md 里找不到“{start.strip()}”到“{end}”的一段。")
        text = f"{before}{start}\n{block()}\n{end}{rest.partition(end)[2]}"
    return text


def pages() -> dict[str, str]:
    """File name → the text that it should have."""
    return {
        "messages.md": messages_page(),
        "rubrics.md": rubrics_page(),
        "store.md": store_page(),
        "judged.md": judged_page(),
        "glossary.md": glossary_page(),
    }


def stale() -> list[str]:
    """The files that differ from what the code gives."""
    return [
        name
        for name, text in pages().items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        for name in stale():
            print(f"docs/{name} 已过时，请运行 python scripts/docs.py。", file=sys.stderr)
        return int(bool(stale()))
    for name in stale():
        (DOCS / name).write_text(pages()[name], "utf-8", newline="\n")
        print(f"已更新 docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
