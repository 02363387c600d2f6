"""The store's codes in people's words."""

from __future__ import annotations

import re

from ..findings.catalogue import CATALOGUE

SEVERITY = {"error": "错误", "warning": "提示", "note": "说明"}
KIND = {"book": "工作簿", "report": "报告", "submission": "报送件"}
STATUS = {
    "scored": "按标准算",
    "judged": "单位自评",
    "not_applicable": "不适用",
    "missing": "缺数据",
    "error": "数据有误",
}
FIELD = re.compile(r"\{[^{}]*\}")


def kind_of_problem(code: str) -> str:
    """What all findings of a code say, without what belongs to one of them; the code itself where
    a former program made it."""
    known = CATALOGUE.get(code)
    return FIELD.sub("…", known[1]) if known else code
