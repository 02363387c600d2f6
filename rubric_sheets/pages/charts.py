"""Native charts on a page: they draw its own cells, and follow them."""

from __future__ import annotations

from typing import Any

from ..looks.styles import HEI, SONG
from ..records import Record

RADAR, BAR, COLUMN = "radar", "bar", "column"
COLOUR = "#2E75B6"
GREY = {"color": "#BFBFBF", "width": 0.75}
SMALL = {"name": SONG, "size": 9, "color": "#404040"}


class Chart(Record):
    """One series: `rows`, the first and the last; `names` and `values`, columns counted from 1.
    `row`, `column`: where its corner stands; `size`: pixels; `is_rate`: from 0 to 100%."""

    title: str
    kind: str
    rows: tuple[int, int]
    names: int
    values: int
    is_rate: bool = False
    row: int = 1
    column: int = 1
    size: tuple[int, int] = (330, 250)


def put(book: Any, sheet: Any, chart: Chart) -> None:
    """Draw it with XlsxWriter. It is printed with its cells, and moves with them."""
    made = book.add_chart({"type": chart.kind})
    first, last = chart.rows
    made.add_series(
        {
            "name": chart.title,
            "categories": [sheet.name, first - 1, chart.names - 1, last - 1, chart.names - 1],
            "values": [sheet.name, first - 1, chart.values - 1, last - 1, chart.values - 1],
            **_looks(chart),
        }
    )
    made.set_title({"name": chart.title, "name_font": {"name": HEI, "size": 12, "bold": False}})
    made.set_legend({"none": True})
    made.set_size({"width": chart.size[0], "height": chart.size[1]})
    _axes(made, chart)
    place = {"x_offset": 4, "y_offset": 2, "object_position": 1, "description": chart.title}
    sheet.insert_chart(chart.row - 1, chart.column - 1, made, place)


def _looks(chart: Chart) -> dict[str, Any]:
    number = "0%" if chart.is_rate else "#,##0.##"
    labels = {"value": True, "font": SMALL, "num_format": number}
    if chart.kind == RADAR:
        line = {"color": COLOUR, "width": 2}
        return {"line": line, "marker": {"type": "circle", "size": 5}}
    return {"fill": {"color": COLOUR}, "gap": 60, "data_labels": labels}


def _axes(made: Any, chart: Chart) -> None:
    """The figures stand beside what they measure: their axis need not be seen."""
    figures: dict[str, Any] = {"num_font": SMALL, "major_gridlines": {"visible": False}}
    if chart.is_rate:
        room = 0 if chart.kind == RADAR else 0.15  # for what is written beside 100%
        figures |= {"min": 0, "max": 1 + room, "major_unit": 0.2, "num_format": "0%"}
    names = {"num_font": SMALL}
    if chart.kind == BAR:
        made.set_x_axis({**figures, "visible": False})
        made.set_y_axis({**names, "reverse": True})  # the first one on top
    elif chart.kind == RADAR:
        made.set_x_axis({**names, "major_gridlines": {"visible": True}})
        grid = {"visible": True, "line": GREY}
        made.set_y_axis({**figures, "major_gridlines": grid, "label_position": "none"})
    else:
        made.set_x_axis({**names, "label_position": "low"})  # a balance may be below 0
        made.set_y_axis({**figures, "visible": False})
