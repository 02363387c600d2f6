"""The functions for people's own sheets: the core's exact arithmetic, texts instead of errors."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from pyaddin.functions import NAMES

from ..offices import PATIENCE


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("控制率", (36, 34), 36 / 34),
        ("控制率", (0, 0), "不适用"),
        ("控制率", (1, 0), "无法计算"),
        ("控制率", ("不适用", 3), "不适用"),
        ("控制率", (None, 3), ""),
        ("控制率", ("五十", 3), "“五十”不是数字"),
        ("变动率", (1.29, 1), 0.29),
        ("执行率", (95, 100), 0.95),
        # 36/34 is 105.88%: five whole points above the limit
        ("扣分", (36 / 34, 5, 1, 0.5), 2.5),
        # one point exactly at the threshold, where binary floats lose it: 0.29 above
        ("扣分", (1.29, 100, 1, 1), 71.0),
        ("扣分", (0.5, 5, 1, 0.5), 5.0),
        ("扣分", (3, 5, 1, 0.5), 0.0),
        ("扣分", (0.95, 5, 1, 0.5, 0.01, "低于"), 2.5),
        ("扣分", (0.95, 5, 1, 0.5, 0.01, "大于"), "“大于”应为：超过、低于或偏离"),
        ("扣分", (0.95, 5, 1, 0.5, 0), "步长应大于 0"),
        ("扣分", ("不适用", 5, 1, 0.5), "不适用"),
    ],
)
def test_results(name: str, arguments: tuple[Any, ...], result: Any) -> None:
    assert NAMES[name](*arguments) == result


def test_xlwings_is_loaded_only_where_there_are_user_functions() -> None:
    code = "import sys, pyaddin.functions; print('xlwings' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.stdout.strip() == str(sys.platform == "win32")
