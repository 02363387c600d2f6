"""One input cell → one fact's value, or a finding that says what stands there and what to type."""

from __future__ import annotations

from fractions import Fraction

from ..exact.invisible import seen, unseen
from ..exact.quantities import BLANK_WORDS, NOT_APPLICABLE, ZERO, exact, from_cell, guess, show
from ..facts.model import Place, Value
from ..findings.figures import Figure, Percent
from ..findings.finding import Finding, finding
from ..ooxml.cell import Cell
from ..records import Record
from ..rubric.model import FactSpec
from ..rubric.titles import title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 10**15  # beyond this a spreadsheet no longer holds every whole number
LEAST = (
    2 * 10**8
)  # one of so many parts: the formulas round to 8 decimals: what is less is 0 to them
MOST = Fraction(3, 2)  # of a percentage
EXPECTED_PERCENT = "0%—100%"
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
    """Read one cell by the kind of its fact, as the sheet's own formulas read it: whatever they
    would take for something else is a finding."""
    if cell is None or cell.kind == "blank":
        if cell is not None and cell.formula:
            return _bad("formula-no-value", spec, place, "=" + cell.formula)
        return BLANK
    if cell.kind == "text" and not seen(cell.text).strip():
        return BLANK
    if cell.kind == "error":
        return _bad("cell-error", spec, place, cell.text)
    kind = spec["kind"]
    if kind == "text":
        return _text(spec, cell, place, date_format)
    if kind == "yes_no":
        return _yes_no(spec, cell, place)
    if cell.kind == "bool":
        return _bad("cell-bool", spec, place, _truth(cell))
    if cell.kind == "date" or date_format:
        return _bad("cell-date", spec, place, cell.text)
    if cell.kind == "text":
        return _text_for_number(spec, cell.text, place)
    return _figure(spec, cell, place, percent_format)


def _text(spec: FactSpec, cell: Cell, place: Place, date_format: bool) -> Reading:
    """A cell for texts. A long number in it was a code once: a spreadsheet keeps 15 digits."""
    if cell.kind == "bool":
        return Reading(_truth(cell), None, True)
    value = from_cell_or_none(cell.text) if cell.kind == "number" else None
    if value is None:
        return Reading(cell.text, None, True)
    if _is_too_large(value) and not date_format:
        return _bad("cell-long-code", spec, place, exact(value, 0), "文字")
    return Reading(show(value, 10), None, True)


def _figure(spec: FactSpec, cell: Cell, place: Place, percent_format: bool) -> Reading:
    """A number in a cell for numbers."""
    value = from_cell_or_none(cell.text)
    if value is None or _is_too_large(value):
        return _bad("cell-too-large", spec, place, cell.text)
    if value and abs(value.numerator) * LEAST < value.denominator:
        if cell.formula is None:
            return _bad("cell-too-small", spec, place, cell.text)
        value = ZERO  # what binary sums leave of nothing
    if spec["kind"] == "percent":
        return _percent(spec, value, place, percent_format)
    if percent_format and value:
        problem = _problem(
            "cell-percent", spec, place, Percent(value), stored=Figure(value, places=10)
        )
        return Reading(value, problem, True)
    return _number(spec, value, place)


def _is_too_large(value: Fraction) -> bool:
    return abs(value.numerator) >= LIMIT * value.denominator


def _truth(cell: Cell) -> str:
    """A logical value as a spreadsheet shows it."""
    return "TRUE" if cell.text == "1" else "FALSE"


def from_cell_or_none(text: str) -> Fraction | None:
    """The number of a cell; None for what no spreadsheet program writes."""
    try:
        return from_cell(text)
    except ValueError:
        return None


def _problem(
    code: str, spec: FactSpec, place: Place, actual: Any, expected: str = "", **params: Any
) -> Finding:
    unit = spec["unit"]
    expected = expected or f"数字{f'（{unit}）' if unit else ''}"
    return finding(
        code, *place.address, name=title(spec), actual=actual, expected=expected, **params
    )


def _bad(
    code: str, spec: FactSpec, place: Place, actual: Any, expected: str = "", **params: Any
) -> Reading:
    return Reading(None, _problem(code, spec, place, actual, expected, **params), False)


def _invisible(
    spec: FactSpec, text: str, place: Place, expected: str = "", meant: str = ""
) -> Reading:
    """Signs that nobody sees make another text of it: named, with what to type instead."""
    suggestion = f" {meant}" if meant else "内容"
    shown, signs = seen(text).strip(), unseen(text)
    return _bad("cell-invisible", spec, place, shown, expected, signs=signs, suggestion=suggestion)


def _yes_no(spec: FactSpec, cell: Cell, place: Place) -> Reading:
    text = _truth(cell) if cell.kind == "bool" else cell.text
    if text in YES_NO:
        return Reading(text, None, True)
    expected = "是、否或不适用"
    word = seen(text).strip()
    meant = word if word in YES_NO else YES_WORDS.get(word.lower(), "")
    if unseen(text):
        return _invisible(spec, text, place, expected, meant)
    hint = f"若意思是“{meant}”，请改填“{meant}”；" if meant else ""
    return _bad("cell-yes-no", spec, place, text, expected, hint=hint)


def _text_for_number(spec: FactSpec, text: str, place: Place) -> Reading:
    if text == NOT_APPLICABLE:  # with blanks around it the sheet's own formulas do not know it
        return Reading(NOT_APPLICABLE, None, True)
    stripped = seen(text).strip()
    number = guess(stripped, spec["unit"])
    if number is not None and number < 0 and not spec.get("signed"):
        number = None
    percent = spec["kind"] == "percent" and stripped[-1] in "%％"
    if unseen(text):
        meant = stripped if stripped == NOT_APPLICABLE else ""
        if number is not None:
            meant = show(number, 10) + ("%" if percent else "")
        return _invisible(spec, text, place, meant=meant)
    if stripped in BLANK_WORDS:
        return _bad("cell-blank-word", spec, place, stripped)
    if stripped == NOT_APPLICABLE or stripped.upper() in LEFT_OUT_WORDS:
        return _bad("cell-left-out-word", spec, place, text)
    if number is None:
        return _bad("cell-text", spec, place, text)
    if percent:
        return _bad("percent-text", spec, place, text, f"数字 {show(number, 10)}%")
    if spec["kind"] == "percent" and 0 < number <= 1:
        return _bad(
            "percent-ambiguous", spec, place, text, "0%—100%", suggestion=Figure(number * 100, "%")
        )
    return _bad("cell-text-number", spec, place, text, suggestion=number)


def _percent(spec: FactSpec, value: Fraction, place: Place, percent_format: bool) -> Reading:
    """1 is 100%, whatever the format: so the formulas read it."""
    if not percent_format and value:
        return _plain_percent(spec, value, place)
    if value > 100:
        return _bad("percent-over", spec, place, Percent(value), EXPECTED_PERCENT)
    if value > MOST:
        suggestion = Figure(value, "%")
        return _bad(
            "percent-ambiguous",
            spec,
            place,
            Percent(value),
            EXPECTED_PERCENT,
            suggestion=suggestion,
        )
    if value < 0:
        problem = _problem("cell-negative", spec, place, Percent(value), "不小于 0")
        return Reading(value, problem, True)
    return Reading(value, None, True)


def _plain_percent(spec: FactSpec, value: Fraction, place: Place) -> Reading:
    """A number without % in a cell for percentages: 80 is meant as 80%, the formulas take 8000%;
    of 0.8 nobody knows."""
    shown = Figure(value, places=10)
    if value < 0:
        return _bad("cell-negative", spec, place, shown, "不小于 0")
    if value <= 1:
        suggestion = Figure(value * 100, "%", places=10)
        return _bad("percent-ambiguous", spec, place, shown, "带 % 的百分比", suggestion=suggestion)
    if value > 100 * MOST:
        return _bad("percent-over", spec, place, shown, EXPECTED_PERCENT)
    suggestion = Figure(value, "%", places=10)
    stored = Percent(value)
    return _bad(
        "percent-plain",
        spec,
        place,
        shown,
        EXPECTED_PERCENT,
        stored=stored,
        suggestion=suggestion,
    )


def _number(spec: FactSpec, value: Fraction, place: Place) -> Reading:
    if spec["kind"] in ("count", "breach_count") and value.denominator != 1:
        return Reading(value, _problem("cell-not-whole", spec, place, value, "整数"), True)
    if value.numerator < 0 and not spec.get("signed"):
        problem = _problem("cell-negative", spec, place, value, "不小于 0")
        # cases below zero would make up for real ones, and earn full marks
        usable = spec["kind"] not in ("count", "breach_count")
        return Reading(value if usable else None, problem, usable)
    return Reading(value, None, True)
