"""The charts of a report: native ones, whose figures can be edited in Word. XlsxWriter writes them,
as in a workbook; a small workbook with their figures lies in the document."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from typing import Any

from ...checks.evaluation import Evaluation
from ...looks.styles import BOOK_OPTIONS, CREATED
from ...pages.charts import BAR, COLUMN, Chart, put
from ...records import Record
from ...rubric.load import load_form
from .. import handed_in

MARK = "\ue000{}\ue000"  # stands in the text where the charts of a project belong
WIDE, HIGH = 2_770_000, 2_160_000  # EMU: two beside each other
SHEET = "图"
MOST = 16  # bars
LEAST = 2
END = re.compile(rb"<c:printSettings>.*?</c:printSettings>(?=</c:chartSpace>)", re.DOTALL)
SHOWN = b'<c:showVal val="1"/>'
FIGURE_ALONE = (  # what is not said is shown, outside of workbooks
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Drawn(Record):
    """One chart: what it shows of what."""

    title: str
    kind: str
    names: list[str]
    values: list[Fraction]
    is_rate: bool = False


def charts_of(evaluation: Evaluation) -> list[Drawn]:
    """得分率 by level as it is handed in, and the form's own where their figures are there."""
    found = [_rates(evaluation, 1, "一级指标得分率"), _rates(evaluation, 2, "二级指标得分率")]
    facts = evaluation.facts.values
    for chart in load_form(evaluation.rubric["form"]).get("chart", ()):
        pairs = [
            (label, value)
            for name, label in zip(chart["facts"], chart["labels"])
            if isinstance(value := facts.get(name), Fraction)
        ]
        names, values = [name for name, _ in pairs], [value for _, value in pairs]
        found.append(Drawn(f"{chart['title']}（万元）", COLUMN, names, values))
    return [one for one in found if len(one.names) >= LEAST]


def _rates(evaluation: Evaluation, depth: int, title: str) -> Drawn:
    card = evaluation.card
    scores = [handed_in.score_of(result) for result in card.results]
    got: dict[tuple[str, ...], Fraction] = {}
    for part in card.parts:
        if part.is_inside and any(isinstance(score, Fraction) for score in part.of(scores)):
            levels = tuple(part.levels[:depth])
            got[levels] = got.get(levels, Fraction(0)) + handed_in.points_of(part, scores)
    rates = {
        levels[-1]: points / weight
        for levels, points in got.items()
        if (weight := handed_in.weight_under(card, levels))
    }
    names = list(rates)[:MOST]
    return Drawn(title, BAR if depth > 1 else COLUMN, names, [rates[n] for n in names], True)


def _written(charts: list[Drawn]) -> tuple[bytes, list[bytes]]:
    """(the workbook with the figures, the XML of each chart)."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet(SHEET)
    row = 0
    for chart in charts:
        sheet.write_string(row, 0, chart.title)
        for offset, (name, value) in enumerate(zip(chart.names, chart.values), 1):
            sheet.write_string(row + offset, 0, name)
            sheet.write_number(row + offset, 1, float(value))
        rows = (row + 2, row + 1 + len(chart.names))
        put(book, sheet, Chart(chart.title, chart.kind, rows, 1, 2, chart.is_rate))
        row += len(chart.names) + 2
    book.close()
    data = buffer.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        drawn = [package.read(f"xl/charts/chart{n}.xml") for n, _ in enumerate(charts, 1)]
    return data, drawn


def put_charts(document: Any, of_projects: list[list[Drawn]]) -> None:
    """Into the paragraphs of python-docx that are marked for them."""
    from docx.oxml.ns import qn

    places: dict[int, list[Any]] = {}
    marks = {MARK.format(number): number for number in range(len(of_projects))}
    for paragraph in document.element.body.iter(qn("w:p")):
        text = "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).strip()
        if text in marks:
            places.setdefault(marks[text], []).append(paragraph)
    count = 0
    for number, paragraphs in places.items():
        book, drawn = _written(of_projects[number])
        for paragraph in paragraphs:
            for run in paragraph.findall(qn("w:r")):
                paragraph.remove(run)
            for xml, chart in zip(drawn, of_projects[number]):
                count += 1
                paragraph.append(_run(document, count, (xml, book), chart.title))


def _run(document: Any, number: int, files: tuple[bytes, bytes], title: str) -> Any:
    """A run with one chart. `files`: its XML, and the workbook of its figures."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KINDS
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    package = document.part.package
    xml, book = files
    figures = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK, book, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", package)
    own = part.relate_to(figures, KINDS.PACKAGE)
    link = f'<c:externalData r:id="{own}"><c:autoUpdate val="0"/></c:externalData>'
    part._blob = END.sub(link.encode(), xml).replace(SHOWN, FIGURE_ALONE)  # noqa: SLF001 - it needs its relation first
    relation = document.part.relate_to(part, KINDS.CHART)
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDE}" cy="{HIGH}"/>'
        f'<wp:docPr id="{8000 + number}" name="图{number}" descr="{title}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{chart}">'
        f'<c:chart xmlns:c="{chart}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
