"""审核意见: the page that a reviewer sends back, as .docx."""

from __future__ import annotations

import io

from ..findings.finding import InputError
from .output import Result
from .told import Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TITLE = "绩效自评报告审核意见"
GROUPS = (
    ("error", "一、需要改正的问题"),
    ("warning", "二、需要核实或说明的问题"),
    ("note", "三、供参考的说明"),
)
NUMBERS = "一二三"
QUOTES = 4  # of one finding
RESERVE = "以上意见由程序核对生成，如有出入，以原始凭证和批复文件为准。"
FONT, HEAD_FONT = "仿宋", "黑体"


def opinion(result: Result, name: str) -> bytes:
    """The bytes of a .docx; `name`: how the report is called."""
    try:
        import docx
        from docx.shared import Pt
    except ImportError:
        raise InputError("report-library", path=name, what="python-docx") from None
    document = docx.Document()
    _fonts(document, Pt(14))
    heading = document.add_heading(TITLE, 0)
    heading.alignment = 1
    document.add_paragraph(addressee(result))
    document.add_paragraph(opening(result, name))
    number = 0
    groups = [group for group in GROUPS if result.count(group[0])]
    for index, (severity, title) in enumerate(groups):
        document.add_heading(f"{NUMBERS[index]}{title[1:]}", 1)
        for one in result.told:
            if one.finding.severity == severity:
                number += 1
                _finding(document, number, one)
    document.add_paragraph(closing(result))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fonts(document: Any, size: Any) -> None:
    """Official Chinese fonts for body and headings."""
    for style, font in (("Normal", FONT), ("Heading 1", HEAD_FONT), ("Title", HEAD_FONT)):
        one = document.styles[style]
        one.font.name = font
        fonts = one.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("eastAsia", "ascii", "hAnsi"):
            fonts.set(
                f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{script}", font
            )
    document.styles["Normal"].font.size = size


def addressee(result: Result) -> str:
    """To whom it is sent back."""
    unit = result.main.part.facts.get("单位名称")
    return f"{unit[0].value}：" if unit else "报送单位："


def opening(result: Result, name: str) -> str:
    counts = f"需要改正 {result.count('error')} 处，需要核实或说明 {result.count('warning')} 处"
    if not result.told:
        return f"　　对贵单位报送的《{name}》进行了核对，没有发现数据和得分方面的问题。"
    return (
        f"　　对贵单位报送的《{name}》进行了核对，复算了 {len(result.statements)} 处数据。"
        f"其中{counts}，现反馈如下。"
    )


def _finding(document: Any, number: int, one: Told) -> None:
    """What is wrong, both sides with their places, and what to change."""
    f = one.finding
    document.add_paragraph(f"　　{number}. {f.message}")
    for each in one.evidence[:QUOTES]:
        document.add_paragraph(f"　　原文（{each.spot}）：“{short(each.shown)}”")
    if f.actual and f.expected and f.actual != f.expected:
        document.add_paragraph(f"　　报告中为：{f.actual}；核对结果：{f.expected}。")
    document.add_paragraph(f"　　建议：{f.fix}")


def short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[:most] + "……"


def closing(result: Result) -> str:
    if result.has_errors or result.count("warning"):
        return f"　　请对照以上意见修改或补充说明后重新报送。{RESERVE}"
    return f"　　{RESERVE}"
