"""One input cell → one fact's value, or a finding that says what stands there and what to type."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import BLANK_WORDS, NOT_APPLICABLE, from_cell, guess, show
from ..facts.model import Place, Value
from ..findings.figures import Figure, Percent
from ..findings.finding import Finding, finding
from ..ooxml.cell import Cell
from ..records import Record
from ..rubric.model import FactSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 10**15  # beyond this a spreadsheet no longer holds every whole number
LEFT_OUT_WORDS = frozenset(
    (
        "不涉及",
        "不适应",
        "不存在",
        "不参评",
        "免评",
        "无此项",
        "没有此项",
        "未涉及",
        "N/A",
        "NA",
        "不适用。",
    )
)
YES_WORDS = {
    **dict.fromkeys(("有", "√", "✓", "y", "yes", "true", "1", "对", "是", "已制定"), "是"),
    **dict.fromkeys(("没有", "无", "×", "x", "n", "no", "false", "0", "不是"), "否"),
}
YES_NO = ("是", "否", NOT_APPLICABLE)


class Reading(Record):
    """`ok` is False where the cell holds something that cannot be used."""

    value: Value
    problem: Finding | None
    ok: bool


BLANK = Reading(None, None, True)


def read(
    spec: FactSpec, cell: Cell | None, place: Place, percent_format: bool, date_format: bool
) -> Reading:
    """Read one cell by the kind of its fact."""
    if cell is None or cell.kind == "blank":
        if cell is not None and cell.formula:
            return _bad("formula-no-value", spec, place, "=" + cell.formula)
        return BLANK
    if cell.kind == "text" and not cell.text.strip():
        return BLANK
    if cell.kind == "error":
        return _bad("cell-error", spec, place, cell.text)
    kind = spec["kind"]
    value = from_cell_or_none(cell.text) if cell.kind == "number" else None
    if cell.kind == "number" and (
        value is None or abs(value.numerator) >= LIMIT * value.denominator
    ):
        return _bad("cell-too-large", spec, place, cell.text)
    if kind == "text":
        return Reading(cell.text if value is None else show(value, 10), None, True)
    if kind == "yes_no":
        return _yes_no(spec, cell, place)
    if cell.kind == "bool":
        return _bad("cell-bool", spec, place, "TRUE" if cell.text == "1" else "FALSE")
    if cell.kind == "date" or (cell.kind == "number" and date_format):
        return _bad("cell-date", spec, place, cell.text)
    if cell.kind == "text":
        return _text_for_number(spec, cell.text, place)
    if value is None:
        return _bad("cell-text", spec, place, cell.text)
    return (
        _percent(spec, value, place, percent_format)
        if kind == "percent"
        else _number(spec, value, place)
    )


def as_shown(value: Value, cell: Cell, is_percent: bool, is_date: bool) -> Value:
    """A number in a cell for texts, read as the cell shows it: 0.96 in a percent cell is `96%`, a
    day is a date."""
    from ..scoring.own_list import shown

    number = from_cell_or_none(cell.text)
    if cell.kind == "date" or is_date:
        return _date_shown(cell.text, number) or value
    if number is None:
        return value
    text = f"{show(number * 100, 10)}%" if is_percent else show(number, 10)
    return shown(text, show(number, 20))


def _date_shown(text: str, number: Fraction | None) -> Value:
    """A day as people write it; None for times, and for what is no day."""
    from datetime import date

    from ..scoring.own_list import shown

    first = date(1899, 12, 30).toordinal()
    try:
        day = (
            date.fromisoformat(text[:10])
            if number is None
            else date.fromordinal(first + int(number))
        )
    except (ValueError, OverflowError):
        return None
    serial = day.toordinal() - first
    if serial <= 60:  # before March 1900 the numbers mean other days, or are times
        return None
    return shown(
        f"{day.year}年{day.month}月{day.day}日", str(serial) if number is None else show(number, 20)
    )


def from_cell_or_none(text: str) -> Fraction | None:
    """The number of a cell; None for what no spreadsheet program writes."""
    try:
        return from_cell(text)
    except ValueError:
        return None


def label(spec: FactSpec) -> str:
    """What a person calls the cell; quotes inside of quotes are single ones."""
    return spec.get("label", spec["name"]).replace("“", "‘").replace("”", "’")


def _bad(
    code: str, spec: FactSpec, place: Place, actual: Any, expected: str = "", **params: Any
) -> Reading:
    unit = spec["unit"]
    expected = expected or f"数字{f'（{unit}）' if unit else ''}"
    return Reading(
        None,
        finding(code, *place.address, name=label(spec), actual=actual, expected=expected, **params),
        False,
    )


def _yes_no(spec: FactSpec, cell: Cell, place: Place) -> Reading:
    text = cell.text
    if cell.kind == "bool":
        text = "TRUE" if cell.text == "1" else "FALSE"
    if text in YES_NO:
        return Reading(text, None, True)
    word = text.strip()
    meant = word if word in YES_NO else YES_WORDS.get(word.lower(), "")
    hint = f"若意思是“{meant}”，请改填“{meant}”；" if meant else ""
    return _bad("cell-yes-no", spec, place, text, "是、否或不适用", hint=hint)


def _text_for_number(spec: FactSpec, text: str, place: Place) -> Reading:
    stripped = text.strip()
    if text == NOT_APPLICABLE:  # with blanks around it the sheet's own formulas do not know it
        return Reading(NOT_APPLICABLE, None, True)
    if stripped in BLANK_WORDS:
        return _bad("cell-blank-word", spec, place, stripped)
    if stripped.upper() in LEFT_OUT_WORDS:
        return _bad("cell-left-out-word", spec, place, text)
    number = guess(stripped, spec["unit"])
    if number is None or (number < 0 and not spec.get("signed")):
        return _bad("cell-text", spec, place, text)
    if spec["kind"] == "percent" and stripped[-1] in "%％":
        problem = finding(
            "percent-text",
            *place.address,
            name=label(spec),
            actual=text,
            expected=Figure(number, "%", before="数字 "),
        )
        return Reading(number / 100, problem, True)
    if spec["kind"] == "percent" and 0 < number <= 1:
        return _bad(
            "percent-ambiguous", spec, place, text, "0%—100%", suggestion=Figure(number * 100, "%")
        )
    return _bad("cell-text-number", spec, place, text, suggestion=number)


def _percent(spec: FactSpec, value: Fraction, place: Place, percent_format: bool) -> Reading:
    if percent_format and Fraction(3, 2) < value <= 100:
        return _bad(
            "percent-ambiguous",
            spec,
            place,
            Percent(value),
            "0%—100%",
            suggestion=Figure(value, "%"),
        )
    if not percent_format and abs(value) <= 1 and value != 0:
        return _bad(
            "percent-ambiguous",
            spec,
            place,
            Figure(value, places=10),
            "带 % 的百分比",
            suggestion=Figure(value * 100, "%"),
        )
    value = value if percent_format else value / 100
    if value > Fraction(3, 2):
        return _bad("percent-over", spec, place, Percent(value), "0%—100%")
    if value < 0:
        return Reading(
            value,
            finding(
                "cell-negative",
                *place.address,
                name=label(spec),
                actual=Percent(value),
                expected="不小于 0",
            ),
            True,
        )
    return Reading(value, None, True)


def _number(spec: FactSpec, value: Fraction, place: Place) -> Reading:
    if spec["kind"] in ("count", "breach_count") and value.denominator != 1:
        problem = finding(
            "cell-not-whole", *place.address, name=label(spec), actual=value, expected="整数"
        )
        return Reading(value, problem, True)
    if value.numerator < 0 and not spec.get("signed"):
        problem = finding(
            "cell-negative",
            *place.address,
            name=label(spec),
            actual=value,
            expected="不小于 0",
        )
        # cases below zero would make up for real ones, and earn full marks
        if spec["kind"] in ("count", "breach_count"):
            return Reading(None, problem, False)
        return Reading(value, problem, True)
    return Reading(value, None, True)
