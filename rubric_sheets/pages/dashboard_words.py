"""What the 总览 sheet and the values stored in it have in common. Without `dataclasses`: write-back
needs it."""

from __future__ import annotations

WHOLE = "全部"  # the area of all that is shown
DONE, UNCHECKED = "已填齐", "未校验"
FINDINGS, LENGTH = 8, 76  # that are listed, and characters of each: all stands on the 校验 sheet
NONE_EMPTY = 999  # in place of the number of the next empty cell
