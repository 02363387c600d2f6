"""Contradictions between places, and what the report as a whole cannot mean."""

from __future__ import annotations

import re
from fractions import Fraction

from ..exact.quantities import ZERO, exact, show
from ..facts.model import Value
from ..findings.finding import finding
from ..scoring.result import Scorecard
from .assemble import Report
from .items import Item
from .linking import alike
from .linking.prose import PEOPLE
from .part import Part
from .reading.document import Passage
from .sentences.encoded import Sentence, sentences
from .sightings import Evidence, Sighting
from .told import Told
from .words.clean import cleaned, label
from .words.numbers import AMOUNT, SYMBOL, Mention

NOTHING = re.compile(r"不涉及|无此项|未涉及|不适用|没有此项")
NO_GOAL = frozenset(("无具体指标", "无指标", "无此项", "不涉及", "不涉及此项"))
SCOPED = ("基本支出", "项目支出", "人员支出", "公用支出", "支出合计")  # 全部 or 财政拨款
LIMITED = re.compile(r"财政拨款|一般公共预算|本级|机关运行")


def contradictions(part: Part) -> list[Told]:
    """The same fact in two places with figures that cannot both be right. Such a fact is doubted:
    nothing is computed from it, so that one cause is one finding."""
    found = []
    for name, sightings in part.facts.items():
        first = sightings[0]
        other = next((one for one in sightings[1:] if _differ(first, one)), None)
        if other is None or (name in SCOPED and LIMITED.search(other.evidence.quote)):
            continue
        part.doubted.add(name)
        if not first.is_sentence or name in PEOPLE:  # of two sentences each may mean its own
            found.append(_differs(name, first, other))
    found += _people(part)
    for name, some in (("自评总分", part.totals), ("评价等次", part.grades)):
        other = next((one for one in some[1:] if _differ(some[0], one)), None)
        if other is not None:
            found.append(_differs(name, some[0], other))
    return found


def _differ(one: Sighting, other: Sighting) -> bool:
    if not isinstance(one.value, Fraction) or not isinstance(other.value, Fraction):
        return one.unit == other.unit == "" and _grade(one.value) != _grade(other.value)
    return abs(one.value - other.value) > one.slack + other.slack


def _grade(value: Value) -> str:
    """优秀 and 优 are the same grade."""
    return str(value)[:1] if len(str(value)) < 4 else ""


def _shown(one: Sighting) -> str:
    return one.words + one.unit


def _differs(name: str, one: Sighting, other: Sighting) -> Told:
    made = finding(
        "report-places-differ",
        name=name,
        first=f"{_shown(one)}（{one.evidence.spot}）",
        second=f"{_shown(other)}（{other.evidence.spot}）",
        expected=_shown(one),
        actual=_shown(other),
    )
    return Told(made, (one.evidence, other.evidence))


def _people(part: Part) -> list[Told]:
    """In-post staff said in a sentence against the head count and the quota of the form."""
    staff = next(iter(part.facts.get("在职人员数", ())), None)
    heads = next(iter(part.facts.get("实有人数", ())), None)
    quota = next(iter(part.facts.get("编制数", ())), None)
    if not staff or not heads or "在职人员数" in part.doubted:
        return []
    if isinstance(staff.value, Fraction) and isinstance(heads.value, Fraction):
        if staff.value > heads.value:
            part.doubted.add("在职人员数")
            return [_differs("实有人数", heads, staff)]
        if quota and isinstance(quota.value, Fraction) and staff.value <= quota.value < heads.value:
            made = finding(
                "report-heads",
                heads=exact(heads.value),
                quota=exact(quota.value),
                staff=exact(staff.value),
                expected=exact(staff.value),
                actual=exact(heads.value),
            )
            return [Told(made, (heads.evidence, quota.evidence, staff.evidence))]
    return []


def of_part(report: Report, part: Part, card: Scorecard) -> list[Told]:
    """Scores for what the report says is not there."""
    found = []
    for spec in part.rubric["indicators"]:
        item = part.items.get(spec["id"])
        if item is None or not item.score:
            continue
        name = spec["levels"][-1]
        for goal in report.goals:
            names = {label(one) for one in goal.names[-1:]}
            if label(name) in names and label(goal.goal.text) in NO_GOAL:
                quote = Evidence(goal.goal.text, goal.goal.spot)
                found.append(
                    _nothing(
                        name, "".join(goal.goal.text.split()), item.score, (item.evidence, quote)
                    )
                )
        if not item.in_table and (passage := _below(report, item.evidence)):
            found += _not_concerned(name, item, passage)
    return found


def _nothing(name: str, words: str, points: Fraction, evidence: tuple[Evidence, ...]) -> Told:
    made = finding("claim-contradicted", name=name, note=words, actual=points)
    return Told(made, evidence)


def _below(report: Report, evidence: Evidence) -> list[Passage]:
    """The paragraphs below the heading that gives a score, up to the next scored one."""
    ends = {str(item.evidence.spot) for item in report.items}
    found: list[Passage] = []
    is_below = False
    for passage in report.document.paragraphs:
        spot = str(passage.spot)
        if is_below and spot in ends:
            break
        if is_below:
            found.append(passage)
        is_below = is_below or spot == str(evidence.spot)
    return found


def _not_concerned(name: str, item: Item, passages: list[Passage]) -> list[Told]:
    """A score whose whole explanation is that there is nothing to be scored."""
    text = "".join(passage.text for passage in passages)
    if len(text) > 120 or len(passages) > 2:
        return []
    for passage in passages:
        clean = cleaned(passage.text)
        if match := NOTHING.search(clean.text):
            start = max(clean.text.rfind(sign, 0, match.start()) for sign in "。;,") + 1
            end = clean.text.find("。", match.end())
            quote = Evidence(clean.quote(start, end if end > 0 else len(clean.text)), passage.spot)
            return [_nothing(name, quote.shown, item.score or ZERO, (item.evidence, quote))]
    return []


def of_document(report: Report) -> list[Told]:
    """Years that cannot be, spending beyond income, amounts beyond the whole budget."""
    totals: list[Named] = []
    others: list[Named] = []
    found: list[Told] = []
    for passage in report.document.passages():
        given = list(sentences(passage)) if len(passage.text) > 8 else []
        found += _income(given)
        for sentence in given:
            for at, one in sentence.numbers.items():
                if one.kind != AMOUNT or one.is_vague:
                    continue
                entry = (one, sentence.clause(at), sentence.label(at))
                (totals if WHOLE.search(sentence.label(at)) else others).append(entry)
        found += _years(report, passage)
    totals += [one for part in report.parts for one in _of_tables(part)]
    return found + _beyond(totals, others) + _slips(report)


def _slips(report: Report) -> list[Told]:
    """The same thing said twice, once mistyped; what the rubric's own facts say twice is told
    already."""
    known = {str(e.spot) + e.shown for part in report.parts for e in _told_of(part)}
    found = []
    for first, other in alike.slips(report.document, report.year):
        if str(other.evidence.spot) + other.evidence.shown in known:
            continue
        made = finding(
            "report-said-twice",
            name=first.label,
            first=f"{first.one.text}（{first.evidence.spot}）",
            second=f"{other.one.text}（{other.evidence.spot}）",
            expected=first.one.text,
            actual=other.one.text,
        )
        found.append(Told(made, (first.evidence, other.evidence)))
    return found


def _told_of(part: Part) -> list[Evidence]:
    return [one.evidence for name in part.doubted for one in part.facts.get(name, ())]


def _of_tables(part: Part) -> list[Named]:
    """Income and spending as the form's tables give them."""
    found = []
    for name in ("收入合计", "支出合计"):
        for one in part.facts.get(name, ())[:1]:
            if isinstance(one.value, Fraction) and not one.is_sentence:
                amount = Mention(one.value, AMOUNT, "万元", 0, 0, one.slack * 2)
                found.append((amount._replace(text=one.as_read), one.evidence, name))
    return found


Named = tuple[Mention, Evidence, str]
WHOLE = re.compile(
    r"(?:预算收入|决算收入|预算支出|总收入|总支出|收入合计|支出合计|收入总计|支出总计|整体支出"
    r"|部门预算|年初预算)(?:为|共计)?$"
)
INSIDE = re.compile(
    r"(?:交回财政|上缴财政|财政收回|收回|政府采购预算|采购总预算|采购预算|结转结余|三公经费|会议费"
    r"|培训费|接待费|运行维护费)(?:为|共计|资金)?$"
)
TIMES = 10  # from here on it looks like 元 for 万元


def _beyond(totals: list[Named], others: list[Named]) -> list[Told]:
    """Parts of the budget that are larger than all of it."""
    if not totals:
        return []
    most, quote, name = max(totals, key=lambda one: one[0].value)
    found = []
    for one, own, words in others:
        if not INSIDE.search(words) or one.value <= most.value or not most.value:
            continue
        given = {"name": words, "actual": one.text, "whole": most.text, "of": name}
        if one.value >= most.value * TIMES and one.unit == "万元":
            made = finding("report-unit", expected=show(one.value / 10_000, 6) + "万元", **given)
        else:
            made = finding("report-beyond", expected="", **given)
        found.append(Told(made, (own, quote)))
    return found


INCOME = re.compile(r"(?:决算收入|总收入|收入合计|收入总计|本年收入)(?:为|共计)?$")
SPENT = re.compile(r"(?:决算支出|总支出|支出合计|支出总计|本年支出)(?:为|共计)?$")
SPENT_BY_KIND = re.compile(
    r"(?P<w>决算支出|总支出)按[^＄。;]{0,12}分[^＄。;]{0,6}(?:包含|包括|为|:)+"
)
CARRIED = re.compile(r"结转|结余|使用非财政拨款")


def _income(given: list[Sentence]) -> list[Told]:
    """Spending beyond income in one paragraph that knows of no money carried over."""
    if any(CARRIED.search(sentence.code) for sentence in given):
        return []
    income = _first(given, INCOME)
    spent = _first(given, SPENT) or _added_up(given)
    if income is None or spent is None or spent[0] <= income[0]:
        return []
    made = finding(
        "report-income",
        income=exact(income[0]),
        spent=exact(spent[0]),
        gap=exact(spent[0] - income[0]),
        expected=exact(income[0]),
        actual=exact(spent[0]),
    )
    return [Told(made, (income[1], spent[1]))]


def _first(given: list[Sentence], pattern: re.Pattern[str]) -> tuple[Fraction, Evidence] | None:
    for sentence in given:
        for at, one in sentence.numbers.items():
            if one.kind == AMOUNT and pattern.search(sentence.label(at)):
                return one.value, sentence.clause(at)
    return None


def _added_up(given: list[Sentence]) -> tuple[Fraction, Evidence] | None:
    """Spending told by its kinds only."""
    for sentence in given:
        if match := SPENT_BY_KIND.search(sentence.code):
            at = sentence.all(SYMBOL[AMOUNT], match.end())
            if len(at) > 1:
                value = sum((sentence.at(one).value for one in at), Fraction(0))
                return value, sentence.quote(match.start(), at[-1] + 1)
    return None


YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
PLANNED = re.compile(r"规划|目标|力争|计划|预计|到期|至|截止|—|-|~|前|有效期|申报|编制")
LATER = 1  # a report is written in the year after


def _years(report: Report, passage: Passage) -> list[Told]:
    """Years that lie beyond the one in which the report can have been written."""
    if not report.year:
        return []
    clean = cleaned(passage.text)
    for match in YEAR.finditer(clean.text):
        around = clean.text[max(0, match.start() - 12) : match.end() + 12]
        if int(match[1]) > int(report.year) + LATER and not PLANNED.search(around):
            quote = Evidence(clean.quote(match.start(), match.end()), passage.spot)
            where = str(passage.spot)
            made = finding(
                "report-year", year=report.year, where=where, actual=match[1], expected=""
            )
            return [Told(made, (quote,))]
    return []
