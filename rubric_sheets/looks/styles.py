"""The looks of cells: official forms use 黑体 for titles and headings, 宋体 for what is filled in.

A style name is a base and, after a dot, a number format: `input.amount`. Input, formula and result
cells differ in colour and in protection only.
"""

from __future__ import annotations

import datetime
from typing import Any

SONG, HEI = "宋体", "黑体"
# Column widths count digits of the default font. Arial's are equally wide in the fonts that stand
# in for it everywhere (Liberation Sans, Nimbus Sans); for a missing 宋体 a wider one stands in,
# and sheets outgrow the paper.
DEFAULT_FONT = {"font_name": "Arial", "font_size": 11}
BOOK_OPTIONS = {
    "default_format_properties": DEFAULT_FONT,
    "default_column_width": 72,  # pixels, 8 for a digit
    # no temporary files: what can fail is the writing of the file itself, and says so
    "in_memory": True,
}
_GRID = {"border": 1, "border_color": "#404040", "valign": "vcenter", "text_wrap": True}
_BODY = {"font_name": SONG, "font_size": 10.5, **_GRID}
_HEAD = {"font_name": HEI, "font_size": 10.5, "align": "center", **_GRID}

BASES: dict[str, dict[str, Any]] = {
    "caption": {"font_name": HEI, "font_size": 12, "align": "left", "valign": "vcenter"},
    "title": {"font_name": HEI, "font_size": 18, "align": "center", "valign": "vcenter"},
    "remark": {"font_name": SONG, "font_size": 10.5, "align": "right", "valign": "vcenter"},
    "section": {"font_name": HEI, "font_size": 12, "align": "left", "valign": "vcenter"},
    "note": {
        "font_name": SONG,
        "font_size": 9,
        "font_color": "#595959",
        "valign": "top",
        "text_wrap": True,
    },
    "quiet": {"font_name": SONG, "font_size": 9, "font_color": "#595959", "valign": "vcenter"},
    "sign": {"font_name": SONG, "font_size": 11, "align": "left", "valign": "vcenter"},
    "header": {**_HEAD, "bg_color": "#E7E6E6"},
    "level": {**_BODY, "font_name": HEI, "align": "center"},
    "label": {**_BODY, "align": "center"},
    "text": {**_BODY, "align": "left", "indent": 1},
    "plain": {**_BODY, "align": "center"},
    "input": {**_BODY, "align": "center", "bg_color": "#FFF9E3", "locked": False},
    "swatch": {**_BODY, "align": "center", "bg_color": "#FFF9E3"},
    "prose": {
        **_BODY,
        "align": "left",
        "indent": 1,
        "valign": "top",
        "bg_color": "#FFF9E3",
        "locked": False,
    },
    "entry": {**_BODY, "align": "left", "indent": 1, "bg_color": "#FFF9E3", "locked": False},
    "link": {**_BODY, "align": "left", "indent": 1, "font_color": "#0563C1", "underline": 1},
    "formula": {**_BODY, "align": "center", "bg_color": "#F2F2F2"},
    "result": {**_BODY, "align": "center", "bg_color": "#E2EFF9"},
    "reason": {**_BODY, "align": "left", "indent": 1, "bg_color": "#E2EFF9"},
    "sum": {**_HEAD, "bg_color": "#E7E6E6"},
    "total": {**_HEAD, "bg_color": "#E2EFF9"},
    "found": {
        "font_name": SONG,
        "font_size": 10.5,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "found.text": {
        "font_name": SONG,
        "font_size": 10.5,
        "align": "left",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "found.link": {
        "font_name": SONG,
        "font_size": 10.5,
        "align": "left",
        "valign": "vcenter",
        "text_wrap": True,
        "font_color": "#0563C1",
        "underline": 1,
    },
    "end": {"font_name": SONG, "font_size": 9, "font_color": "#7F7F7F", "italic": True, **_GRID},
    "meta": {"font_name": SONG, "font_size": 9, "locked": False},
}

NUMBERS = {
    "amount": "#,##0.00####",
    "count": "0",
    "percent": "0.00%",
    "points": "0.00",
    "weight": "General",
    "text": "@",
    "room": '[=0]"";"最多再得 "0.00" 分"',
    "pending": '[=0]"各项均已评分";"未完成：还有"0"项缺少依据"',
}

# What is missing is pale amber, what is wrong is red, what deserves a look is orange.
MARKS: dict[str, dict[str, Any]] = {
    "wrong": {"bg_color": "#F8CBAD", "font_color": "#9C0006"},
    "differs": {"bg_color": "#FFD966"},
    "missing": {"bg_color": "#FFE699"},
    "done": {"font_color": "#404040", "underline": 0},
    "carried": {"bg_color": "#E4DFEC", "font_color": "#5F497A"},  # of last year, not yet confirmed
    # the first that holds is shown: each has its frame
    "error": {"font_color": "#C00000", "bold": True, "border": 1, "border_color": "#404040"},
    "warning": {"font_color": "#C55A11", "border": 1, "border_color": "#404040"},
    "framed": {"border": 1, "border_color": "#404040"},
}


def properties(style: str) -> dict[str, Any]:
    """XlsxWriter's properties of a style name. Raises KeyError for an unknown one."""
    if style in BASES:
        return BASES[style]
    base, _, number = style.partition(".")
    return {**BASES[base], **({"num_format": NUMBERS[number]} if number else {})}


CREATED = datetime.datetime(2024, 1, 1)
