"""The sheet 填报说明: what to do in which order, and what the colours mean, in ten lines."""

from __future__ import annotations

from ..places.names import GUIDE_SHEET
from .page import LABEL, SECTION, TITLE, Block, Page

WIDTHS = (14, 76)
STEPS = (
    (
        "1　填",
        "从左到右逐张填浅黄的格子，金额用万元；选中一格，旁边说明填什么。"
        "没有发生的填 0，不涉及的填“不适用”，还不知道的空着。",
    ),
    ("2　看", "“总览”上有总分、填了多少、下一个空格在哪里，还有图。填一个数就变，不用点按钮。"),
    (
        "3　算",
        "点“绩效自评”的“计算得分”，或者保存、关闭后运行 rubric-sheets score："
        "写出扣分原因，问题列在“校验”，照“改正办法”改。",
    ),
    (
        "4　报",
        "没有错误、各项都有得分，点“导出报送表”。没填完的也能导出，每页标明“草稿”。"
        "在 LibreOffice 里请存成 .xlsx。",
    ),
)
COLOURS = (
    ("swatch", "", "浅黄", "您来填"),
    ("formula", "", "浅灰", "公式，随填随算，不用管"),
    ("result", "", "浅蓝", "程序给出的得分和扣分原因"),
    ("plain", "wrong", "红底红字", "填错了：文字填在数字格里、负数、超过分值"),
    ("plain", "differs", "深黄", "自评与测算不一致，或者合计与分项不符"),
    ("plain", "missing", "橙黄", "还没有得分，或者还没有填齐"),
)


def build() -> Page:
    """The same for every rubric."""
    page = Page(GUIDE_SHEET, WIDTHS)
    page.put(1, "title", "填报说明", columns=2, role=TITLE)
    page.next(36)
    page.begin(Block("steps"))
    page.put(1, "section", "怎么做", columns=2, role=SECTION)
    page.next(24)
    for name, text in STEPS:
        page.put(1, "header", name, role=LABEL)
        page.put(2, "text", text)
        page.next(40)
    page.next(10)
    page.begin(Block("colours"))
    page.put(1, "section", "格子的颜色", columns=2, role=SECTION)
    page.next(24)
    for style, mark, name, text in COLOURS:
        if mark:
            page.mark(f"A{page.row}", "TRUE", mark)
        page.put(1, style, name, role=LABEL)
        page.put(2, "text", text)
        page.next(24)
    return page
