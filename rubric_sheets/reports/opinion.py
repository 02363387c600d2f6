"""审核意见: the page that a reviewer sends back, as .docx; of a report, or of a workbook."""

from __future__ import annotations

import io
import re
from hashlib import sha256

from ..findings.finding import InputError
from ..ooxml.container import NO_FILE, Container
from ..ooxml.faults import PackageFault
from ..records import Record
from .output import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

TITLE = "绩效自评审核意见"
GROUPS = (
    ("error", "需要改正的问题"),
    ("warning", "需要核实或说明的问题"),
    ("note", "供参考的说明"),
)
NUMBERS = "一二三"
QUOTES = 4  # of one finding
RESERVE = "以上意见由程序核对生成，如有出入，以原始凭证和批复文件为准。"
FONT, HEAD_FONT = "仿宋", "黑体"
# What XML has no sign for, and what would end a paragraph early.
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARK = "rubric-sheets 审核意见 "  # in the file's properties, before the digest of its text
CATEGORY = re.compile(rb"<cp:category>([^<]{0,200})</cp:category>")
TEXT, CORE = "word/document.xml", "docProps/core.xml"


class Remark(Record):
    """One finding as it is written. `quotes`: (place, text), letter for letter."""

    severity: str
    message: str
    fix: str
    actual: str = ""
    expected: str = ""
    quotes: tuple[tuple[str, str], ...] = ()


class Opinion(Record):
    """`whom`: the unit, "" where nobody knows; `name`: how its file is called; `done`: what was
    done, in words after “进行了核对”."""

    whom: str
    name: str
    done: str
    remarks: list[Remark]

    def count(self, severity: str) -> int:
        return sum(one.severity == severity for one in self.remarks)


def of_report(result: Result, name: str) -> Opinion:
    """`name`: how the report is called."""
    unit = result.main.part.facts.get("单位名称")
    whom = str(unit[0].value) if unit else ""
    remarks = [
        Remark(
            one.finding.severity,
            one.finding.message,
            one.finding.fix,
            one.finding.actual,
            one.finding.expected,
            tuple((str(each.spot), each.shown) for each in one.evidence),
        )
        for one in result.told
    ]
    return Opinion(whom, name, f"复算了 {len(result.statements)} 处数据", remarks)


def document(opinion: Opinion) -> bytes:
    """The bytes of a .docx that knows its own text again. InputError report-library."""
    try:
        import docx
        from docx.shared import Pt
    except ImportError:
        raise InputError("report-library", path=opinion.name, what="python-docx") from None
    made = docx.Document()
    _fonts(made, Pt(14))
    heading = made.add_heading(TITLE, 0)
    heading.alignment = 1
    _paragraph(made, addressee(opinion))
    _paragraph(made, opening(opinion))
    for title, remarks in groups(opinion):
        made.add_heading(title, 1)
        for number, one in remarks:
            _remark(made, number, one)
    _paragraph(made, closing(opinion))
    made.core_properties.category = MARK + _digest(made.part.blob)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class Known(Record):
    """An opinion of ours: the digest of the text that we wrote, and of what stands there now."""

    written: str
    now: str


def known(data: bytes) -> Known | None:
    """None for what is no opinion of ours."""
    try:
        found = Container("", data, NO_FILE)
        category = CATEGORY.search(found.read(CORE))
        text = found.read(TEXT)
    except PackageFault:
        return None
    mark = category[1].decode("utf-8", "replace") if category else ""
    return Known(mark.removeprefix(MARK), _digest(text)) if mark.startswith(MARK) else None


def _digest(text: bytes) -> str:
    return sha256(text).hexdigest()[:32]


def _paragraph(made: Any, text: str) -> None:
    made.add_paragraph(UNFIT.sub("�", text))


def _fonts(made: Any, size: Any) -> None:
    """Official Chinese fonts for body and headings."""
    for style, font in (("Normal", FONT), ("Heading 1", HEAD_FONT), ("Title", HEAD_FONT)):
        one = made.styles[style]
        one.font.name = font
        fonts = one.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("eastAsia", "ascii", "hAnsi"):
            fonts.set(
                f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{script}", font
            )
    made.styles["Normal"].font.size = size


def groups(opinion: Opinion) -> Iterator[tuple[str, list[tuple[int, Remark]]]]:
    """(heading, numbered remarks) by severity, those without any left out; the numbers go on."""
    done = 0
    present = [group for group in GROUPS if opinion.count(group[0])]
    for number, (severity, title) in zip(NUMBERS, present):
        own = [one for one in opinion.remarks if one.severity == severity]
        yield f"{number}、{title}", list(enumerate(own, done + 1))
        done += len(own)


def addressee(opinion: Opinion) -> str:
    return f"{opinion.whom or '报送单位'}："


def opening(opinion: Opinion) -> str:
    start = f"　　对贵单位报送的《{opinion.name}》进行了核对"
    if not opinion.remarks:
        return f"{start}，{opinion.done}，没有发现数据和得分方面的问题。"
    counts = f"需要改正 {opinion.count('error')} 处，需要核实或说明 {opinion.count('warning')} 处"
    return f"{start}，{opinion.done}。其中{counts}，现反馈如下。"


def _remark(made: Any, number: int, one: Remark) -> None:
    """What is wrong, both sides with their places, and what to change."""
    _paragraph(made, f"　　{number}. {one.message}")
    for place, text in one.quotes[:QUOTES]:
        _paragraph(made, f"　　原文（{place}）：“{short(text)}”")
    if one.actual and one.expected and one.actual != one.expected:
        _paragraph(made, f"　　报送的是：{one.actual}；核对结果：{one.expected}。")
    if one.fix:
        _paragraph(made, f"　　建议：{one.fix}")


def short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[:most] + "……"


def closing(opinion: Opinion) -> str:
    if opinion.count("error") or opinion.count("warning"):
        return f"　　请对照以上意见修改或补充说明后重新报送。{RESERVE}"
    return f"　　{RESERVE}"
