"""Workbooks written by hand in the habits of Excel and WPS, and the means to make odd ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
BINARY = bytes(range(256)) * 8

EXCEL_SHEET = f"""{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"
 xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
 xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{{0-1}}">\
<sheetPr codeName="Sheet1"/><dimension ref="A1:F9"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>\
<sheetFormatPr defaultRowHeight="14" x14ac:dyDescent="0.3"/>\
<cols><col min="2" max="2" width="20" customWidth="1"/><col min="5" max="7" width="9" style="3"/></cols><sheetData>\
<row r="1" spans="1:6" ht="20" x14ac:dyDescent="0.3"><c r="A1" s="1" t="s"><v>0</v></c>\
<c r="B1" s="2"><v>0.28999999999999998</v></c><c r="C1" t="s"><v>1</v></c><c r="F1" t="b"><v>1</v></c></row>\
<row r="2" spans="1:6" x14ac:dyDescent="0.3"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f><v>2</v></c>\
<c r="C2" t="str"><f>A2&amp;"&lt;元&gt;"</f><v>1&lt;元&gt;</v></c><c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>\
<c r="E2" t="b"><f>A2&gt;0</f><v>1</v></c></row>\
<row r="3" spans="1:6"><c r="A3"><v>2</v></c><c r="B3"><f t="shared" ref="B3:B5" si="0">A3*3</f><v>6</v></c></row>\
<row r="4" spans="1:6"><c r="A4"><v>3</v></c><c r="B4"><f t="shared" si="0"/><v>9</v></c></row>\
<row r="5" spans="1:6"><c r="A5"><v>4</v></c><c r="B5"><f t="shared" si="0"/><v>12</v></c></row>\
<row r="7" spans="1:6" s="2" customFormat="1"><c r="A7" s="2"/><c r="B7" s="2" t="s" cm="1"><v>2</v></c></row>\
<row r="9" spans="1:6"><c r="A9"><f t="array" ref="A9:A10">A2:A3*2</f><v>2</v></c><c r="C9" s="3"><v>45000</v></c></row>\
</sheetData><sheetProtection sheet="0"/><mergeCells count="1"><mergeCell ref="C7:D7"/></mergeCells>\
<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" priority="1"><formula>A1&gt;"&lt;c"</formula>\
</cfRule></conditionalFormatting>\
<dataValidations count="1"><dataValidation type="list" sqref="C1" prompt="选 >= 一项"><formula1>"甲,乙"</formula1>\
</dataValidation></dataValidations>\
<hyperlinks><hyperlink ref="F2" r:id="rId3"/><hyperlink ref="A5" location="第二!A1" display="x"/></hyperlinks>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" r:id="rId1"/><legacyDrawing r:id="rId2"/>\
<extLst><ext uri="{{CCE6A557}}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">\
<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">\
<x14:dataValidation type="list"><x14:formula1><xm:f>第二!$A$1</xm:f></x14:formula1><xm:sqref>D1</xm:sqref>\
</x14:dataValidation></x14:dataValidations><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>\
<x14:sparkline><xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">A1</xm:f></x14:sparkline>\
</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"""

# WPS: Chinese styles, inline strings, white space, and a sheet without any cell
WPS_SHEET = f"""{HEAD}<worksheet xmlns="{MAIN}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">
<sheetPr/><dimension ref="A1:D4"/><sheetData>
  <row r="1" spans="1:4">
    <c r="A1" t="inlineStr"><is><t>内联</t></is></c>
    <c t="inlineStr" s='1' r="B1"><is><r><rPr><color rgb="FF0000"/><family val="3"/></rPr><t>富</t></r>\
<r><t xml:space="preserve"> 文 </t></r><rPh sb="0" eb="1"><t>fu</t></rPh></is></c>
    <c r="C1" t="n"><v> 12.50 </v></c>
    <c r="D1"/>
  </row>
  <row><c><v>7</v></c><c t="str"><v>甲&#10;乙</v></c><c r="D2"
   ><v>8</v></c></row>
  <row r="4" ><c r="A4" t="d"><v>2024-05-06</v></c><c r="B4" t="s"/></row>
</sheetData></worksheet>"""

STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="176" formatCode="0.0%;[红色]\\-0.0%"/>\
<numFmt numFmtId="177" formatCode="0&quot;%&quot;"/><numFmt numFmtId="178" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/>\
</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>\
<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" xfId="0"/>\
<xf numFmtId="177" xfId="0"/><xf numFmtId="176" xfId="0"><alignment/></xf><xf numFmtId="178" xfId="0"/>\
<xf numFmtId="10" xfId="0"/></cellXfs><dxfs count="1"><dxf/></dxfs></styleSheet>"""

STRINGS = f"""{HEAD}<sst xmlns="{MAIN}" count="3" uniqueCount="4"><si><t>部门 &amp; 单位</t></si>\
<si><r><rPr><sz val="9"/></rPr><t>富</t></r><r><t xml:space="preserve"> 文本_x000D_ </t></r>\
<rPh sb="0" eb="1"><t>假名</t></rPh><phoneticPr fontId="1"/></si><si><t>_x005F_x0041_</t></si><si/></sst>"""

CHAIN = (
    f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B2" i="3"/><c r="C2"/><c r="D2"/><c r="E2"/><c r="B3" s="1"/>'
    '<c r="B4"/><c r="B5"/><c r="A9" a="1"/></calcChain>'
)

NAMES = """<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'收支 &amp; ''表''额'!$A$1:$B$2</definedName>\
<definedName name="本表" localSheetId="0">第二!$A$1</definedName>\
<definedName name="区域">'收支 &amp; ''表''额'!$A$1:$C$5</definedName>\
<definedName name="单元" comment="a > b">第二!$C$1</definedName><definedName name="丢失">第二!#REF!</definedName>\
<definedName name="常数">0.3</definedName><definedName name="公式">SUM(第二!$A$1:$A$2)</definedName>\
<definedName name="外部">[1]第二!$A$1</definedName><definedName name="并集">第二!$A$1,第二!$B$2</definedName>\
<definedName name="列" hidden="1">第二!$A:$B</definedName></definedNames>"""


def excel_parts() -> dict[str, bytes]:
    """A workbook as Excel writes it, with much that must survive: macros, ribbon, chain,
    printer settings."""
    types = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.{kind}+xml"/>'
        for part, kind in (
            ("xl/workbook.xml", "ms-excel.sheet.macroEnabled.main"),
            ("xl/worksheets/第一.xml", "openxmlformats-officedocument.spreadsheetml.worksheet"),
            ("xl/worksheets/sheet7.xml", "openxmlformats-officedocument.spreadsheetml.worksheet"),
            ("xl/styles.xml", "openxmlformats-officedocument.spreadsheetml.styles"),
            ("xl/sharedStrings.xml", "openxmlformats-officedocument.spreadsheetml.sharedStrings"),
            ("xl/calcChain.xml", "openxmlformats-officedocument.spreadsheetml.calcChain"),
        )
    )
    texts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="a/b"/>'
        f'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>{types}</Types>',
        "_rels/.rels": _rels(("rId9", "officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><workbookPr codeName="ThisWorkbook"/>'
        '<bookViews><workbookView/></bookViews><sheets><sheet name="收支 &amp; \'表\'额" sheetId="3" r:id="rId1"/>'
        f'<sheet name="第二" sheetId="8" state="veryHidden" r:id="rId2"/></sheets>{NAMES}'
        '<calcPr calcId="191029"/><extLst/></workbook>',
        "xl/_rels/workbook.xml.rels": _rels(
            ("rId2", "worksheet", "worksheets/sheet7.xml"),
            ("rId1", "worksheet", "/xl/worksheets/第一.xml"),
            ("rId3", "styles", "./styles.xml"),
            ("rId4", "sharedStrings", "../xl/SharedStrings.xml"),
            ("rId5", "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/第一.xml": EXCEL_SHEET,
        "xl/worksheets/_rels/第一.xml.rels": _rels(
            ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ).replace(
            "</R",
            f'<Relationship Id="rId3" Type="{RELS}/hyperlink" Target="http://a.b/" TargetMode="External"/></R',
        ),
        "xl/worksheets/sheet7.xml": WPS_SHEET,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
        "xl/calcChain.xml": CHAIN,
        "xl/drawings/vmlDrawing1.vml": "<xml><c r='A1'/></xml>",
        "customUI/customUI.xml": "<customUI/>",
        "customXml/item1.xml": "<b:Sources xmlns:b='urn:x'/>",
    }
    parts = {name: text.encode() for name, text in texts.items()}
    parts["xl/printerSettings/printerSettings1.bin"] = BINARY
    parts["xl/vbaProject.bin"] = BINARY[::-1]
    return parts


def _rels(*found: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{id}" Type="{RELS}/{kind}" Target="{target}"/>'
        for id, kind, target in found
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def zipped(parts: dict[str, bytes], *, streamed: bool = False) -> bytes:
    """A zip of the parts. `streamed`: with data descriptors, as programs write that cannot seek."""
    buffer = io.BytesIO()
    if streamed:
        buffer.seek = _no_seek  # type: ignore[method-assign]
        buffer.tell = _no_seek  # type: ignore[method-assign]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.compress_type = (
                zipfile.ZIP_STORED if name.endswith(".bin") else zipfile.ZIP_DEFLATED
            )
            package.writestr(info, content)
    return buffer.getvalue()


def _no_seek(*_: object) -> int:
    raise OSError("not seekable")


def minimal(sheet: str, **other: bytes) -> dict[str, bytes]:
    """A workbook of one sheet named 表, its XML as given;
    `other` parts by name without folder or ".xml"."""
    parts = {
        "_rels/.rels": _rels(("r1", "officeDocument", "xl/workbook.xml")).encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": _rels(
            ("r1", "worksheet", "sheet.xml"), ("r2", "sharedStrings", "sst.xml")
        ).encode(),
        "xl/sheet.xml": sheet.encode(),
    }
    return parts | {f"xl/{name}.xml": content for name, content in other.items()}


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def write(path: Path, parts: dict[str, bytes]) -> str:
    path.write_bytes(zipped(parts))
    return str(path)
