"""Last year's rubric for this year: its years are one more, all else stays."""

from __future__ import annotations

import re
from typing import Any

YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def next_year(source: dict[str, Any]) -> list[str]:
    """Change the source; gives a line for each change that was made, and for what to look at."""
    told = []
    labels = {"year": "年度", "first_year": "适用起始年度", "last_year": "适用截止年度"}
    for key, label in {**labels, "version": "版本", "id": "编号", "title": "名称"}.items():
        before = source.get(key)
        if not isinstance(before, str) or not YEAR.search(before):
            continue
        source[key] = YEAR.sub(lambda match: str(int(match[1]) + 1), before)
        told.append(f"{label}：{before} → {source[key]}")
    told.append(f"依据还是“{source['source']}”，请改成今年的文件。")
    return told
