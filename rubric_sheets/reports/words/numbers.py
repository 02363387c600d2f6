"""Numbers with their units, as they stand in sentences and cells: `1,234.5万元`, `5270元`,
`-21.49%`, `144人`, `6分`."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ...exact.quantities import plain
from ...records import Record
from .clean import Clean, cleaned

# Units by kind; longer ones first. Money is counted in 万元.
MONEY = {
    "亿元": Fraction(10_000),
    "万余元": Fraction(1),
    "万元": Fraction(1),
    "千元": Fraction(1, 10),
    "元": Fraction(1, 10_000),
}
PERCENT = ("%", "％", "个百分点", "百分点", "‰")
POINTS = ("分",)
COUNTED = (
    *("人次", "余人", "人", "名", "个", "家", "项", "户", "次", "件", "台", "套", "辆", "宗", "份"),
    *(
        "处",
        "所",
        "批",
        "期",
        "场",
        "篇",
        "条",
        "亩",
        "平方米",
        "㎡",
        "公里",
        "吨",
        "只",
        "头",
    ),
    *("座", "栋", "间", "幢", "盏", "米", "株", "例", "起", "本", "册", "村", "批次", "场次"),
    *("公顷", "立方米", "公斤", "千瓦时", "天", "课时", "学时", "眼", "口井", "块", "支", "杆"),
)
HAN = " 一二三四五六七八九十"  # each at its number
MYRIAD = Fraction(10_000)
_IN_MYRIADS = tuple(f"万{one}" for one in COUNTED)
AMOUNT, SHARE, COUNT, SCORE, BARE, YEAR = "amount", "percent", "count", "points", "bare", "year"
SYMBOL = {AMOUNT: "＄", SHARE: "％", COUNT: "＃", SCORE: "＊", BARE: "＠", YEAR: "＠"}

_UNITS = sorted((*MONEY, *PERCENT, *POINTS, *COUNTED, *_IN_MYRIADS), key=len, reverse=True)
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
NUMBER = re.compile(
    rf"(?P<sign>(?<![0-9A-Za-z)年月日%元人个至])[-+])?(?P<figure>{_NUMBER})"
    rf"(?P<more>(?:多|余|几))?(?P<unit>{'|'.join(map(re.escape, _UNITS))})?"
    r"(?P<after>[左右以上下余内]{2})?"
)
_ABOUT = re.compile(
    r"(?:(?<![节合签])约|近|超过|超|不足|不低于|不超过|不少于|不高于|大于|小于|至少|最多|≥|≤|>|<|达不到|低于|高于)"
    r"(?:了|为)?$"
)
_DATE = re.compile(
    r"[0-9]{4}年(?:度)?(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?(?:底|末|初)?"
    r"|[0-9]{1,2}月(?:[0-9]{1,2}[日号]|份|底|末)?|[0-9]{1,2}[日号]"
)
_NAMED = re.compile(
    r"《[^》]*》|〔[0-9]{4}〕[0-9]*号?|第[0-9]+[条款号次]|[0-9]+号|[A-Za-z0-9]+[A-Za-z][A-Za-z0-9]*"
)


class Mention(Record):
    """A number where it stands. `value`: money in 万元, percents in percent; `start`, `end`: in the
    clean text; `step`: one unit of its last printed place, in the same unit."""

    value: Fraction
    kind: str
    unit: str
    start: int
    end: int
    step: Fraction
    is_vague: bool = False
    text: str = ""  # as printed, with its unit

    def around(self) -> tuple[Fraction, Fraction]:
        """What the printed figure may stand for: counts are exact, the rest was rounded to what is
        printed, two decimals at least."""
        if self.kind == SCORE or (self.kind == COUNT and not self.is_in_myriads):
            return self.value, self.value
        half = min(self.step, self._least()) / 2
        return self.value - half, self.value + half

    @property
    def is_in_myriads(self) -> bool:
        """万人, 万亩: counted in the plain unit, and rounded as printed."""
        return self.kind == COUNT and "万" in self.text

    def _least(self) -> Fraction:
        """One hundredth of its unit."""
        return (MYRIAD if self.is_in_myriads else MONEY.get(self.unit, Fraction(1))) / 100


def han(sign: str) -> int:
    """一 → 1, 两 → 2, 十 → 10."""
    return HAN.index(sign.replace("两", "二"))


def kind_of(unit: str) -> str:
    if unit in MONEY:
        return AMOUNT
    if unit in PERCENT:
        return SHARE
    if unit in POINTS:
        return SCORE
    return COUNT if unit else BARE


def mentions(clean: Clean) -> list[Mention]:
    """All numbers of a text but those of dates, titles and documents."""
    text = clean.text
    taken = [match.span() for match in _DATE.finditer(text)]
    taken += [match.span() for match in _NAMED.finditer(text)]
    found = []
    for match in NUMBER.finditer(text):
        if any(a < match.end("figure") and match.start("figure") < b for a, b in taken):
            continue
        if one := _mention(match, text):
            found.append(one)
    return found


def _mention(match: re.Match[str], text: str) -> Mention | None:
    figure = match["figure"].replace(",", "")
    try:
        value = plain(figure)
    except ValueError:
        return None
    unit = match["unit"] or ""
    step = Fraction(1, 10 ** len(figure.partition(".")[2]))
    if match["sign"] == "-":
        value = -value
    scale = MONEY.get(unit, Fraction(1))
    if unit == "‰":
        scale = Fraction(1, 10)
    if unit in _IN_MYRIADS:
        unit, scale = unit[1:], MYRIAD
    if unit == "分" and text[match.end() : match.end() + 1] in ("钟", "之", "别", "为", "析", "类"):
        unit = ""
    vague = bool(match["more"] or match["after"]) or bool(
        _ABOUT.search(text[max(0, match.start() - 4) : match.start()])
    )
    end = match.end("unit") if match["unit"] and unit else match.end("figure")
    return Mention(
        value * scale,
        kind_of(unit),
        unit,
        match.start(),
        end,
        step * scale,
        vague or "余" in unit,
        text[match.start() : end],
    )


@lru_cache(8192)
def number_in(text: str, unit: str = "") -> Mention | None:
    """The one number that a cell holds, with the unit of its column where it has none itself."""
    clean = cleaned(_unwrapped(text))
    found = mentions(clean)
    if len(found) != 1:
        return None
    one = found[0]
    rest = (clean.text[: one.start] + clean.text[one.end :]).strip("约()（） -—")
    if rest:
        return None
    if one.kind == BARE and unit:
        scale = MONEY.get(unit, Fraction(1))
        return one._replace(
            value=one.value * scale, step=one.step * scale, unit=unit, kind=kind_of(unit)
        )
    return one


_LINES = re.compile(r"\s*([-+]?[0-9][0-9,.]*)\n([0-9,.%\n]+)\s*")
NARROW = 5  # figures: a line that a narrow column may have broken there


def _unwrapped(text: str) -> str:
    """A cell with one figure that its narrow column breaks in two: `199.7\\n7`. Figures that stand
    below each other are left alone."""
    match = _LINES.fullmatch(text)
    if match is None:
        return text
    first, rest = match[1], match[2].replace("\n", "")
    is_broken = "." in first or first.endswith(",") or rest[0] in ".,%" or len(first) >= NARROW
    is_one = (first + rest).count(".") < 2 and len(match[2].split("\n")[0]) <= len(first)
    return first + rest if is_broken and is_one else text
