"""Formulas written out: `（6/11）×100%=54.54%`, `(15.8+335.46-72.08)/(…)×100%=99.26%`."""

from __future__ import annotations

import re
from fractions import Fraction

from ...exact.quantities import plain
from ..reading.document import Passage
from ..sightings import Evidence
from ..words.clean import cleaned
from ..words.numbers import MONEY, PERCENT, Mention
from .statement import Range, Statement, near, stated, verdict

_UNIT = r"(?:亿元|万元|元|人|名|个|分)?"
# What may stand left of the sign is one run of single characters: the time is linear in the text.
FORMULA = re.compile(
    r"(?<![-+*/().%\s0-9,亿万元人名个分])(?P<run>[-+*/().%\s0-9,亿万元人名个分]+)"
    r"=(?P<right>-?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>%|亿元|万元|元|人|个|分)?(?![0-9.]*[-+*/(])"
)
_PIECE = re.compile(rf"[0-9][0-9,]*|[-+*/().%\s]|{_UNIT[:-1]}|(?P<strange>.)")
_LEADING = re.compile(rf"\A(?:\s|{_UNIT[:-1]})+")
_LONGEST = 1000
_TOKEN = re.compile(rf"\s*([0-9][0-9,]*(?:\.[0-9]+)?){_UNIT}(%?)|\s*([-+*/()])")
_WORDS = re.compile(r"亿元|万元|元|人|名|个|分")

Value = tuple[Fraction, Range]


def read(passage: Passage) -> list[Statement]:
    """The formulas of a passage, each recomputed."""
    clean = cleaned(passage.text)
    found = []
    for match in FORMULA.finditer(clean.text):
        left = _left(match["run"])
        if left[:1] in "*/+%)." or not _has_operator(left) or _is_date(left):
            continue
        try:
            value, room = Parser(left).whole()
        except (ValueError, ZeroDivisionError):
            continue
        start = match.end("run") - len(left)
        quote = Evidence(clean.quote(start, match.end()), passage.spot)
        found.append(_statement(match, value, room, quote, left))
    return found


def _left(run: str) -> str:
    """The end of a run that can be arithmetic: no 万 or comma that stands alone. An endless run
    is none."""
    if len(run) > _LONGEST:
        return ""
    at = 0
    for piece in _PIECE.finditer(run):
        if piece["strange"]:
            at = piece.end()
    return _LEADING.sub("", run[at:]).strip()


def _has_operator(left: str) -> bool:
    between = re.search(r"[0-9].*[0-9]", left, re.DOTALL)
    return between is not None and bool(re.search(r"[-+*/]", between[0]))


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}[-/.][0-9]{1,2}([-/.][0-9]{1,2})?", text))


def _statement(
    match: re.Match[str], value: Fraction, room: Range, quote: Evidence, left: str
) -> Statement:
    unit = match["unit"] or ""
    digits = match["right"].replace(",", "")
    scale = MONEY.get(unit, Fraction(1))
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    at = match.start("right"), match.end()
    claim = Mention(plain(digits), "", unit, *at, step, text=match["right"] + unit)
    times = 100 if unit in PERCENT and unit else 1
    claim = claim._replace(value=claim.value * scale, step=step * scale)
    value, room = value * times * scale, (room[0] * times * scale, room[1] * times * scale)
    how = f"{_WORDS.sub('', left)} = {near(value, claim)}"
    kind = "percent" if times == 100 else "product"
    return stated(kind, quote, claim, value, verdict(claim, value, room), how)


class Parser:
    """An arithmetic text → its value and the room that the roundings of its figures leave.

    Raises ValueError for what is no arithmetic.
    """

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        at = 0
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise ValueError(text)
            self.tokens.append((match[1] or "") + (match[2] or "") + (match[3] or ""))
            at = match.end()
        if len(self.tokens) > 60:
            raise ValueError(text)
        self.at = 0

    def whole(self) -> Value:
        value = self.sum()
        if self.at != len(self.tokens):
            raise ValueError(self.tokens)
        return value

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def sum(self) -> Value:
        value = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            other = self.product()
            ends = (other[1][0] * sign, other[1][1] * sign)
            low, high = value[1]
            value = value[0] + sign * other[0], (low + min(ends), high + max(ends))
        return value

    def product(self) -> Value:
        value = self.one()
        while self.peek() in ("*", "/"):
            if self.take() == "*":
                other = self.one()
                ends = [a * b for a in value[1] for b in other[1]]
                value = value[0] * other[0], (min(ends), max(ends))
                continue
            other = self.one()
            low, high = other[1]
            if low <= 0 <= high:
                raise ZeroDivisionError
            ends = [a / b for a in value[1] for b in other[1]]
            value = value[0] / other[0], (min(ends), max(ends))
        return value

    def one(self) -> Value:
        token = self.take()
        if token == "-":
            number, (low, high) = self.one()
            return -number, (-high, -low)
        if token == "(":
            value = self.sum()
            if self.take() != ")":
                raise ValueError(self.tokens)
            return value
        digits = token.rstrip("%").replace(",", "")
        return _figure(digits, is_percent=token.endswith("%"))


def _figure(digits: str, *, is_percent: bool) -> Value:
    """A printed figure with its room; whole numbers and percents are taken as they stand."""
    number = plain(digits)
    if is_percent:
        return number / 100, (number / 100, number / 100)
    places = len(digits.partition(".")[2])
    half = Fraction(1, 2 * 10 ** max(places, 2)) if places else Fraction(0)
    return number, (number - half, number + half)
