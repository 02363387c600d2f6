"""A blank rubric: what every one has, and room for the rest."""

from __future__ import annotations

from typing import Any

GRADES = [
    {"name": "优", "min": "90", "synonyms": ["优秀"]},
    {"name": "良", "min": "80", "synonyms": ["良好"]},
    {"name": "中", "min": "60", "synonyms": ["合格", "一般"]},
    {"name": "差", "min": "0", "synonyms": ["不合格"]},
]
TOML = """# 写法见 README“给指标体系的制定单位”；现成的可用 rubric export 编号 OUT.toml 导出参照。
id = ""
version = ""
title = ""
source = ""
form = "{form}"
content = "needed"  # 填报表里用不着的内容块不要；都要的写 all
full_marks = 100
grades = [
{grades}
]

[ratios]
# "预算执行率" = "支出合计 / 收入合计"

# [[indicator]]
# id = "budget-execution"
# levels = ["过程", "预算执行", "预算执行率"]
# weight = 10
# ratio = "预算执行率"
# rule = {{ kind = "deduct", side = "under", limit = 100, lose = 0.5, step = "whole" }}
# case = [{{ facts = {{ "支出合计" = 98, "收入合计" = 100 }}, score = 9 }}]
"""


def blank(form: str, kind: str) -> bytes:
    """The file of a kind, `.xlsx` or `.toml`."""
    if kind == ".toml":
        grades = "\n".join(_toml(grade) for grade in GRADES)
        return TOML.format(form=form, grades=grades).encode()
    from .excel.write import workbook

    source: dict[str, Any] = {
        "form": form,
        "content": "needed",
        "full_marks": "100",
        "grades": GRADES,
        "indicator": [],
    }
    return workbook(source)


def _toml(grade: dict[str, Any]) -> str:
    words = ", ".join(f'"{word}"' for word in grade["synonyms"])
    return f'  {{ name = "{grade["name"]}", min = {grade["min"]}, synonyms = [{words}] }},'
