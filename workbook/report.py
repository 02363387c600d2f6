"""Build the templates of the report in `rubric_sheets/export/report/` from their texts in `report/`.

    python workbook/report.py            write them
    python workbook/report.py --check    compare them with the texts; status 1 where they differ

Each line is a style and its text: `正文|{{ 年度 }}…`. `表|2 3 5` begins a table with the widths of
its columns in cm (`栏|` one without lines), `头|` and `行|` are its rows, cells apart by `¦`; `尾|`
ends it. `新页 章|` begins a page. `页眉|` and `页脚|` stand on each page, where ‹页› and ‹页数› are
counted. What is between braces is filled in by `export`, see docs/report-template.md.
"""

from __future__ import annotations

import datetime
import io
import re
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TEXTS = Path(__file__).resolve().with_name("report")
TEMPLATES = TEXTS.parent.parent / "rubric_sheets" / "export" / "report"

CREATED = datetime.datetime(2024, 1, 1)
SONG, HEI, FANG = "宋体", "黑体", "仿宋"
MIDDLE, START, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
# name → font, size, alignment, points before and after, indent of the first line in characters
STYLES: dict[str, tuple[str, float, Any, float, float, int]] = {
    "附件": (HEI, 12, START, 0, 0, 0),
    "封面首": (SONG, 22, MIDDLE, 120, 8, 0),
    "封面题": (SONG, 22, MIDDLE, 0, 120, 0),
    "封面项": (FANG, 12, START, 6, 6, 6),
    "封面末": (SONG, 12, MIDDLE, 110, 0, 0),
    "题": (SONG, 18, MIDDLE, 6, 10, 0),
    "章": (HEI, 12, START, 12, 6, 0),
    "节": (HEI, 12, START, 6, 3, 2),
    "正文": (FANG, 12, BOTH, 0, 0, 2),
    "表题": (HEI, 10.5, START, 8, 4, 0),
    "表头": (HEI, 10.5, MIDDLE, 0, 0, 0),
    "表中": (SONG, 10.5, MIDDLE, 0, 0, 0),
    "表文": (SONG, 10.5, START, 0, 0, 0),
    "签章": (FANG, 12, START, 16, 0, 0),
    "控制": (FANG, 10.5, START, 0, 0, 0),
    "草稿": (HEI, 14, MIDDLE, 0, 0, 0),
    "码": (SONG, 9, MIDDLE, 0, 0, 0),
}
KEPT_WITH_NEXT = ("题", "章", "节", "表题")
TIGHT = ("表头", "表中", "表文", "控制", "码", "草稿")
NEW_PAGE = "新页 "
CELLS = {"头": "表头", "文": "表文"}  # `文：：…`: a text, set to the left
MARGIN = 60  # twentieths of a point on both sides of a cell
LEFT_OUT = ("/stylesWithEffects", "/thumbnail", "/customXml")  # of what documents are made from
COUNTED = {"‹页›": "PAGE", "‹页数›": "NUMPAGES"}


def template(text: str) -> bytes:
    """The document of a template's text; the same bytes each time."""
    document = Document()
    _furnish(document)
    table: Any = None
    for line in filter(None, text.splitlines()):
        style, _, rest = line.partition("|")
        if style in ("表", "栏"):
            widths = [float(width) for width in rest.split()]
            table = _table(document, widths, "Table Grid" if style == "表" else "Normal Table")
        elif style in ("头", "行"):
            _row(table, rest, heading=style == "头")
        elif style == "尾":
            table._tbl.remove(table.rows[0]._tr)
        elif style in ("页眉", "页脚"):
            _beside(document, style, rest)
        else:
            paragraph = document.add_paragraph(rest, style=style.removeprefix(NEW_PAGE))
            paragraph.paragraph_format.page_break_before = style.startswith(NEW_PAGE) or None
    from rubric_sheets.export.report.word import packed

    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def _furnish(document: Any) -> None:
    """A4, the styles, and none of what the maker of documents would say of itself."""
    document._body.clear_content()
    for owner in (document.part, document.part.package):
        for key, link in list(owner.rels.items()):
            if link.reltype.endswith(LEFT_OUT):
                del owner.rels[key]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.7)
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = properties.title = ""
    properties.last_modified_by, properties.created = "", CREATED
    properties.modified = CREATED
    _font(document.styles["Normal"], SONG, 10.5)
    for name, look in STYLES.items():
        _style(document.styles.add_style(name, 1), name, look)


def _style(style: Any, name: str, look: tuple[str, float, Any, float, float, int]) -> None:
    font, size, alignment, before, after, indent = look
    _font(style, font, size)
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = alignment, Pt(before), Pt(after)
    form.line_spacing = 1.0 if name in TIGHT else 1.5
    form.keep_with_next = name in KEPT_WITH_NEXT
    form.widow_control = True
    if indent:
        form.first_line_indent = Pt(size * indent)
        style.element.pPr.ind.set(qn("w:firstLineChars"), str(indent * 100))
    if name in ("封面首", "封面题", "题"):
        style.font.bold = True
    if name == "草稿":
        style.font.color.rgb = RGBColor(0xC0, 0, 0)


def _font(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def _table(document: Any, widths: list[float], style: str) -> Any:
    table = document.add_table(1, len(widths), style)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths):
        column.width = Cm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)
    return table


def _row(table: Any, text: str, *, heading: bool) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if heading else ("w:cantSplit",):
        properties.append(OxmlElement(name))
    texts = text.split("¦")
    for index, (cell, part) in enumerate(zip(row.cells, texts)):
        kind, mark, rest = part.strip().partition("：：")
        style = CELLS[kind] if mark else ("表头" if heading else "表中")
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(rest if mark else part.strip())
        cell.width = table.columns[index].width
        cell.vertical_alignment = 1
    for cell in row.cells[len(texts) :]:
        row._tr.remove(cell._tc)


def _beside(document: Any, place: str, text: str) -> None:
    section = document.sections[0]
    part = section.header if place == "页眉" else section.footer
    part.is_linked_to_previous = False
    style, _, rest = text.partition("|")
    paragraph = part.paragraphs[0]
    if paragraph.style.name in STYLES:
        paragraph = part.add_paragraph()
    paragraph.style = document.styles[style]
    for piece in _pieces(rest):
        run = paragraph.add_run("" if piece in COUNTED else piece)
        if piece in COUNTED:
            _field(run, COUNTED[piece])


def _pieces(text: str) -> list[str]:
    return re.split("(" + "|".join(COUNTED) + ")", text)


def _field(run: Any, code: str) -> None:
    """A number that Word counts itself."""
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = code
        run._r.append(element)


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments not in ([], ["--check"]):
        print("用法：python workbook/report.py [--check]", file=sys.stderr)
        return 2
    differ = 0
    for text in sorted(TEXTS.glob("*.txt")):
        new, path = template(text.read_text("utf-8")), TEMPLATES / f"{text.stem}.docx"
        if not arguments:
            path.write_bytes(new)
        elif not path.exists() or path.read_bytes() != new:
            print(f"{path.name} 与 {text.name} 不符，请运行 make workbook。", file=sys.stderr)
            differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
